"""The deck as a PDF: a page a slide, real words, vector charts, tagged.

typst sets the boxes of layout.py (deck.typ); each title is a heading and a
bookmark, each chart a figure with its sentence, each table a table.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import typst

from components.briefing.compose import compose
from components.briefing.deck import Deck
from components.briefing.drawing import begun, not_drawn, numbers_of
from components.briefing.layout import (
    CELL_X,
    CELL_Y,
    HEIGHT,
    WIDTH,
    Grid,
    Paragraph,
    Picture,
    Rule,
    Run,
    Text,
    lay_out,
    reading_order,
)
from components.export.fonts import FOLDER, SANS, SERIF, TOGETHER, Face, baseline
from components.theme.palette import SURFACE
from data.dataset import Dataset
from data.words import day

_TEMPLATE = Path(__file__).with_name("deck.typ")

_WEIGHTS = {"sans": 400, "sans-semibold": 600, "sans-bold": 700, "serif-semibold": 600}


def pdf(deck: Deck, whole: Dataset, link: str, step: Callable[[str], None]) -> bytes:
    """The deck for `deck.as_of`. Equal requests give equal bytes.

    `link` is the deck's address, `step` is told before each slide what is drawn.
    A chart that cannot be drawn leaves a sentence in its place.
    """
    slides = compose(whole, deck)
    as_of = day(deck.as_of)
    laid = [lay_out(s, n, len(slides), as_of) for n, s in enumerate(slides, 1)]
    charts = [box for boxes in laid for box in boxes if isinstance(box, Picture)]
    drawings = {box: begun(box, deck.theme, "svg") for box in charts}
    pages = []
    files: dict[str, bytes] = {}
    for number, (slide, boxes) in enumerate(zip(slides, laid, strict=True), 1):
        step(f"Slide {number} of {len(slides)}: {slide.section}")
        here = f"{link}{'&' if '?' in link else '?'}slide={number}"
        page = []
        for box in reading_order(boxes):
            if isinstance(box, Picture):
                page.append(_chart(box, drawings[box], files, link))
            else:
                page.append(_box(box, here))
        pages.append(page)
    step("Setting the pages")
    return compiled(
        _TEMPLATE,
        {
            "title": f"{slides[0].title} (as of {as_of})",
            "date": [int(part) for part in deck.as_of.split("-")],
            "width": WIDTH,
            "height": HEIGHT,
            "together": TOGETHER.pattern,
            "colours": dict(SURFACE[deck.theme]),
            "slides": pages,
        },
        files,
    )


def compiler_of(
    template: Path, data: dict[str, object], files: dict[str, bytes]
) -> typst.Compiler:
    return typst.Compiler(
        {
            "main.typ": template.read_bytes(),
            "data.json": json.dumps(data).encode(),
            **files,
        },
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
    )


def compiled(template: Path, data: dict[str, object], files: dict[str, bytes]) -> bytes:
    """The template as PDF. It reads `data` as data.json and `files` by their names."""
    compiler = compiler_of(template, data, files)
    try:
        return compiler.compile(format="pdf", timestamp=0, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses a sign that no shipped font has: an own text may hold one.
        # A compiler that failed has lost its files.
        compiler = compiler_of(template, data, files)
        return compiler.compile(format="pdf", timestamp=0)


def _chart(
    box: Picture, drawn: Future[bytes], files: dict[str, bytes], link: str
) -> dict[str, object]:
    try:
        svg = drawn.result()
    except Exception as error:
        paragraph = Paragraph((Run(not_drawn(box, error), colour="text2"),), 28)
        text = Text("body", box.x, box.y, box.width, box.height, (paragraph,))
        return _text(text, link.partition("/briefing")[0] + numbers_of(box))
    name = f"chart-{len(files) + 1}.svg"
    files[name] = svg
    return {
        "kind": "picture", "file": name, "alt": box.chart.summary,
        "x": box.x, "y": box.y, "width": box.width, "height": box.height,
    }  # fmt: skip


def _box(box: Text | Rule | Grid, here: str) -> dict[str, object]:
    if isinstance(box, Rule):
        return {
            "kind": "rule", "x": box.x, "y": box.y, "width": box.width,
            "weight": box.weight, "colour": box.colour,
        }  # fmt: skip
    if isinstance(box, Grid):
        return _grid(box)
    return _text(box, here if box.role == "source" else "")


def _text(box: Text, link: str = "") -> dict[str, object]:
    return {
        "kind": "text", "role": box.role, "align": box.align,
        "x": box.x, "y": box.y, "width": box.width,
        "paragraphs": [_paragraph(p, link) for p in box.paragraphs],
    }  # fmt: skip


def _paragraph(paragraph: Paragraph, link: str = "") -> dict[str, object]:
    top = baseline(paragraph.runs[0].face, paragraph.leading)
    # A list's heading is set bold in one run and is no line of it.
    heading = paragraph.item and [r.face for r in paragraph.runs] == ["sans-semibold"]
    return {
        "size": paragraph.size,
        "before": paragraph.before,
        "item": paragraph.item,
        "heading": heading,
        "top": top,
        "bottom": paragraph.leading - top,
        "link": link,
        "runs": [
            {
                "text": run.text,
                "font": SERIF if run.face.startswith("serif") else SANS,
                "weight": _WEIGHTS[run.face],
                "colour": run.colour,
            }
            for run in paragraph.runs
        ],
    }


def _grid(box: Grid) -> dict[str, object]:
    heads = box.table.heads if any(box.table.heads) else ()
    head = [_cell(text, "sans-semibold", box.size, "text2") for text in heads]
    cells = [
        _cell(text, "sans" if n else "sans-semibold", box.size, "ink")
        for row in box.table.rows
        for n, text in enumerate(row)
    ]
    return {
        "kind": "grid", "x": box.x, "y": box.y,
        "widths": box.widths, "heights": box.heights, "inset": (CELL_X, CELL_Y),
        "head": head, "cells": cells,
    }  # fmt: skip


def _cell(text: str, face: Face, size: float, colour: str) -> dict[str, object]:
    return _paragraph(Paragraph((Run(text, face, colour),), size, 1.22))
