"""What a chart is: the contract of the modules in this folder, and their catalogue.

A chart module is named like its URL (`civilians_by_month` → `civilians-by-month`)
and offers
    TITLE    what it shows, for the catalogue
    COLUMNS  the columns of its plain table → their headings, units included
    OPTIONS  its own options: name → Option
    frame(dataset, view)   the numbers, tidy, with units and source ids;
                           `dataset` is already cut to `view.as_of`
    words(frame, view)     title, subtitle, source line, note
    figure(frame, view)    the drawing; pure, a new one at each call
    summary(frame, view)   one sentence: alt text, caption, speaker's note
and, where all its values have one unit that no column `unit` names,
    UNIT     that unit; if an option decides, `frame.attrs["unit"]`
and, where an office program has the type (bars, lines),
    editable(frame, view)  the same numbers as a chart that can be edited there:
                           Editable, or None if these rows would not be shown
                           honestly by it; a picture stands in then
It imports no Streamlit, so that pages, URLs, slides and tests share it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, Protocol

import pandas as pd
import plotly.graph_objects as go

import components.charts
from components.view import View
from data.dataset import Dataset

MAP_CREDIT = (
    "Front line and areas: own calculation from DeepStateMap; "
    "Feb–May 2022: NZZ/Liveuamap."
)
BASEMAP_CREDIT = "Basemap: Natural Earth. Places: GeoNames."


@dataclass(frozen=True)
class Words:
    """A chart's texts. `source` names claimants and credits; `note` the traps."""

    title: str
    subtitle: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Option:
    """One of a chart's options, named as in the page's URL.

    `values` lists what is allowed; None means free text or ids checked elsewhere.
    `many` options may be repeated in the URL; the view then holds a tuple. One that
    `narrows` leaves rows of the same subject out (a filter, a period): without it, or
    with its `widest` value, all are there. `kind` says what an option holds whose name
    means something else on another page, as the parameter of that kind is named.
    """

    description: str
    values: tuple[str, ...] | None = None
    default: str | None = None
    many: bool = False
    narrows: bool = False
    widest: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Series:
    """One series of an `Editable`; positions count its categories from 0.

    `values` are the numbers of the frame, None where there is none: a gap. `colour`
    is a hex of the palette, `points` are positions in another colour. `hatched`
    positions are flawed, `labelled` ones bear their number. Lines have a `stroke`
    and a `width` in px; `marks` are points without a line. What is `hollow` is drawn
    in outline: claims, additions. `down`: bars grow downwards, the numbers as they are.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    points: tuple[tuple[int, str], ...] = ()
    hatched: tuple[int, ...] = ()
    labelled: tuple[int, ...] = ()
    stroke: Literal["solid", "dash", "dot"] = "solid"
    width: float = 2.4
    marks: bool = False
    hollow: bool = False
    down: bool = False


@dataclass(frozen=True)
class Editable:
    """A chart as an office program draws it from the same numbers.

    `categories` are months (YYYY-MM), days (ISO) or labels, as `scale` says.
    `number_format` is the axis's in the program's notation, `label_format` that of
    labelled points. `low`, `high` and `step` are the axis's, in its unit, which
    `unit` names. `note` says what this drawing shows otherwise or leaves out.
    """

    kind: Literal["bar", "stacked bar", "line"]
    scale: Literal["months", "days", "labels"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float
    step: float
    unit: str
    number_format: str = "#,##0"
    label_format: str = "#,##0"
    note: str = ""


class Chart(Protocol):
    """The shape of a chart module."""

    TITLE: str
    COLUMNS: Mapping[str, str]
    OPTIONS: Mapping[str, Option]

    def frame(self, dataset: Dataset, view: View) -> pd.DataFrame: ...
    def words(self, frame: pd.DataFrame, view: View) -> Words: ...
    def figure(self, frame: pd.DataFrame, view: View) -> go.Figure: ...
    def summary(self, frame: pd.DataFrame, view: View) -> str: ...


@dataclass(frozen=True)
class Drawn:
    """A chart drawn for one view. Shared between sessions: read it, never change it."""

    name: str
    frame: pd.DataFrame
    words: Words
    figure: go.Figure
    summary: str
    columns: Mapping[str, str]

    @property
    def table(self) -> pd.DataFrame:
        """The numbers under their headings."""
        return self.frame[list(self.columns)].rename(columns=dict(self.columns))


@cache
def catalogue() -> Mapping[str, Any]:
    """Every chart by its name in the URL."""
    found = {}
    for module in pkgutil.iter_modules(components.charts.__path__):
        loaded = importlib.import_module(f"components.charts.{module.name}")
        if hasattr(loaded, "TITLE"):
            found[module.name.replace("_", "-")] = loaded
    return MappingProxyType(found)


def widest(name: str, view: View) -> View:
    """The view of all rows of the same subject: its filters dropped, its period whole.

    What chooses the subject stays: a person, a claim, an issue, a measure, a map.
    """
    options: Mapping[str, Option] = catalogue()[name].OPTIONS
    return view.having(**{n: o.widest for n, o in options.items() if o.narrows})


def draw(name: str, dataset: Dataset, view: View) -> Drawn:
    """Draw the named chart. Raises KeyError for a name not in the catalogue."""
    chart: Chart = catalogue()[name]
    frame = chart.frame(dataset.as_of(view.as_of), view)
    return Drawn(
        name=name,
        frame=frame,
        words=chart.words(frame, view),
        figure=chart.figure(frame, view),
        summary=chart.summary(frame, view),
        columns=chart.COLUMNS,
    )


def numbers(values: Iterable[float]) -> tuple[float | None, ...]:
    """The values of a `Series`: None where a column has NaN."""
    return tuple(None if pd.isna(v) else float(v) for v in values)


def empty(view: View, sentence: str, height: int = 240) -> go.Figure:
    """Axes and frame kept, one sentence in the middle saying what is missing."""
    from components.theme.palette import SURFACE
    from components.theme.template import template

    colours = SURFACE[view.theme]
    axis = dict(
        range=[0, 1],
        showticklabels=False,
        showgrid=False,
        linecolor=colours["rule"],
        mirror=True,
    )
    said = dict(x=0.5, y=0.5, text=sentence, font=dict(size=16, color=colours["text2"]))
    return go.Figure(
        layout=dict(
            template=template(view.theme),
            height=height,
            xaxis=axis,
            yaxis=axis,
            annotations=[said],
        )
    )
