"""The toll among civilians: verified counts by month, and the totals."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Figure, Slide, sources_of
from components.briefing.slides.parts import chart_part, ends
from data.casualties import Statement, counted, key_figures, months
from data.dataset import Dataset
from data.words import amount, day

_FIGURES = 4


def slide(data: Dataset, deck: Deck) -> Slide | None:
    found = key_figures(data, "civilians")[:_FIGURES]
    if not found:
        return None
    figures = tuple(
        Figure(
            amount(*ends(statement), statement.qualifier),
            "",
            f"{label[:1].lower()}{label[1:]}; {statement.claimant}, "
            f"to {day(statement.period_end)}{_undated(statement)}",
        )
        for label, statement in found
    )
    sources = sources_of(data, (s.source_ids for _, s in found))
    if months(data, "killed").empty:
        return Slide(
            name="toll",
            section="Civilians",
            title=counted(data, "civilians"),
            figures=figures,
            source="Claimant at each number; OHCHR counts verified cases only.",
            sources=sources,
        )
    part, words = chart_part(data, deck, "civilians-by-month", measure="killed")
    return Slide(
        name="toll",
        section="Civilians",
        title=counted(data, "civilians"),
        subtitle=words.subtitle,
        chart=part,
        figures=figures,
        source=words.source,
        notes=(part.summary, words.title, words.note),
        sources=sources,
    )


def _undated(statement: Statement) -> str:
    known = statement.known_from_basis != "period_end"
    return "" if known else "; publication date not known"
