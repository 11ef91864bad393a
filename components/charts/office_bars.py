"""Periods in office as bars on an axis of days, for the charts that need them.

A bar ends in a point where no end is known on the as-of date: the last known
holder is not necessarily the holder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import rules, write
from components.theme.palette import MARKS_ONLY, SIDE, SURFACE
from components.view import View
from data.words import day, period

_BAR = 13  # px, height of a bar
_POINT = 9  # px, length of the point of an open bar
_LEAST = 6  # px of the shortest bar
_LINE = 17  # px, from one line of a label to the next


@dataclass(frozen=True)
class DayAxis:
    """Days from `first` to `last` (ISO) on x from `left` to `right` px."""

    first: str
    last: str
    left: float
    right: float

    def x(self, day: str) -> float:
        """The px of a day; days outside stand at the axis' ends."""
        start, end = _number(self.first), _number(self.last)
        share = (_number(day) - start) / max(end - start, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self) -> list[tuple[float, str]]:
        """The px and name of each year that begins on the axis, and of its first day's."""
        years = range(int(self.first[:4]), int(self.last[:4]) + 1)
        starts = [max(f"{year}-01-01", self.first) for year in years]
        return [(self.x(s), str(y)) for s, y in zip(starts, years, strict=True)]


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def last_day(end: str, precision: object) -> str:
    """The last day an end to that precision may mean: a month or year runs out.

    Only the coarser of an office's two dates sets its precision, so an end
    that names a day within the month keeps it.
    """
    if precision == "month" and end.endswith("-01"):
        return (pd.Timestamp(end) + pd.offsets.MonthEnd(0)).strftime("%Y-%m-%d")
    if precision == "year" and end.endswith("-01-01"):
        return f"{end[:4]}-12-31"
    return end


def office_period(office: dict) -> str:
    """An office’s period in words."""
    start, end, precision = (
        office[k] if isinstance(office[k], str) else ""
        for k in ("start_date", "end_date", "date_precision")
    )
    precision = precision or "day"
    if start and end:
        return period(start, end, precision)
    if start:
        return f"from {day(start, precision)}, end not known"
    return f"to {day(end, precision)}, start not known" if end else "dates not known"


def _lines(label: str, axis: DayAxis, view: View) -> list[str]:
    """The label on three lines at most, the rest cut at a word."""
    room = view.width if view.narrow else axis.left - 12
    characters = max(int(room / (_size(view) * 0.47)), 8)
    return wrap(label, characters, max_lines=3, placeholder="…")


def _size(view: View) -> int:
    return 13 if view.narrow else 14


def _row_height(lines: list[str], view: View) -> int:
    return _LINE * len(lines) + 20 if view.narrow else max(_LINE * len(lines) + 8, 25)


def bars_height(rows: list[dict], axis: DayAxis, view: View) -> int:
    """The px that `draw_bars` will take."""
    return sum(_row_height(_lines(row["label"], axis, view), view) for row in rows)


def draw_bars(
    figure: go.Figure,
    rows: list[dict],
    *,
    axis: DayAxis,
    top: float,
    view: View,
    side: str,
) -> None:
    """Draw one row an office, from `top` px down.

    `rows`: label, start_date, end_date, date_precision (dates ISO or missing).
    On a phone the label stands above its bar, else left of the axis.
    """
    colours = SURFACE[view.theme]
    labels: list[tuple[float, str]] = []
    notes: list[tuple[float, float, str, bool]] = []
    paths: list[str] = []
    y = top
    for row in rows:
        lines = _lines(row["label"], axis, view)
        height = _row_height(lines, view)
        text = y + 9 if view.narrow else y + (height - _LINE * (len(lines) - 1)) / 2
        middle = y + _LINE * len(lines) + 7 if view.narrow else y + height / 2
        labels += [(text + _LINE * place, line) for place, line in enumerate(lines)]
        path, said = _bar(row, axis, middle)
        if path:
            paths.append(path)
        if said:
            notes.append((said[0], middle, *said[1:]))
        y += height
    bar = dict(type="path", fillcolor=SIDE[view.theme][side], line=dict(width=0))
    figure.layout.shapes += tuple(dict(bar, path=path) for path in paths)
    write(figure, [0] * len(labels), [at for at, _ in labels], [t for _, t in labels],
          colour=colours["ink"], size=_size(view))  # fmt: skip
    # A mark's colour carries words of the paper's colour only on some sides.
    on_bar = colours["ink"] if side in MARKS_ONLY else colours["paper"]
    for inside, colour in ((True, on_bar), (False, colours["muted"])):
        chosen = [note for note in notes if note[3] is inside]
        write(figure, [n[0] for n in chosen], [n[1] for n in chosen],
              [n[2] for n in chosen], colour=colour, size=13)  # fmt: skip


def _bar(
    row: dict, axis: DayAxis, middle: float
) -> tuple[str, tuple[float, str, bool] | None]:
    """One bar's outline, and words to be written at a px, and whether on the bar."""
    start, end = row["start_date"], row["end_date"]
    known_end = isinstance(end, str)
    if not isinstance(start, str):
        said = f"start not known, to {end[:4]}" if known_end else "dates not known"
        return "", (axis.left + 4, said, False)
    end = last_day(end, row["date_precision"]) if known_end else axis.last
    x1 = axis.x(end)
    # Never later than its end, so that nothing stands after the as-of date.
    x0 = min(axis.x(start), x1 - _LEAST)
    if end < axis.first:
        return "", (axis.left + 4, f"{start[:4]}–{end[:4]}, before this axis", False)
    y0, y1 = middle - _BAR / 2, middle + _BAR / 2
    if known_end:
        path = f"M{x0},{y0}H{x1}V{y1}H{x0}Z"
    else:
        neck = max(x1 - _POINT, x0)
        path = f"M{x0},{y0}H{neck}L{x1},{middle}L{neck},{y1}H{x0}Z"
    if start < axis.first and x1 - x0 > 84:
        return path, (axis.left + 2, f"since {start[:4]}", True)
    return path, None


def year_lines(
    figure: go.Figure, axis: DayAxis, top: float, bottom: float, view: View
) -> None:
    """A hairline at the start of each year, its name below in bold."""
    colours = SURFACE[view.theme]
    ticks = axis.ticks()
    rules(figure, [(x, top, x, bottom) for x, _ in ticks], colour=colours["rule"])
    # A name needs 36 px: where the axis ends sooner the year goes unnamed.
    named = [(x, year) for x, year in ticks if axis.right - x >= 30]
    write(figure, [max(x - 3, 0) for x, _ in named], [bottom + 12] * len(named),
          [f"<b>{year}</b>" for _, year in named], colour=colours["text2"])  # fmt: skip
