"""The occupied area over time, by three maps."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import MAP_CREDIT, Editable, Words, empty
from components.charts.three_maps import (
    PERIOD,
    EndLabel,
    editable_lines,
    end_labels,
    line,
    nice_range,
    old,
    right_margin,
    short_name,
    since,
    time_axis,
)
from components.theme.palette import MAP_SOURCE, SURFACE
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.front import (
    CRIMEA_REDRAWN,
    MAPS,
    WATER_DROPPED,
    areas,
    on_day,
    published,
)
from data.words import day, listing, number

TITLE = "Occupied area"
COLUMNS = {
    "date": "Date",
    "map": "Map or claimant",
    "value": "Occupied area",
    "unit": "Unit",
    "share_pct": "Share of Ukraine, %",
}
OPTIONS = {"period": PERIOD}

_HEIGHT = 210
_STATED_PX = 200  # a statement's two lines beside its mark

# The days on which a map was redrawn and nothing changed hands: the line breaks.
_BREAKS = {"deepstate": CRIMEA_REDRAWN, "nzz": WATER_DROPPED}


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a day of a map, or a published gain set on DeepState's level.

    Columns: date, dataset ('published' for a statement), map, value and unit in
    the view's units, share_pct (percent of 603,550 km²), text, source_ids.
    """
    name = dataset.labels("front_metrics", "dataset")
    rows = areas(dataset, since(view))
    rows = rows.assign(map=rows["dataset"].map(name), text="", source_ids="")
    rows = pd.concat([rows, _published(dataset, view)], ignore_index=True)
    rows["value"] = rows["km2"].map(view.area).round(1)
    return rows.assign(unit=view.area_unit)


def _published(dataset: Dataset, view: View) -> pd.DataFrame:
    """A stated gain stands where it would have brought DeepState's level."""
    marks = []
    for row in published(dataset, "area_gained").to_dict("records"):
        level = on_day(dataset, row["period_start"], "deepstate")
        if level is None or row["published"] < since(view):
            continue
        marks.append(
            {
                "date": row["published"],
                "dataset": "published",
                "km2": float(level["occupied_km2"]) + row["km2"],
                "map": row["claimant"],
                "text": row["stated"],
                "source_ids": row["source_ids"],
            }
        )
    columns = ["date", "dataset", "km2", "map", "text", "source_ids"]
    return pd.DataFrame(marks, columns=columns)


def _last(frame: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        source: frame[frame["dataset"] == source].iloc[-1]
        for source in MAPS
        if (frame["dataset"] == source).any()
    }


def words(frame: pd.DataFrame, view: View) -> Words:
    last = _last(frame)
    subtitle = f"thousand {view.area_unit}"
    if last:
        subtitle += f", to {day(max(row['date'] for row in last.values()))}"
        subtitle += f"; axis starts at {_range(frame)[0] / 1000:g}"
    note = (
        "Crimea and the part of Donbas held before 2022 are included, grey zones not."
    )
    start = frame["date"].min() if last else view.as_of
    drawn = {s for s, d in _BREAKS.items() if start < d <= view.as_of}
    if "deepstate" in drawn and "deepstate" in last:
        note += (
            " DeepState’s line breaks on 19 September 2022, where Crimea was redrawn "
            "(805 km² more) and nothing changed hands."
        )
    if "nzz" in drawn:
        note += (
            " NZZ’s line breaks on 24 May 2023, where it dropped 2,838 km² of water."
        )
    marks = frame[frame["dataset"] == "published"]
    if len(marks):
        note += (
            f" Diamond: {listing(marks['text'])}, added to DeepState’s level at the "
            "start of the period it speaks of."
        )
    return Words(
        title=_title(last, view),
        subtitle=subtitle,
        source=f"Source: DeepState, NZZ / Liveuamap, ISW; own measurement. {MAP_CREDIT}",
        note=note,
    )


def _title(last: dict[str, pd.Series], view: View) -> str:
    if not last:
        return "Occupied area"
    row = last.get("deepstate", next(iter(last.values())))
    return (
        f"{number(row['share_pct'], 1)}% of Ukraine was occupied on "
        f"{short_name(row['map'])}’s map"
    )


def _step(frame: pd.DataFrame) -> int:
    spread = frame["value"].max() - frame["value"].min()
    return next((s for s in (500, 1000, 2000, 5000, 10_000) if spread / s <= 5), 20_000)


def _range(frame: pd.DataFrame) -> tuple[float, float]:
    step, values = _step(frame), frame["value"]
    stated = (frame["dataset"] == "published").any()
    return nice_range(
        values.min(), values.max() + step * (0.6 if stated else 0.1), step
    )


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    last = _last(frame)
    if not last:
        return empty(view, "No map exists by this date", _HEIGHT)
    drawn = go.Figure()
    colours = MAP_SOURCE[view.theme]
    labels = []
    for source in MAPS:
        rows = frame[frame["dataset"] == source]
        if rows.empty:
            continue
        dates, values = rows["date"].to_numpy(object), rows["value"].to_numpy(float)
        broken = np.searchsorted(dates.astype(str), _BREAKS.get(source, "9999"))
        if 0 < broken < len(dates):
            dates = np.insert(dates, broken, dates[broken])
            values = np.insert(values, broken, np.nan)
        name = str(rows["map"].iloc[-1])
        line(drawn, view, source, dates, values, name)
        label = f"{short_name(name)} {number(values[-1] / 1000, 1)}"
        label += old(str(dates[-1]), view)
        labels.append(
            EndLabel(values[-1], label, colours[source], bold=source == "deepstate")
        )
    beside: list[dict] = []
    marks = frame[frame["dataset"] == "published"]
    if len(marks):
        drawn.add_trace(
            dict(
                type="scatter",
                x=marks["date"].to_numpy(),
                y=marks["value"].to_numpy(float),
                mode="markers",
                marker=dict(
                    symbol="diamond-open",
                    size=10,
                    line=dict(width=1.6),
                    color=SURFACE[view.theme]["ink"],
                ),
                hovertext=marks["text"].to_numpy(),
                hoverinfo="text",
                cliponaxis=False,
            )
        )
        first, end = pd.Timestamp(since(view)), pd.Timestamp(view.as_of)
        plot_px = view.width - 48 - right_margin(labels)
        for row in marks.itertuples():
            part = (pd.Timestamp(row.date) - first) / (end - first)
            late = part > 0.5
            if max(part, 1 - part) * plot_px < _STATED_PX:
                continue  # no room beside the mark: the note says who stated what
            said = dict(
                x=row.date,
                y=row.value,
                text=f"{row.text.split(' (')[0]},<br>{row.map}",
                align="right" if late else "left",
                xanchor="right" if late else "left",
                xshift=-9 if late else 9,
                yshift=14,
                font=dict(size=14),
            )
            beside.append(said)
    y_range = _range(frame)
    height = _HEIGHT if not view.narrow else _HEIGHT - 20
    drawn.update_layout(
        template=template(view.theme),
        height=height,
        margin=dict(l=48, r=right_margin(labels), t=10, b=28),
        annotations=beside,
    )
    time_axis(drawn, view, max(since(view), frame["date"].min()), view.as_of)
    ticks = np.arange(y_range[0], y_range[1] + 1, _step(frame))
    drawn.update_yaxes(
        range=y_range, tickvals=ticks, ticktext=[f"{t / 1000:g}" for t in ticks]
    )
    end_labels(drawn, labels, y_range, height - 38)
    return drawn


def editable(frame: pd.DataFrame, view: View) -> Editable | None:
    if not _last(frame):
        return None
    days, series = editable_lines(frame, view, _BREAKS)
    low, high = _range(frame)
    return Editable(
        kind="line",
        scale="days",
        categories=days,
        series=series,
        low=low,
        high=high,
        step=_step(frame),
        unit=f"thousand {view.area_unit}",
        number_format="#,##0," if _step(frame) >= 1000 else "#,##0.0,",
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    last = _last(frame)
    if not last:
        return "No map of the occupied area exists by this date."
    said = [
        f"{number(row['value'])} {view.area_unit} on {day(row['date'])} ({row['map']})"
        for row in last.values()
    ]
    return f"Occupied area by the last map of each source: {listing(said)}."
