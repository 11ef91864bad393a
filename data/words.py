"""How numbers, dates and names are written, in one place."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

# Name → number, as the functions here write months.
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}

MINUS = "−"

QUALIFIER_SIGN = {
    "exactly": "",
    "at_least": "≥ ",
    "more_than": "> ",
    "up_to": "≤ ",
    "about": "≈ ",
    "between": "",
    "unstated": "",
}

QUALIFIER_WORD = {
    "exactly": "",
    "at_least": "at least ",
    "more_than": "more than ",
    "up_to": "up to ",
    "about": "about ",
    "between": "",
    "unstated": "",
}


def rounded(value: float, places: int = 0) -> Decimal:
    """Half up from the stored decimal text, so that 738.9 + 364.6 add up as read."""
    step = Decimal(1).scaleb(-places)
    return Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)


def number(value: float, places: int = 0) -> str:
    """1103.5 → '1,104'; a true minus for negative values."""
    return f"{rounded(value, places):,}".replace("-", MINUS)


def signed(value: float, places: int = 0) -> str:
    """726 → '+726', −12 → '−12', 0 → '±0'."""
    shown = rounded(value, places)
    if shown == 0:
        return "±0"
    return f"{shown:+,}".replace("-", MINUS)


def amount(low: float, best: float, high: float, qualifier: str) -> str:
    """One statement as printed: '≥ 12,910', '160,000–165,000', '≈ 1,200,000'.

    Missing values are NaN. A range is shown where the statement gave one.
    """
    if not pd.isna(low) and not pd.isna(high) and low != high:
        return f"{number(low)}–{number(high)}"
    value = next((v for v in (best, low, high) if not pd.isna(v)), None)
    if value is None:
        return "not stated"
    return QUALIFIER_SIGN.get(qualifier, "") + number(value)


def day(iso: object, precision: str = "day") -> str:
    """'2025-05-16' → '16 May 2025'; month and year precision drop what is unknown."""
    if not isinstance(iso, str) or not iso:
        return "date not known"
    d = date.fromisoformat(iso)
    if precision == "year":
        return str(d.year)
    month = f"{calendar.month_name[d.month]} {d.year}"
    return month if precision == "month" else f"{d.day} {month}"


def short_day(iso: str, precision: str = "day") -> str:
    """'2025-05-16' → '16 May'; 'May' for month precision."""
    d = date.fromisoformat(iso)
    month = calendar.month_abbr[d.month]
    return month if precision == "month" else f"{d.day} {month}"


def month(iso: str) -> str:
    """'2025-05' or '2025-05-16' → 'May 2025'."""
    year, number_ = int(iso[:4]), int(iso[5:7])
    return f"{calendar.month_name[number_]} {year}"


def period(start: object, end: object, precision: str = "day") -> str:
    """'23–25 May 2025', '30 April – 2 May 2025', '16 May 2025'."""
    if not isinstance(end, str) or not end or end == start:
        return day(start, precision)
    if not isinstance(start, str) or not start:
        return f"to {day(end, precision)}"
    a, b = date.fromisoformat(start), date.fromisoformat(end)
    if precision == "day" and (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{day(end)}"
    if precision == "day" and a.year == b.year:
        return f"{a.day} {calendar.month_name[a.month]} – {day(end)}"
    return f"{day(start, precision)} – {day(end, precision)}"


def listing(names: Iterable[str], last: str = "and") -> str:
    """['a', 'b', 'c'] → 'a, b and c'."""
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(n: int, singular: str, plural: str | None = None) -> str:
    """1 → '1 event', 0 → 'no events', 2 → '2 events'."""
    if n == 0:
        return f"no {plural or singular + 's'}"
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def spelled(n: int) -> str:
    """In running text up to twelve is a word: 9 → 'nine', 13 → '13'."""
    small = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return small[n] if 0 <= n < len(small) else f"{n:,}"


def shortened(text: str, limit: int) -> str:
    """Cut at a word, with an ellipsis, to at most `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def ids(value: object) -> list[str]:
    """A `;`-separated list of ids as a list; empty for a missing value."""
    return [part for part in value.split(";") if part] if isinstance(value, str) else []
