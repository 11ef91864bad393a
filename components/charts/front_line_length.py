"""The front line's length over time, by three maps."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import MAP_CREDIT, Editable, Option, Words, empty
from components.charts.three_maps import (
    PERIOD,
    SINGLE_DAYS,
    EndLabel,
    editable_lines,
    end_labels,
    line,
    nice_range,
    old,
    right_margin,
    round_step,
    short_name,
    since,
    time_axis,
)
from components.theme.palette import MAP_SOURCE, SURFACE
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.front import MAPS, lengths, published
from data.words import day, listing, number

TITLE = "Length of the front line"
COLUMNS = {"date": "Date", "map": "Map or claimant", "value": "Length", "unit": "Unit"}
OPTIONS = {
    "measure": Option(
        "which length",
        ("total", "land", "longest", "scale250m", "scale5km"),
        "total",
    ),
    "period": PERIOD,
}

_MEASURE = {
    "total": ("front_line_km", "land and river, at 1 km scale"),
    "land": ("land_line_km", "the part on land, at 1 km scale"),
    "longest": ("main_line_km", "longest continuous stretch, at 1 km scale"),
    "scale250m": ("front_line_km_dp250m", "land and river, at 250 m scale"),
    "scale5km": ("front_line_km_dp5km", "land and river, at 5 km scale"),
}
_HEIGHT = 210


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a day of a map, or a published statement.

    Columns: date, dataset ('published' for a statement), map (its name), value
    and unit in the view's units, text (a statement's label), source_ids.
    """
    field = _MEASURE[str(view.option("measure", "total"))][0]
    name = dataset.labels("front_metrics", "dataset")
    rows = lengths(dataset, field, since(view))
    rows = rows.assign(map=rows["dataset"].map(name), text="", source_ids="")
    said = published(dataset, "front_line_length")
    said = said[said["published"] >= since(view)]
    marks = pd.DataFrame(
        {
            "date": said["published"],
            "dataset": "published",
            "km": said["km"],
            "map": said["claimant"],
            "text": said["stated"],
            "source_ids": said["source_ids"],
        }
    )
    rows = pd.concat([rows, marks], ignore_index=True)
    rows["value"] = rows["km"].map(view.length).round(1)
    return rows.assign(unit=view.length_unit)


def _last(frame: pd.DataFrame) -> dict[str, pd.Series]:
    rows = frame[frame["dataset"].isin(MAPS)]
    return {
        source: rows[rows["dataset"] == source].iloc[-1]
        for source in MAPS
        if (rows["dataset"] == source).any()
    }


def words(frame: pd.DataFrame, view: View) -> Words:
    what = _MEASURE[str(view.option("measure", "total"))][1]
    last = _last(frame)
    subtitle = f"{view.length_unit}, {what}"
    if last:
        low = _range(frame, view)[0]
        subtitle += f", to {day(max(row['date'] for row in last.values()))}"
        subtitle += f"; axis starts at {number(low)}"
    note = (
        "Three maps with three rules: side by side, never averaged. ISW is its coarse "
        "control map, measured on single days; NZZ moves in steps. First weeks in "
        "which a map drew columns on roads, or was being filled in, are left out."
    )
    marks = frame[frame["dataset"] == "published"]
    if len(marks):
        note += f" Diamonds: lengths as published, {listing(marks['text'])}."
    return Words(
        title=_title(last, view),
        subtitle=subtitle,
        source=f"Source: DeepState, NZZ / Liveuamap, ISW; own measurement. {MAP_CREDIT}",
        note=note,
    )


def _title(last: dict[str, pd.Series], view: View) -> str:
    what = {
        "total": "The front line measured",
        "land": "The front line on land measured",
        "longest": "The longest stretch measured",
        "scale250m": "At 250 m scale the front line measured",
        "scale5km": "At 5 km scale the front line measured",
    }[str(view.option("measure", "total"))]
    if "deepstate" in last:
        row = last["deepstate"]
        return f"{what} {number(row['value'])} {view.length_unit} on DeepState’s map"
    if last:
        row = next(iter(last.values()))
        return f"{what} {number(row['value'])} {view.length_unit} on {short_name(row['map'])}’s map"
    return "Length of the front line"


def _range(frame: pd.DataFrame, view: View) -> tuple[float, float]:
    step = 100 if view.units == "km" else 50
    values = frame["value"]
    if values.max() - values.min() > 15 * step:
        step *= 5
    # Statements are lettered at the foot, under all lines.
    foot = (frame["dataset"] == "published").sum() * step
    return nice_range(values.min() - step * 0.1 - foot, values.max() + step * 0.1, step)


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    last = _last(frame)
    if not last:
        return empty(view, "No map draws one continuous front by this date", _HEIGHT)
    drawn = go.Figure()
    colours = MAP_SOURCE[view.theme]
    labels = []
    for source in MAPS:
        rows = frame[frame["dataset"] == source]
        if rows.empty:
            continue
        name = str(rows["map"].iloc[-1])
        dates, values = rows["date"].to_numpy(), rows["value"].to_numpy(float)
        if source == SINGLE_DAYS:
            drawn.add_trace(
                dict(
                    type="scatter",
                    x=dates,
                    y=values,
                    mode="markers",
                    marker=dict(
                        symbol=["circle-open"] * (len(dates) - 1) + ["circle"],
                        size=7,
                        color=colours[source],
                        line=dict(width=1.6),
                        opacity=1,
                    ),
                    cliponaxis=False,
                    name=name,
                    hovertemplate="%{x|%-d %b %Y}: %{y:,.0f}<extra>"
                    + name
                    + "</extra>",
                )
            )
        else:
            line(drawn, view, source, dates, values, name)
        label = f"{short_name(name)} {number(values[-1])}{old(dates[-1], view)}"
        labels.append(
            EndLabel(values[-1], label, colours[source], bold=source == "deepstate")
        )
    _statements(drawn, frame, view)
    y_range = _range(frame, view)
    height = _HEIGHT if not view.narrow else _HEIGHT - 20
    drawn.update_layout(
        template=template(view.theme),
        height=height,
        margin=dict(l=48, r=right_margin(labels), t=10, b=28),
    )
    time_axis(drawn, view, max(since(view), frame["date"].min()), view.as_of)
    drawn.update_yaxes(range=y_range, tickformat=",d", nticks=6)
    end_labels(drawn, labels, y_range, height - 38)
    return drawn


def _statements(drawn: go.Figure, frame: pd.DataFrame, view: View) -> None:
    """Published lengths as hollow diamonds: claims, not measurements."""
    rows = frame[frame["dataset"] == "published"]
    if rows.empty:
        return
    ink = SURFACE[view.theme]["ink"]
    drawn.add_trace(
        dict(
            type="scatter",
            x=rows["date"].to_numpy(),
            y=rows["value"].to_numpy(float),
            mode="markers",
            marker=dict(
                symbol="diamond-open", size=10, color=ink, line=dict(width=1.6)
            ),
            hovertext=rows["text"].to_numpy(),
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    first, last = pd.Timestamp(since(view)), pd.Timestamp(view.as_of)
    floor = _range(frame, view)[0]
    if view.option("period") == "all":
        return  # no room beside the mark: the note says who stated what
    stems, words = [], []
    for n, row in enumerate(rows.itertuples()):
        late = (pd.Timestamp(row.date) - first) / (last - first) > 0.4
        # Down to the foot of the plot, where no line runs.
        stem = dict(
            type="line",
            x0=row.date,
            x1=row.date,
            y0=floor,
            y1=row.value,
            line=dict(color=ink, width=0.8, dash="1px 3px"),
            layer="below",
        )
        said = dict(
            x=row.date,
            y=floor,
            text=row.text.split(" (")[0] + f", {row.map}",
            xanchor="right" if late else "left",
            xshift=-5 if late else 5,
            yanchor="bottom",
            yshift=17 * (len(rows) - 1 - n),
            font=dict(size=14, color=ink),
        )
        stems.append(stem)
        words.append(said)
    drawn.update_layout(shapes=stems, annotations=words)


def editable(frame: pd.DataFrame, view: View) -> Editable | None:
    if not _last(frame):
        return None
    days, series = editable_lines(frame, view, points=SINGLE_DAYS)
    values = frame["value"]
    step = round_step((values.max() - values.min()) / 5)
    low, high = nice_range(values.min(), values.max(), step)
    return Editable(
        kind="line",
        scale="days",
        categories=days,
        series=series,
        low=low,
        high=high,
        step=step,
        unit=view.length_unit,
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    last = _last(frame)
    what = _MEASURE[str(view.option("measure", "total"))][1]
    if not last:
        return "No map draws one continuous front by this date."
    said = [
        f"{number(row['value'])} {view.length_unit} on {day(row['date'])} ({row['map']})"
        for row in last.values()
    ]
    return f"Last lengths of the front line, {what}: {listing(said)}."
