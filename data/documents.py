"""The texts that ship with the dataset: its methods and its licences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from data.package import folder

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
