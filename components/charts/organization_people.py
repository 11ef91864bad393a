"""A state's or body's people over time: one bar an office."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.canvas import canvas, rules, write
from components.charts.chart import Option, Words, empty
from components.charts.office_bars import (
    DayAxis,
    bars_height,
    draw_bars,
    office_period,
    year_lines,
)
from components.theme.palette import SURFACE
from components.view import View
from data.actors import most_recorded, people_of
from data.dataset import Dataset
from data.words import count, day, spelled

TITLE = "An organization’s people over time"
COLUMNS = {"name": "Name", "title": "Office", "when": "When"}
OPTIONS = {"actor": Option("id of the state or body; the one most recorded if missing")}


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """Offices at the organization in order of their start; undated ones last.

    `when` is the period in words. `attrs`: name, side, first (the axis' first day).
    """
    actor = view.option("actor") or most_recorded(dataset, "organization", "state")
    rows = people_of(dataset, actor)
    rows = rows.assign(when=[office_period(row) for row in rows.to_dict("records")])
    rows.attrs.update(
        name=dataset.names.get(actor, ""),
        side=dataset.sides.get(actor, "other"),
        first=f"{dataset.first_day[:4]}-01-01",
    )
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    people = frame["actor_id"].nunique()
    return Words(
        f"{frame.attrs['name']}: {count(people, 'person', 'people')} in "
        f"{count(len(frame), 'recorded office')}",
        f"Axis from January {frame.attrs['first'][:4]} to {day(view.as_of)}; an office "
        "that began sooner starts at its edge",
        "Source: table of offices, each row with its pages.",
        "A pointed bar: no end known on this date, not necessarily still in office. "
        "Offices recorded without dates are listed without a bar.",
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No office recorded by this date")
    left = 0 if view.narrow else min(max(view.width * 0.36, 220), 420)
    axis = DayAxis(frame.attrs["first"], view.as_of, left, view.width - 14)
    bars = [
        dict(
            label=f"{row['name']}, {row['title']}",
            start_date=row["start_date"],
            end_date=row["end_date"],
            date_precision=row["date_precision"],
        )
        for row in frame.to_dict("records")
    ]
    height = 26 + bars_height(bars, axis, view) + 32
    figure = canvas(view, height)
    ink = SURFACE[view.theme]["ink"]
    year_lines(figure, axis, 26, height - 26, view)
    rules(figure, [(axis.right, 22, axis.right, height - 26)], colour=ink, width=1.4,
          dash="4px 3px")  # fmt: skip
    write(figure, [axis.right + 12], [10], [f"<b>{day(view.as_of)}</b>"], colour=ink,
          align="left")  # fmt: skip
    draw_bars(figure, bars, axis=axis, top=26, view=view, side=frame.attrs["side"])
    return figure


def summary(frame: pd.DataFrame, view: View) -> str:
    name, on = frame.attrs["name"], day(view.as_of)
    if frame.empty:
        return f"{name}: no office is recorded by {on}."
    open_ended = frame["start_date"].notna() & frame["end_date"].isna()
    return (
        f"{name}: {count(len(frame), 'office')} recorded by {on}, "
        f"{spelled(int(open_ended.sum())).replace('no', 'none')} of them without a known end."
    )
