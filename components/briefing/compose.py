"""The slides of a deck, composed for its day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from components.briefing.deck import LONGEST_TITLE, SLIDES, Deck
from components.briefing.drawing import failed
from components.briefing.slide import Block, Line, Slide
from components.briefing.slides import (
    changes,
    claims,
    exchanges,
    front_line,
    front_map,
    headline,
    losses,
    positions,
    sources,
    talks,
    timeline,
    toll,
)
from data.dataset import Dataset

OWN = "own"

log = logging.getLogger("parley.briefing")

_COMPOSERS: Mapping[str, Callable[[Dataset, Deck], Slide | None]] = MappingProxyType(
    {
        "headline": headline.slide,
        "changes": changes.slide,
        "talks": talks.slide,
        "timeline": timeline.slide,
        "map": front_map.slide,
        "line": front_line.slide,
        "toll": toll.slide,
        "losses": losses.slide,
        "exchanges": exchanges.slide,
        "positions": positions.slide,
        "claims": claims.slide,
        "sources": sources.slide,
    }
)

assert tuple(_COMPOSERS) == SLIDES


def compose(whole: Dataset, deck: Deck) -> tuple[Slide, ...]:
    """The deck's slides. One with nothing to say by that day is left out."""
    found = [_made_or_said(name, whole, deck) for name in deck.slides]
    slides = [slide for slide in found if slide is not None]
    if deck.title and slides:
        slides[0] = replace(slides[0], title=deck.title)
    if deck.text:
        slides.insert(1, _own(deck))
    return tuple(slides)


@lru_cache(maxsize=256)
def _made(name: str, whole: Dataset, deck: Deck) -> Slide | None:
    return _COMPOSERS[name](whole.as_of(deck.as_of), deck)


def _period(deck: Deck) -> Deck:
    """What a slide depends on, and not the deck's look and own words."""
    return Deck(deck.as_of, deck.since, units=deck.units)


def _made_or_said(name: str, whole: Dataset, deck: Deck) -> Slide | None:
    """The slide; one that meets an error says so, and is tried again next time."""
    try:
        return _made(name, whole, _period(deck))
    except Exception:
        log.exception("the slide %s as of %s", name, deck.as_of)
        failed(name)
        said = "Its chart or its rows met an error. The other slides stand."
        return Slide(
            name=name,
            section=name.capitalize(),
            title="This slide could not be composed",
            blocks=(Block("", (Line(said),)),),
        )


def _own(deck: Deck) -> Slide:
    """The briefer's own slide: its first paragraph is its title, if it can be one."""
    title, *rest = [p.strip() for p in deck.text.splitlines() if p.strip()] or [""]
    if len(title) > LONGEST_TITLE:
        title, rest = "A note", [title, *rest]
    return Slide(
        name=OWN,
        section="Own text",
        title=title,
        blocks=(Block("", tuple(Line(p) for p in rest)),) if rest else (),
        source="Text added by the presenter; not part of the dataset.",
        notes=("Text added by the presenter; it is not checked against the dataset.",),
    )
