"""Rows as CSV that a spreadsheet cannot be harmed by, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from data.words import MONTHS

# A spreadsheet runs a text cell that begins with one of these as a formula; the
# wide forms count because some convert them on opening.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

# Dates as data.words writes them: '16 May 2025', 'May 2025', '2025', and the first
# of two, which leaves out what the second says: '16', '30 April'.
_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?: |$))?(?:({'|'.join(MONTHS)})(?: |$))?(\d{{4}})?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_UNIT_IN_NAME = {"km²": "km2", "sq mi": "sq_mi", "%": "pct", "°": "deg"}


def safe_csv(frame: pd.DataFrame, units: Mapping[str, str] | None = None) -> bytes:
    """The frame as CSV (UTF-8, RFC 4180), ready for a spreadsheet.

    Text that would be run as a formula gets a leading apostrophe; numbers stay
    numbers. `units` (column → unit) are put into the names of the columns that
    do not say theirs. Missing values are empty, booleans `true` and `false`.
    """
    units = units or {}
    columns = {
        named_with_unit(str(name), units.get(str(name), "")): _cells(frame[name])
        for name in frame.columns
    }
    shown = pd.DataFrame(columns, index=frame.index)
    shown.columns = [_defused(name) for name in shown.columns]
    return shown.to_csv(index=False, lineterminator="\r\n").encode()


def json_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """A list of objects by column name; missing values are None."""
    plain = frame.astype(object)
    return plain.where(frame.notna(), None).to_dict("records")


def for_programs(frame: pd.DataFrame, *, counted: bool) -> pd.DataFrame:
    """The frame with dates and numbers as programs read them.

    Text cells that are dates, or numbers with thousands separators, become ISO 8601
    dates and plain digits; other text stays. If its numbers are `counted` (people,
    events) and not measured, columns of whole numbers hold integers.
    """
    return frame.assign(**{name: _plain(frame[name], counted) for name in frame})


@lru_cache(maxsize=8192)
def iso_dated(text: str) -> str:
    """'16 May 2025' → '2025-05-16', 'May 2025' → '2025-05', and two of them, as in
    '30 April – 2 May 2025', → '2025-04-30/2025-05-02'. Any other text as it is."""
    dash = " – " if " – " in text else "–"
    first, *rest = text.split(dash)
    end = _DATE.fullmatch(rest[0] if rest else first)
    start = _DATE.fullmatch(first)
    if len(rest) > 1 or not first or not start or not end or not end[3]:
        return text
    day, month, year = end.groups()
    if not rest:
        return _iso(day, month, year)
    since = start[1], start[2] or (month if start[1] else None), start[3] or year
    return f"{_iso(*since)}/{_iso(day, month, year)}"


def named_with_unit(name: str, unit: str) -> str:
    """value_low + people → value_low_people; occupied_km2 + km² stays."""
    word = _UNIT_IN_NAME.get(unit, unit)
    return name if not word or word in name.split("_") else f"{name}_{word}"


def _plain(column: pd.Series, counted: bool) -> pd.Series:
    if pd.api.types.is_float_dtype(column.dtype):
        if counted and (column.dropna() % 1 == 0).all():
            return column.astype("Int64")
        return column + 0.0  # −0.0 is zero
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return column.map(_plain_cell)


def _plain_cell(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return cell.replace(",", "") if _GROUPED.fullmatch(cell) else iso_dated(cell)


def _iso(day: str | None, month: str | None, year: str) -> str:
    parts = [year]
    if month:
        parts.append(f"{MONTHS[month]:02d}")
    if month and day:
        parts.append(f"{int(day):02d}")
    return "-".join(parts)


def _cells(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.map({True: "true", False: "false"}).astype("str")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return column.map(_defused)


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
