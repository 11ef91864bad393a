"""The shapes of the assessments, always beside their word; no colour but ink."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.theme.palette import SURFACE
from components.view import View

_SIZE = 13  # px

# Assessment → what is drawn over a ring or square: circles for what was said of
# the past and present, squares for predictions.
SHAPES = MappingProxyType(
    {
        "supported": ("circle", "full"),
        "partly_supported": ("circle", "half"),
        "contradicted": ("circle", "cross"),
        "unverifiable": ("circle", "dashed"),
        "prediction_met": ("square", "full"),
        "prediction_failed": ("square", "cross"),
        "prediction_open": ("square", "open"),
        "not_assessed": ("dot", "open"),
    }
)


def draw_marks(
    figure: go.Figure,
    x: np.ndarray,
    y: np.ndarray,
    assessments: pd.Series,
    view: View,
    hover: list[str] | None = None,
    ids: pd.Series | None = None,
) -> None:
    """One mark a row at (x, y) px; `ids` come back with a click."""
    colours = SURFACE[view.theme]
    kinds = assessments.to_numpy(dtype=object)
    for kind in dict.fromkeys(kinds):
        at = np.flatnonzero(kinds == kind)
        shape, fill = SHAPES[kind]
        solid = fill == "full"
        # Plotly has no dashed outline of a marker: its ring is a path of its own.
        ring = 0 if fill == "dashed" or shape == "dot" else 1.6
        figure.add_trace(
            dict(type="scatter",
                x=x[at],
                y=y[at],
                mode="markers",
                marker=dict(
                    symbol={"cross": f"{'circle' if shape == 'circle' else 'square'}-x"}.get(
                        fill, "circle" if shape != "square" else "square"
                    ),
                    size=4 if shape == "dot" else _SIZE,
                    color=colours["ink"] if solid else (
                        colours["muted"] if shape == "dot" else colours["paper"]),
                    line=dict(color=colours["ink"], width=0 if solid else ring),
                    opacity=1,
                ),
                hovertext=[hover[i] for i in at] if hover else None,
                hoverinfo="text" if hover else "skip",
                customdata=ids.to_numpy()[at] if ids is not None else None,
                cliponaxis=False,
            )
        )  # fmt: skip
        radius = _SIZE / 2
        if fill == "half":
            figure.add_shape(
                type="path", layer="above", line_width=0, fillcolor=colours["ink"],
                path="".join(_half(x[i], y[i], radius) for i in at),
            )  # fmt: skip
        if fill == "dashed":
            figure.add_shape(
                type="path", layer="above", path="".join(
                    _ring(x[i], y[i], radius) for i in at),
                line=dict(color=colours["ink"], width=1.6, dash="2.5px 2.5px"),
            )  # fmt: skip


def _half(x: float, y: float, r: float) -> str:
    """The left half of a disc as cubic curves: Plotly's paths have no arcs."""
    k = r * 0.5523
    return (
        f"M{x:g},{y - r:g}C{x - k:g},{y - r:g} {x - r:g},{y - k:g} {x - r:g},{y:g}"
        f"C{x - r:g},{y + k:g} {x - k:g},{y + r:g} {x:g},{y + r:g}Z"
    )


def _ring(x: float, y: float, r: float) -> str:
    """A whole circle as cubic curves."""
    k = r * 0.5523
    return (
        f"M{x:g},{y - r:g}C{x - k:g},{y - r:g} {x - r:g},{y - k:g} {x - r:g},{y:g}"
        f"C{x - r:g},{y + k:g} {x - k:g},{y + r:g} {x:g},{y + r:g}"
        f"C{x + k:g},{y + r:g} {x + r:g},{y + k:g} {x + r:g},{y:g}"
        f"C{x + r:g},{y - k:g} {x + k:g},{y - r:g} {x:g},{y - r:g}Z"
    )
