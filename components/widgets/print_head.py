"""The first line of a printed page: what it is, of which day, from which data."""

from __future__ import annotations

from html import escape
from typing import Literal

from components.theme.palette import Theme, on_paper
from data.words import day


def print_head_html(
    page: str, as_of: str, version: str, theme: Literal["light", "dark"]
) -> str:
    """The line, shown on paper only; server/print.js adds the page's address.

    `as_of` is an ISO date. For that script the element also carries the reader's
    theme, and the colours that each theme needs changed for white paper, as pairs.
    """
    return (
        f'<p class="parley-print-head" data-as-of="{escape(as_of)}" '
        f'data-theme="{theme}" data-light="{_pairs("light")}" '
        f'data-dark="{_pairs("dark")}">Parley · {escape(page)} · as of {day(as_of)} · '
        f"dataset {escape(version)}</p>"
    )


def _pairs(theme: Theme) -> str:
    return " ".join(f"{shown} {inked}" for shown, inked in on_paper(theme).items())
