"""How many events rest on how many pages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import Option, Words, empty
from components.theme.palette import SURFACE
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.sources import events_by_sources
from data.words import count, day

TITLE = "Events by number of pages"
UNIT = "events"
COLUMNS = {
    "label": "Pages behind the event",
    "confirmed": "Events with a page read",
    "candidate": "Candidates: pages not opened",
    "events": "Events",
}
OPTIONS: dict[str, Option] = {}

_ROW = 34  # px a bar


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a number of pages: pages, label, confirmed, candidate, events."""
    rows = events_by_sources(dataset)
    return rows.assign(
        events=rows["confirmed"] + rows["candidate"],
        label=[
            "published later" if n == 0 else count(n, "page") for n in rows["pages"]
        ],
    )


def words(frame: pd.DataFrame, view: View) -> Words:
    total, candidates = int(frame["events"].sum()), int(frame["candidate"].sum())
    two = int(frame.loc[frame["pages"] >= 2, "events"].sum())
    note = []
    if candidates:
        rest = "rests" if candidates == 1 else "rest"
        note.append(
            f"Hollow: {count(candidates, 'candidate')}, which {rest} on pages known only "
            "through other pages."
        )
    if (frame["pages"] == 0).any():
        note.append(
            "Published later: the event had happened, but every page that tells of it "
            "here came after this date."
        )
    return Words(
        title=(
            f"{two:,} of {count(total, 'event')} {'rests' if two == 1 else 'rest'} on "
            "two or more pages"
            if total
            else f"No event is recorded by {day(view.as_of)}"
        ),
        subtitle=(
            "Events by number of pages named with them and published by "
            f"{day(view.as_of)}; axis from zero. Pages may repeat one another."
        ),
        source="Source: the tables events and sources, own count.",
        note=" ".join(note),
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No event is recorded by this date")
    surface = SURFACE[view.theme]
    y = np.arange(len(frame))
    drawn = go.Figure()
    for column, colour, edge in (
        ("confirmed", surface["accent"], 0),
        ("candidate", surface["paper"], 1.5),
    ):
        drawn.add_trace(
            dict(
                type="bar",
                x=frame[column].to_numpy(),
                y=y,
                orientation="h",
                marker=dict(
                    color=colour, line=dict(width=edge, color=surface["accent"])
                ),
                hovertemplate=f"%{{x:,d}} {_HOVER[column]}<extra></extra>",
            )
        )
    drawn.add_trace(
        dict(
            type="scatter",
            x=frame["events"].to_numpy(),
            y=y,
            mode="text",
            text=[f" {row.events:,}{_of(row.candidate)}" for row in frame.itertuples()],
            textposition="middle right",
            textfont=dict(size=15, color=surface["ink"]),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    drawn.update_layout(
        template=template(view.theme),
        height=_ROW * len(frame) + 16,
        barmode="stack",
        bargap=0.3,
        margin=dict(l=112 if (frame["pages"] == 0).any() else 72, r=118, t=4, b=8),
    )
    drawn.update_yaxes(
        tickvals=y, ticktext=frame["label"].to_numpy(), autorange="reversed",
        showgrid=False, ticks="outside", ticklen=6, tickcolor=surface["paper"],
    )  # fmt: skip
    drawn.update_xaxes(rangemode="tozero", showticklabels=False)
    return drawn


_HOVER = {"confirmed": "with a page read", "candidate": "candidates"}


def _of(candidates: int) -> str:
    return f", {count(candidates, 'candidate')}" if candidates else ""


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No event is recorded by {day(view.as_of)}."
    total = int(frame["events"].sum())
    one = int(frame.loc[frame["pages"] == 1, "events"].sum())
    said = (
        f"Of {count(total, 'event')} known on {day(view.as_of)}, {one:,} "
        f"{'rests' if one == 1 else 'rest'} on one page, "
        f"{int(frame.loc[frame['pages'] >= 2, 'events'].sum()):,} on two or more"
    )
    none = int(frame.loc[frame["pages"] == 0, "events"].sum())
    return f"{said} and {none:,} only on pages published later." if none else f"{said}."
