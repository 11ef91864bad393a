"""Dated sentences on a drawing surface: cut to a line, or wrapped in a list."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, rules, write
from components.theme.palette import SURFACE
from components.view import View

# Mean width of a character of Source Sans as a share of its size, measured on the
# terms (0.43) with some room for wide letters.
_MEAN = 0.445
_LINE = 19  # px between the lines of one entry
_HOVER = 64  # characters of a line in a hover


@dataclass(frozen=True)
class Entry:
    """One sentence of a list: its bold head, what was said, its id for a click."""

    head: str
    said: str
    id: str
    selected: bool = False


def room(px: float, size: float = 14) -> int:
    """How many characters of this size stand in `px`."""
    return max(int(px / (size * _MEAN)), 8)


def wrapped(text: str, characters: int = _HOVER) -> str:
    """The text in lines of at most so many characters."""
    return "<br>".join(textwrap.wrap(text, characters))


def reading_list(view: View, entries: Sequence[Entry]) -> go.Figure:
    """A list for a phone: each entry's head in bold, its sentence under it."""
    colours = SURFACE[view.theme]
    width = room(view.width - 8)
    tops, heads, lines, at = [], [], [], 4.0
    for entry in entries:
        tops.append(at)
        for place, line in enumerate(textwrap.wrap(entry.head, int(width * 0.93))):
            heads.append((at + 13 + place * _LINE, f"<b>{line}</b>"))
        at = heads[-1][0] + _LINE
        for line in textwrap.wrap(entry.said, width):
            lines.append((at, line))
            at += _LINE
        at += 2
    figure = canvas(view, int(at) + 4)
    ends = [*tops[1:], at]
    for entry, top, end in zip(entries, tops, ends, strict=True):
        if entry.selected:
            boxes(figure, [(0, top, view.width, end)], colours["selected"])
    rules(figure, [(0, end, view.width, end) for end in ends], colour=colours["grid"])
    rows = [*heads, *lines]
    write(figure, [0] * len(rows), [y for y, _ in rows], [t for _, t in rows],
          colour=colours["ink"], size=14)  # fmt: skip
    middles = [(top + end) / 2 for top, end in zip(tops, ends, strict=True)]
    x = np.arange(16, view.width, 28)
    touch(
        figure,
        np.tile(x, len(entries)),
        np.repeat(middles, len(x)),
        [entry.id for entry in entries for _ in x],
        [""] * (len(entries) * len(x)),
        size=30,
    )
    return figure


def touch(
    figure: go.Figure,
    x: Sequence[float],
    y: Sequence[float],
    ids: Sequence[str],
    hover: Sequence[str],
    *,
    size: float = 20,
) -> None:
    """Unseen places that a click or a hover meets, over words that take neither."""
    figure.add_trace(
        dict(
            type="scatter",
            x=np.asarray(x, float),
            y=np.asarray(y, float),
            mode="markers",
            marker=dict(symbol="square", size=size, opacity=0),
            selected=dict(marker_opacity=0),
            unselected=dict(marker_opacity=0),
            hovertext=list(hover),
            hoverinfo="text",
            customdata=list(ids),
        )
    )
