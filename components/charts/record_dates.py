"""Dated rows beside a claim: events, exchanges and evidence down a short line.

The day of the statement is a dashed ink line through all rows, the period that
the claim names a tinted band. Used by `claim_against_record`.
"""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, rules, write
from components.charts.office_bars import DayAxis
from components.theme.palette import SURFACE
from components.view import View
from data.claims import Record
from data.words import count, day, short_day

_LINE = 19  # px from one line of words to the next
_HEAD, _FOOT = 46, 30
_SYMBOL = {
    "event": "diamond",
    "exchange": "square",
    "evidence": "circle",
    "year": "square",
}


def dates_figure(
    frame: pd.DataFrame, what: Record, said_on: str, view: View
) -> go.Figure:
    """`frame` as from `data.claims.beside`, in order of day; '' stands last."""
    colours, narrow = SURFACE[view.theme], view.narrow
    size = 13 if narrow else 15
    words_from, track = (0.0, (8.0, view.width - 12.0)) if narrow else (
        138.0, (view.width * 0.64, view.width - 14.0))  # fmt: skip
    room = view.width if narrow else track[0] - words_from - 22
    rows = []
    for row in frame.itertuples():
        when = day(row.day) if row.day else "page without a date"
        lines = wrap(f"{when} · {row.row}" if narrow else row.row,
                     max(int(room / (size * 0.49)), 16))  # fmt: skip
        rows.append((row, when, lines))
    heights = [_LINE * len(lines) + (30 if narrow else 14) for *_, lines in rows]
    height = _HEAD + sum(heights) + _FOOT
    figure = canvas(view, int(height))
    axis = _axis(frame, what, said_on, view.as_of, track)
    bottom = height - _FOOT

    y = float(_HEAD)
    marks, said, dates, tracks, between = [], [], [], [], []
    for (row, when, lines), tall in zip(rows, heights, strict=True):
        dates.append((y + 15, when if row.day else "no date shown"))
        said += [(y + 15 + _LINE * n, line) for n, line in enumerate(lines)]
        at = y + tall - 11 if narrow else y + tall / 2
        tracks.append((track[0], at, track[1], at))
        if row.day:
            marks.append((row.mark, axis.x(row.day), at, f"{when}<br>{row.row}"))
        y += tall
        between.append((0, y, view.width, y))
    # On a phone words and line share the width: the claim is marked beside the words.
    spans = [(at - 13, at + 11) for _, at, _, _ in tracks] if narrow else [
        (_HEAD - 4, bottom)]  # fmt: skip
    _claim(figure, what, axis, said_on, spans, view)
    rules(figure, tracks, colour=colours["grid"])
    rules(figure, between, colour=colours["rule"])
    write(figure, [words_from] * len(said), [at for at, _ in said],
          [line for _, line in said], colour=colours["ink"], size=size)  # fmt: skip
    if not narrow:
        write(figure, [0] * len(dates), [at for at, _ in dates], [d for _, d in dates],
              colour=colours["text2"], size=14)  # fmt: skip
    for mark in dict.fromkeys(m[0] for m in marks):
        part = [m for m in marks if m[0] == mark]
        hollow = mark == "evidence"
        figure.add_trace(
            dict(type="scatter",
                x=np.array([m[1] for m in part]), y=np.array([m[2] for m in part]),
                mode="markers", hovertext=[m[3] for m in part], hoverinfo="text",
                cliponaxis=False,
                marker=dict(
                    symbol=_SYMBOL[mark], size=12, opacity=1,
                    color=colours["paper"] if hollow else colours["ink"],
                    line=dict(color=colours["ink"], width=2 if hollow else 0),
                ),
            )
        )  # fmt: skip
    _days(figure, axis, bottom, view)
    return figure


def key_words(frame: pd.DataFrame) -> str:
    """What the marks are, those that are drawn only."""
    names = {"event": "diamond: event", "exchange": "square: exchange of prisoners",
             "evidence": "hollow circle: page, on the day of its publication"}  # fmt: skip
    return "; ".join(names[m] for m in names if (frame["mark"] == m).any())


def undated(frame: pd.DataFrame) -> str:
    n = int((frame["day"] == "").sum())
    if not n:
        return ""
    return f"{count(n, 'page').capitalize()} without a date stand{'s' if n == 1 else ''} last"


def _axis(
    frame: pd.DataFrame, what: Record, said_on: str, as_of: str, track: tuple
) -> DayAxis:
    days = [d for d in frame["day"] if d]
    days += [
        d for d in (what.claimed_from, what.claimed_to, said_on) if d and d <= as_of
    ]
    first, last = min(days), max(days)
    if first == last:
        # A single day stands in the middle of a month.
        first = (pd.Timestamp(first) - pd.Timedelta(days=15)).strftime("%Y-%m-%d")
        last = (pd.Timestamp(last) + pd.Timedelta(days=15)).strftime("%Y-%m-%d")
    return DayAxis(first, last, track[0] + 8, track[1] - 8)


def _claim(
    figure: go.Figure,
    what: Record,
    axis: DayAxis,
    said_on: str,
    spans: list[tuple[float, float]],
    view: View,
) -> None:
    """The period claimed and the day of the statement, over these spans of y."""
    colours = SURFACE[view.theme]
    if what.claimed_from:
        x0, x1 = axis.x(what.claimed_from), axis.x(what.claimed_to)
        boxes(figure, [(x0, y0, max(x1, x0 + 3), y1) for y0, y1 in spans],
              colours["selected"])  # fmt: skip
    x = axis.x(said_on)
    rules(figure, [(x, y0, x, y1) for y0, y1 in spans], colour=colours["ink"], width=1.6,
          dash="5px 4px")  # fmt: skip
    _place(figure, f"<b>Said {short_day(said_on)} {said_on[:4]}</b>", x, 32, view)
    if what.claimed_from:
        x = (axis.x(what.claimed_from) + axis.x(what.claimed_to)) / 2
        _place(figure, f"Claim: {what.label}", x, 12, view)


def _place(figure: go.Figure, text: str, x: float, y: float, view: View) -> None:
    half = len(text.replace("<b>", "").replace("</b>", "")) * 3.9
    x = min(max(x, half), view.width - half)
    write(figure, [x], [y], [text], colour=SURFACE[view.theme]["ink"],
          size=13 if view.narrow else 15, align="center")  # fmt: skip


def _days(figure: go.Figure, axis: DayAxis, bottom: float, view: View) -> None:
    """The first and last day of the axis, and years between where there is room."""
    muted = SURFACE[view.theme]["muted"]
    ends = [(axis.left, axis.first, "right")]
    if axis.last <= view.as_of:
        # Half a month after a single day may lie beyond the date.
        ends.append((axis.right, axis.last, "left"))
    for x, on, align in ends:
        write(figure, [x + (-6 if align == "right" else 6)], [bottom + 15],
              [f"{short_day(on)} {on[:4]}"], colour=muted, size=13, align=align)  # fmt: skip
    taken = [(axis.left, axis.left + 90), (axis.right - 90, axis.right)]
    for x, name in axis.ticks()[1:]:
        if all(x + 20 < a or x - 20 > b for a, b in taken):
            write(
                figure,
                [x],
                [bottom + 15],
                [name],
                colour=muted,
                size=13,
                align="center",
            )
            rules(figure, [(x, bottom, x, bottom + 5)], colour=muted)
            taken.append((x - 20, x + 20))
