"""What several slides share: a chart with its words, and the front's two figures."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Block, ChartPart, Figure, Line
from components.charts.chart import Words, catalogue
from data.casualties import Statement
from data.changes import two_days
from data.dataset import Dataset
from data.front import line_parts
from data.line_changes import line_change
from data.words import number, signed

# The width in px that a slide's chart is built for: its words are those of a page.
_WIDTH = 1000


def chart_part(
    data: Dataset, deck: Deck, name: str, **options: object
) -> tuple[ChartPart, Words]:
    """The chart with these options, and what it says of itself on the deck's day."""
    chart = catalogue()[name]
    view = deck.view.having(width=_WIDTH, **options)
    frame = chart.frame(data, view)
    part = ChartPart(name, view, chart.summary(frame, view))
    return part, chart.words(frame, view)


def ends(statement: Statement) -> tuple[float, float, float]:
    """Low, best and high as `data.words.amount` takes them: NaN where not stated."""
    low, best, high = (
        float("nan") if value is None else float(value)
        for value in (statement.low, statement.best, statement.high)
    )
    return low, best, high


def line_figure(deck: Deck, row: pd.Series) -> Figure:
    """The front line's length by a row of `front_metrics` that has one."""
    view = deck.view
    parts = line_parts(
        view.length(row["land_line_km"]), view.length(row["front_line_km"])
    )
    along = f"{number(parts.river)} {view.length_unit} along rivers"
    return Figure(
        number(parts.total), view.length_unit, f"front line, of which {along}"
    )


def area_figure(deck: Deck, row: pd.Series) -> Figure:
    """The occupied share and area by a row of `front_metrics`."""
    view = deck.view
    area = f"{number(view.area(row['occupied_km2']))} {view.area_unit}"
    return Figure(
        number(row["occupied_share_pct"], 1), "%",
        f"of Ukraine occupied, {area}, Crimea included",
    )  # fmt: skip


def line_lines(data: Dataset, deck: Deck) -> tuple[Line, ...]:
    """The line's length and the area against the earlier day, in the deck's unit;
    the reason where they are not compared."""
    found, view = line_change(data, deck.since), deck.view
    said = []
    if found.before is not None and found.now is not None:
        change = signed(view.length(found.now - found.before))
        said.append(
            f"Front line {number(view.length(found.now))} {view.length_unit} ({change})"
        )
    elif found.reason:
        what = "Line and area" if found.reason == found.area.reason else "Length"
        said.append(f"{what} not compared: {found.reason}")
    if found.area.km2 is not None:
        said.append(f"Area net {signed(view.area(found.area.km2))} {view.area_unit}")
    elif found.area.reason and found.area.reason != found.reason:
        said.append(f"Area not compared: {found.area.reason}")
    return tuple(Line(text) for text in said)


def by_oblast(data: Dataset, deck: Deck, most: int) -> Block | None:
    """The oblasts' net change, the largest first, between the stored maps nearest
    to the two days; None where there is none."""
    found, view = line_change(data, deck.since), deck.view
    lines = tuple(
        Line(f"{signed(view.area(row.net))} {view.area_unit}", f"{row.name}:")
        for row in found.oblasts[:most]
    )
    if not lines:
        return None
    days = two_days(found.stored_first, found.stored_last)
    return Block(f"By oblast, maps of {days}", lines)
