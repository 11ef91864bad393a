"""Whom a person met: people in the same meetings and calls, by side."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import boxes, canvas, write
from components.charts.chart import Option, Words, empty
from components.theme.palette import SIDE, SURFACE
from components.view import View
from data.actors import met_with, most_recorded, pages_of
from data.dataset import Dataset
from data.words import count, day, listing, shortened

TITLE = "In rooms with"
UNIT = "events"
COLUMNS = {
    "side_label": "Side",
    "name": "Name",
    "events": "Meetings and calls",
    "first_day": "First",
    "last_day": "Last",
}
OPTIONS = {"actor": Option("id of the person; the one most recorded if missing")}

_A_SIDE = 4  # people drawn for each side
_SIDES = 6  # sides drawn


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """Everyone met, by side, the side met most often first; `events` counts events,
    `source_ids` are the pages of these.

    `drawn` marks the people with a bar. `attrs`: name.
    """
    actor = view.option("actor") or most_recorded(dataset, "person")
    met = met_with(dataset, actor)
    order = (
        met.groupby("side")["events"].sum().sort_values(ascending=False, kind="stable")
    )
    met = met.assign(
        side_label=met["side"].map(dataset.labels("actors", "side")),
        first_day=met["first"].map(day),
        last_day=met["last"].map(day),
        order=met["side"].map({side: place for place, side in enumerate(order.index)}),
        source_ids=pages_of(dataset, met["event_ids"]),
    ).sort_values(
        ["order", "events", "name"], ascending=[True, False, True], ignore_index=True
    )
    met["drawn"] = (met.groupby("side").cumcount() < _A_SIDE) & (met["order"] < _SIDES)
    met.attrs["name"] = dataset.names.get(actor, "")
    return met


def words(frame: pd.DataFrame, view: View) -> Words:
    left = int((~frame["drawn"]).sum()) if len(frame) else 0
    rest = f"; {left} more in the table" if left else ""
    return Words(
        f"In rooms with {frame.attrs['name']}",
        "People who took part in the same talks, summits, visits, calls and "
        f"multilateral meetings; number of events{rest}",
        "Source: table of participants, each event with its pages.",
        "Authors and subjects of an event are left out: they were not necessarily there. "
        "Candidates (events that rest on pages not opened) are counted.",
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "Nobody else is named in a meeting or call<br>by this date")
    colours = SURFACE[view.theme]
    shown = frame[frame["drawn"]]
    left, row, head = min(view.width * 0.46, 200), 22, 25
    full = view.width - left - 44
    height = int(shown["side"].nunique() * (head + 6) + len(shown) * row)
    figure = canvas(view, height)
    most = shown["events"].max()
    names: list[tuple[float, str]] = []
    sides: list[tuple[float, str]] = []
    ends: list[tuple[float, float, str]] = []
    y = 0.0
    for side, people in shown.groupby("side", sort=False):
        sides.append((y + head / 2, f"<b>{people['side_label'].iloc[0]}</b>"))
        y += head
        bars = []
        for name, events in zip(people["name"], people["events"], strict=True):
            end = left + full * events / most
            bars.append((left, y + 4, end, y + row - 5))
            names.append((y + row / 2, shortened(name, int(left / 6.4))))
            ends.append((end + 4, y + row / 2, str(events)))
            y += row
        boxes(figure, bars, SIDE[view.theme][side])
        y += 6
    ink = colours["ink"]
    write(figure, [0] * len(sides), *zip(*sides, strict=True), colour=ink, size=14.5)
    write(figure, [0] * len(names), *zip(*names, strict=True), colour=ink)
    x, at, text = zip(*ends, strict=True)
    write(figure, x, at, text, colour=ink)
    return figure


def summary(frame: pd.DataFrame, view: View) -> str:
    name = frame.attrs["name"]
    if frame.empty:
        return f"Nobody else is named with {name} in a meeting or call by {day(view.as_of)}."
    top = frame.sort_values("events", ascending=False, kind="stable").head(3)
    most = listing(
        f"{n} ({e})" for n, e in zip(top["name"], top["events"], strict=True)
    )
    return (
        f"By {day(view.as_of)} {name} took part in meetings and calls with "
        f"{count(len(frame), 'other person', 'other people')}, most often with {most}."
    )
