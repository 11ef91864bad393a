"""A slide's boxes as HTML, at their places in px of a stage of 1920 × 1080."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from components.briefing.layout import (
    CELL_X,
    CELL_Y,
    Box,
    Grid,
    Paragraph,
    Picture,
    Rule,
    Run,
    Text,
    reading_order,
)
from components.briefing.slide import Slide, Source
from components.export.fonts import together

_FACES = {
    "sans": '400 {}px "Source Sans", sans-serif',
    "sans-semibold": '600 {}px "Source Sans", sans-serif',
    "sans-bold": '700 {}px "Source Sans", sans-serif',
    "serif-semibold": '600 {}px "Source Serif", serif',
}


def slide_html(
    slide: Slide, boxes: Iterable[Box], number: int, of: int, failed: str = ""
) -> str:
    """The slide but for its chart: a region with the slide's title as its heading.

    `failed` stands in the chart's box if it could not be drawn.
    """
    said = escape(f"{slide.section}: {slide.title}", quote=True)
    inside = "".join(_box(box, failed) for box in reading_order(boxes))
    return (
        f'<section class="parley-slide" aria-label="Slide {number} of {of}" '
        f'data-slide="{number}" data-of="{of}" data-said="{said}">{inside}</section>'
    )


def notes_html(slide: Slide) -> str:
    """The presenter's paragraphs and the pages behind the slide."""
    said = [*slide.notes]
    if slide.chart is not None and slide.chart.summary not in said:
        said.append(slide.chart.summary)
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in said if p)
    pages = "".join(f"<li>{_page(source)}</li>" for source in slide.sources)
    listed = f"<h3>Sources</h3><ul>{pages}</ul>" if pages else ""
    return (
        '<aside class="parley-notes" aria-label="Presenter’s notes" tabindex="0">'
        f"<h2>{escape(slide.section)}: notes</h2>{paragraphs}{listed}</aside>"
    )


def _page(source: Source) -> str:
    title = escape(source.title)
    if source.url.startswith(("https://", "http://")):
        where = escape(source.url, quote=True)
        title = (
            f'<a href="{where}" target="_blank" rel="noopener noreferrer">{title}</a>'
        )
    return f"{escape(source.publisher)}: {title}, {escape(source.published)}"


def _box(box: Box, failed: str) -> str:
    if isinstance(box, Picture):
        return _failed(box, failed) if failed else ""
    if isinstance(box, Rule):
        return (
            f'<div style="left:{box.x:g}px;top:{box.y:g}px;width:{box.width:g}px;'
            f'height:{box.weight:g}px;background:{_colour(box.colour)}"></div>'
        )
    if isinstance(box, Grid):
        return _grid(box)
    return _text(box)


def _failed(box: Picture, said: str) -> str:
    return (
        f"<p style='left:{box.x:g}px;top:{box.y:g}px;width:{box.width:g}px;"
        f"font-size:28px;color:{_colour('text2')}'>{escape(said)}</p>"
    )


def _text(box: Text) -> str:
    inside, items = "", ""
    for paragraph in box.paragraphs:
        if box.role == "title":
            inside += _paragraph("h1", paragraph)
        elif _is_heading(paragraph):
            inside += _paragraph("h2", paragraph)
        elif paragraph.item:
            items += _paragraph("li", paragraph)
        else:
            inside += _paragraph("p", paragraph)
    if items:
        inside += f"<ul>{items}</ul>"
    return (
        f'<div data-role="{box.role}" style="left:{box.x:g}px;top:{box.y:g}px;'
        f'width:{box.width:g}px;text-align:{box.align}">{inside}</div>'
    )


def _is_heading(paragraph: Paragraph) -> bool:
    """A list's heading is one run set bold."""
    return [run.face for run in paragraph.runs] == ["sans-semibold"]


def _paragraph(tag: str, paragraph: Paragraph) -> str:
    """Set as it was measured: one size, the leading, the space above it."""
    runs = paragraph.runs
    inside = "".join(
        _run(run, paragraph.size, at_home=run.face == runs[0].face) for run in runs
    )
    height = paragraph.size * paragraph.leading
    return (
        f"<{tag} style='font:{_FACES[runs[0].face].format(f'{paragraph.size:g}')};"
        f"line-height:{height:g}px;margin-top:{paragraph.before:g}px'>{inside}</{tag}>"
    )


def _run(run: Run, size: float, *, at_home: bool) -> str:
    font = "" if at_home else f"font:{_FACES[run.face].format(f'{size:g}')};"
    line = "" if at_home else "line-height:0;"
    return (
        f"<span style='{font}{line}color:{_colour(run.colour)}'>"
        f"{escape(together(run.text))}</span>"
    )


def _grid(box: Grid) -> str:
    columns = "".join(f'<col style="width:{width:g}px">' for width in box.widths)
    heads = box.table.heads if any(box.table.heads) else ()
    heights = iter(box.heights)
    head = (
        f'<thead><tr style="height:{next(heights):g}px">'
        + "".join(f'<th scope="col">{_cell(text)}</th>' for text in heads)
        + "</tr></thead>"
        if heads
        else ""
    )
    # A table that was cut holds the row that counts the rest (layout.py).
    rows = "".join(
        f'<tr style="height:{height:g}px"><th scope="row">{_cell(row[0])}</th>'
        + "".join(f"<td>{_cell(text)}</td>" for text in row[1:])
        + "</tr>"
        for row, height in zip(box.table.rows, heights, strict=False)
    )
    return (
        f'<table style="left:{box.x:g}px;top:{box.y:g}px;width:{sum(box.widths):g}px;'
        f'font-size:{box.size:g}px;--cell:{CELL_Y:g}px {CELL_X:g}px">'
        f"<colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table>"
    )


def _cell(text: str) -> str:
    return escape(together(text))


def _colour(name: str) -> str:
    return f"var(--parley-{name})"
