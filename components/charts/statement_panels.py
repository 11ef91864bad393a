"""Statements over time in stacked panels: one mark a statement, by kind of number.

A list of names or a verified count is solid, a claim or estimate hollow, a range
a bar with end caps, 'at least' an arrow up, 'up to' an arrow down, a model a
band. Everything is laid out in px (see `canvas`), so that end labels can be
pushed apart and equal heights can mean equal numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.theme.palette import SIDE, SURFACE, rgba
from components.view import View
from data.words import amount, day, number, short_day

HEAD = 30  # px for a panel's head line
GAP = 22  # px between panels
LEAST = 44  # px, the lowest panel
_AXIS = 26  # px under the last panel for the years
_KEY_ROW = 24
_LABEL = 18  # px from one end label to the next
_LINE_FROM = 8  # a claimant with so many exact statements is drawn as a line
_BAND_FROM = 4  # ranges of one publication that make a model's band
_CROWDED = 40  # above so many statements only callouts are written inside a panel
_MONTHS_UP_TO = 6  # months on the axis that are named one by one
_RECENT = 300  # days: older last statements are labelled at their mark


@dataclass(frozen=True)
class Panel:
    """One measure's statements: columns of `data.casualties.figures`.

    `head` is bold, `about` follows it; `top` is the axis' upper end in people,
    `height` its length in px. `name` gives a label for a row.
    """

    head: str
    about: str
    rows: pd.DataFrame
    top: float = 0
    height: float = 0
    values: bool = False

    def sized(self, *, px_per_person: float) -> Panel:
        top = max(self.top, LEAST / px_per_person)
        return replace(self, top=top, height=top * px_per_person)


def upper_end(rows: pd.DataFrame) -> float:
    """The largest number stated, a little air above it, in people."""
    return 1.05 * float(rows[["value_low", "value_best", "value_high"]].max().max())


def short_number(value: float) -> str:
    """Axis numbers: 900,000 but 1.2m."""
    if value < 1_000_000:
        return number(value)
    return f"{number(value / 1_000_000, 1).removesuffix('.0')}m"


def stated(row: object) -> str:
    """A row's number as printed; 'between' with one value only has no sign."""
    return amount(row.value_low, row.value_best, row.value_high, row.qualifier)


def published_words(published: object) -> str:
    return (
        f"published {day(published)}"
        if isinstance(published, str)
        else "publication date not known"
    )


def stack(
    panels: Sequence[Panel],
    view: View,
    *,
    first: str,
    last: str,
    key: Sequence[tuple[str, str, str]],
) -> go.Figure:
    """Draw the panels one under another on one time axis from `first` to `last`.

    `key` holds (kind, side, words) of the marks in use.
    """
    narrow = view.narrow
    left = 50 if narrow else 64
    right = view.width - (134 if narrow else min(0.27 * view.width, 212))
    key_lines = _key_lines(key, view)
    head_y = _KEY_ROW * len(key_lines) + (8 if key_lines else 0)
    around = head_y + HEAD * len(panels) + GAP * (len(panels) - 1) + _AXIS
    heights = sum(panel.height for panel in panels)
    if view.height and around + heights > view.height:
        # All in one proportion: panels of one scale keep it.
        part = max((view.height - around) / heights, 0.4)
        panels = [replace(panel, height=panel.height * part) for panel in panels]
        heights *= part
    figure = canvas(view, int(around + heights))
    _draw_key(figure, key_lines, view)
    span = max((pd.Timestamp(last) - pd.Timestamp(first)).days, 1)

    def x_of(days: pd.Series | Sequence[str]) -> np.ndarray:
        passed = (pd.to_datetime(pd.Series(list(days))) - pd.Timestamp(first)).dt.days
        return left + passed.to_numpy(float) / span * (right - left)

    colours = SURFACE[view.theme]
    starts = _starts(first, last)
    lines = x_of([start for start, _ in starts])
    y = head_y
    bottom = head_y
    for panel in panels:
        top_px = y + HEAD
        bottom = top_px + panel.height
        ticks = _ticks(panel)
        rules(
            figure,
            [(left, bottom - t / panel.top * panel.height, right,
              bottom - t / panel.top * panel.height) for t in ticks[1:]],
            colour=colours["grid"],
        )  # fmt: skip
        rules(
            figure,
            [(x, top_px, x, bottom) for x in lines if x > left],
            colour=colours["grid"],
        )
        rules(figure, [(left, bottom, right, bottom)], colour=colours["border"])
        write(
            figure,
            [left - 8] * len(ticks),
            [bottom - t / panel.top * panel.height for t in ticks],
            [short_number(t) for t in ticks],
            colour=colours["muted"],
            size=13 if narrow else 14,
            align="left",
        )
        about = f"  <span style='color:{colours['text2']}'>{panel.about}</span>"
        write(
            figure,
            [0],
            [y + 12],
            [f"<b>{panel.head}</b>{about}"],
            colour=colours["ink"],
            size=15 if not narrow else 14,
        )
        _draw_panel(figure, panel, view, x_of, top_px, bottom, left, right)
        y = bottom + GAP
    marks = [(x, label) for x, (_, label) in zip(lines, starts, strict=True)]
    # The first label is of a part of a period, and may have no room.
    if len(marks) > 1 and marks[1][0] - marks[0][0] < 8 * len(marks[0][1]):
        marks.pop(0)
    write(
        figure,
        [x for x, _ in marks],
        [bottom + 14] * len(marks),
        [f"<b>{label}</b>" for _, label in marks],
        colour=colours["text2"],
        size=14,
    )
    return figure


def _starts(first: str, last: str) -> list[tuple[str, str]]:
    """(day, label) under the axis: years, or months where the war was young."""
    days = pd.date_range(first, last, freq="MS").strftime("%Y-%m-%d")
    if len(days) <= _MONTHS_UP_TO:
        return [
            (d, f"{short_day(d, 'month')} {d[:4]}" if i == 0 else short_day(d, "month"))
            for i, d in enumerate(days)
        ]
    return [(first, first[:4]), *((d, d[:4]) for d in days if d[5:7] == "01")]


def _ticks(panel: Panel) -> list[float]:
    """Round steps from zero, at least 30 px apart and not more than ten."""
    least = panel.top * max(30 / panel.height, 0.1)
    power = 10 ** np.floor(np.log10(max(least, 1)))
    step = next(s * power for s in (1, 2, 3, 5, 10) if s * power >= least)
    return list(np.arange(0, panel.top + 1e-9, step))


def colour_of(side: str, view: View) -> str:
    """Marks of researchers and of all not in the war's or the West's camp are ink."""
    if side == "other":
        return SURFACE[view.theme]["ink"]
    return SIDE[view.theme]["united_states" if side == "western" else side]


def kind_of(rows: pd.DataFrame) -> pd.Series:
    """How each row is drawn: band, range, up_to, at_least, solid or hollow.

    A band is a model: ranges with a best value that one claimant published
    together, so many that they make a course.
    """
    low, high, best = (
        rows[f"value_{end}"].to_numpy(float, na_value=np.nan)
        for end in ("low", "high", "best")
    )
    qualifier, method, claimant, published = (
        rows[column].to_numpy(object)
        for column in ("qualifier", "method", "claimant_id", "published")
    )
    no_low, no_high, no_best = (np.isnan(values) for values in (low, high, best))
    kind = np.full(len(rows), "hollow", object)
    kind[(qualifier == "at_least") | (qualifier == "more_than")] = "at_least"
    kind[(method == "verified_count") | (method == "named_list")] = "solid"
    kind[(qualifier == "up_to") & no_low] = "up_to"
    kind[~no_low & ~no_high & (low != high)] = "range"
    kind[no_best & no_low & ~no_high] = "up_to"
    models = [
        (who, when) if isinstance(when, str) and ranged else None
        for who, when, ranged in zip(
            claimant, published, ~no_best & (low < high), strict=True
        )
    ]
    sizes = Counter(models)
    kind[[m is not None and sizes[m] >= _BAND_FROM for m in models]] = "band"
    return pd.Series(kind, index=rows.index, dtype="str")


def key_items(rows: pd.DataFrame, view: View) -> list[tuple[str, str, str]]:
    """(kind, side, words) for the shapes and sides that the rows use."""
    kinds = kind_of(rows)
    points = rows[kinds.isin(["hollow", "at_least", "up_to"])]
    items = [
        ("hollow", side, text)
        for side, text in (
            ("ukraine", "Ukrainian claim"),
            ("russia", "Russian claim"),
            ("western", "Western officials"),
            ("other", "researchers and others"),
        )
        if (points["side"] == side).any()
    ]
    solid = rows[kinds == "solid"]
    if (solid["method"] == "named_list").any():
        items.append(("square", "other", "confirmed by name"))
    if (solid["method"] == "verified_count").any():
        items.append(("dot", "other", "verified count"))
    for kind, text in (
        ("range", "range"),
        ("at_least", "at least"),
        ("up_to", "up to"),
        ("band", "model, low to high"),
    ):
        if (kinds == kind).any():
            items.append((kind, "other", text))
    return items


# The columns a panel draws.
_DRAWN = (
    "claimant_id", "claimant_name", "claimant", "side", "method", "measure",
    "period_end", "published", "value", "value_low", "value_best", "value_high",
    "qualifier",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mark:
    """A statement (columns of the table) at its place in px.

    A panel's rows are walked as these: a hundred of them are cut and sorted in
    Python in a tenth of the time that a frame takes.
    """

    claimant_id: str
    claimant_name: str
    claimant: str
    side: str
    method: str
    measure: str
    period_end: str
    published: object
    value: int
    value_low: object
    value_best: object
    value_high: object
    qualifier: str
    kind: str
    x: float
    y: float
    y_low: float
    y_high: float

    @property
    def hover(self) -> str:
        return (
            f"<b>{self.claimant_name}</b><br>{stated(self)}"
            f"<br>counted to {day(self.period_end)}, {published_words(self.published)}"
        )


def _draw_panel(
    figure: go.Figure,
    panel: Panel,
    view: View,
    x_of: Callable,
    top: float,
    bottom: float,
    left: float,
    right: float,
) -> None:
    marks = _marks(panel, x_of, bottom)
    if not marks:
        return
    _bands(figure, [m for m in marks if m.kind == "band"], view)
    _lines(figure, marks, view)
    _ranges(figure, [m for m in marks if m.kind == "range"], view)
    _arrows(figure, [m for m in marks if m.kind == "at_least"], view, -1)
    _arrows(figure, [m for m in marks if m.kind == "up_to"], view, 1)
    _points(figure, marks, view)
    _labels(figure, marks, panel, view, top, bottom, left, right)


def _marks(panel: Panel, x_of: Callable, bottom: float) -> list[_Mark]:
    """The panel's statements in the table's order, at their places."""
    rows = panel.rows
    scale = panel.height / panel.top
    kinds = kind_of(rows).to_numpy(object)
    y, y_low, y_high = (
        bottom - rows[column].to_numpy(float, na_value=np.nan) * scale
        for column in ("value", "value_low", "value_high")
    )
    # A range without a best value stands at its middle.
    between = np.isin(kinds, ("range", "band")) & rows["value_best"].isna().to_numpy()
    y = np.where(between, (y_low + y_high) / 2, y)
    places = (x_of(rows["period_end"]), y, y_low, y_high)
    told = (rows[column].to_list() for column in _DRAWN)
    return [
        _Mark(*values)
        for values in zip(*told, kinds, *(p.tolist() for p in places), strict=True)
    ]


def _by(marks: Iterable[_Mark], *names: str) -> list[tuple[tuple, list[_Mark]]]:
    """The marks by these fields, in the fields' order; all of them have the fields."""

    def key(mark: _Mark) -> tuple:
        return tuple(getattr(mark, name) for name in names)

    return [(k, list(part)) for k, part in groupby(sorted(marks, key=key), key)]


def _along(marks: Sequence[_Mark], name: str = "x") -> list[_Mark]:
    order = np.argsort([getattr(m, name) for m in marks]) if marks else ()
    return [marks[i] for i in order]


def _px(marks: Iterable[_Mark], name: str) -> np.ndarray:
    return np.array([getattr(m, name) for m in marks], float)


def _bands(figure: go.Figure, marks: Sequence[_Mark], view: View) -> None:
    grey = SIDE[view.theme]["other"]
    for _, part in _by(marks, "claimant_id", "published"):
        band = _along(part)
        x = _px(band, "x")
        figure.add_trace(
            dict(
                type="scatter",
                x=np.concatenate([x, x[::-1]]),
                y=np.concatenate([_px(band, "y_high"), _px(band, "y_low")[::-1]]),
                fill="toself",
                fillcolor=rgba(grey, 0.22),
                line=dict(width=0),
                hoverinfo="skip",
                mode="lines",
            )
        )
        figure.add_trace(
            dict(
                type="scatter",
                x=x,
                y=_px(band, "y"),
                mode="lines",
                line=dict(color=grey, width=1.3),
                hovertext=[m.hover for m in band],
                hoverinfo="text",
            )
        )


def _lined(marks: Iterable[_Mark]) -> list[str]:
    """Claimants whose exact or verified counts are so many that a line joins them."""
    sizes = Counter(
        m.claimant_id
        for m in marks
        if m.method in ("verified_count", "official_adversary")
        and m.kind not in ("range", "band")
    )
    return sorted(who for who, size in sizes.items() if size >= _LINE_FROM)


def _lines(figure: go.Figure, marks: Sequence[_Mark], view: View) -> None:
    for claimant in _lined(marks):
        line = _along([m for m in marks if m.claimant_id == claimant])
        figure.add_trace(
            dict(
                type="scatter",
                x=_px(line, "x"),
                y=_px(line, "y"),
                mode="lines",
                line=dict(color=colour_of(line[0].side, view), width=1.2),
                hoverinfo="skip",
            )
        )


def _ranges(figure: go.Figure, marks: Sequence[_Mark], view: View) -> None:
    for (side,), part in _by(marks, "side"):
        colour = colour_of(side, view)
        gap = np.full(len(part), np.nan)
        x, low, high = (_px(part, name) for name in ("x", "y_low", "y_high"))
        for x0, x1, y0, y1 in (
            (x, x, low, high),
            (x - 3.5, x + 3.5, low, low),
            (x - 3.5, x + 3.5, high, high),
        ):
            figure.add_trace(
                dict(
                    type="scatter",
                    x=np.column_stack([x0, x1, gap]).ravel(),
                    y=np.column_stack([y0, y1, gap]).ravel(),
                    mode="lines",
                    line=dict(color=colour, width=2.2),
                    hoverinfo="skip",
                )
            )
        best = [m.value_best is not pd.NA for m in part]
        figure.add_trace(
            dict(
                type="scatter",
                x=x,
                y=_px(part, "y"),
                mode="markers",
                # Without a best value the middle only carries the hover.
                marker=dict(color=colour, size=8, opacity=np.where(best, 1.0, 0.0)),
                hovertext=[m.hover for m in part],
                hoverinfo="text",
            )
        )


def _arrows(figure: go.Figure, marks: Sequence[_Mark], view: View, way: int) -> None:
    """A stem and a tip: up (`way` −1, px run down) or down (1)."""
    for (side,), part in _by(marks, "side"):
        _arrow(figure, _px(part, "x"), _px(part, "y"), colour_of(side, view), way)


def _arrow(
    figure: go.Figure, x: np.ndarray, y: np.ndarray, colour: str, way: int
) -> None:
    gap = np.full(len(x), np.nan)
    figure.add_trace(
        dict(
            type="scatter",
            x=np.column_stack([x, x, gap]).ravel(),
            y=np.column_stack([y, y + way * 12, gap]).ravel(),
            mode="lines+markers",
            line=dict(color=colour, width=1.4),
            marker=dict(
                symbol="triangle-up" if way < 0 else "triangle-down",
                color=colour,
                size=np.tile([0, 6, 0], len(x)),
                opacity=1,
            ),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def _points(figure: go.Figure, marks: Sequence[_Mark], view: View) -> None:
    paper = SURFACE[view.theme]["paper"]
    many = set(_lined(marks))
    points = [m for m in marks if m.kind in ("hollow", "at_least", "up_to")]
    for (side,), part in _by(points, "side"):
        figure.add_trace(
            dict(
                type="scatter",
                x=_px(part, "x"),
                y=_px(part, "y"),
                mode="markers",
                marker=dict(
                    symbol="circle",
                    size=np.where([m.claimant_id in many for m in part], 6.0, 9.0),
                    color=paper,
                    line=dict(color=colour_of(side, view), width=1.7),
                    opacity=1,
                ),
                hovertext=[m.hover for m in part],
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    for method, symbol, size in (
        ("named_list", "square", 7),
        ("verified_count", "circle", 6),
    ):
        part = [m for m in marks if m.kind == "solid" and m.method == method]
        if part:
            figure.add_trace(
                dict(
                    type="scatter",
                    x=_px(part, "x"),
                    y=_px(part, "y"),
                    mode="markers",
                    marker=dict(
                        symbol=symbol,
                        size=size,
                        color=SURFACE[view.theme]["ink"],
                        opacity=1,
                    ),
                    hovertext=[m.hover for m in part],
                    hoverinfo="text",
                    cliponaxis=False,
                )
            )


def _labels(
    figure: go.Figure,
    marks: Sequence[_Mark],
    panel: Panel,
    view: View,
    top: float,
    bottom: float,
    left: float,
    right: float,
) -> None:
    """Names at the end of the axis, pushed apart; older last words at their mark."""
    several = len({m.measure for m in marks}) > 1
    last: dict[str, _Mark] = {}
    for mark in sorted(marks, key=_when):
        last.pop(mark.claimant_id, None)
        last[mark.claimant_id] = mark
    newest = date.fromisoformat(max(m.period_end for m in marks))
    recent = [
        m
        for m in last.values()
        if (newest - date.fromisoformat(m.period_end)).days <= _RECENT
    ]
    room = int((panel.height + 34) // _LABEL)
    at_end = _along(_along(recent)[-room:] if room else (), "y")
    _end_labels(
        figure,
        [(m, _name(m, several, panel.values)) for m in at_end],
        view,
        top,
        bottom,
        right,
    )
    ended = {m.claimant_id for m in at_end}
    inside = [
        m
        for m in last.values()
        if m.claimant_id not in ended
        and (len(marks) <= _CROWDED or m.method == "official_own")
    ]
    labels = [
        *((m, f"{day(m.period_end)}: {stated(m)}", True) for m in _low(marks, panel)),
        *(
            (m, f"{m.claimant}: {stated(m)}", m.method == "official_own")
            for m in inside
        ),
    ]
    labels.sort(key=lambda label: not label[2])
    _inner_labels(figure, labels, marks, view, top, bottom, left, right)


def _when(mark: _Mark) -> tuple[str, int, str]:
    """Order of statements in time, as in `data.casualties.last_word`: of one day the
    higher verified minimum is the last, then the one published later."""
    verified = mark.value if mark.method == "verified_count" else 0
    published = mark.published if isinstance(mark.published, str) else ""
    return mark.period_end, verified, published


def _name(mark: _Mark, several: bool, values: bool) -> str:
    """A label at the axis' end; `several` measures stand in the panel."""
    names = several and mark.measure == "confirmed_names"
    label = f"Names: {mark.claimant}" if names else mark.claimant
    return f"{label} {stated(mark)}" if values else label


def _low(marks: Sequence[_Mark], panel: Panel) -> list[_Mark]:
    """The first point of a line that starts too low to be read off the axis."""
    many = set(_lined(marks))
    first: dict[str, _Mark] = {}
    for mark in marks:
        if mark.claimant_id in many:
            first.setdefault(mark.claimant_id, mark)
    return [m for m in first.values() if m.value < 0.03 * panel.top]


def _end_labels(
    figure: go.Figure,
    labels: Sequence[tuple[_Mark, str]],
    view: View,
    top: float,
    bottom: float,
    right: float,
) -> None:
    if not labels:
        return
    places = spread(np.array([m.y for m, _ in labels]), _LABEL, top - 16, bottom + 4)
    start = right + (12 if view.narrow else 18)
    rules(
        figure,
        [
            leg
            for (m, _), place in zip(labels, places, strict=True)
            for leg in ((m.x + 6, m.y, right, place), (right, place, start - 3, place))
        ],
        colour=SURFACE[view.theme]["border"],
    )
    # One trace a colour: a word takes its side's colour.
    limit = int((view.width - start) / (6.6 if view.narrow else 7.1))
    for side in sorted({m.side for m, _ in labels}):
        part = [
            (place, _bold(label, m.claimant, limit))
            for (m, label), place in zip(labels, places, strict=True)
            if m.side == side
        ]
        write(
            figure,
            [start] * len(part),
            [place for place, _ in part],
            [text for _, text in part],
            colour=colour_of(side, view),
            size=13 if view.narrow else 14,
        )


def _bold(label: str, shorter: str, limit: int) -> str:
    text = label if len(label) <= limit else shorter
    return f"<b>{text if len(text) <= limit else text[: limit - 1] + '…'}</b>"


def spread(y: np.ndarray, step: float, top: float, bottom: float) -> np.ndarray:
    """Places at least `step` apart, near `y` (ascending), from `top` to `bottom`."""
    places = np.array(y, float)
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + step)
    excess = places[-1] - bottom
    if excess > 0:
        places[-1] = bottom
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - step)
    if places[0] < top:
        places[0] = top
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + step)
    return places


def _inner_labels(
    figure: go.Figure,
    labels: Sequence[tuple[_Mark, str, bool]],
    marks: Sequence[_Mark],
    view: View,
    top: float,
    bottom: float,
    left: float,
    right: float,
) -> None:
    """Labels beside their marks where there is room; else the tables name them."""
    size = 13 if view.narrow else 14
    taken = []
    for m in marks:
        reach = [y for y in (m.y, m.y_low, m.y_high) if y == y]
        taken.append((m.x - 6, min(reach) - 6, m.x + 6, max(reach) + 6))
    written: dict[str, list[tuple[float, float, str]]] = {}
    leaders: list[tuple[float, float, float, float]] = []
    for m, text, _ in labels:
        width = len(text) * size * 0.5
        for dx, dy in _OFFSETS:
            x0 = m.x + dx if dx >= 0 else m.x + dx - width
            if dx == 0:
                x0 = m.x - width / 2
            y0 = m.y + dy
            box = (x0 - 3, y0 - 9, x0 + width + 3, y0 + 9)
            clear = (
                box[0] > left
                and box[2] < right
                and box[1] > top - 8
                and box[3] < bottom
            )
            if clear and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                if abs(dy) > 20:
                    up = np.sign(dy)
                    leaders.append((m.x, m.y + up * 6, m.x, y0 - up * 9))
                written.setdefault(colour_of(m.side, view), []).append((x0, y0, text))
                break
    rules(figure, leaders, colour=SURFACE[view.theme]["border"])
    for colour, words in written.items():
        write(figure, *zip(*words, strict=True), colour=colour, size=size)


# Px from the mark, tried in turn: beside, above, below, then with a leader.
_OFFSETS = (
    (10, 0), (-10, 0), (0, -17), (0, 17), (2, -24), (-2, -24), (2, -34), (-2, -34),
    (2, -48), (-2, -48), (2, 28), (-2, 28), (2, -64), (-2, -64), (2, -84), (-2, -84),
)  # fmt: skip


def _overlap(a: tuple, b: tuple) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _key_lines(
    key: Sequence[tuple[str, str, str]], view: View
) -> list[list[tuple[float, str, str, str]]]:
    """The key's items in lines that fit: (x, kind, side, words)."""
    lines: list[list[tuple[float, str, str, str]]] = []
    x = view.width + 1.0
    for kind, side, text in key:
        width = 24 + len(text) * 6.5 + 14
        if x + width > view.width:
            lines.append([])
            x = 0
        lines[-1].append((x, kind, side, text))
        x += width
    return lines


def _draw_key(figure: go.Figure, lines: list, view: View) -> None:
    ink, paper = SURFACE[view.theme]["ink"], SURFACE[view.theme]["paper"]
    for i, line in enumerate(lines):
        y = _KEY_ROW * i + 11
        write(
            figure,
            [x + 18 for x, *_ in line],
            [y] * len(line),
            [text for *_, text in line],
            colour=SURFACE[view.theme]["text2"],
            size=14,
        )
        for x, kind, side, _ in line:
            colour = colour_of(side, view)
            at = x + 8
            if kind == "band":
                figure.add_shape(
                    type="rect", x0=x - 2, x1=x + 12, y0=y - 6, y1=y + 6, line_width=0,
                    fillcolor=rgba(SIDE[view.theme]["other"], 0.3),
                )  # fmt: skip
                continue
            if kind == "range":
                rules(
                    figure,
                    [(at, y - 7, at, y + 7), (at - 4, y - 7, at + 4, y - 7),
                     (at - 4, y + 7, at + 4, y + 7)],
                    colour=ink, width=2.2,
                )  # fmt: skip
                continue
            shift = {"at_least": 4, "up_to": -4}.get(kind, 0)
            if shift:
                place = np.array([at]), np.array([y + shift])
                _arrow(figure, *place, colour_of(side, view), -1 if shift > 0 else 1)
            solid = kind in ("square", "dot")
            figure.add_trace(
                dict(
                    type="scatter",
                    x=[at],
                    y=[y + shift],
                    mode="markers",
                    marker=dict(
                        symbol="square" if kind == "square" else "circle",
                        size=8,
                        color=ink if solid else paper,
                        line=dict(color=colour, width=0 if solid else 1.7),
                    ),
                    hoverinfo="skip",
                    cliponaxis=False,
                )
            )
