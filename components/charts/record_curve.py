"""Counts over time, each its own line, with the claimed number across them.

Used by `claim_against_record`.
"""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.office_bars import DayAxis
from components.charts.statement_panels import short_number
from components.theme.palette import SURFACE
from components.view import View
from data.claims import Record
from data.words import number, short_day

_TOP, _PLOT, _FOOT = 34, 250, 30
_START = "2022-02-24"


def curve_figure(
    frame: pd.DataFrame, what: Record, said_on: str, view: View
) -> go.Figure:
    """`frame` as from `data.claims.beside`; one line a `row`, day = end of period."""
    colours, narrow = SURFACE[view.theme], view.narrow
    figure = canvas(view, _TOP + _PLOT + _FOOT)
    last = max(frame["day"].max(), said_on)
    right = view.width - (104 if narrow else 230)
    axis = DayAxis(_START, last, 8, right)
    top = max(float(frame["high"].max()), what.low) * 1.08
    bottom = _TOP + _PLOT

    def y(value: float) -> float:
        return bottom - min(value / top, 1.0) * _PLOT

    # A number at the claim's own height would stand on its line.
    ticks = [t for t in _ticks(top) if not -4 < y(t) - y(what.low) < 26]
    rules(figure, [(8, y(t), right, y(t)) for t in ticks], colour=colours["grid"])
    write(figure, [8] * len(ticks), [y(t) - 9 for t in ticks],
          [short_number(t) for t in ticks], colour=colours["muted"], size=13)  # fmt: skip
    years = axis.ticks()
    years = [t for n, t in enumerate(years) if n == 0 or t[0] - years[n - 1][0] > 30]
    write(figure, [x for x, _ in years], [bottom + 15] * len(years),
          [f"<b>{name}</b>" for _, name in years], colour=colours["muted"], size=13)  # fmt: skip
    rules(figure, [(8, bottom, right, bottom)], colour=colours["border"])

    _claim(figure, what, axis.x(said_on), right, y, said_on, view)
    labels: list[list] = [[y((what.low + what.high) / 2), "Claim", what.label, ""]]
    for n, (name, part) in enumerate(frame.groupby("row", sort=False)):
        part = part.sort_values("day", kind="stable")
        x = np.array([axis.x(d) for d in part["day"]])
        at = np.array([y(v) for v in part["high"]])
        figure.add_trace(
            dict(type="scatter",
                x=x, y=at, mode="lines+markers", cliponaxis=False,
                line=dict(color=colours["ink"], width=2.2, dash=("solid", "dot")[n % 2]),
                marker=dict(
                    symbol="square" if part["mark"].iloc[0] == "named" else "circle",
                    size=5, color=colours["ink"],
                ),
                hovertext=[f"<b>{r.row}</b><br>{r.stated}<br>to {r.day}"
                           for r in part.itertuples()],
                hoverinfo="text",
            )
        )  # fmt: skip
        final = part.iloc[-1]
        labels.append([at[-1], name, number(final["high"]), final["day"]])
    _end_labels(figure, labels, right, narrow, colours["ink"])
    return figure


def _claim(
    figure, what: Record, said: float, right: float, y, said_on: str, view: View
):
    colours = SURFACE[view.theme]
    low, high = y(what.low), max(y(what.high), _TOP - 8)
    if what.low != what.high:
        figure.add_shape(type="rect", x0=8, x1=right, y0=low, y1=high, line_width=0,
                         fillcolor=colours["chip"], layer="below")  # fmt: skip
    ends = {low} if what.low == what.high else {low, high}
    rules(figure, [(8, at, right, at) for at in ends], colour=colours["ink"], width=1.8,
          dash="5px 4px")  # fmt: skip
    rules(
        figure, [(said, _TOP - 6, said, _TOP + _PLOT)], colour=colours["ink"], width=1
    )
    words = f"said {short_day(said_on)} {said_on[:4]}"
    at_left = said > len(words) * 7
    write(figure, [said], [_TOP - 15], [words], colour=colours["text2"], size=13,
          align="left" if at_left else "right")  # fmt: skip


def _end_labels(figure, labels, right: float, narrow: bool, ink: str) -> None:
    """Name and last value at the line's end, pushed apart."""
    labels.sort(key=lambda row: row[0])
    gap = 62 if narrow else 38
    labels[0][0] = max(labels[0][0], 26)
    for n in range(1, len(labels)):
        labels[n][0] = max(labels[n][0], labels[n - 1][0] + gap)
    said = []
    for at, name, value, day in labels:
        when = [f"to {short_day(day)} {day[:4]}"] if day else []
        lines = (
            [f"<b>{value}</b> {when[0]}", name] if day else [f"<b>Claim: {value}</b>"]
        )
        if narrow:
            lines = [f"<b>{part}</b>" for part in wrap(value, 13)]
            lines += [*wrap(name, 13), *when] if day else ["claimed"]
        start = at - 8 * (len(lines) - 1)
        said += [(start + 16 * n, line) for n, line in enumerate(lines)]
    write(figure, [right + 8] * len(said), [at for at, _ in said], [t for _, t in said],
          colour=ink, size=13 if narrow else 14)  # fmt: skip


def _ticks(top: float) -> list[float]:
    power = 10 ** np.floor(np.log10(top / 4))
    step = next(s * power for s in (1, 2, 5, 10) if top / (s * power) <= 5)
    return [float(v) for v in np.arange(step, top, step)]
