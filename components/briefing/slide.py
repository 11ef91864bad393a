"""What stands on a slide, before anyone decides where: the deck's own vocabulary.

A slide is composed once (`components/briefing/slides`), laid out once
(`layout.py`, in px of a page of 1920 × 1080), and written three times: as HTML on
the page, by python-pptx, by typst. Texts are plain; marks of weight and colour
are the layout's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from components.view import View
from data.dataset import Dataset
from data.words import day, ids


@dataclass(frozen=True)
class Source:
    """A page behind a slide, as its notes name it. `url` is '' where there is none."""

    publisher: str
    title: str
    published: str
    url: str


@dataclass(frozen=True)
class ChartPart:
    """A chart of the catalogue with the options it has on this slide.

    `view` carries as-of date, units and options; theme and size are set where it
    is drawn. `summary` is its sentence: alt text and speaker's note.
    """

    name: str
    view: View
    summary: str = ""


@dataclass(frozen=True)
class Figure:
    """A key figure: '1,104' 'km' 'front line, of which 365 km along the Dnipro'."""

    value: str
    unit: str
    label: str


@dataclass(frozen=True)
class Line:
    """One line of a list; `lead` (a date, a name) is set in bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Block:
    """A heading and its lines. `below`: it stands under the block before it, not
    in a column of its own."""

    heading: str
    lines: tuple[Line, ...]
    below: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of plain cells; `shares` are the columns' parts of the width."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Slide:
    """One slide. `name` is its id in the URL, `section` its name in words.

    Its body is a chart with figures or blocks beside it, figures alone, blocks in
    columns, or a table. `source` is the line at its foot: claimants, methods,
    credit. `notes` are the presenter's paragraphs, `sources` the pages behind it.
    `wide` says that the chart keeps its proportions and gains by a wider box.
    """

    name: str
    section: str
    title: str
    subtitle: str = ""
    chart: ChartPart | None = None
    figures: tuple[Figure, ...] = ()
    blocks: tuple[Block, ...] = ()
    table: Table | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    wide: bool = False


def sources_of(data: Dataset, source_ids: Iterable[object]) -> tuple[Source, ...]:
    """The pages known on the day behind these `;`-separated lists, each once."""
    wanted = dict.fromkeys(i for value in source_ids for i in ids(value))
    return tuple(
        Source(
            publisher=str(row["publisher"]),
            title=str(row["title"]),
            published=(
                day(row["published"])
                if isinstance(row["published"], str)
                else "no date shown"
            ),
            url=row["url"] if isinstance(row["url"], str) else "",
        )
        for row in (data.sources[i] for i in wanted if i in data.sources)
    )
