"""The texts that ship with the dataset: its methods and its licences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from data.package import folder
from data.words import MONTHS

_METHODS = Path(__file__).resolve().parent.parent / "docs" / "data.md"
_LICENCE = "LICENSE.md"


@cache
def methods() -> Mapping[str, str]:
    """The sections of `docs/data.md` in its order: heading → text (Markdown).

    The text before the first heading stands under the empty heading.
    """
    return sections(_METHODS.read_text(encoding="utf-8"))


@cache
def licence() -> str:
    """`LICENSE.md` of the dataset without its heading (Markdown)."""
    text = (folder() / _LICENCE).read_text(encoding="utf-8")
    return re.sub(r"\A# .*\n+", "", text).strip()


def sections(text: str) -> Mapping[str, str]:
    """A Markdown text by its headings of the second level."""
    body = re.sub(r"\A# .*\n+", "", text)
    parts = re.split(r"^## (.+)$", body, flags=re.M)
    found = {"": parts[0].strip()}
    found |= {
        heading.strip(): part.strip()
        for heading, part in zip(parts[1::2], parts[2::2], strict=True)
    }
    return MappingProxyType(found)


_NAMED = re.compile(rf"\b({'|'.join(MONTHS)})(?: (20\d\d))?\b|\b(20\d\d)\b")


def until(text: str, day: str) -> str:
    """A Markdown text without the sentences and list items that name a later date.

    A month without a year takes the next year named after it ("June and July
    2025"). Days within the day's own month are compared by month alone.
    """
    blocks = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith("- "):
            kept = [line for line in lines if not _later(line, day)]
            blocks.append("\n".join(kept))
        else:
            sentences = re.split(r"(?<=[.;]) (?=[A-Z*])", block)
            blocks.append(" ".join(s for s in sentences if not _later(s, day)))
    return "\n\n".join(block for block in blocks if block)


def _later(text: str, day: str) -> bool:
    found, year = [], ""
    for month, with_year, alone in reversed(_NAMED.findall(text)):
        year = with_year or alone or year
        if year:
            found.append(f"{year}-{MONTHS[month]:02}" if month else year)
    return any(named > day[: len(named)] for named in found)
