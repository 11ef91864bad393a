"""What the charts of handovers share: boxes, the months' scale, the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import plotly.graph_objects as go

from components.charts.canvas import rules, write
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.dataset import Dataset
from data.words import ids

FIRST = "2022-02-24"  # the axis begins with the full-scale invasion
DASH = "2px,2px"
KEY_ROW = 24


def side_colour(side: str, view: View) -> str:
    return SIDE[view.theme][side]


def boxes(
    figure: go.Figure,
    corners: Sequence[tuple[float, float, float, float]],
    *,
    line: str,
    fill: str | None = None,
    dash: str = "solid",
    hatch: str | None = None,
) -> None:
    """Rectangles (x0, y0, x1, y1) in px as one trace: filled, hollow, dashed or
    hatched in the colour `hatch`."""
    if not len(corners):
        return
    c = np.asarray(corners, float)
    gap = np.full(len(c), np.nan)
    x = np.column_stack([c[:, 0], c[:, 2], c[:, 2], c[:, 0], c[:, 0], gap]).ravel()
    y = np.column_stack([c[:, 1], c[:, 1], c[:, 3], c[:, 3], c[:, 1], gap]).ravel()
    pattern = (
        dict(shape="/", size=5, solidity=0.35, fgcolor=hatch, bgcolor=fill)
        if hatch
        else None
    )
    figure.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="lines",
            fill="toself" if fill else None,
            fillcolor=fill,
            fillpattern=pattern,
            line=dict(color=line, width=1.2, dash=dash),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def carets(
    figure: go.Figure, x: np.ndarray, y: np.ndarray | float, *, colour: str
) -> None:
    """Small v marks with their point at (x, y): a handover without a number."""
    if not len(x):
        return
    y = np.broadcast_to(y, x.shape)
    gap = np.full(len(x), np.nan)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.column_stack([x - 4.5, x, x + 4.5, gap]).ravel(),
            y=np.column_stack([y - 9.0, y - 1, y - 9.0, gap]).ravel(),
            mode="lines",
            line=dict(color=colour, width=1.4),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def hover(
    figure: go.Figure,
    x: Sequence[float],
    y: Sequence[float],
    texts: Sequence[str],
    size: float = 12,
    keys: Sequence[str] | None = None,
) -> None:
    """Invisible points that answer the pointer; `keys` come back with a click."""
    figure.add_trace(
        dict(
            type="scatter",
            x=np.asarray(x, float),
            y=np.asarray(y, float),
            mode="markers",
            marker=dict(size=size, opacity=0),
            hovertext=list(texts),
            hoverinfo="text",
            customdata=keys,
            cliponaxis=False,
        )
    )


def key(
    figure: go.Figure,
    view: View,
    items: Sequence[tuple[Callable[[float, float], None], str]],
) -> int:
    """The key over the plot: each item draws its mark at (x, y), words follow.

    Returns the height used, in px.
    """
    size = 13 if view.narrow else 14
    at, line = 0.0, 0.0
    colour = SURFACE[view.theme]["text2"]
    for draw, text in items:
        width = 24 + len(text) * size * 0.48 + 20
        if at and at + width > view.width:
            at, line = 0.0, line + KEY_ROW
        draw(at + 9, line + 12)
        write(figure, [at + 22], [line + 12], [text], colour=colour, size=size)
        at += width
    return int(line + KEY_ROW)


def years(
    figure: go.Figure,
    view: View,
    x_of: Callable[[str], float],
    top: float,
    bottom: float,
    label: float,
) -> None:
    """A line at each year's start from `top` to `bottom`, its number at `label`;
    in the war's first months their names instead."""
    colours, last = SURFACE[view.theme], view.as_of
    starts = [(FIRST, "2022")]
    starts += [(f"{y}-01-01", str(y)) for y in range(2023, int(last[:4]) + 1)]
    if last < "2022-09":
        starts = [
            (f"2022-{m:02d}-01", date(2022, m, 1).strftime("%b"))
            for m in range(3, int(last[5:7]) + 1)
        ] or [(FIRST, "Feb 2022")]
    rules(
        figure,
        [(x_of(d), top, x_of(d), bottom) for d, _ in starts[1:]],
        colour=colours["grid"],
    )
    places = [(x_of(d), text) for d, text in starts]
    if len(places) > 1 and places[1][0] - places[0][0] < 36:
        places = places[1:]
    if len(places) > 1 and view.width - places[-1][0] < 36:
        places = places[:-1]
    write(
        figure,
        [x for x, _ in places],
        [label] * len(places),
        [f"<b>{text}</b>" for _, text in places],
        colour=colours["text2"],
        size=14,
    )


def ticks(top: float, px: float, least: float = 34) -> list[float]:
    """Round steps from zero, at least `least` px apart."""
    step = next(
        s * p
        for p in (1, 10, 100, 1000, 10_000)
        for s in (1, 2, 2.5, 5)
        if s * p * px / max(top, 1) >= least and (s * p) % 1 == 0
    )
    return list(np.arange(0, top + 1e-9, step))


def publishers(dataset: Dataset, source_ids: object) -> str:
    """'Reuters; AP': the publishers of the pages known by the day."""
    known = [i for i in ids(source_ids) if i in dataset.sources]
    return "; ".join(dict.fromkeys(str(dataset.sources[i]["publisher"]) for i in known))
