"""Statements over time in stacked panels: one mark a statement, by kind of number.

A list of names or a verified count is solid, a claim or estimate hollow, a range
a bar with end caps, 'at least' an arrow up, 'up to' an arrow down, a model a
band. Everything is laid out in px (see `canvas`), so that end labels can be
pushed apart and equal heights can mean equal numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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


def band_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The ranges with a best value that one claimant published together: a model."""
    ranged = rows["value_best"].notna() & (rows["value_low"] < rows["value_high"])
    together = rows[ranged.fillna(False)].groupby(["claimant_id", "published"])
    sizes = together["value"].transform("size")
    return rows.loc[sizes[sizes >= _BAND_FROM].index]


def kind_of(rows: pd.DataFrame) -> pd.Series:
    """How each row is drawn: band, range, up_to, at_least, solid or hollow."""
    low, high, best = rows["value_low"], rows["value_high"], rows["value_best"]
    kind = pd.Series("hollow", index=rows.index)
    kind = kind.mask(rows["qualifier"].isin(["at_least", "more_than"]), "at_least")
    kind = kind.mask(rows["method"].isin(["verified_count", "named_list"]), "solid")
    kind = kind.mask((rows["qualifier"] == "up_to") & low.isna(), "up_to")
    kind = kind.mask(
        (low.notna() & high.notna() & (low != high)).fillna(False), "range"
    )
    kind = kind.mask(best.isna() & low.isna() & high.notna(), "up_to")
    kind.loc[band_rows(rows).index] = "band"
    return kind


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


# The columns a panel draws: a table of thirty is slow to cut again and again.
_DRAWN = (
    "claimant_id", "claimant_name", "claimant", "side", "method", "measure",
    "period_end", "published", "value", "value_low", "value_best", "value_high",
    "qualifier",
)  # fmt: skip


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
    rows = panel.rows[list(_DRAWN)].reset_index(drop=True)
    if rows.empty:
        return
    scale = panel.height / panel.top

    def y_of(values: pd.Series) -> np.ndarray:
        return (
            bottom - values.astype("Float64").to_numpy(float, na_value=np.nan) * scale
        )

    rows = rows.assign(
        kind=kind_of(rows),
        x=x_of(rows["period_end"]),
        y=y_of(rows["value"]),
        y_low=y_of(rows["value_low"]),
        y_high=y_of(rows["value_high"]),
        hover=[_hover(row) for row in rows.itertuples()],
    )
    middle = (rows["y_low"] + rows["y_high"]) / 2
    ranged = rows["kind"].isin(["range", "band"]) & rows["value_best"].isna()
    rows["y"] = rows["y"].mask(ranged, middle)
    _bands(figure, rows[rows["kind"] == "band"], view)
    _lines(figure, rows, view)
    _ranges(figure, rows[rows["kind"] == "range"], view)
    _arrows(figure, rows[rows["kind"] == "at_least"], view, -1)
    _arrows(figure, rows[rows["kind"] == "up_to"], view, 1)
    _points(figure, rows, view)
    _labels(figure, rows, panel, view, top, bottom, left, right)


def _hover(row: object) -> str:
    return (
        f"<b>{row.claimant_name}</b><br>{stated(row)}"
        f"<br>counted to {day(row.period_end)}, {published_words(row.published)}"
    )


def _bands(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    grey = SIDE[view.theme]["other"]
    for _, band in rows.groupby(["claimant_id", "published"]):
        band = band.sort_values("x")
        x = band["x"].to_numpy(float)
        figure.add_trace(
            dict(
                type="scatter",
                x=np.concatenate([x, x[::-1]]),
                y=np.concatenate([band["y_high"], band["y_low"][::-1]]),
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
                y=band["y"].to_numpy(float),
                mode="lines",
                line=dict(color=grey, width=1.3),
                hovertext=list(band["hover"]),
                hoverinfo="text",
            )
        )


def lined(rows: pd.DataFrame) -> pd.Index:
    """Claimants whose exact or verified counts are so many that a line joins them."""
    counted = rows["method"].isin(["verified_count", "official_adversary"])
    sizes = rows[counted & ~rows["kind"].isin(["range", "band"])].groupby("claimant_id")
    sizes = sizes.size()
    return sizes.index[sizes >= _LINE_FROM]


def _lines(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    for claimant in lined(rows):
        line = rows[rows["claimant_id"] == claimant].sort_values("x")
        figure.add_trace(
            dict(
                type="scatter",
                x=line["x"].to_numpy(float),
                y=line["y"].to_numpy(float),
                mode="lines",
                line=dict(color=colour_of(line["side"].iloc[0], view), width=1.2),
                hoverinfo="skip",
            )
        )


def _ranges(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    for side, part in rows.groupby("side"):
        colour = colour_of(side, view)
        gap = np.full(len(part), np.nan)
        x, low, high = (part[c].to_numpy(float) for c in ("x", "y_low", "y_high"))
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
        best = part["value_best"].notna().to_numpy()
        figure.add_trace(
            dict(
                type="scatter",
                x=x,
                y=part["y"].to_numpy(float),
                mode="markers",
                # Without a best value the middle only carries the hover.
                marker=dict(color=colour, size=8, opacity=np.where(best, 1.0, 0.0)),
                hovertext=list(part["hover"]),
                hoverinfo="text",
            )
        )


def _arrows(figure: go.Figure, rows: pd.DataFrame, view: View, way: int) -> None:
    """A stem and a tip: up (`way` −1, px run down) or down (1)."""
    symbol = "triangle-up" if way < 0 else "triangle-down"
    for side, part in rows.groupby("side"):
        x, y = part["x"].to_numpy(float), part["y"].to_numpy(float)
        gap = np.full(len(part), np.nan)
        figure.add_trace(
            dict(
                type="scatter",
                x=np.column_stack([x, x, gap]).ravel(),
                y=np.column_stack([y, y + way * 12, gap]).ravel(),
                mode="lines+markers",
                line=dict(color=colour_of(side, view), width=1.4),
                marker=dict(
                    symbol=symbol,
                    color=colour_of(side, view),
                    size=np.tile([0, 6, 0], len(part)),
                    opacity=1,
                ),
                hoverinfo="skip",
                cliponaxis=False,
            )
        )


def _points(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    paper = SURFACE[view.theme]["paper"]
    many = set(lined(rows))
    points = rows[rows["kind"].isin(["hollow", "at_least", "up_to"])]
    for side, part in points.groupby("side"):
        small = part["claimant_id"].isin(many)
        figure.add_trace(
            dict(
                type="scatter",
                x=part["x"].to_numpy(float),
                y=part["y"].to_numpy(float),
                mode="markers",
                marker=dict(
                    symbol="circle",
                    size=np.where(small, 6.0, 9.0),
                    color=paper,
                    line=dict(color=colour_of(side, view), width=1.7),
                    opacity=1,
                ),
                hovertext=list(part["hover"]),
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    solid = rows[rows["kind"] == "solid"]
    for method, symbol, size in (
        ("named_list", "square", 7),
        ("verified_count", "circle", 6),
    ):
        part = solid[solid["method"] == method]
        if len(part):
            figure.add_trace(
                dict(
                    type="scatter",
                    x=part["x"].to_numpy(float),
                    y=part["y"].to_numpy(float),
                    mode="markers",
                    marker=dict(
                        symbol=symbol,
                        size=size,
                        color=SURFACE[view.theme]["ink"],
                        opacity=1,
                    ),
                    hovertext=list(part["hover"]),
                    hoverinfo="text",
                    cliponaxis=False,
                )
            )


def _labels(
    figure: go.Figure,
    rows: pd.DataFrame,
    panel: Panel,
    view: View,
    top: float,
    bottom: float,
    left: float,
    right: float,
) -> None:
    """Names at the end of the axis, pushed apart; older last words at their mark."""
    last = rows.sort_values(["period_end", "published"], na_position="first")
    last = last.groupby("claimant_id", sort=False).tail(1)
    named = last["measure"].eq("confirmed_names") & (rows["measure"].nunique() > 1)
    last = last.assign(
        label=last["claimant"].where(~named, "Names: " + last["claimant"]),
    )
    if panel.values:
        last["label"] = [f"{r.label} {stated(r)}" for r in last.itertuples()]
    newest = pd.Timestamp(rows["period_end"].max())
    age = (newest - pd.to_datetime(last["period_end"])).dt.days
    room = int((panel.height + 34) // _LABEL)
    at_end = last[age <= _RECENT].sort_values("x").tail(room).sort_values("y")
    inside = last.drop(at_end.index)
    if len(rows) > _CROWDED:
        inside = inside[inside["method"] == "official_own"]
    _end_labels(figure, at_end, view, top, bottom, right)
    inside = pd.concat([_beginnings(rows, panel), inside.assign(first=False)])
    _inner_labels(figure, inside, rows, view, top, bottom, left, right)


def _beginnings(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """The first point of a line that starts too low to be read off the axis."""
    first = rows[rows["claimant_id"].isin(lined(rows))].groupby("claimant_id").head(1)
    first = first[first["value"].astype(float) < 0.03 * panel.top]
    labels = [f"{day(row.period_end)}: {stated(row)}" for row in first.itertuples()]
    return first.assign(label=labels, first=True)


def _end_labels(
    figure: go.Figure,
    rows: pd.DataFrame,
    view: View,
    top: float,
    bottom: float,
    right: float,
) -> None:
    if rows.empty:
        return
    places = spread(rows["y"].to_numpy(float), _LABEL, top - 16, bottom + 4)
    start = right + (12 if view.narrow else 18)
    rules(
        figure,
        [
            leg
            for x, y, place in zip(rows["x"], rows["y"], places, strict=True)
            for leg in ((x + 6, y, right, place), (right, place, start - 3, place))
        ],
        colour=SURFACE[view.theme]["border"],
    )
    # One trace a colour: a word takes its side's colour.
    limit = int((view.width - start) / (6.6 if view.narrow else 7.1))
    for side, part in rows.assign(place=places).groupby("side"):
        write(
            figure,
            [start] * len(part),
            part["place"],
            [
                _bold(*names, limit)
                for names in zip(part["label"], part["claimant"], strict=True)
            ],
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
    labels: pd.DataFrame,
    rows: pd.DataFrame,
    view: View,
    top: float,
    bottom: float,
    left: float,
    right: float,
) -> None:
    """Labels beside their marks where there is room; else the tables name them."""
    size = 13 if view.narrow else 14
    taken = [
        (x - 6, min(y0, y1, y) - 6, x + 6, max(y0, y1, y) + 6)
        for x, y, y0, y1 in zip(
            rows["x"],
            rows["y"],
            rows["y_low"].fillna(rows["y"]),
            rows["y_high"].fillna(rows["y"]),
            strict=True,
        )
    ]
    written: dict[str, list[tuple[float, float, str]]] = {}
    leaders: list[tuple[float, float, float, float]] = []
    urgent = labels["first"].astype(bool) | (labels["method"] == "official_own")
    for row in pd.concat([labels[urgent], labels[~urgent]]).itertuples():
        text = row.label if row.first else f"{row.claimant}: {stated(row)}"
        width = len(text) * size * 0.5
        for dx, dy in _OFFSETS:
            x0 = row.x + dx if dx >= 0 else row.x + dx - width
            if dx == 0:
                x0 = row.x - width / 2
            y0 = row.y + dy
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
                    leaders.append((row.x, row.y + up * 6, row.x, y0 - up * 9))
                written.setdefault(colour_of(row.side, view), []).append((x0, y0, text))
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
                row = pd.DataFrame({"x": [at], "y": [y + shift], "side": [side]})
                _arrows(figure, row, view, -1 if shift > 0 else 1)
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
