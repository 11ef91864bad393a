"""What the charts of the three maps share: period, lines by map, labels at the ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import Option, Series
from components.theme.palette import MAP_SOURCE, MAP_SOURCE_STROKE, SURFACE
from components.view import View
from data.front import MAPS

PERIOD = Option(
    "from 1 January of the year before, or everything",
    ("two-years", "all"),
    "two-years",
    narrows=True,
    widest="all",
)

NO_BREAKS: Mapping[str, str] = MappingProxyType({})

# Plotly's dash patterns of the maps → the strokes of an office program.
_STROKES: Mapping[str, Literal["solid", "dash", "dot"]] = MappingProxyType(
    {"solid": "solid", "7px 3px": "dash", "2px 3px": "dot"}
)

# The ISW map is a single day's picture: between its days there is no line.
SINGLE_DAYS = "isw"


def since(view: View) -> str:
    """First day drawn (ISO)."""
    if view.option("period", PERIOD.default) == "all":
        return "2022-02-24"
    return f"{int(view.as_of[:4]) - 1}-01-01"


@dataclass(frozen=True)
class EndLabel:
    """A line's label at its end: where, what, in which colour."""

    y: float
    text: str
    colour: str
    bold: bool = False


def end_labels(
    figure: go.Figure,
    labels: Sequence[EndLabel],
    y_range: tuple[float, float],
    height_px: float,
    gap_px: float = 18,
) -> None:
    """Labels right of the plot, pushed apart, in the order of their values."""
    px = height_px / (y_range[1] - y_range[0])
    ordered = sorted(labels, key=lambda label: label.y)
    at = [label.y * px for label in ordered]
    for i in range(1, len(at)):
        at[i] = max(at[i], at[i - 1] + gap_px)
    # Half of what was pushed up is taken back, so that the group stays centred.
    if at:
        back = (at[-1] - ordered[-1].y * px) / 2
        at = [y - back for y in at]
    figure.layout.annotations += tuple(
        dict(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=11,
            y=y / px,
            yanchor="middle",
            text=f"<b>{label.text}</b>" if label.bold else label.text,
            font=dict(size=15, color=label.colour),
        )
        for label, y in zip(ordered, at, strict=True)
    )


def line(
    figure: go.Figure,
    view: View,
    source: str,
    dates: np.ndarray,
    values: np.ndarray,
    name: str,
) -> None:
    """One map's line in its colour and stroke, a dot at its last value."""
    dash, width = MAP_SOURCE_STROKE[source]
    colour = MAP_SOURCE[view.theme][source]
    figure.add_trace(
        dict(
            type="scatter",
            x=dates,
            y=values,
            mode="lines",
            line=dict(color=colour, width=width, dash=dash),
            name=name,
            hovertemplate="%{x|%-d %b %Y}: %{y:,.0f}<extra>" + name + "</extra>",
        )
    )
    figure.add_trace(
        dict(
            type="scatter",
            x=dates[-1:],
            y=values[-1:],
            mode="markers",
            marker=dict(size=8, color=colour),
            hoverinfo="skip",
            cliponaxis=False,
        )
    )


def time_axis(figure: go.Figure, view: View, first: str, last: str) -> None:
    """Years in bold at their start; months between them where there is room."""
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next((s for s in (1, 2, 3, 6) if months / s <= view.width / 90), 12)
    ticks = [
        t
        for t in pd.date_range(start.replace(day=1), end, freq="MS")
        if (t.month - 1) % step == 0 and t >= start
    ]
    if len(ticks) < 3:
        ticks = list(pd.date_range(start, end, periods=4).normalize().unique())
        texts = [f"{t.day} {t:%b}" for t in ticks]
    else:
        texts = [f"<b>{t.year}</b>" if t.month == 1 else f"{t:%b}" for t in ticks]
    figure.update_xaxes(
        type="date",
        range=[first, last],
        tickvals=[f"{t:%Y-%m-%d}" for t in ticks],
        ticktext=texts,
        ticks="outside",
        ticklen=4,
    )


def round_step(least: float) -> float:
    """The first round number (1, 2, 5, 10 …) that is `least` or more."""
    power = 10.0 ** np.floor(np.log10(max(least, 1)))
    return float(next(s * power for s in (1, 2, 5, 10) if s * power >= least))


def editable_lines(
    frame: pd.DataFrame,
    view: View,
    breaks: Mapping[str, str] = NO_BREAKS,
    points: str = "",
) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    """Days and series of the maps' lines and of what was stated, for an Editable.

    `frame` has date, dataset, map, value, text. A line that is broken on a day (map
    → ISO) is two series, since the space between two measured days is drawn over. The map
    `points` has points and no line.
    """
    days = tuple(sorted(frame["date"].unique()))
    at = {d: n for n, d in enumerate(days)}

    def values(rows: pd.DataFrame) -> tuple[float | None, ...]:
        found: list[float | None] = [None] * len(days)
        for d, value in zip(rows["date"], rows["value"], strict=True):
            found[at[d]] = None if pd.isna(value) else float(value)
        return tuple(found)

    series = []
    for source in MAPS:
        rows = frame[frame["dataset"] == source]
        late = rows["date"] >= breaks.get(source, "")
        for part, said in ((~late, ", as drawn before"), (late, "")):
            if not part.any():
                continue
            name = short_name(str(rows["map"].iloc[-1])) + (said if late.any() else "")
            dash, width = MAP_SOURCE_STROKE[source]
            series.append(
                Series(
                    name,
                    values(rows[part]),
                    MAP_SOURCE[view.theme][source],
                    stroke=_STROKES[dash],
                    width=width,
                    marks=source == points,
                )
            )
    stated = frame[frame["dataset"] == "published"]
    series += [
        Series(
            f"{row.text.split(' (')[0]}, {row.map}",
            values(stated.loc[[row.Index]]),
            SURFACE[view.theme]["ink"],
            marks=True,
            hollow=True,
        )
        for row in stated.itertuples()
    ]
    return days, tuple(series)


def nice_range(low: float, high: float, step: float) -> tuple[float, float]:
    """The range in whole steps that holds the values."""
    return float(np.floor(low / step) * step), float(np.ceil(high / step) * step)


def right_margin(labels: Sequence[EndLabel]) -> int:
    """Px for the longest label."""
    return 22 + int(8.6 * max((len(label.text) for label in labels), default=0))


def short_name(name: str) -> str:
    """'NZZ / Liveuamap' → 'NZZ'."""
    return name.split(" /")[0]


def old(date: str, view: View) -> str:
    """The month of a last value that is two months or more before the as-of date."""
    age = pd.Timestamp(view.as_of) - pd.Timestamp(date)
    return f" ({pd.Timestamp(date):%b %Y})" if age.days > 60 else ""
