"""Where everything stands on a slide: one geometry for screen, PowerPoint and PDF.

`lay_out(slide, …)` gives boxes in px of a page of 1920 × 1080. Every text is
measured with the shipped fonts, so that nothing overflows: type shrinks to 24 px
(what is read at five metres), then lines give way to 'and n more, see the notes'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from components.briefing.slide import Block, ChartPart, Figure, Slide, Table
from components.export.fonts import Face, length, together, wrapped
from data.words import count

WIDTH, HEIGHT = 1920, 1080

Role = Literal["asof", "number", "title", "subtitle", "body", "figure", "source"]

_MARGIN = 84
_RIGHT = WIDTH - _MARGIN
_INNER = _RIGHT - _MARGIN
_GAP = 64  # between columns
_SIDE, _SIDE_NARROW = 560, 410  # px, the column of figures beside a chart
_FOOT = 1046  # the last baseline's bottom


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph in one face and one colour (a name of SURFACE)."""

    text: str
    face: Face = "sans"
    colour: str = "ink"


@dataclass(frozen=True)
class Paragraph:
    """Runs of one size in px; `before` is the px of space above it.

    `item` says that it is a line of a list.
    """

    runs: tuple[Run, ...]
    size: float
    leading: float = 1.25
    before: float = 0.0
    item: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Text:
    """Paragraphs in a box. `role` tells a title from a body: placeholder, heading."""

    role: Role
    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[Paragraph, ...]
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Rule:
    """A horizontal line from x over `width`; `colour` is a name of SURFACE."""

    x: float
    y: float
    width: float
    weight: float
    colour: str


@dataclass(frozen=True)
class Picture:
    """The box of a chart."""

    x: float
    y: float
    width: float
    height: float
    chart: ChartPart


@dataclass(frozen=True)
class Grid:
    """The box of a table: columns' widths and rows' heights in px, type size."""

    x: float
    y: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]  # the head's first
    table: Table
    size: float


Box = Text | Rule | Picture | Grid


@lru_cache(maxsize=512)
def lay_out(slide: Slide, number: int, of: int, as_of: str) -> tuple[Box, ...]:
    """The slide's boxes. `as_of` is the date in words."""
    boxes: list[Box] = [
        Text(
            "asof", _MARGIN, 56, 700, 40,
            (Paragraph((Run("As of ", colour="text2"), Run(as_of, "sans-semibold")), 28),),
        ),
        Text(
            "number", _RIGHT - 900, 56, 900, 40,
            (_plain(f"{slide.section} · {number} of {of}", 28, "text2"),), "right",
        ),
    ]  # fmt: skip
    title = _fitting(slide.title, "serif-semibold", _INNER, (60, 56, 52, 48, 44), 2)
    boxes.append(_text("title", _MARGIN, 112, _INNER, title))
    y = boxes[-1].y + boxes[-1].height
    if slide.subtitle:
        said = _fitting(slide.subtitle, "sans", _INNER, (30, 28, 26, 24), 2, "text2")
        boxes.append(_text("subtitle", _MARGIN, y + 8, _INNER, said))
        y = boxes[-1].y + boxes[-1].height
    bottom = HEIGHT - 56.0
    if slide.source:
        source = _fitting(slide.source, "sans", _INNER, (24,), 3, "text2", 1.22)
        height = height_of((source,), _INNER)
        boxes.append(Rule(_MARGIN, _FOOT - height - 14, _INNER, 1.5, "rule"))
        boxes.append(Text("source", _MARGIN, _FOOT - height, _INNER, height, (source,)))
        bottom = _FOOT - height - 36
    return (*boxes, *_body(slide, y + 34, bottom))


def _body(slide: Slide, top: float, bottom: float) -> list[Box]:
    height = bottom - top
    beside = slide.figures or slide.blocks
    if slide.chart is not None and not beside:
        return [Picture(_MARGIN, top, _INNER, height, slide.chart)]
    if slide.chart is not None:
        side = _SIDE_NARROW if slide.wide else _SIDE
        wide = _INNER - side - _GAP
        x = _MARGIN + wide + _GAP
        figures, end = _stack(slide.figures, x, top, side, bottom)
        boxes: list[Box] = [Picture(_MARGIN, top, wide, height, slide.chart), *figures]
        if slide.blocks:
            boxes += _blocks(slide.blocks, x, end, side, bottom)
        return boxes
    if slide.table is not None:
        return [_grid(slide.table, top, bottom)]
    if slide.figures and slide.blocks:
        wide = _INNER - _SIDE - _GAP
        figures, _ = _stack(slide.figures, _MARGIN + wide + _GAP, top, _SIDE, bottom)
        return [*_columns(slide.blocks, _MARGIN, top, wide, bottom), *figures]
    if slide.figures:
        return _figures(slide.figures, top, bottom)
    return _columns(slide.blocks, _MARGIN, top, _INNER, bottom)


def _stack(
    figures: Sequence[Figure], x: float, top: float, width: float, bottom: float
) -> tuple[list[Box], float]:
    """Figures one below the other; the y where they end."""
    for size, label in ((80, 30), (72, 28), (64, 26), (56, 24), (48, 24)):
        boxes: list[Box] = []
        y = top
        for figure in figures:
            boxes.append(Rule(x, y, width, 2, "ink"))
            box = _figure(figure, x, y + 10, width, size, label)
            boxes.append(box)
            y = box.y + box.height + 24
        if y <= bottom + 24:
            break
    return boxes, y


def _figures(figures: Sequence[Figure], top: float, bottom: float) -> list[Box]:
    """Figures in a grid, two or three in a row."""
    across = 3 if len(figures) > 4 or len(figures) == 3 else 2
    across = min(across, len(figures))
    rows = -(-len(figures) // across)
    width = (_INNER - _GAP * (across - 1)) / across
    step = min((bottom - top) / rows, 360)
    for size, label in ((120, 36), (108, 34), (96, 32), (84, 30), (72, 26), (60, 24)):
        boxes: list[Box] = []
        lowest = 0.0
        for n, figure in enumerate(figures):
            x = _MARGIN + (n % across) * (width + _GAP)
            y = top + (n // across) * step
            boxes.append(Rule(x, y, width, 2, "ink"))
            box = _figure(figure, x, y + 10, width, size, label)
            boxes.append(box)
            lowest = max(lowest, box.height + 10)
        if lowest <= step - 16:
            break
    return boxes


def _figure(
    figure: Figure, x: float, y: float, width: float, size: float, label: float
) -> Text:
    runs = [Run(figure.value, "serif-semibold")]
    if figure.unit:
        # A percent sign stands at its number, a word after a space.
        gap = "" if figure.unit == "%" else " "
        runs.append(Run(f"{gap}{figure.unit}", "serif-semibold"))
    while size > 40 and _lines(tuple(runs), size, width) > 1:
        size -= 4
    number = Paragraph(tuple(runs), size, 1.1)
    said = _plain(figure.label, label, "ink", before=2)
    return _text("figure", x, y, width, number, said)


def _columns(
    blocks: Sequence[Block], x: float, top: float, width: float, bottom: float
) -> list[Box]:
    """Blocks in columns side by side, some under the one before them."""
    groups: list[list[Block]] = []
    for block in blocks:
        if block.below and groups:
            groups[-1].append(block)
        else:
            groups.append([block])
    share = (width - _GAP * (len(groups) - 1)) / max(len(groups), 1)
    room = bottom - top
    # All columns of a slide have one size of type; a long list gives way before
    # type gets small.
    for size in (34, 32, 30):
        if all(_set_high(group, share, size) <= room for group in groups):
            break
    else:
        for size in (28, 26, 24):
            fitted = [_shortened(group, share, size, room) for group in groups]
            if all(_set_high(group, share, size) <= room for group in fitted):
                break
    boxes: list[Box] = []
    for n, group in enumerate(groups):
        boxes += _blocks(
            group, x + n * (share + _GAP), top, share, bottom, sizes=(size,)
        )
    return boxes


def _set_high(blocks: Sequence[Block], width: float, size: float) -> float:
    return sum(
        12 + height_of(_paragraphs(block, size), width) + (28 if n else 0)
        for n, block in enumerate(blocks)
    )


def _blocks(
    blocks: Sequence[Block],
    x: float,
    top: float,
    width: float,
    bottom: float,
    sizes: Sequence[float] = (30, 28, 26, 24),
) -> list[Box]:
    """Blocks one below the other, each under a rule; what does not fit is counted."""
    for size in sizes:
        if _set_high(blocks, width, size) <= bottom - top:
            break
    kept = _shortened(blocks, width, size, bottom - top)
    boxes: list[Box] = []
    y = top
    for n, block in enumerate(kept):
        y += 28 if n else 0
        boxes.append(Rule(x, y, width, 2, "ink"))
        box = _text("body", x, y + 12, width, *_paragraphs(block, size))
        boxes.append(box)
        y = box.y + box.height
    return boxes


def _shortened(
    blocks: Sequence[Block], width: float, size: float, room: float
) -> list[Block]:
    """The blocks with fewer lines: the longest list gives way first, to one line."""
    # More lines than there is room for are not worth measuring.
    most = int(room / size)
    kept = [
        _fewer(replace(block, lines=block.lines[:most]), block)
        if len(block.lines) > most
        else block
        for block in blocks
    ]
    while _set_high(kept, width, size) > room:
        n = max(range(len(kept)), key=lambda i: len(kept[i].lines))
        if len(kept[n].lines) <= 2:
            break
        kept[n] = _fewer(kept[n], blocks[n])
    return kept


_MORE = " more, see the notes"


def _fewer(block: Block, whole: Block) -> Block:
    lines = block.lines
    if lines and lines[-1].text.endswith(_MORE):
        lines = lines[:-1]
    lines = lines[:-1]
    left = len(whole.lines) - len(lines)
    return replace(
        block, lines=(*lines, replace(whole.lines[0], lead="", text=f"{left}{_MORE}"))
    )


def _paragraphs(block: Block, size: float) -> tuple[Paragraph, ...]:
    found = []
    if block.heading:
        found.append(_plain(block.heading, size, "ink", face="sans-semibold"))
    for n, line in enumerate(block.lines):
        runs = (Run(line.text),)
        if line.text.endswith(_MORE):
            runs = (Run(line.text, colour="text2"),)
        if line.lead:
            runs = (Run(f"{line.lead}  ", "sans-semibold", "text2"), *runs)
        before = size * (0.42 if n or block.heading else 0)
        found.append(Paragraph(runs, size, 1.22, before, item=True))
    return tuple(found)


def _grid(table: Table, top: float, bottom: float) -> Grid:
    """The table at the largest type that fits; rows beyond are counted in the last."""
    whole = sum(table.shares)
    widths = tuple(_INNER * share / whole for share in table.shares)
    for size in (30, 28, 26, 24):
        heights = row_heights(table, widths, size)
        if sum(heights) <= bottom - top:
            return Grid(_MARGIN, top, widths, heights, table, size)
    rows = list(table.rows)
    while len(rows) > 1:
        rows.pop()
        left = count(len(table.rows) - len(rows), "row")
        last = (f"{left}{_MORE}", *[""] * (len(widths) - 1))
        shorter = replace(table, rows=(*rows, last))
        heights = row_heights(shorter, widths, size)
        if sum(heights) <= bottom - top:
            break
    return Grid(_MARGIN, top, widths, heights, shorter, size)


CELL_X, CELL_Y = 12.0, 9.0  # padding in px


def row_heights(
    table: Table, widths: Sequence[float], size: float, wider: float = 1.0
) -> tuple[float, ...]:
    """Px of the rows, the head's first; `wider`: in a face so many times as wide."""
    faces: list[Face] = ["sans-semibold", *["sans"] * (len(widths) - 1)]
    return tuple(
        2 * CELL_Y
        + size
        * 1.22
        * max(
            1,
            *(
                len(wrapped(cell, face, size * wider, width - 2 * CELL_X))
                for cell, face, width in zip(cells, faces, widths, strict=True)
            ),
        )
        for cells in ([table.heads] if any(table.heads) else []) + [*table.rows]
    )


# Said first: what the slide says; last: what stands on every slide.
_FIRST: tuple[Role, ...] = ("title", "subtitle", "asof", "figure")
_LAST: tuple[Role, ...] = ("source", "number")


def reading_order(boxes: Iterable[Box]) -> list[Box]:
    """The boxes as they are read aloud, whatever their places."""

    def place(box: Box) -> int:
        role = box.role if isinstance(box, Text) else "body"
        if role in _FIRST:
            return _FIRST.index(role) - len(_FIRST)
        return 1 + _LAST.index(role) if role in _LAST else 0

    return sorted(boxes, key=place)


def _plain(
    text: str, size: float, colour: str, *, face: Face = "sans", before: float = 0
) -> Paragraph:
    return Paragraph((Run(text, face, colour),), size, before=before)


def _fitting(
    text: str,
    face: Face,
    width: float,
    sizes: Sequence[float],
    lines: int,
    colour: str = "ink",
    leading: float = 1.16,
) -> Paragraph:
    """In one line at the first size if it can be, else in few lines, the larger first."""
    for most in range(1, lines + 1):
        for size in sizes if most > 1 else sizes[:3]:
            if len(wrapped(text, face, size, width)) <= most:
                return Paragraph((Run(text, face, colour),), size, leading)
    return Paragraph((Run(text, face, colour),), sizes[-1], leading)


def _text(role: Role, x: float, y: float, width: float, *paragraphs: Paragraph) -> Text:
    return Text(role, x, y, width, height_of(paragraphs, width), tuple(paragraphs))


def height_of(
    paragraphs: Sequence[Paragraph], width: float, wider: float = 1.0
) -> float:
    """Px that the paragraphs take; `wider`: in a face so many times as wide."""
    return sum(
        p.before + _lines(p.runs, p.size * wider, width) * p.size * p.leading
        for p in paragraphs
    )


def _lines(runs: tuple[Run, ...], size: float, width: float) -> int:
    """How many lines the runs take, each word measured in its own face."""
    lines, x = 1, 0.0
    for run in runs:
        for n, word in enumerate(together(run.text).split(" ")):
            wide = length(word, run.face, size)
            space = length(" ", run.face, size) if n else 0.0
            if x and x + space + wide > width:
                lines, x = lines + 1, 0.0
                space = 0.0
            x += space + wide
            while x > width:
                lines, x = lines + 1, x - width
    return lines
