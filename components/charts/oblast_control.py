"""Occupied share and area of each oblast, with the change over twelve months."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import MAP_CREDIT, Option, Words, empty
from components.theme.palette import MAP, SURFACE
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.front import oblasts
from data.words import count, day, listing, number, signed

TITLE = "Occupied area by oblast"
COLUMNS = {
    "oblast": "Oblast",
    "share": "Occupied, %",
    "value": "Occupied area",
    "change": "Change in twelve months",
    "unit": "Unit",
    "date": "Day",
    "before_date": "Compared with",
    "map": "Map",
}
OPTIONS: dict[str, Option] = {}

_ROW_PX = 30


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row an oblast, largest occupied area first.

    Columns: oblast_code, oblast, share (percent of the oblast), value and change
    (view's unit of area; NaN where not comparable), unit, date, before_date, map.
    """
    rows = oblasts(dataset)
    name = dataset.labels("oblast_control", "dataset")
    return pd.DataFrame(
        {
            "oblast_code": rows["oblast_code"],
            "oblast": rows["oblast"],
            "share": rows["occupied_share_pct"].round(1),
            "value": rows["occupied_km2"].map(view.area).astype(float).round(1),
            "change": rows["change_km2"].map(view.area).astype(float).round(1),
            "unit": view.area_unit,
            "date": rows["date"],
            "before_date": rows["before_date"],
            "map": rows["dataset"].map(name),
        }
    )


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Oblasts with an occupied part now, or a change since."""
    return frame[(frame["value"] >= 0.5) | (frame["change"].abs() >= 0.5)]


def words(frame: pd.DataFrame, view: View) -> Words:
    shown = _shown(frame)
    if shown.empty:
        return Words(TITLE, "Occupied share of each oblast", f"Source: {MAP_CREDIT}")
    first = shown.iloc[0]
    full = shown[shown["share"] >= 99.95]
    part = shown[shown["share"] < 99.95]
    title = f"{count(len(part), 'oblast')} partly occupied on {day(first['date'])}"
    if len(full):
        title += f", {listing(full['oblast'])} wholly"
    note = (
        f"The other {len(frame) - len(shown)} oblasts of the table have no occupied part. "
        "Crimea and Sevastopol within Ukraine’s internationally recognised borders."
    )
    if shown["change"].isna().any():
        missing = shown.loc[shown["change"].isna(), "oblast"]
        what = listing(missing) if len(missing) < len(shown) else "any oblast"
        note += (
            f" No change is given for {what}: the map of a year before is another, "
            "was redrawn there, or does not exist."
        )
    subtitle = f"share of the oblast, area and change since {_before(shown)}"
    if _before(shown) == "":
        subtitle = "share of the oblast and area"
    return Words(
        title=title[:1].upper() + title[1:],
        subtitle=f"%, {view.area_unit}; {subtitle}; state of {day(first['date'])}",
        source=f"Source: {first['map']}, own measurement. {MAP_CREDIT}",
        note=note,
    )


def _before(shown: pd.DataFrame) -> str:
    before = shown["before_date"].iloc[0]
    return day(before) if isinstance(before, str) else ""


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    shown = _shown(frame).iloc[::-1]
    if shown.empty:
        return empty(view, "No oblast table exists by this date")
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    y = np.arange(len(shown))
    left = 104
    # Bars take half of the room: numbers need the rest.
    right = 0.5 if not view.narrow else 0.32
    drawn = go.Figure(
        go.Bar(
            x=shown["share"].to_numpy(float),
            y=y,
            orientation="h",
            marker=dict(color=colour["gained"], opacity=0.8, line=dict(width=0)),
            hoverinfo="skip",
        )
    )
    drawn.add_trace(
        dict(
            type="bar",
            x=100 - shown["share"].to_numpy(float),
            y=y,
            orientation="h",
            marker=dict(color=surface["grid"], line=dict(width=0)),
            hoverinfo="skip",
        )
    )
    drawn.update_layout(
        template=template(view.theme),
        barmode="stack",
        bargap=0.35,
        height=_ROW_PX * len(shown) + 34,
        margin=dict(l=left, r=8, t=30, b=4),
    )
    drawn.update_xaxes(range=[0, 100 / right], visible=False)
    drawn.update_yaxes(
        range=[-0.6, len(shown) - 0.4],
        tickvals=y,
        ticktext=shown["oblast"].tolist(),
        tickfont=dict(color=surface["ink"], size=15),
        showgrid=False,
        ticklabelstandoff=6,
    )
    edges = (0.62, 0.8, 1.0) if not view.narrow else (0.51, 0.71, 1.0)
    heads = ("%", view.area_unit, "12 months" if shown["change"].notna().any() else "")
    columns = (
        [number(v, 1) for v in shown["share"]],
        [number(v) for v in shown["value"]],
        [_change(v) if heads[2] else "" for v in shown["change"]],
    )
    written = []
    for edge, head, texts in zip(edges, heads, columns, strict=True):
        place = dict(x=edge, xref="paper", xanchor="right")
        muted = dict(size=14, color=surface["muted"])
        written.append(
            dict(**place, y=1, yref="paper", yanchor="bottom", text=head, font=muted)
        )
        written += [
            dict(**place, y=float(a), text=t) for a, t in zip(y, texts, strict=True)
        ]
    drawn.update_layout(annotations=written)
    return drawn


def _change(value: float) -> str:
    return "–" if pd.isna(value) else signed(value)


def summary(frame: pd.DataFrame, view: View) -> str:
    shown = _shown(frame)
    if shown.empty:
        return "No table of the oblasts exists by this date."
    most = shown.sort_values("share", ascending=False).head(6)
    said = [f"{r.oblast} {number(r.share, 1)}%" for r in most.itertuples()]
    return (
        f"Occupied share by oblast on {day(shown['date'].iloc[0])} "
        f"({shown['map'].iloc[0]}): {listing(said)}."
    )
