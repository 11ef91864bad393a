"""What changed since the earlier day: events, texts, exchanges, figures, offices."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Block, Line, Slide, sources_of
from components.briefing.slides.parts import by_oblast, line_lines
from components.charts.chart import MAP_CREDIT
from data.changes import between, changes, tally
from data.dataset import Dataset
from data.line_changes import line_change
from data.words import day, short_day, signed

_LINE = ("line",)
_OBLASTS = 4

# Heading → the kinds under it; the columns of the slide.
_COLUMNS = (
    (("Events", ("event",)),),
    (("Figures", ("figure", "revision")), ("Exchanges", ("exchange",))),
    (("The line", _LINE), ("Texts", ("proposal",)), ("Offices", ("office",))),
)


def slide(data: Dataset, deck: Deck) -> Slide:
    rows = changes(data, deck.since)
    blocks = []
    for column in _COLUMNS:
        first = True
        for heading, kinds in column:
            found = rows[rows["kind"].isin(kinds)].sort_values("rank", kind="stable")
            lines = _lines(found, data.day)
            if kinds == _LINE:
                lines = _line(data, deck)
            elif lines:
                heading = f"{heading} ({len(lines)})"
            if lines:
                blocks.append(Block(heading, lines, below=not first))
                first = False
    if not blocks:
        blocks = [Block("", (Line("Nothing new is recorded between the two days"),))]
    return Slide(
        name="changes",
        section="What changed",
        title=f"What changed since {day(deck.since)}",
        subtitle=_counted(data, deck),
        blocks=tuple(blocks),
        source=(
            "What became known after the first day and by the second, in each list the "
            f"weightiest first. {MAP_CREDIT}"
        ),
        notes=tuple(
            f"{row.text}. {row.detail}".rstrip(" ") for row in rows.itertuples()
        ),
        sources=sources_of(data, rows["source_ids"]),
    )


def _counted(data: Dataset, deck: Deck) -> str:
    view, net = deck.view, line_change(data, deck.since).area.km2
    parts = tally(data, deck.since)
    if net is not None:
        parts.append(
            f"net change of the occupied area {signed(view.area(net))} {view.area_unit}"
        )
    return f"{between(deck.since, data.day)}: {', '.join(parts) or 'nothing recorded'}"


def _line(data: Dataset, deck: Deck) -> tuple[Line, ...]:
    lines = line_lines(data, deck)
    found = by_oblast(data, deck, _OBLASTS)
    if found is None:
        return lines
    each = ", ".join(f"{row.lead.rstrip(':')} {row.text}" for row in found.lines)
    return (*lines, Line(each, f"{found.heading}:"))


def _lines(rows: pd.DataFrame, last: str) -> tuple[Line, ...]:
    """In the newest day's year without the year."""
    return tuple(
        Line(row.text, short_day(row.day) if row.day[:4] == last[:4] else day(row.day))
        for row in rows.itertuples()
    )
