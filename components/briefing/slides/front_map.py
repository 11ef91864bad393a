"""The map with what changed in twelve months, and the change since the earlier day."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Block, Figure, Slide
from components.briefing.slides.parts import by_oblast, chart_part, line_lines
from data.dataset import Dataset
from data.front import change
from data.words import day, signed

_OBLASTS = 4


def slide(data: Dataset, deck: Deck) -> Slide | None:
    if not data.layer("front_lines").dates:
        return None
    part, words = chart_part(data, deck, "front-line-map")
    view = deck.view
    net = change(data, deck.since, data.day)
    figures: tuple[Figure, ...] = ()
    if net.km2 is not None:
        said = f"net from {day(net.first)} to {day(net.last)}"
        figures = (Figure(signed(view.area(net.km2)), view.area_unit, said),)
    return Slide(
        name="map",
        section="The map",
        title=words.title,
        subtitle=words.subtitle,
        chart=part,
        figures=figures,
        blocks=_since(data, deck),
        source=words.source,
        notes=(part.summary, words.note, net.note or net.reason),
        wide=True,
    )


def _since(data: Dataset, deck: Deck) -> tuple[Block, ...]:
    """The oblasts that changed most; else why the two days are not compared."""
    found = by_oblast(data, deck, _OBLASTS)
    if found:
        return (found,)
    lines = line_lines(data, deck)
    return (Block(f"Since {day(deck.since)}", lines),) if lines else ()
