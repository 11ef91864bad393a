"""One person's offices, and below them on the same axis the events by track."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, marks, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.office_bars import (
    DayAxis,
    bars_height,
    draw_bars,
    office_period,
    year_lines,
)
from components.charts.packing import pack
from components.theme.palette import SURFACE
from components.view import View
from data.actors import most_recorded, offices_of, rooms
from data.dataset import Dataset
from data.words import count, day, period, spelled

TITLE = "One person’s offices and events"
COLUMNS = {
    "part": "Kind",
    "what": "What",
    "when": "When",
    "role_label": "Role",
    "where": "At, or on behalf of",
    "track_label": "Track",
    "weight": "Weight of the event",
}
OPTIONS = {"actor": Option("id of the person; the one most recorded if missing")}

_RADIUS = {1: 6.5, 2: 4.8, 3: 3.4}  # px by significance
_HEAD = "head_of_delegation"
_LIFT = 24  # px for a lane's label above its dots, on a phone


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """Offices (part 'Office') in order of their start, then events, newest first.

    Offices: start_date, end_date, date_precision. Events: start_date,
    significance, track, role, status. Both: source_ids. `attrs`: name, side, first (the axis'
    first day), tracks (ids in the order of their labels).
    """
    actor = view.option("actor") or most_recorded(dataset, "person")
    offices, events = offices_of(dataset, actor), rooms(dataset, actor)
    events = events[events["role"].notna()]
    tracks = dataset.labels("events", "track")
    roles = dataset.labels("event_participants", "role")
    offices = offices.assign(
        part="Office",
        what=offices["title"],
        when=[office_period(row) for row in offices.to_dict("records")],
        where=offices["organization_id"].map(dataset.names),
    )
    events = events.assign(
        part="Event",
        what=events["title"].where(
            events["status"] != "candidate",
            events["title"] + " (candidate: rests on pages not opened)",
        ),
        when=[
            period(*row)
            for row in events[["start_date", "end_date", "date_precision"]].itertuples(
                index=False
            )
        ],
        role_label=events["role"].map(roles),
        where=events["on_behalf_of"].map(dataset.names),
        track_label=events["track"].map(tracks),
        weight=events["significance"],
    )
    rows = pd.concat([offices, events], ignore_index=True)
    rows = rows.reindex(
        columns=[*COLUMNS, "event_id", "start_date", "end_date", "date_precision",
                 "role", "track", "significance", "status", "source_ids"]
    )  # fmt: skip
    rows.attrs.update(
        name=dataset.names.get(actor, ""),
        side=dataset.sides.get(actor, "other"),
        first=f"{dataset.first_day[:4]}-01-01",
        tracks=list(tracks),
    )
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    events = frame[frame["part"] == "Event"]
    heads = int((events["role"] == _HEAD).sum())
    name = frame.attrs["name"]
    candidates = (events["status"] == "candidate").any()
    crossed = (
        " A cross in a dot: a candidate, which rests on pages not opened."
        if candidates
        else ""
    )
    if events.empty:
        title = f"{name}: no event by this date"
    elif heads:
        title = (
            f"{name}: named in {_events(len(events))}, "
            f"in {spelled(heads)} as head of a delegation"
        )
    else:
        title = f"{name}: named in {_events(len(events))}, {_most(events)}"
    return Words(
        title,
        "Offices, and below them the events that name this person by track. Filled: "
        "head of delegation; hollow: any other role, authors and subjects included. "
        f"Size: weight of the event. Axis from January {frame.attrs['first'][:4]} to {day(view.as_of)}",
        "Source: tables of offices and participants, each row with its pages.",
        "A pointed bar: no end known on this date, not necessarily still in office. "
        "A month or year without a day begins on its first." + crossed,
    )


def _most(events: pd.DataFrame) -> str:
    """The track with most of the events, or on how many they are if none has most."""
    tracks = events["track_label"].value_counts()
    if len(tracks) == 1:
        return f"{'' if len(events) == 1 else 'all '}on the track {tracks.index[0]}"
    if tracks.iloc[0] == tracks.iloc[1]:
        return f"on {spelled(len(tracks))} tracks"
    return f"{spelled(int(tracks.iloc[0]))} of them on the track {tracks.index[0]}"


def _events(n: int) -> str:
    return f"{spelled(n)} {'event' if n == 1 else 'events'}"


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No office and no event recorded<br>by this date")
    colours = SURFACE[view.theme]
    left = 0 if view.narrow else min(max(view.width * 0.27, 180), 290)
    axis = DayAxis(frame.attrs["first"], view.as_of, left, view.width - 14)
    # Without attrs: pandas copies them at each cut of a frame.
    rows = pd.DataFrame(frame)
    offices, events = (rows[rows["part"] == part] for part in ("Office", "Event"))
    lanes = [t for t in frame.attrs["tracks"] if (events["track"] == t).any()]
    by_track = dict(list(events.groupby("track")))
    packed = {t: _packed(by_track[t], axis) for t in lanes}
    lift = _LIFT if view.narrow else 0
    heights = {t: max(34.0, 2 * _reach(p) + 10) + lift for t, p in packed.items()}
    bars = [
        dict(label=row["what"], **{k: row[k] for k in
             ("start_date", "end_date", "date_precision")})
        for row in offices.to_dict("records")
    ]  # fmt: skip
    y = 26.0
    lanes_top = y + bars_height(bars, axis, view) + (34 if bars else 6)
    height = int(lanes_top + sum(heights.values()) + 26)
    figure = canvas(view, height)
    year_lines(figure, axis, y, height - 26, view)
    rules(figure, [(axis.right, 22, axis.right, height - 26)], colour=colours["ink"],
          width=1.4, dash="4px 3px")  # fmt: skip
    write(figure, [axis.right + 12], [10], [f"<b>{day(view.as_of)}</b>"],
          colour=colours["ink"], align="left")  # fmt: skip
    draw_bars(figure, bars, axis=axis, top=y, view=view, side=frame.attrs["side"])
    heads = [(12.0, "Offices")] if bars else []
    heads += [(lanes_top - 17 if bars else 12.0, "Events, by track")] if lanes else []
    write(figure, [0] * len(heads), [at for at, _ in heads],
          [f"<b>{text}</b>" for _, text in heads], colour=colours["ink"],
          size=15)  # fmt: skip
    if lanes:
        side = frame.attrs["side"]
        _lanes(figure, by_track, side, lanes, packed, heights, lanes_top, axis, view)
    return figure


def _lanes(
    figure: go.Figure,
    events: dict[str, pd.DataFrame],
    side: str,
    lanes: list[str],
    packed: dict[str, tuple[np.ndarray, np.ndarray]],
    heights: dict[str, float],
    top: float,
    axis: DayAxis,
    view: View,
) -> None:
    """The lanes from `top` px down: rule, track, number of events, dots.

    `events` and `packed` hold each track's rows and their places.
    """
    colours = SURFACE[view.theme]
    tops = top + np.concatenate([[0.0], np.cumsum([heights[t] for t in lanes])])
    rules(figure, [(0, y, view.width, y) for y in tops], colour=colours["rule"])
    rows = [events[track] for track in lanes]
    # On a phone the label has a line of its own above the dots.
    lift = _LIFT if view.narrow else 0
    middles = (tops[:-1] + lift + tops[1:]) / 2
    at = tops[:-1] + 13 if view.narrow else middles
    write(figure, [0] * len(lanes), at, [r["track_label"].iloc[0] for r in rows],
          colour=colours["ink"])  # fmt: skip
    end = view.width if view.narrow else axis.left - 10
    write(figure, [end] * len(lanes), at, [str(len(r)) for r in rows],
          colour=colours["text2"], align="left")  # fmt: skip
    x = np.concatenate([packed[track][0] for track in lanes])
    y = np.concatenate(
        [m + packed[track][1] for m, track in zip(middles, lanes, strict=True)]
    )
    _dots(figure, pd.concat(rows), x, y, side, view)


def _radii(rows: pd.DataFrame) -> np.ndarray:
    return rows["significance"].map(_RADIUS).to_numpy(float)


def _packed(rows: pd.DataFrame, axis: DayAxis) -> tuple[np.ndarray, np.ndarray]:
    """The dots' places in their lane: x px, and px up or down from its middle."""
    x = np.array([axis.x(start) for start in rows["start_date"]])
    return pack(x, _radii(rows), axis.right)


def _reach(places: tuple[np.ndarray, np.ndarray]) -> float:
    return float(np.abs(places[1]).max()) + max(_RADIUS.values())


def _dots(
    figure: go.Figure,
    rows: pd.DataFrame,
    x: np.ndarray,
    y: np.ndarray,
    side: str,
    view: View,
) -> None:
    """Filled heads of delegation, hollow others."""
    heads = (rows["role"] == _HEAD).to_numpy()
    hover = (
        rows["what"] + "<br>" + rows["when"] + "<br>" + rows["role_label"]
    ).to_numpy()
    candidates = (rows["status"] == "candidate").to_numpy()
    for symbol, chosen in (
        ("circle-open", ~heads & ~candidates),
        ("circle", heads & ~candidates),
        ("circle-cross-open", candidates),
    ):
        if chosen.any():
            marks(
                figure, x[chosen], y[chosen], [side] * int(chosen.sum()),
                theme=view.theme, symbol=symbol, size=2 * _radii(rows)[chosen],
                hover=hover[chosen], ids=rows["event_id"].to_numpy()[chosen],
            )  # fmt: skip


def summary(frame: pd.DataFrame, view: View) -> str:
    events = frame[frame["part"] == "Event"]
    offices = frame[frame["part"] == "Office"]
    said = (
        f"{frame.attrs['name']}: {count(len(offices), 'office')} and "
        f"{count(len(events), 'event')} recorded by {day(view.as_of)}"
    )
    if events.empty:
        return said + "."
    return (
        f"{said}, from {day(events['start_date'].min())} to "
        f"{day(events['start_date'].max())}; {_most(events)}."
    )
