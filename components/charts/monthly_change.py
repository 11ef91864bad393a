"""Net change of the occupied area a month, by one map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import (
    MAP_CREDIT,
    Editable,
    Option,
    Series,
    Words,
    empty,
    numbers,
)
from components.charts.three_maps import PERIOD, round_step, short_name, since
from components.theme.palette import MAP, SURFACE, rgba
from components.theme.template import template
from components.view import View
from data.dataset import Dataset
from data.front import MAPS, is_partial, monthly
from data.words import month, signed

TITLE = "Net change a month"
COLUMNS = {
    "month_words": "Month",
    "value": "Net change",
    "gained": "Gained by Russia",
    "lost": "Lost by Russia",
    "unit": "Unit",
    "from_date": "From",
    "to_date": "To",
    "map": "Map",
    "flaw": "Known flaw",
}
OPTIONS = {
    "source": Option("the map measured", MAPS, "deepstate"),
    "period": PERIOD,
}

_HEIGHT = 210


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a month of one map, in order.

    Columns: month (YYYY-MM), value, gained, lost (in the view's unit of area; NaN
    where only the net is known), unit, from_date, to_date, map, flaw (in words),
    partial (a month not over).
    """
    source = str(view.option("source", "deepstate"))
    rows = monthly(dataset, source)
    rows = rows[rows["month"] >= since(view)[:7]].reset_index(drop=True)
    label = {
        **dataset.labels("front_metrics", "flags"),
        **dataset.labels("monthly_change", "flags"),
    }
    return pd.DataFrame(
        {
            "month": rows["month"],
            "month_words": rows["month"].map(month),
            "value": rows["km2"].map(view.area).astype(float).round(1),
            "gained": rows["gained_km2"].map(view.area).astype(float).round(1),
            "lost": rows["lost_km2"].map(view.area).astype(float).round(1),
            "unit": view.area_unit,
            "from_date": rows["from_date"],
            "to_date": rows["to_date"],
            "map": dataset.labels("front_metrics", "dataset")[source],
            "flaw": [
                "; ".join(label.get(f, f) for f in flags.split(";"))
                if isinstance(flags, str)
                else ""
                for flags in rows["flags"]
            ],
            "partial": rows["flags"].map(is_partial).astype(bool),
        }
    )


def _full(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[~frame["partial"]]


def words(frame: pd.DataFrame, view: View) -> Words:
    source = str(view.option("source", "deepstate"))
    name = {"deepstate": "DeepState", "nzz": "NZZ / Liveuamap", "isw": "ISW"}[source]
    full = _full(frame)
    title = f"Net change a month on {short_name(name)}’s map"
    note = []
    if len(full):
        last = full.iloc[-1]
        title = (
            f"{last['month_words']}: {signed(last['value'])} {view.area_unit} net on "
            f"{short_name(name)}’s map"
        )
        note.append(f"Last full month: {last['month_words']}.")
    note.append("Maps differ by up to twofold, once in sign: the map is always named.")
    if source == "isw" and len(frame):
        note.append("ISW: difference of its areas on the first days of two months.")
    else:
        flawed = frame[frame["flaw"] != ""]
        note += [f"{r.month_words}: {_lower(r.flaw)}." for r in flawed.itertuples()]
    return Words(
        title=title,
        subtitle=f"{view.area_unit}, occupied area at the end of the month less that "
        f"at its start; {name} only",
        source=f"Source: {name}, own measurement. {MAP_CREDIT}",
        note=" ".join(note),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _marked(frame: pd.DataFrame) -> list[int]:
    """The months that are labelled: the largest change and the last full one."""
    full = _full(frame)
    if full.empty:
        return []
    return sorted({int(full["value"].abs().idxmax()), int(full.index[-1])})


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No full month of this map is known by this date", _HEIGHT)
    colour, surface = MAP[view.theme], SURFACE[view.theme]
    value = frame["value"].to_numpy(float)
    marked = _marked(frame)
    strong = np.isin(np.arange(len(frame)), marked)
    # Integer codes, not a colour a bar: gained or recovered, plain or labelled.
    code = 2 * (value < 0) + strong
    scale = [
        rgba(colour["gained"], 0.72),
        colour["gained"],
        rgba(colour["recovered"], 0.72),
        colour["recovered"],
    ]
    patterns = np.where(frame["flaw"] != "", "/", "")
    drawn = go.Figure(
        go.Bar(
            x=frame["month"].to_numpy() + np.array("-01", object),
            y=value,
            marker=dict(
                color=code,
                cmin=0,
                cmax=3,
                line=dict(width=0),
                colorscale=[[i / 3, c] for i, c in enumerate(scale)],
                pattern=dict(shape=patterns.tolist(), size=5, solidity=0.3),
            ),
            hovertext=frame["month_words"].to_numpy(),
            hovertemplate="%{hovertext}: %{y:+,.0f}<extra></extra>",
        )
    )
    height = _HEIGHT if not view.narrow else _HEIGHT - 20
    drawn.update_layout(
        template=template(view.theme),
        height=height,
        bargap=0.24,
        margin=dict(l=56, r=8, t=22, b=28),
    )
    _axes(drawn, frame, view)
    written = [
        dict(
            x=f"{row['month']}-01",
            y=row["value"],
            text=f"<b>{signed(row['value'])}</b>",
            yanchor="bottom" if row["value"] >= 0 else "top",
            font=dict(size=15, color=surface["ink"]),
        )
        for _, row in frame.loc[marked].iterrows()
    ]
    return drawn.update_layout(annotations=written)


def _axes(drawn: go.Figure, frame: pd.DataFrame, view: View) -> None:
    months = pd.PeriodIndex(frame["month"], freq="M")
    step = next((s for s in (1, 2, 3, 6) if len(months) / s <= view.width / 80), 12)
    at = [m for m in months if (m.month - 1) % step == 0]
    drawn.update_xaxes(
        type="date",
        tickvals=[f"{m}-01" for m in at],
        ticktext=[_tick(m, before) for before, m in zip([None, *at], at, strict=False)],
    )
    # Room for the labels beyond the bars.
    low, high = min(frame["value"].min(), 0), max(frame["value"].max(), 0)
    room = (high - low or 1) * 0.18
    drawn.update_yaxes(
        range=[low - (room if low < 0 else 0), high + (room if high > 0 else 0)],
        tickformat=",d",
        nticks=5,
        zeroline=True,
        zerolinecolor=SURFACE[view.theme]["muted"],
        zerolinewidth=1,
    )


def _tick(month: pd.Period, before: pd.Period | None) -> str:
    """January by its year; the first month, and one after a gap that held it, by both."""
    if month.month == 1:
        return f"<b>{month.year}</b>"
    new = before is None or before.year != month.year
    return f"<b>{month:%b %Y}</b>" if new else f"{month:%b}"


def editable(frame: pd.DataFrame, view: View) -> Editable | None:
    if frame.empty:
        return None
    colour = MAP[view.theme]
    value = frame["value"].to_numpy(float)
    low, high = min(float(value.min()), 0), max(float(value.max()), 0)
    step = round_step((high - low) / 5)
    flawed = tuple(int(i) for i in np.flatnonzero(frame["flaw"] != ""))
    return Editable(
        kind="bar",
        scale="months",
        categories=tuple(frame["month"]),
        series=(
            Series(
                f"Net change, {view.area_unit}",
                numbers(value),
                colour["gained"],
                points=tuple(
                    (int(i), colour["recovered"]) for i in np.flatnonzero(value < 0)
                ),
                hatched=flawed,
                labelled=tuple(_marked(frame)),
            ),
        ),
        low=np.floor((low - (step / 2 if low < 0 else 0)) / step) * step,
        high=np.ceil((high + step / 4) / step) * step,
        step=step,
        unit=view.area_unit,
        number_format="#,##0;−#,##0",
        label_format="+#,##0;−#,##0",
        note="Hatched: months with a known flaw, see the notes" if flawed else "",
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    full = _full(frame)
    if full.empty:
        return "No full month of this map is known by this date."
    last, most = full.iloc[-1], full.loc[full["value"].abs().idxmax()]
    unit = view.area_unit
    said = (
        f"On {short_name(last['map'])}’s map the occupied area changed by "
        f"{signed(last['value'])} {unit} in {last['month_words']}"
    )
    if most["month"] == last["month"]:
        return f"{said}, the largest change of the months shown."
    return (
        f"{said}; the largest change of the months shown was {signed(most['value'])} "
        f"{unit} in {most['month_words']}."
    )
