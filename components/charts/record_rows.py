"""Rows of numbers under one claimed value: a dashed ink line through all of them.

Each row is one definition or count; its marks are what the sources give, joined
by a grey line that shows their spread. Used by `claim_against_record`.
"""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.theme.palette import MAP_SOURCE, SURFACE
from components.view import KM_PER_MILE, View
from data.claims import NO_DATE, Record, in_unit
from data.words import number

_HEAD = 52  # px above the first row, for the claim's words
_ROW, _ROW_NARROW = 62, 78
_FOOT = 46  # px for one or two lines of ticks


def claimed(what: Record) -> tuple[float, float]:
    """The claimed value's ends on the axis; lengths are drawn in kilometres."""
    factor = KM_PER_MILE if what.unit == "mi" else 1.0
    return what.low * factor, what.high * factor


def rows_figure(frame: pd.DataFrame, what: Record, view: View) -> go.Figure:
    """`frame` as from `data.claims.beside`; `what.low` and `what.high` are set."""
    colours, narrow = SURFACE[view.theme], view.narrow
    size = 13 if narrow else 15
    names = list(dict.fromkeys(frame["row"]))
    left = 12.0 if narrow else min(max(map(len, names)) * 7.6 + 24, view.width * 0.36)
    room = max(int((view.width if narrow else left - 12) / (size * 0.53)), 12)
    wrapped = {name: wrap(name, room)[:3] for name in names}
    # On a phone a row's name stands above its marks, on as many lines as it needs.
    over = 18 * (max(map(len, wrapped.values())) - 1) if narrow else 0
    step = _ROW_NARROW + over if narrow else _ROW
    height = _HEAD + step * len(names) + _FOOT
    figure = canvas(view, height)
    axis = _Axis(frame, what, left, view.width - (16 if narrow else 64))
    bottom = _HEAD + step * len(names)

    ticks = axis.ticks(5 if not narrow else 3)
    rules(figure, [(axis.x(t), _HEAD, axis.x(t), bottom) for t in ticks],
          colour=colours["grid"])  # fmt: skip
    rules(figure, [(0, _HEAD + step * n, view.width, _HEAD + step * n)
                   for n in range(1, len(names) + 1)], colour=colours["rule"])  # fmt: skip
    _tick_words(figure, ticks, axis, bottom, what, view)

    middles, heads = {}, []
    for n, name in enumerate(names):
        y = _HEAD + step * n + (step / 2 + (14 + over / 2 if narrow else 0))
        middles[name] = y
        lines = wrapped[name]
        top = _HEAD + step * n + 13 if narrow else y - 9 * (len(lines) - 1)
        heads += [(top + 18 * i, f"<b>{line}</b>") for i, line in enumerate(lines)]
    _claim_line(figure, axis, what, bottom, view)
    words = [
        _on_paper(0, at, text, colours["ink"], size, view, anchor="left")
        for at, text in heads
    ]
    # Without attrs: pandas copies them at each cut of a frame.
    for name, part in pd.DataFrame(frame).groupby("row", sort=False):
        words += _row(figure, part, axis, middles[name], view)
    return figure.update_layout(annotations=words)


class _Axis:
    """Values on x from `left` to `right` px, with a margin round those drawn."""

    def __init__(self, frame: pd.DataFrame, what: Record, left: float, right: float):
        ends = [*frame["low"], *frame["high"], *claimed(what)]
        low, high = min(ends), max(ends)
        self.left, self.right = left, right
        margin = (high - low) * 0.12 or high * 0.1
        # From zero unless all values lie close together.
        self.first = 0.0 if low < high * 0.5 else low - margin
        self.last = high + margin

    def x(self, value: float) -> float:
        share = (value - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def ticks(self, most: int) -> list[float]:
        span = self.last - self.first
        power = 10 ** np.floor(np.log10(span / most))
        step = next(s * power for s in (1, 2, 2.5, 5, 10) if span / (s * power) <= most)
        start = np.ceil(self.first / step) * step
        return [float(v) for v in np.arange(start, self.last, step)]


def axis_start(frame: pd.DataFrame, what: Record) -> float:
    """Where the axis begins: zero, or just under the least value."""
    return _Axis(frame, what, 0, 1).first


def _tick_words(
    figure: go.Figure,
    ticks: list[float],
    axis: _Axis,
    bottom: float,
    what: Record,
    view: View,
) -> None:
    muted = SURFACE[view.theme]["muted"]
    x = [axis.x(t) for t in ticks]
    lines = [[_tick(t, what.unit) for t in ticks]]
    if what.unit in ("mi", "km"):
        lines = [
            [f"{number(t)}{' km' if n == 0 else ''}" for n, t in enumerate(ticks)],
            [f"{number(t / KM_PER_MILE)}{' mi' if n == 0 else ''}"
             for n, t in enumerate(ticks)],
        ]  # fmt: skip
    for n, words in enumerate(lines):
        write(figure, x, [bottom + 14 + 17 * n] * len(x), words, colour=muted,
              size=13, align="center")  # fmt: skip


def _tick(value: float, unit: str) -> str:
    if unit == "percent":
        return f"{number(value)}%"
    return number(value)


def _claim_line(
    figure: go.Figure, axis: _Axis, what: Record, bottom: float, view: View
) -> None:
    colours = SURFACE[view.theme]
    low, high = claimed(what)
    ends = sorted({axis.x(low), axis.x(high)})
    if len(ends) == 2:
        figure.add_shape(
            type="rect", x0=ends[0], x1=ends[1], y0=_HEAD - 8, y1=bottom,
            fillcolor=colours["chip"], line_width=0, layer="below",
        )  # fmt: skip
    rules(figure, [(x, _HEAD - 12, x, bottom) for x in ends], colour=colours["ink"],
          width=1.8, dash="5px 4px")  # fmt: skip
    text = f"Claim: {claim_words(what)}"
    half = len(text) * 3.9
    x = min(max(sum(ends) / len(ends), half), view.width - half)
    write(figure, [x], [_HEAD - 26], [f"<b>{text}</b>"], colour=colours["ink"],
          size=14 if view.narrow else 16, align="center")  # fmt: skip


def claim_words(what: Record) -> str:
    """'620 miles (998 km)'; the label where there is one unit only."""
    if what.unit == "mi":
        return f"{what.label} ({number(what.low * KM_PER_MILE)} km)"
    return what.label or in_unit(what.low, what.unit)


def _row(
    figure: go.Figure, part: pd.DataFrame, axis: _Axis, y: float, view: View
) -> list[dict]:
    """Draw the row's marks on their spread.

    Returns their words as annotations, above and below by turns, in order of x.
    """
    colours, narrow = SURFACE[view.theme], view.narrow
    part = part.assign(x=[axis.x(v) for v in (part["low"] + part["high"]) / 2])
    part = part.sort_values("x", kind="stable")
    xs = part["x"].to_numpy(float)
    if len(xs) > 1:
        rules(figure, [(xs[0], y, xs[-1], y)], colour=colours["border"], width=1.6)
    ranges = part[part["low"] != part["high"]]
    spans = [(axis.x(r.low), axis.x(r.high)) for r in ranges.itertuples()]
    segments = [(a, y, b, y) for a, b in spans]
    segments += [(x, y - 6, x, y + 6) for pair in spans for x in pair]
    rules(figure, segments, colour=colours["ink"], width=2.2)
    points = part[part["low"] == part["high"]]
    for mark, group in points.groupby("mark", sort=False):
        colour = MAP_SOURCE[view.theme].get(mark, colours["ink"])
        solid = mark in ("deepstate", "verified", "named")
        figure.add_trace(
            dict(
                type="scatter",
                x=group["x"].to_numpy(float),
                y=np.full(len(group), y),
                mode="markers",
                marker=dict(
                    symbol="square" if mark == "named" else "circle",
                    size=13 if mark != "deepstate" else 15,
                    color=colour if solid else colours["paper"],
                    line=dict(color=colour, width=0 if solid else 2.2),
                    opacity=1,
                ),
                hovertext=[f"<b>{r.who}</b><br>{r.stated}" for r in group.itertuples()],
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    words = []
    above = True
    free = {True: -1e9, False: -1e9}
    for row in part.itertuples():
        name = _short(row, narrow)
        colour = MAP_SOURCE[view.theme].get(row.mark, colours["ink"])
        half = len(name) * (3.4 if narrow else 3.7)
        x = min(max(row.x, half), view.width - half)
        if x - half < free[above] and x - half >= free[not above]:
            above = not above
        text = f"<b>{name}</b>" if row.mark == "deepstate" else name
        size = 13 if narrow else 14
        at = y - 18 if above else y + 18
        words.append(_on_paper(x, at, text, colour, size, view))
        free[above] = x + half + 6
        above = not above
    return words


def _on_paper(
    x: float,
    y: float,
    text: str,
    colour: str,
    size: float,
    view: View,
    anchor: str = "center",
) -> dict:
    """Words that hide the claim's line behind them, as an annotation."""
    return dict(
        x=x, y=y, text=text, xanchor=anchor, yanchor="middle", borderpad=0,
        bgcolor=SURFACE[view.theme]["paper"], font=dict(size=size, color=colour),
    )  # fmt: skip


def _short(row: object, narrow: bool) -> str:
    """A mark's own words: who, and the number without its unit."""
    if row.unit in ("km", "km2"):
        return f"{row.who} {number(row.high)}"
    if row.unit == "people":
        value = row.stated.removesuffix(NO_DATE)
        return f"{value}" if narrow else f"{row.who}: {value}"
    return row.stated
