"""The sources: whose numbers these are, how they count, how to go back to them."""

from __future__ import annotations

from components.briefing.deck import Deck
from components.briefing.slide import Block, Line, Slide
from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT
from data.dataset import Dataset
from data.words import count, day


def slide(data: Dataset, deck: Deck) -> Slide:
    whole = data.whole or data
    kinds = _kinds(data)
    return Slide(
        name="sources",
        section="Sources",
        title=f"{count(len(data.sources), 'source')} stand behind this state of {day(data.day)}",
        subtitle="A number without a claimant, a date and a page is not in the dataset",
        blocks=(
            Block("Whose numbers", (
                Line(MAP_CREDIT.partition(": ")[2].rstrip("."), "Line and area:"),
                Line("UN human rights office (OHCHR), verified cases only", "Civilians:"),
                Line("each by its claimant, with its method", "Soldiers:"),
                Line("officials of the two sides and mediators", "Exchanges:"),
                Line("published or reported texts, terms in our words", "Texts:"),
                Line(BASEMAP_CREDIT.partition(": ")[2].rstrip("."), "Basemap:"),
            )),
            Block("What ‘known that day’ means", (
                Line("An event from its first day, a figure from its publication, an office by its period, a text from its date"),
                Line("What became known later is not in this deck; revisions are shown as revisions"),
                *_complete(whole, data.day),
            )),
            Block("Pages by kind", kinds),
            Block("Cite", (
                Line(f"Parley, dataset {whole.version}, as of {day(data.day)}. Data CC BY 4.0; the sources’ own terms hold for what is theirs"),
            ), below=True),
        ),
        notes=(
            "Each slide’s notes list the pages behind it. The page Sources has the "
            "register, the methods and the gaps.",
        ),
    )  # fmt: skip


def _complete(whole: Dataset, on: str) -> tuple[Line, ...]:
    """How far each part reaches, on the newest day: an earlier one has all of it."""
    closing = whole.closing
    if on < closing.latest:
        return ()
    said = (
        f"events to {day(closing.events)}, casualty figures to "
        f"{day(closing.casualties)}, maps to {day(closing.front_line)}"
    )
    return (Line(said, "Dataset complete:"),)


def _kinds(data: Dataset) -> tuple[Line, ...]:
    labels = data.labels("sources", "kind")
    counts: dict[str, int] = {}
    for row in data.sources.values():
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    order = sorted(counts, key=counts.get, reverse=True)
    return tuple(
        Line(f"{labels.get(kind, kind)}", f"{counts[kind]:,}") for kind in order
    )
