"""The brief: one side of A4, composed of the deck's own slides.

No words of its own: headline and figures, what changed, the talks, a map and a
chart, exchanges and claims are those of the slides of their names. The drawings
get what room the lists leave them, within bounds; the lists fill the rest and
give lines away until all stands on one page (brief.typ).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from components.briefing.compose import OWN, compose
from components.briefing.deck import SLIDES, Deck
from components.briefing.document import compiled, compiler_of
from components.briefing.drawing import begun, not_drawn, numbers_of
from components.briefing.layout import Picture
from components.briefing.slide import Block, Line, Slide
from components.export.fonts import TOGETHER
from components.theme.palette import SURFACE
from data.dataset import Dataset
from data.words import day, shortened

_TEMPLATE = Path(__file__).with_name("brief.typ")

# pt of the page: between the margins, between two drawings.
_INNER, _GAP = 519.0, 18.0
# What the lists are given before the drawings grow, and the drawings' bounds.
_LISTS, _LEAST, _MOST = 265.0, 197.0, 260.0
_ALONE = 400.0  # without lists

# Pictures are drawn larger by this and set smaller: the exporter counts whole px.
_PX = 8 / 3  # px of the picture to a pt of the page
# A chart's smallest type, 13 px, becomes 8.4 pt; where there is little height, 7.6.
_ZOOM = 8.4 * _PX / 13

_CLAIMS, _PROMISES = 3, 2
_LINES = 16  # of a list are tried: there is no room for more
_SHOWN = 96  # characters of the address; the link has all of it


def brief(deck: Deck, whole: Dataset, link: str, step: Callable[[str], None]) -> bytes:
    """The page for `deck.as_of`; of the deck's slides those that were asked for.

    `link` is the deck's address, `step` is told what is being done. A drawing
    that fails leaves a sentence in its place. Equal requests give equal bytes.
    """
    step("Composing the page")
    deck = replace(deck, theme="print")
    asked = (*deck.slides, OWN)
    slides = {
        slide.name: slide
        for slide in compose(whole, replace(deck, slides=SLIDES))
        if slide.name in asked or slide.name == SLIDES[0]
    }
    page = _page(slides, deck, whole, link)
    drawn = _drawn(slides)
    height = _height(page, drawn)
    files: dict[str, bytes] = {}
    if height:
        pictures = [_picture(slide, width, height) for slide, width in drawn]
        drawings = [begun(p, "print", "svg", zoom=_ZOOM) for p in pictures]
        page["charts"] = [
            _chart(*asked, files, link, step)
            for asked in zip(drawn, pictures, drawings, strict=True)
        ]
    step("Setting the page")
    return compiled(_TEMPLATE, {**page, "height": height}, files)


def _page(
    slides: Mapping[str, Slide], deck: Deck, whole: Dataset, link: str
) -> dict[str, object]:
    """All that the template needs but the drawings."""
    first = slides[SLIDES[0]]
    as_of = day(deck.as_of)
    own = slides.get(OWN)
    return {
        "title": f"{first.title} (as of {as_of})",
        "date": [int(part) for part in deck.as_of.split("-")],
        "together": TOGETHER.pattern,
        "colours": dict(SURFACE["print"]),
        "as-of": ["As of ", as_of],
        "since": f"Changes since {day(deck.since)}" if "changes" in slides else "",
        "headline": first.title,
        "subtitle": first.subtitle,
        "own": [own.title, *(ln.text for b in own.blocks for ln in b.lines)]
        if own
        else [],
        "own-source": own.source if own else "",
        "figures": [
            {"value": f"{f.value}{'' if f.unit == '%' else ' '}{f.unit}".strip(),
             "label": f.label}
            for f in first.figures
        ],
        "across": min(len(first.figures), 4 if len(first.figures) == 4 else 3) or 1,
        "columns": [
            _column(slides[name], slides[name].blocks)
            for name in ("changes", "talks")
            if name in slides
        ],
        "charts": [],
        "gap": _GAP,
        "last": _last(slides),
        "more": " more in the briefing",
        "source": _source(slides),
        "imprint": f"As of {as_of}. Parley dataset {whole.version}.",
        "link": link,
        "shown": shortened(link.partition("://")[2].replace("&", " &"), _SHOWN).replace(
            " &", "&"
        ),
    }  # fmt: skip


def _column(slide: Slide, blocks: Sequence[Block], share: float = 1) -> dict:
    return {
        "title": slide.title,
        "subtitle": slide.subtitle,
        "share": share,
        "sections": [
            {
                "heading": block.heading,
                "lines": [
                    {"lead": ln.lead, "text": ln.text} for ln in block.lines[:_LINES]
                ],
                "kept": min(len(block.lines), _LINES),
                "of": len(block.lines),
            }
            for block in blocks
        ],
    }


def _last(slides: Mapping[str, Slide]) -> list[dict]:
    """Exchanges with the newest promises, and claims to be careful with."""
    found = []
    if "exchanges" in slides:
        slide = slides["exchanges"]
        blocks = [replace(b, lines=b.lines[:_PROMISES]) for b in slide.blocks]
        found.append(_column(replace(slide, subtitle=""), blocks, 0.42))
    if "claims" in slides and slides["claims"].table is not None:
        slide = slides["claims"]
        rows = slide.table.rows[:_CLAIMS]
        lines = tuple(Line(f"{row[0]} {row[2]}", f"{row[1]}:") for row in rows)
        found.append(_column(replace(slide, subtitle=""), [Block("", lines)], 0.58))
    return found


def _source(slides: Mapping[str, Slide]) -> str:
    """The source lines of what is shown, each sentence once."""
    said = [slides[n].source for n in (SLIDES[0], "map", "line") if n in slides]
    lines = (line.removeprefix("Source: ") for line in said)
    sentences = (s.rstrip(".") for line in lines for s in line.split(". "))
    return ". ".join(dict.fromkeys(filter(None, sentences))) + "."


def _drawn(slides: Mapping[str, Slide]) -> list[tuple[Slide, float]]:
    """The map and one more drawing, with their widths in pt."""
    found = [
        slides[name]
        for name in ("map", "line", "toll", "exchanges", "timeline")
        if name in slides and slides[name].chart is not None
    ][:2]
    if len(found) < 2:
        return [(slide, _INNER) for slide in found]
    left = 0.44 if found[0].name == "map" else 0.5
    room = _INNER - _GAP
    return [(found[0], left * room), (found[1], (1 - left) * room)]


def _height(page: dict[str, object], drawn: Sequence[tuple[Slide, float]]) -> float:
    """The drawings' height in pt: what head, lists and foot leave; 0 if too little."""
    if not drawn:
        return 0
    charts = [_words(slide, width) for slide, width in drawn]
    compiler = compiler_of(_TEMPLATE, {**page, "charts": charts, "height": 0}, {})
    found = json.loads(compiler.query("<room>", field="value", one=True))
    room, lists = found["room"], min(found["wanted"], _LISTS)
    if not page["columns"]:
        return min(round(room), _ALONE)
    if room - lists >= _LEAST:
        return min(round(room - lists), _MOST)
    # An own text took the room: lists and drawings share what it left.
    return next((least for least in (_LEAST, 150) if room - least >= 0.9 * least), 0)


def _words(slide: Slide, width: float) -> dict[str, object]:
    return {
        "title": slide.title, "subtitle": slide.subtitle, "width": width,
        "file": "", "said": "", "alt": "", "link": "",
    }  # fmt: skip


def _picture(slide: Slide, width: float, height: float) -> Picture:
    return Picture(0, 0, width * _PX, height * _PX, slide.chart)


def _chart(
    drawn: tuple[Slide, float],
    picture: Picture,
    drawing: Future[bytes],
    files: dict[str, bytes],
    link: str,
    step: Callable[[str], None],
) -> dict[str, object]:
    slide, width = drawn
    step(f"Drawing: {slide.section}")
    words = _words(slide, width)
    try:
        svg = drawing.result()
    except Exception as error:
        address = link.partition("/briefing")[0] + numbers_of(picture)
        return {**words, "said": not_drawn(picture, error), "link": address}
    name = f"chart-{len(files) + 1}.svg"
    files[name] = svg
    return {**words, "file": name, "alt": picture.chart.summary}
