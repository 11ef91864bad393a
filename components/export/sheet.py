"""The picture's page: bar, title, subtitle, plot, source, note, date, link, wordmark.

Every line is measured with the shipped fonts and set below the one before, so
nothing overlaps at any size. The plot gets what is left. Where a landscape
picture leaves a tall chart too little height, the words stand in a column on
the left and the plot takes the whole height beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from xml.etree.ElementTree import Element

from components.charts.chart import Words
from components.export.fonts import (
    SANS_STACK,
    SERIF_STACK,
    Face,
    length,
    wrapped,
)
from components.export.svg import element, written
from components.theme.palette import SURFACE, Theme

Layout = Literal["stacked", "beside"]

_SMALLEST = 12.0  # px, of any word of the sheet
_SHARE_BESIDE = 0.29  # of the width, for the column of words


@dataclass(frozen=True)
class Size:
    """Width and height in px; without a height, as high as the chart needs."""

    width: int
    height: int | None


@dataclass(frozen=True)
class Block:
    """Lines of text: the baseline of the first, and px from line to line."""

    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    leading: float
    face: Face
    colour: str
    anchor: str = "start"

    @property
    def bottom(self) -> float:
        return self.y + (len(self.lines) - 1) * self.leading + 0.3 * self.size


@dataclass(frozen=True)
class Sheet:
    """A page laid out: its blocks, and the box left for the plot.

    `zoom` is how much a chart is enlarged so that its type suits the page;
    `plot` is x, y, width, height in px, its height None where the page grows.
    """

    size: Size
    theme: Theme
    blocks: tuple[Block, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    bar: tuple[float, float, float, float]
    plot: tuple[float, float, float, float | None]
    zoom: float
    foot: float = 0.0  # height of the lines under the plot

    def grown(self, plot_height: float) -> Sheet:
        """The page made as high as this plot needs."""
        if self.size.height is not None:
            return self
        x, y, width, _ = self.plot
        down = y + plot_height
        return replace(
            self,
            size=Size(self.size.width, round(down + self.foot)),
            plot=(x, y, width, plot_height),
            blocks=tuple(
                replace(b, y=b.y + down) if b.name in _FOOT else b for b in self.blocks
            ),
            rules=tuple((a, b + down, c, d + down) for a, b, c, d in self.rules),
        )


_FOOT = ("source", "note", "imprint", "link", "wordmark")


def lay_out(
    words: Words,
    size: Size,
    theme: Theme,
    *,
    imprint: str,
    link: str = "",
    layout: Layout = "stacked",
) -> Sheet:
    """Set the words on a page of this size. `imprint`: as-of date and version."""
    unit = _unit(size)
    # On a very small page the note, then the subtitle, stay in the metadata alone.
    fewer = replace(words, note="")
    tries = [
        *((words, shrink) for shrink in (1.0, 0.85, 0.7, 0.55)),
        (fewer, 0.55),
        (replace(fewer, subtitle=""), 0.55),
    ]
    for said, shrink in tries:
        sheet = _set(said, size, theme, (imprint, link), layout, unit * shrink)
        if size.height is None or (sheet.plot[3] or 0) >= 0.4 * size.height:
            break
    return sheet


def bare(size: Size, theme: Theme, zoom: float) -> Sheet:
    """A page that the plot fills, without words. `size` has a height."""
    box = (0.0, 0.0, float(size.width), float(size.height or 0))
    return Sheet(size, theme, (), (), (0.0, 0.0, 0.0, 0.0), box, zoom)


def _unit(size: Size) -> float:
    """Size of type in parts of that of a picture 1200 × 675."""
    if size.height is None:
        return max(0.8, size.width / 1200)
    return min(size.width / 1000, (size.width * size.height) ** 0.5 / 900)


@dataclass
class _Column:
    """Blocks set one below the other between x and x + width."""

    x: float
    width: float
    y: float
    colours: dict[str, str]
    blocks: list[Block] = field(default_factory=list)

    def add(
        self,
        name: str,
        text: str,
        size: float,
        face: Face,
        colour: str,
        *,
        gap: float,
        leading: float = 1.32,
        width: float | None = None,
    ) -> None:
        if not text:
            return
        size = max(size, _SMALLEST)
        lines = wrapped(text, face, size, width or self.width)
        y = self.y + gap + 0.95 * size
        block = Block(
            name,
            tuple(lines),
            self.x,
            y,
            size,
            leading * size,
            face,
            self.colours[colour],
        )
        self.blocks.append(block)
        self.y = block.bottom


def _set(
    words: Words,
    size: Size,
    theme: Theme,
    imprint: tuple[str, str],
    layout: Layout,
    u: float,
) -> Sheet:
    colours = dict(SURFACE[theme])
    margin = max(16.0, 40 * u)
    if size.height is not None and size.width < 480:
        margin = 16.0
    inner = size.width - 2 * margin
    column_width = inner if layout == "stacked" else inner * _SHARE_BESIDE
    top = max(12.0, 30 * u)
    bar = (margin, top, 56 * u, max(3.0, 6 * u))
    head = _Column(margin, column_width, top + bar[3], colours)
    head.add(
        "title", words.title, _title_size(words.title, column_width, u, layout),
        "serif-semibold", "ink", gap=11 * u, leading=1.2,
    )  # fmt: skip
    head.add("subtitle", words.subtitle, 19 * u, "sans", "text2", gap=8 * u)
    mark = max(22 * u, 14.0)
    mark_width = length("Parley", "serif-semibold", mark) + 16 * u
    foot = _Column(margin, column_width, 0.0, colours)
    foot.add("source", words.source, 16 * u, "sans", "text2", gap=9 * u)
    foot.add("note", words.note, 15 * u, "sans", "muted", gap=4 * u, leading=1.28)
    side_mark = layout == "stacked"
    said, link = imprint
    if side_mark:
        foot.add(
            "imprint", f"{said} {link}", 15 * u, "sans", "muted", gap=4 * u,
            width=column_width - mark_width,
        )  # fmt: skip
    else:
        foot.add("imprint", said, 15 * u, "sans", "muted", gap=4 * u)
        foot.add("link", link, 15 * u, "sans", "muted", gap=2 * u)
    right = margin + column_width
    mark_y = (
        foot.blocks[-1].y + (len(foot.blocks[-1].lines) - 1) * foot.blocks[-1].leading
    )
    if not side_mark:
        mark_y = foot.y + 8 * u + mark
        foot.y = mark_y + 0.3 * mark
    foot.blocks.append(
        Block("wordmark", ("Parley",), right if side_mark else margin, mark_y, mark, mark,
              "serif-semibold", colours["ink"], "end" if side_mark else "start")
    )  # fmt: skip
    foot_height = foot.y + 0.55 * margin
    zoom = max(1.214 * u, 1.0)
    if size.height is None:
        gap = 14 * u
        moved = [replace(b, y=b.y + gap) for b in foot.blocks]
        box = (margin, head.y + gap, inner, None)
        rules = ((margin, gap * 0.9, right, gap * 0.9),)
        return Sheet(size, theme, (*head.blocks, *moved), rules, bar, box, zoom,
                     foot_height + gap)  # fmt: skip
    start = size.height - foot_height
    moved = [replace(b, y=b.y + start) for b in foot.blocks]
    rule = (margin, start, right, start)
    if layout == "stacked":
        box = (margin, head.y + 12 * u, inner, max(start - head.y - 22 * u, 1.0))
    else:
        gap = 36 * u
        box = (
            right + gap, top, inner - column_width - gap,
            max(size.height - 2 * top, 1.0) if head.y + 10 * u < start else 0.0,
        )  # fmt: skip
    return Sheet(
        size, theme, (*head.blocks, *moved), (rule,), bar, box, zoom, foot_height
    )


def _title_size(title: str, width: float, u: float, layout: Layout) -> float:
    """31 px, shrunk to 26 if the title then fits in one line; else 26 in several."""
    if layout == "beside":
        return 27 * u
    for size in range(31, 26, -1):
        if length(title, "serif-semibold", size * u) <= width:
            return size * u
    return 26 * u if length(title, "serif-semibold", 26 * u) <= width else 27 * u


def drawn(
    sheet: Sheet,
    plot: list[Element],
    placed: tuple[float, float, float],
    *,
    title: str,
    description: str,
) -> str:
    """The whole picture as SVG text. `placed`: the plot's x, y and scale."""
    width, height = sheet.size.width, sheet.size.height
    colours = SURFACE[sheet.theme]
    root = element(
        "svg", version="1.1", width=width, height=height,
        viewBox=f"0 0 {width} {height}", role="img",
        # Else Chromium rounds every letter's width to a whole px.
        text_rendering="geometricPrecision",
    )  # fmt: skip
    root.set("aria-labelledby", "title-of-picture")
    root.set("aria-describedby", "description-of-picture")
    element("title", root, id="title-of-picture").text = title
    element("desc", root, id="description-of-picture").text = description
    element(
        "rect", root, id="background", x=0, y=0, width=width, height=height,
        fill=colours["paper"],
    )  # fmt: skip
    x, y, scale = placed
    group = element(
        "g", root, id="plot", transform=f"translate({x:.2f} {y:.2f}) scale({scale:.4f})"
    )
    group.extend(plot)
    frame = element("g", root, id="words")
    bar_x, bar_y, bar_width, bar_height = sheet.bar
    element("rect", frame, x=bar_x, y=bar_y, width=bar_width, height=bar_height,
            fill=colours["ink"])  # fmt: skip
    for x0, y0, x1, y1 in sheet.rules:
        element("line", frame, x1=x0, y1=y0, x2=x1, y2=y1, stroke=colours["rule"],
                stroke_width=1.5)  # fmt: skip
    for block in sheet.blocks:
        _write(frame, block)
    return written(root)


def _write(parent: Element, block: Block) -> None:
    """A block as one text element, so that it is read and copied as one."""
    weight = {"sans": 400, "sans-bold": 700}.get(block.face, 600)
    serif = block.face.startswith("serif")
    text = element(
        "text", parent, id=block.name, font_size=block.size, font_weight=weight,
        fill=block.colour, text_anchor=block.anchor,
        font_family=SERIF_STACK if serif else SANS_STACK,
    )  # fmt: skip
    for number, line in enumerate(block.lines):
        last = number == len(block.lines) - 1
        span = element("tspan", text, x=block.x, y=block.y + number * block.leading)
        span.text = line if last else f"{line} "
