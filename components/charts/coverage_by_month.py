"""How evenly the record covers the war: events, figures and pages by month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components.charts.chart import Option, Words
from components.theme.palette import SURFACE
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.sources import COUNTED, coverage, outside
from data.words import count, day, listing, month

TITLE = "Events, figures and pages by month"
UNIT = "rows"
COLUMNS = {
    "month_words": "Month",
    "kind": "Rows",
    "count": "Number",
    "thin_words": "Under half the median month",
}
OPTIONS: dict[str, Option] = {}

_PANEL = 118  # px, height of one panel with its heading
_FOOT = 34
_EVENTS = COUNTED[0].label


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a month and kind: month (YYYY-MM), kind, count (rows), thin.

    `attrs["outside"]` counts the rows of each kind without a month on the axis.
    """
    rows = coverage(dataset)
    drawn = rows.assign(
        month_words=rows["month"].map(month),
        thin_words=np.where(rows["thin"], "yes", ""),
    )
    drawn.attrs["outside"] = dict(outside(dataset))
    return drawn


def words(frame: pd.DataFrame, view: View) -> Words:
    left_out = frame.attrs["outside"]
    said = [
        f"{count(left_out[kind.label], noun)} {why}"
        for kind, noun, why in (
            (COUNTED[1], "figure", "whose page shows no date"),
            (COUNTED[2], "page", "without a date or older than February 2022"),
        )
        if left_out[kind.label]
    ]
    note = (
        "Hollow: months with fewer than half the rows of that kind's median month. "
        "Few rows in a month is not proof that little happened; the methods name known "
        "gaps. The first month and the month not over hold only a part."
    )
    if said:
        note += f" Not drawn: {listing(said)}."
    return Words(
        title=_finding(frame, view),
        subtitle=(
            "Rows of the dataset a month, by first day of the event and by day of "
            f"publication; as of {day(view.as_of)}. Each panel has its own scale from zero."
        ),
        source="Source: the tables events, casualty_figures and sources, own count.",
        note=note,
    )


def _finding(frame: pd.DataFrame, view: View) -> str:
    events = frame[frame["kind"] == _EVENTS]
    total = count(int(events["count"].sum()), "event")
    total = total[:1].upper() + total[1:]
    if len(events) < 3:
        return f"{total} by {day(view.as_of)}"
    full = events.iloc[1:-1]
    most = full.loc[full["count"].idxmax()]
    least = int(full["count"].min())
    return f"{total}: {least} to {most['count']} a month, the most in {most['month_words']}"


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    surface = SURFACE[view.theme]
    height = _PANEL * len(COUNTED) + _FOOT
    drawn = make_subplots(
        rows=len(COUNTED), cols=1, shared_xaxes=True, vertical_spacing=0.12
    )
    months = frame["month"].unique()
    for place, kind in enumerate(COUNTED, start=1):
        rows = frame[frame["kind"] == kind.label]
        thin = rows["thin"].to_numpy(bool)
        drawn.add_trace(
            dict(
                type="bar",
                x=np.arange(len(rows)),
                y=rows["count"].to_numpy(),
                marker=dict(
                    color=thin.astype(int),
                    cmin=0,
                    cmax=1,
                    colorscale=[[0, surface["accent"]], [1, surface["paper"]]],
                    line=dict(width=np.where(thin, 1.2, 0), color=surface["accent"]),
                ),
                hovertext=rows["month_words"].to_numpy(),
                hovertemplate="%{hovertext}: %{y:,d}<extra></extra>",
            ),
            row=place,
            col=1,
        )
        _heading(drawn, kind.label, rows, place, view)
        _zeros(drawn, rows, place, view)
    drawn.update_layout(
        template=template(view.theme),
        height=height,
        bargap=0.22,
        margin=dict(l=40, r=8, t=26, b=_FOOT),
    )
    drawn.update_yaxes(rangemode="tozero", nticks=3, tickformat=",d")
    at, names = _ticks(months, view)
    drawn.update_xaxes(range=[-0.6, len(months) - 0.4], tickvals=at, ticktext=names)
    return drawn


def _heading(
    drawn: go.Figure, label: str, rows: pd.DataFrame, place: int, view: View
) -> None:
    """The panel's name and sum, above its plot."""
    drawn.add_annotation(
        text=f"<b>{label}</b>  {int(rows['count'].sum()):,}",
        xref="x domain" if place == 1 else f"x{place} domain",
        yref="y domain" if place == 1 else f"y{place} domain",
        x=0,
        y=1.02,
        xanchor="left",
        yanchor="bottom",
        font=dict(size=15, color=SURFACE[view.theme]["ink"]),
    )


def _zeros(drawn: go.Figure, rows: pd.DataFrame, place: int, view: View) -> None:
    """A month over without a row says 0: an empty place could be read as a gap."""
    none = np.flatnonzero(rows["count"].to_numpy() == 0)
    none = none[none < len(rows) - 1]
    drawn.add_trace(
        dict(
            type="scatter",
            x=none,
            y=np.zeros(len(none)),
            mode="text",
            text=["0"] * len(none),
            textposition="top center",
            textfont=dict(size=13, color=SURFACE[view.theme]["muted"]),
            hoverinfo="skip",
        ),
        row=place,
        col=1,
    )


def _ticks(months: Sequence[str], view: View) -> tuple[list[int], list[str]]:
    """Years in bold; the months between where there is room for them."""
    step = next(s for s in (1, 3, 6, 12, 24) if len(months) / s <= view.width / 56)
    at, names = [], []
    for place, name in enumerate(months):
        number = int(name[5:])
        if (number - 1) % min(step, 12) == 0:
            at.append(place)
            names.append(f"<b>{name[:4]}</b>" if number == 1 else month(name)[:3])
    return (at, names) if at else ([0], [month(months[0])])


def summary(frame: pd.DataFrame, view: View) -> str:
    sums = frame.groupby("kind", sort=False)["count"].sum()
    said = (
        f"{sums[COUNTED[0].label]:,} events, {sums[COUNTED[1].label]:,} dated casualty "
        f"figures and {sums[COUNTED[2].label]:,} dated pages by {day(view.as_of)}"
    )
    events = frame[(frame["kind"] == _EVENTS) & frame["thin"]]
    if events.empty:
        return f"{said}, counted by month."
    return (
        f"{said}; fewer than half the median month’s events in "
        f"{_runs(list(events['month']))}."
    )


def _runs(months: list[str]) -> str:
    """Months in words, neighbours joined: 'August to December 2023 and April 2024'."""
    numbers = [pd.Period(m, "M").ordinal for m in months]
    runs: list[list[str]] = []
    for i, name in enumerate(months):
        if i and numbers[i] == numbers[i - 1] + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return listing(
        month(run[0]) if len(run) == 1 else f"{month(run[0])} to {month(run[-1])}"
        for run in runs
    )
