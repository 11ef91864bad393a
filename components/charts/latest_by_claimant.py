"""The last word of each claimant on military losses, as a ladder."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.losses_by_claimant import COLUMNS as _COLUMNS
from components.charts.losses_by_claimant import described
from components.charts.statement_panels import colour_of, short_number
from components.theme.palette import SURFACE
from components.view import View
from data.casualties import LADDER_MONTHS, MILITARY, POPULATIONS, ladder
from data.dataset import Dataset
from data.words import count, day, ids, listing, number, short_day

TITLE = "The last word of each claimant"
UNIT = "people"
COLUMNS = _COLUMNS
OPTIONS = {"population": Option("whose losses", MILITARY, "russian-military")}

_GROUPS = {
    "casualties": "Casualties",
    "killed": "Killed",
    "confirmed_names": "Dead confirmed by name",
    "injured": "Wounded",
    "missing": "Missing",
}
_ROW, _ROW_NARROW, _ROW_CLOSE, _HEAD = 23, 40, 17, 30


def population(view: View) -> str:
    return str(view.option("population", "russian-military"))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a claimant and measure: its last statement in 24 months, by value."""
    rows = described(ladder(dataset, population(view)), dataset)
    rows = rows.assign(panel=rows["measure"].map(_GROUPS))
    rows.attrs["pages"] = len(
        {i for value in rows["source_ids"] for i in ids(value) if i in dataset.sources}
    )
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    whose = POPULATIONS[population(view)].people
    claimants = count(frame["claimant_id"].nunique(), "claimant")
    title = f"The last word of {claimants} on losses of {whose}"
    source = (
        f"Source: the claimants named, from {count(frame.attrs['pages'], 'page')} "
        "named in the table."
    )
    if frame.empty:
        title = f"No recent statement on losses of {whose} by {day(view.as_of)}"
        source = "Source: table of casualty figures, each row with its pages."
    return Words(
        title=title,
        subtitle=(
            f"Statements that refer to the {LADDER_MONTHS} months before {day(view.as_of)};"
            " linear scale from zero, in people; right: the statement and the month it"
            " refers to"
        ),
        source=source,
        note="Groups count different things and are never added or averaged.",
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No statement refers to these 24 months.")
    narrow, colours = view.narrow, SURFACE[view.theme]
    step = _ROW_NARROW if narrow else _ROW
    size = 13 if narrow else 14
    groups = [g for g in _GROUPS if (frame["measure"] == g).any()]
    if view.height:
        closer = (view.height - len(groups) * _HEAD - 30) // len(frame)
        step = max(_ROW_CLOSE, min(step, closer))
    height = len(groups) * _HEAD + len(frame) * step + 30
    figure = canvas(view, height)
    longest = max(map(len, frame["claimant"]))
    left = 6 if narrow else 8 + longest * 7.0
    right = view.width - (8 if narrow else 214)
    top = float(frame[["value_low", "value_best", "value_high"]].max().max())
    scale = (right - left - 8) / top

    ticks = _ticks(top, right - left)
    rules(
        figure,
        [(left + t * scale, _HEAD, left + t * scale, height - 26) for t in ticks],
        colour=colours["grid"],
    )
    write(
        figure,
        [left + t * scale for t in ticks],
        [height - 13] * len(ticks),
        [short_number(t) for t in ticks],
        colour=colours["muted"],
        size=13,
        align="center",
    )

    y = 0.0
    heads, places = [], []
    for group in groups:
        heads.append((y + _HEAD / 2 + 3, _GROUPS[group]))
        y += _HEAD
        for _ in range(int((frame["measure"] == group).sum())):
            places.append(y)
            y += step
    line = np.array(places) + (11 if narrow else step / 2)
    mark = np.array(places) + (28 if narrow else step / 2)
    write(
        figure, [0] * len(heads), [at for at, _ in heads],
        [f"<b>{text}</b>" for _, text in heads], colour=colours["ink"], size=15,
    )  # fmt: skip
    write(
        figure,
        [0] * len(frame),
        line,
        frame["claimant"],
        colour=colours["ink"],
        size=size,
    )
    write(
        figure, [view.width - 52] * len(frame), line, frame["stated"],
        colour=colours["ink"], size=size, align="left",
    )  # fmt: skip
    write(
        figure, [view.width] * len(frame), line,
        [f"{short_day(d, 'month')} {d[2:4]}" for d in frame["period_end"]],
        colour=colours["muted"], size=13, align="left",
    )  # fmt: skip
    _marks(figure, frame, view, mark, left, scale)
    return figure


def _ticks(top: float, width: float) -> list[float]:
    least = top * 62 / width
    power = 10 ** np.floor(np.log10(max(least, 1)))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= least)
    return list(np.arange(0, top + 1e-9, step))


# What a mark needs: a table of thirty columns is slow to cut again and again.
_DRAWN = (
    "side", "value", "value_low", "value_best", "value_high", "claimant_name",
    "stated", "period_end_words", "published_words",
)  # fmt: skip


def _marks(
    figure: go.Figure,
    frame: pd.DataFrame,
    view: View,
    y: np.ndarray,
    left: float,
    scale: float,
) -> None:
    """Ranges as bars with caps, names as squares, claims hollow with their arrows."""
    paper, ink = SURFACE[view.theme]["paper"], SURFACE[view.theme]["ink"]
    kind = frame["kind"].replace("band", "range")
    rows = frame[list(_DRAWN)].assign(y=y, kind=kind)
    for side, part in rows[rows["kind"] == "range"].groupby("side"):
        low, high = (
            left + part[c].to_numpy(float) * scale for c in ("value_low", "value_high")
        )
        at = part["y"].to_numpy(float)
        segments = [*zip(low, at, high, at, strict=True)]
        for x in (low, high):
            segments += [*zip(x, at - 4, x, at + 4, strict=True)]
        rules(figure, segments, colour=colour_of(side, view), width=2.4)
        best = part["value_best"].notna().to_numpy()
        middle = np.where(
            best, left + part["value"].to_numpy(float) * scale, (low + high) / 2
        )
        _add(
            figure, middle, at, part,
            dict(color=colour_of(side, view), size=8, opacity=np.where(best, 1.0, 0.0)),
        )  # fmt: skip
    for kind, way, symbol in (
        ("at_least", 1, "triangle-right"),
        ("up_to", -1, "triangle-left"),
    ):
        for side, part in rows[rows["kind"] == kind].groupby("side"):
            x = left + part["value"].to_numpy(float) * scale
            at = part["y"].to_numpy(float)
            rules(
                figure, [*zip(x, at, x + way * 12, at, strict=True)],
                colour=colour_of(side, view), width=1.4,
            )  # fmt: skip
            _add(
                figure, x + way * 12, at, part,
                dict(symbol=symbol, size=7, color=colour_of(side, view)),
            )  # fmt: skip
    hollow = rows[rows["kind"].isin(["hollow", "at_least", "up_to"])]
    for side, part in hollow.groupby("side"):
        _add(
            figure,
            left + part["value"].to_numpy(float) * scale,
            part["y"].to_numpy(float),
            part,
            dict(
                size=9, color=paper, line=dict(color=colour_of(side, view), width=1.8)
            ),
        )
    solid = rows[rows["kind"] == "solid"]
    if len(solid):
        _add(
            figure,
            left + solid["value"].to_numpy(float) * scale,
            solid["y"].to_numpy(float),
            solid,
            dict(symbol="square", size=8, color=ink),
        )


def _add(
    figure: go.Figure, x: np.ndarray, y: np.ndarray, part: pd.DataFrame, marker: dict
) -> None:
    hover = [
        f"<b>{r.claimant_name}</b><br>{r.stated}<br>counted to {r.period_end_words}, "
        f"published: {r.published_words}"
        for r in part.itertuples()
    ]
    figure.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="markers",
            marker={"opacity": 1, **marker},
            hovertext=hover,
            hoverinfo="text",
            cliponaxis=False,
        )
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No statement refers to the {LADDER_MONTHS} months before {day(view.as_of)}."
    said = []
    for group, head in _GROUPS.items():
        part = frame[frame["measure"] == group]
        if part.empty:
            continue
        ends = dict.fromkeys(
            f"{row.stated} by {row.claimant_name}"
            for row in part.iloc[[0, -1]].itertuples()
        )
        said.append(f"{head.lower()} {listing(ends, 'to')}")
    return (
        f"The last words of {number(frame['claimant_id'].nunique())} claimants known on "
        f"{day(view.as_of)}, largest and smallest of each group: {'; '.join(said)}."
    )
