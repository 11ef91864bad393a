"""Ukraine's oblasts by occupied share, as a small map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts import oblast_control
from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT, Option, Words, empty
from components.maps.projected import Shapes, path
from components.theme.palette import MAP, SURFACE, rgba
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.front_shapes import to_km
from data.words import day, number

TITLE = "Map of the oblasts by occupied share"
UNIT = "%"
COLUMNS = {
    "oblast": "Oblast",
    "share": "Occupied, %",
    "class": "Class",
    "date": "Day",
    "map": "Map",
}
OPTIONS: dict[str, Option] = {}

# Upper ends of the classes in percent, their names, and the depth of their tint.
_CLASSES = (
    (0.05, "none", 0.0),
    (5, "under 5%", 0.1),
    (50, "5–50%", 0.22),
    (95, "50–95%", 0.36),
    (100.1, "95% or more", 0.52),
)


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row an oblast: oblast_code, oblast, share (%), class, date, map.

    `attrs` hold the oblasts' outlines in km (`shapes`) and label points (`at`).
    """
    rows = oblast_control.frame(dataset, view)
    names = [name for _, name, _ in _CLASSES]
    index = np.searchsorted([c[0] for c in _CLASSES], rows["share"], side="right")
    rows["class"] = [names[min(i, len(names) - 1)] for i in index]
    features = (dataset.whole or dataset).layer("basemap_oblasts").features
    rows.attrs = {
        "shapes": Shapes(
            {f["properties"]["code"]: path([f["geometry"]]) for f in features}
        ),
        "at": {
            f["properties"]["code"]: (
                f["properties"]["label_lon"],
                f["properties"]["label_lat"],
            )
            for f in features
        },
    }
    return rows


def words(frame: pd.DataFrame, view: View) -> Words:
    title = "Occupied share of each oblast"
    if frame.empty:
        return Words(title, "No table exists by this date", f"Source: {MAP_CREDIT}")
    when = day(frame["date"].iloc[0])
    return Words(
        title=title,
        subtitle=f"%, state of {when}; the deeper the tint, the larger the share",
        source=f"Source: {MAP_CREDIT} {BASEMAP_CREDIT}",
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No oblast table exists by this date")
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    outlines = frame.attrs["shapes"].paths
    drawn = go.Figure()
    every = np.array([np.nan])
    x, y = (
        np.concatenate([p for o in outlines.values() for p in (o[axis], every)])
        for axis in (0, 1)
    )
    # Tints are transparent: under them lies the fill of Ukraine.
    drawn.add_trace(
        dict(
            type="scatter",
            x=x,
            y=y,
            mode="lines",
            fill="toself",
            fillcolor=colour["ukraine"],
            line=dict(width=0),
            showlegend=False,
            hoverinfo="skip",
        )
    )
    for _, name, depth in _CLASSES:
        codes = frame.loc[frame["class"] == name, "oblast_code"]
        if codes.empty:
            continue
        gap = np.array([np.nan])
        x = np.concatenate([p for c in codes for p in (outlines[c][0], gap)])
        y = np.concatenate([p for c in codes for p in (outlines[c][1], gap)])
        fill = rgba(colour["gained"], depth) if depth else colour["ukraine"]
        drawn.add_trace(
            dict(
                type="scatter",
                x=x,
                y=y,
                mode="lines",
                fill="toself",
                fillcolor=fill,
                line=dict(color=surface["border"], width=0.7),
                name=name,
                hoverinfo="skip",
            )
        )
    shown = frame[frame["share"] >= 0.1]
    at = np.array([frame.attrs["at"][c] for c in shown["oblast_code"]]).reshape(-1, 2)
    x, y = to_km(at[:, 0], at[:, 1])
    # On a phone the names would touch: they stand in the chart of the oblasts.
    size = 13 if view.narrow else 14
    written = []
    for name, share, a, b in zip(shown["oblast"], shown["share"], x, y, strict=True):
        if name == "Sevastopol":
            continue  # lies in Crimea's label; its row is in the table
        written.append(
            dict(
                x=float(a),
                y=float(b),
                text=f"{number(share, 1)}%"
                if view.narrow
                else f"{name}<br>{number(share, 1)}%",
                font=dict(size=size),
            )
        )
    drawn.update_layout(
        template=template(view.theme),
        height=int(view.width * 0.67) + 34,
        margin=dict(l=0, r=0, t=34, b=0),
        showlegend=True,
        hovermode=False,
        legend=dict(
            orientation="h",
            x=0,
            y=1,
            xanchor="left",
            yanchor="bottom",
            itemclick=False,
            itemdoubleclick=False,
            font=dict(size=14),
        ),
        annotations=written,
        xaxis=dict(range=[-880, 480], visible=False),
        yaxis=dict(range=[-475, 440], scaleanchor="x", visible=False),
    )
    return drawn


def summary(frame: pd.DataFrame, view: View) -> str:
    return oblast_control.summary(frame, view)
