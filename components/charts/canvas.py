"""A drawing surface in px, for charts whose every mark has its own place.

Both axes run in px of the width the chart is laid out for, y downwards, so
that labels, rules and marks share one geometry. Marks are few traces of NumPy
arrays; a side's colour is an integer code. Traces are added as dicts: a
`go.Scatter` that is added is built and validated twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import plotly.graph_objects as go

from components.theme.palette import SIDE, SURFACE, Theme
from components.theme.template import template
from components.view import View

_SIDES = tuple(SIDE["light"])


def canvas(view: View, height: int) -> go.Figure:
    """An empty figure; x runs from 0 to `view.width`, y from 0 down to `height`."""
    hidden = dict(showgrid=False, showticklabels=False, ticks="", showline=False)
    # All at once: each later update of a layout costs as much as the figure.
    return go.Figure(
        layout=dict(
            template=template(view.theme),
            height=height,
            margin=dict(l=0, r=0, t=0, b=0),
            xaxis=dict(range=[0, view.width], **hidden),
            yaxis=dict(range=[height, 0], **hidden),
        )
    )


def write(
    figure: go.Figure,
    x: Iterable[float],
    y: Iterable[float],
    text: Sequence[str],
    *,
    colour: str,
    size: float = 14,
    align: str = "right",
) -> None:
    """Words beside points: `align` is the side of the point on which they stand
    ('right', 'left' or 'center'), centred on its height."""
    figure.add_trace(
        dict(
            type="scatter",
            x=np.asarray(list(x), float),
            y=np.asarray(list(y), float),
            text=list(text),
            mode="text",
            textposition=f"middle {align}",
            textfont=dict(size=size, color=colour),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def rules(
    figure: go.Figure,
    segments: Sequence[tuple[float, float, float, float]],
    *,
    colour: str,
    width: float = 1,
    dash: str = "solid",
) -> None:
    """Straight lines from (x0, y0) to (x1, y1), behind everything drawn later."""
    if not segments:
        return
    ends = np.asarray(segments, float)
    gap = np.full(len(ends), np.nan)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.column_stack([ends[:, 0], ends[:, 2], gap]).ravel(),
            y=np.column_stack([ends[:, 1], ends[:, 3], gap]).ravel(),
            mode="lines",
            line=dict(color=colour, width=width, dash=dash),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def marks(
    figure: go.Figure,
    x: Sequence[float],
    y: Sequence[float],
    sides: Sequence[str],
    *,
    theme: Theme,
    symbol: str,
    size: float | Sequence[float],
    hover: Sequence[str],
    ids: Sequence[str] | None = None,
) -> None:
    """One shape in the colours of the sides; a name ending in '-open' is hollow,
    filled with paper. `ids` come back with a click."""
    hollow = symbol.endswith("-open")
    figure.add_trace(
        dict(
            type="scatter",
            x=np.asarray(x, float),
            y=np.asarray(y, float),
            mode="markers",
            marker=dict(
                symbol=symbol.removesuffix("-open"),
                size=size,
                opacity=1,
                **_coloured(sides, theme, hollow),
            ),
            hovertext=list(hover),
            hoverinfo="text",
            customdata=ids,
            cliponaxis=False,
        )
    )


def boxes(
    figure: go.Figure, corners: Iterable[tuple[float, float, float, float]], colour: str
) -> None:
    """Filled rectangles (x0, y0, x1, y1) of one colour, under the marks."""
    path = "".join(
        f"M{x0:g},{y0:g}H{x1:g}V{y1:g}H{x0:g}Z" for x0, y0, x1, y1 in corners
    )
    figure.add_shape(
        type="path", path=path, fillcolor=colour, line_width=0, layer="below"
    )


def _coloured(sides: Sequence[str], theme: Theme, hollow: bool) -> dict:
    codes = np.array([_SIDES.index(s) if s in _SIDES else 4 for s in sides], float)
    last = len(_SIDES) - 1
    scale = dict(
        cmin=0,
        cmax=last,
        colorscale=[[i / last, SIDE[theme][side]] for i, side in enumerate(_SIDES)],
    )
    if hollow:
        return dict(
            color=SURFACE[theme]["paper"], line=dict(width=1.8, color=codes, **scale)
        )
    return dict(color=codes, line=dict(width=0), **scale)
