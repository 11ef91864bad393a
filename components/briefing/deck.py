"""The deck: which slides, for which day, against which earlier day.

A `Deck` is a value: the page, the PowerPoint, the PDF and the tests are all
functions of it and of the dataset. It can be written as the query of a URL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast, get_args
from urllib.parse import urlencode

from components.theme.palette import Theme
from components.view import Units, View

DAYS = 7  # the period unless the reader names another

# What an own title and an own text may hold, in characters and paragraphs.
LONGEST_TITLE = 120
LONGEST_TEXT = 2_000
MOST_PARAGRAPHS = 12

# The slides by their names in the URL, in the deck's order unless another is asked.
SLIDES = (
    "headline", "changes", "talks", "timeline", "map", "line",
    "toll", "losses", "exchanges", "positions", "claims", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Deck:
    """What was asked. `since` and `as_of` are ISO dates, `since` the earlier.

    `slides` are names of `SLIDES` in their order; `title` replaces the title of
    the first slide; `text` (paragraphs) makes a slide of its own after the first.
    """

    as_of: str
    since: str
    units: Units = "km"
    theme: Theme = "dark"
    slides: tuple[str, ...] = SLIDES
    title: str = ""
    text: str = ""

    @property
    def view(self) -> View:
        """The view that the deck's charts share."""
        return View(as_of=self.as_of, units=self.units, theme=self.theme)

    def query(self, latest: str) -> str:
        """Its parameters as a URL's query: what differs from the default alone.

        `latest` is the dataset's newest day: a deck of it follows the dataset.
        """
        asked: list[tuple[str, str]] = []
        if self.as_of != latest:
            asked.append(("as_of", self.as_of))
        if self.since != since_default(self.as_of):
            asked.append(("since", self.since))
        for name, value, default in (
            ("units", self.units, "km"),
            ("theme", self.theme, "dark"),
            ("title", self.title, ""),
            ("text", self.text, ""),
        ):
            if value != default:
                asked.append((name, value))
        if self.slides != SLIDES:
            asked += [("slides", name) for name in self.slides]
        return urlencode(asked)


def since_default(as_of: str) -> str:
    """The day a week before."""
    return (date.fromisoformat(as_of) - timedelta(days=DAYS)).isoformat()


class NotAllowed(ValueError):
    """A parameter of a deck that cannot be honoured, and what would be.

    `allowed` lists the values there are, `expected` says it in words.
    """

    def __init__(
        self,
        parameter: str,
        value: str | Sequence[str],
        expected: str = "",
        allowed: Sequence[str] = (),
    ) -> None:
        super().__init__(f"{parameter}: {expected or ', '.join(allowed)}")
        self.parameter = parameter
        self.value = value
        self.expected = expected
        self.allowed = tuple(allowed)


def deck_of(
    first: str,
    latest: str,
    *,
    as_of: str | None = None,
    since: str | None = None,
    units: str | None = None,
    theme: str | None = None,
    slides: Sequence[str] = (),
    title: str = "",
    text: str = "",
) -> Deck:
    """The deck of these raw values, as a URL or a widget has them; None is the default.

    `first` and `latest` are the dataset's days (ISO). Raises NotAllowed.
    """
    last = latest if as_of is None else _day("as_of", as_of, first, latest)
    default = since_default(last)
    before = (date.fromisoformat(last) - timedelta(days=1)).isoformat()
    if since is None or since == default:
        since = default
    else:
        since = _day("since", since, min(first, default), before)
    return Deck(
        as_of=last,
        since=since,
        units=cast(Units, _one("units", units, get_args(Units), "km")),
        theme=cast(Theme, _one("theme", theme, get_args(Theme), "dark")),
        slides=_slides(slides) if slides else SLIDES,
        title=_title(title),
        text=_text(text),
    )


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(parameter: str, asked: str, first: str, last: str) -> str:
    try:
        found = date.fromisoformat(asked) if _ISO_DATE.fullmatch(asked) else None
    except ValueError:
        found = None
    if found is None or not first <= asked <= last:
        raise NotAllowed(
            parameter, asked, f"a date, YYYY-MM-DD, from {first} to {last}"
        )
    return asked


def _one(
    parameter: str, asked: str | None, allowed: Sequence[str], default: str
) -> str:
    if asked is None:
        return default
    if asked not in allowed:
        raise NotAllowed(parameter, asked, allowed=allowed)
    return asked


def _slides(asked: Sequence[str]) -> tuple[str, ...]:
    for name in asked:
        if name not in SLIDES:
            raise NotAllowed("slides", name, allowed=SLIDES)
    if len(set(asked)) < len(asked):
        raise NotAllowed("slides", list(asked), "each slide once, in the deck's order")
    return tuple(asked)


def _title(asked: str) -> str:
    title = " ".join(_printable("title", asked).split())
    if len(title) > LONGEST_TITLE:
        raise NotAllowed("title", asked, f"at most {LONGEST_TITLE} characters")
    return title


def _text(asked: str) -> str:
    lines = (" ".join(p.split()) for p in _printable("text", asked).split("\n"))
    paragraphs = [line for line in lines if line]
    text = "\n".join(paragraphs)
    if len(text) > LONGEST_TEXT:
        raise NotAllowed("text", asked, f"at most {LONGEST_TEXT:,} characters")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise NotAllowed("text", asked, f"at most {MOST_PARAGRAPHS} paragraphs")
    return text


# Spaces of every kind become a space and ends of lines a newline; what only steers
# the setting (soft hyphens, marks of direction) is dropped: it comes along unseen
# when a text is pasted.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def _printable(parameter: str, asked: str) -> str:
    found = []
    for sign in _LINE_ENDS.sub("\n", asked).replace("\t", " "):
        kind = unicodedata.category(sign)
        if sign == "\n" or kind == "Zs":
            found.append("\n" if sign == "\n" else " ")
        elif kind in ("Cc", "Cs", "Cn", "Co"):
            raise NotAllowed(
                parameter, asked, "no control characters, but for ends of paragraphs"
            )
        elif kind != "Cf":
            found.append(sign)
    return "".join(found)
