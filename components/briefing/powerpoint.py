"""The deck as a PowerPoint: native text, tables and charts in a master of our own.

python-pptx keeps the package (parts, relations, workbooks); the shapes are written
as DrawingML at the boxes of layout.py, with exact line spacing and without autofit,
so that PowerPoint, Keynote and LibreOffice set them alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml

from components.briefing.compose import compose
from components.briefing.deck import Deck
from components.briefing.drawing import begun, not_drawn, numbers_of
from components.briefing.editable import EditableData, same_workbook
from components.briefing.layout import (
    CELL_X,
    CELL_Y,
    HEIGHT,
    Box,
    Grid,
    Paragraph,
    Picture,
    Rule,
    Run,
    Text,
    height_of,
    lay_out,
    reading_order,
    row_heights,
)
from components.briefing.master import (
    AS_OF,
    BODY,
    NUMBER,
    SIDE_BODY,
    SOURCE,
    SUBTITLE,
    blank,
    emu,
    fixed,
    layout,
)
from components.briefing.master import Layout as LayoutName
from components.briefing.slide import Slide
from components.charts.chart import Editable, catalogue
from components.export.fonts import together
from components.theme.palette import SURFACE, Theme
from data.dataset import Dataset
from data.words import day

# A machine without our fonts puts another in their place, so much wider at most.
WIDER = 1.16
# Titles are large enough to allow for a sans in the place of the serif.
_WIDER_TITLE = 1.16
# Type gives way by so much where the wider face would run into what is below; far
# only where an own text is a word without end.
_FACTORS = (1.0, 0.98, 0.96, 0.94, 1 / WIDER)
_TITLE_FACTORS = (*_FACTORS, 0.9, 1 / _WIDER_TITLE)
_LAST_RESORT = (*(n / 20 for n in range(18, 3, -1)),)

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

# Colours of the theme by their names in PowerPoint; the others are written as they are.
_SCHEME = {"ink": "tx1", "text2": "tx2", "paper": "bg1", "chip": "bg2"}

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/'
    'decorative" val="1"/></a:ext></a:extLst>'
)

_FLAT = (
    '<a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
    'rtlCol="0" anchor="t"><a:noAutofit/></a:bodyPr>'
)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a table without style and grid
_SLIDE_NUMBER = "{8B0C4E62-51B7-4D6E-9C56-0F4A3A6D1E01}"  # one field, one id

_NOTE = 24  # px, of the line under a chart that says how it differs
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The texts that every layout has: role → placeholder, name.
_TEXTS = {
    "subtitle": (SUBTITLE, "Subtitle"),
    "asof": (AS_OF, "As of"),
    "number": (NUMBER, "Section and number"),
    "source": (SOURCE, "Source"),
}

# A chart on its way: its numbers, its picture, or what went wrong.
Drawing = Editable | Future[bytes] | Exception


def pptx(deck: Deck, whole: Dataset, link: str, step: Callable[[str], None]) -> bytes:
    """The deck for `deck.as_of`. Equal requests give equal bytes.

    `link` is the deck's address, `step` is told before each slide what is written.
    A chart that cannot be drawn leaves a sentence in its place.
    """
    slides = compose(whole, deck)
    as_of = day(deck.as_of)
    laid = [lay_out(s, n, len(slides), as_of) for n, s in enumerate(slides, 1)]
    charts = [box for boxes in laid for box in boxes if isinstance(box, Picture)]
    drawings = {box: _begun(box, deck.theme, whole) for box in charts}
    presentation = blank(deck.theme)
    for number, (slide, boxes) in enumerate(zip(slides, laid, strict=True), 1):
        step(f"Slide {number} of {len(slides)}: {slide.section}")
        here = f"{link}{'&' if '?' in link else '?'}slide={number}"
        page = _Page(presentation, slide, deck.theme, here)
        for box in reading_order(steady(boxes)):
            if isinstance(box, Picture):
                page.chart(box, drawings[box], link.partition("/briefing")[0])
            else:
                page.add(box, f" · {number} of {len(slides)}")
        page.notes()
    step("Writing the file")
    _describe(presentation, deck, slides, link, whole.version)
    body = io.BytesIO()
    presentation.save(body)
    return fixed(body.getvalue())


def _describe(
    presentation: Any, deck: Deck, slides: Sequence[Slide], link: str, version: str
) -> None:
    about = presentation.core_properties
    about.title = _clean(f"{slides[0].title} (as of {day(deck.as_of)})")[:255]
    about.author = about.last_modified_by = "Parley"
    about.subject = (
        f"Russia–Ukraine negotiations as of {day(deck.as_of)}, "
        f"changes since {day(deck.since)}"
    )
    about.keywords = f"as of {deck.as_of}; since {deck.since}; Parley dataset {version}"
    about.comments = link[:255]
    about.version = version
    about.language = "en-GB"
    about.revision = 1
    about.created = about.modified = datetime.fromisoformat(deck.as_of)


def _begun(box: Picture, theme: Theme, whole: Dataset) -> Drawing:
    """The chart's numbers where PowerPoint can draw it, else its picture, begun."""
    chart = catalogue()[box.chart.name]
    if not hasattr(chart, "editable"):
        return begun(box, theme, "png", 2)
    try:
        view = replace(box.chart.view, theme=theme)
        numbers = chart.frame(whole.as_of(view.as_of), view)
        return chart.editable(numbers, view) or begun(box, theme, "png", 2)
    except Exception as error:
        return error


def steady(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, their type a little smaller where a face that is `WIDER` would run
    into what is below. Lists of a slide keep one size, and so do its figures."""
    factors = [_factor(box, boxes) for box in boxes]
    for role in ("body", "figure"):
        these = [
            n for n, b in enumerate(boxes) if isinstance(b, Text) and b.role == role
        ]
        least = min((factors[n] for n in these), default=1.0)
        for n in these:
            factors[n] = least
    return [_smaller(box, f) for box, f in zip(boxes, factors, strict=True)]


def room(box: Text | Grid, boxes: Sequence[Box]) -> float:
    """Px from the box's top to what stands below it, or to the page's edge."""
    left, right = box.x, box.x + _width(box)
    below = [
        other.y
        for other in boxes
        if other.y > box.y and other.x < right and other.x + _width(other) > left
    ]
    return min(below, default=HEIGHT - 12) - box.y


def _width(box: Box) -> float:
    return sum(box.widths) if isinstance(box, Grid) else box.width


def _factor(box: Box, boxes: Sequence[Box]) -> float:
    if isinstance(box, Text):
        left = room(box, boxes)
        if height_of(box.paragraphs, box.width) <= left + 1:
            tried = _TITLE_FACTORS if box.role == "title" else _FACTORS
            return next((f for f in tried if _fits(box, f, left)), tried[-1])
        return next((f for f in _LAST_RESORT if _fits(box, f, left)), _LAST_RESORT[-1])
    if isinstance(box, Grid):
        left = room(box, boxes)
        for f in _FACTORS:
            rows = row_heights(box.table, box.widths, box.size * f, WIDER)
            if sum(rows) <= left:
                return f
        return 1 / WIDER
    return 1.0


def _fits(box: Text, factor: float, left: float) -> bool:
    tried = _smaller(box, factor).paragraphs
    if box.role == "figure":
        # A number stays on one line.
        number = tried[0]
        if height_of((number,), box.width, WIDER) > number.size * number.leading * 1.01:
            return False
    wider = _WIDER_TITLE if box.role == "title" else WIDER
    return height_of(tried, box.width, wider) <= left


def _smaller(box: Box, factor: float) -> Box:
    if factor == 1.0 or isinstance(box, (Rule, Picture)):
        return box
    if isinstance(box, Grid):
        heights = row_heights(box.table, box.widths, box.size * factor)
        return replace(box, size=box.size * factor, heights=heights)
    paragraphs = tuple(
        replace(p, size=p.size * factor, before=p.before * factor)
        for p in box.paragraphs
    )
    return replace(box, paragraphs=paragraphs, height=height_of(paragraphs, box.width))


def _layout(slide: Slide) -> LayoutName:
    if slide.chart is not None:
        return "Chart with text" if slide.figures or slide.blocks else "Chart"
    return "Table" if slide.table is not None else "Text"


class _Page:
    """One slide being written. `here` is its own address."""

    def __init__(
        self, presentation: Any, slide: Slide, theme: Theme, here: str
    ) -> None:
        self.slide, self.here = slide, here
        self._colours: Mapping[str, str] = SURFACE[theme]
        self._theme = theme
        self._name = _layout(slide)
        self._page = presentation.slides.add_slide(layout(presentation, self._name))
        self._tree = self._page.shapes._spTree
        for shape in list(self._page.placeholders):
            self._tree.remove(shape._element)
        self._bodies = 0

    def add(self, box: Text | Rule | Grid, counted: str) -> None:
        """`counted` is the end of the slide's number, ' · 3 of 12'."""
        if isinstance(box, Rule):
            self._rule(box)
        elif isinstance(box, Grid):
            self._table(box)
        else:
            self._text(box, counted)

    def _text(self, box: Text, counted: str) -> None:
        placeholder, name = self._placeholder(box)
        said = "".join(self._paragraph(p, box) for p in box.paragraphs)
        if box.role == "number":
            said = _with_field(said, counted)
        link = self.here if box.role == "source" else ""
        self._shape(name, placeholder, box, said, link)

    def _placeholder(self, box: Text) -> tuple[str, str]:
        """What the text is to PowerPoint: its outline, its readers, its master."""
        if box.role == "title":
            return 'type="title"', "Title"
        if box.role in _TEXTS:
            index, name = _TEXTS[box.role]
            return f'type="body" idx="{index}"', name
        self._bodies += 1
        name = f"{'Figure' if box.role == 'figure' else 'Text'} {self._bodies}"
        # The layout's text is the first; the others stand beside it.
        index = {"Text": BODY, "Chart with text": SIDE_BODY}.get(self._name)
        if self._bodies > 1 or index is None:
            return "", name
        return f'type="body" idx="{index}"', name

    def _shape(
        self, name: str, placeholder: str, box: Text, said: str, link: str = ""
    ) -> None:
        place = _frame(box.x, box.y, box.width, box.height)
        ph = f"<p:ph {placeholder}/>" if placeholder else ""
        kind = '<p:cNvSpPr txBox="1"/>'
        if placeholder:
            kind = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        click = f'<a:hlinkClick r:id="{self._relation(link)}"/>' if link else ""
        self._tree.append(
            parse_xml(
                f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{self._next()}" name="{name}">'
                f"{click}</p:cNvPr>"
                f"{kind}<p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr>{place}"
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
                f"<p:txBody>{_FLAT}<a:lstStyle/>{said}</p:txBody></p:sp>"
            )
        )

    def _paragraph(self, paragraph: Paragraph, box: Text | None = None) -> str:
        align = box.align[0] if box else "l"
        line = round(paragraph.size * paragraph.leading * 50)
        runs = "".join(
            self._run(run, paragraph.size, box is not None and box.role == "title")
            for run in paragraph.runs
        )
        return (
            f'<a:p><a:pPr algn="{align}"><a:lnSpc><a:spcPts val="{line}"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="{round(paragraph.before * 50)}"/></a:spcBef>'
            f"</a:pPr>{runs}</a:p>"
        )

    def _run(self, run: Run, size: float, title: bool = False) -> str:
        serif = run.face.startswith("serif") and not title
        font = '<a:latin typeface="+mj-lt"/>' if serif else ""
        bold = int(run.face != "sans")
        return (
            f'<a:r><a:rPr lang="en-GB" sz="{round(size * 50)}" '
            f'b="{bold}" dirty="0">{self._fill(run.colour)}{font}'
            f"</a:rPr><a:t>{escape(_clean(together(run.text)))}</a:t></a:r>"
        )

    def _fill(self, colour: str) -> str:
        if colour in _SCHEME:
            named = f'<a:schemeClr val="{_SCHEME[colour]}"/>'
        else:
            named = f'<a:srgbClr val="{self._colours[colour][1:]}"/>'
        return f"<a:solidFill>{named}</a:solidFill>"

    def _rule(self, box: Rule) -> None:
        place = _frame(box.x, box.y, box.width, 0)
        self._tree.append(
            parse_xml(
                f'<p:cxnSp {_NAMES}><p:nvCxnSpPr><p:cNvPr id="{self._next()}" '
                f'name="Rule">{_DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/>'
                f"</p:nvCxnSpPr><p:spPr>{place}"
                '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
                f'<a:ln w="{emu(box.weight)}">{self._fill(box.colour)}</a:ln></p:spPr>'
                "</p:cxnSp>"
            )
        )

    def _table(self, box: Grid) -> None:
        heads = box.table.heads if any(box.table.heads) else ()
        rows = [heads, *box.table.rows] if heads else list(box.table.rows)
        shape = self._page.shapes.add_table(
            1, 1, emu(box.x), emu(box.y), emu(sum(box.widths)), emu(sum(box.heights))
        )
        said = "".join(
            f'<a:tr h="{emu(height)}">'
            + "".join(
                self._cell(cell, box.size, head=bool(heads) and n == 0, first=i == 0)
                for i, cell in enumerate(row)
            )
            + "</a:tr>"
            for n, (row, height) in enumerate(zip(rows, box.heights, strict=True))
        )
        columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in box.widths)
        table = parse_xml(
            f'<a:tbl {_NAMES}><a:tblPr firstRow="{int(bool(heads))}" firstCol="1">'
            f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{said}</a:tbl>"
        )
        old = shape._element.graphic.graphicData.tbl
        old.getparent().replace(old, table)
        named = "; ".join(h for h in heads if h) or self.slide.title
        self._drawn(
            shape, "Table", f"Table of {len(box.table.rows)} rows: {named}", "tbl"
        )

    def _cell(self, text: str, size: float, *, head: bool, first: bool) -> str:
        run = Run(text, "sans-semibold" if head or first else "sans")
        if head:
            run = replace(run, colour="text2")
        none = "".join(
            f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in ("L", "R", "T")
        )
        return (
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
            f"{self._paragraph(Paragraph((run,), size, 1.22))}</a:txBody>"
            f'<a:tcPr marL="{emu(CELL_X)}" marR="{emu(CELL_X)}" marT="{emu(CELL_Y)}" '
            f'marB="{emu(CELL_Y)}" anchor="t">{none}'
            f'<a:lnB w="{emu(1.5)}">{self._fill("rule")}</a:lnB><a:noFill/></a:tcPr></a:tc>'
        )

    def chart(self, box: Picture, drawing: Drawing, server: str) -> None:
        """The chart in its box; if it failed, why, and where its numbers are."""
        try:
            if isinstance(drawing, Exception):
                raise drawing
            if isinstance(drawing, Editable):
                self._native(box, drawing)
            else:
                shape = self._page.shapes.add_picture(
                    io.BytesIO(drawing.result()),
                    emu(box.x), emu(box.y), emu(box.width), emu(box.height),
                )  # fmt: skip
                self._drawn(shape, box.chart.name, box.chart.summary)
        except Exception as error:
            said = Paragraph((Run(not_drawn(box, error), colour="text2"),), 28)
            text = Text("body", box.x, box.y, box.width, box.height, (said,))
            link = server + numbers_of(box)
            self._shape("Chart not drawn", "", text, self._paragraph(said), link)

    def _native(self, box: Picture, chart: Editable) -> None:
        note = Paragraph((Run(chart.note, colour="text2"),), _NOTE, 1.22)
        below = height_of((note,), box.width, WIDER) + 6 if chart.note else 0.0
        box = replace(box, height=box.height - below)
        data = EditableData(chart, box, self._theme)
        shape = self._page.shapes.add_chart(
            XL_CHART_TYPE.COLUMN_CLUSTERED,  # what is drawn is the data's own XML
            emu(box.x), emu(box.y), emu(box.width), emu(box.height), data,
        )  # fmt: skip
        workbook = shape.chart.part.chart_workbook
        workbook.update_from_xlsx_blob(same_workbook(workbook.xlsx_part.blob))
        self._drawn(shape, box.chart.name, box.chart.summary, "chart")
        if chart.note:
            y = box.y + box.height + 6
            text = Text("body", box.x, y, box.width, below - 6, (note,))
            self._shape("Chart note", "", text, self._paragraph(note))

    def _drawn(self, shape: Any, name: str, summary: str, kind: str = "") -> None:
        """Name and sentence of a drawing; `kind` is its placeholder's, if it has one."""
        about = shape._element.xpath(".//p:cNvPr")[0]
        about.set("name", name)
        about.set("descr", _clean(summary))
        if kind:
            about.getparent().xpath("p:nvPr")[0].append(
                parse_xml(f'<p:ph {_NAMES} type="{kind}" idx="{BODY}"/>')
            )

    def notes(self) -> None:
        """The presenter's notes: paragraphs, then the pages behind the slide."""
        frame_ = self._page.notes_slide.notes_text_frame
        said = [_clean(text) for text in self.slide.notes if text]
        lines: list[tuple[str, str, bool]] = [(text, "", False) for text in said]
        if self.slide.sources:
            lines.append(("Sources", "", True))
        lines += [
            (_clean(f"{s.publisher}: {s.title}. {s.published}. "), s.url, False)
            for s in self.slide.sources
        ]
        lines.append(("This slide on the web: ", self.here, False))
        for n, (text, url, bold) in enumerate(lines):
            paragraph = frame_.paragraphs[0] if n == 0 else frame_.add_paragraph()
            run = paragraph.add_run()
            run.text = text
            if bold:
                run.font.bold = True
            if url:
                linked = paragraph.add_run()
                linked.text = url
                linked.hyperlink.address = url

    def _relation(self, address: str) -> str:
        return self._page.part.relate_to(address, RT.HYPERLINK, is_external=True)

    def _next(self) -> int:
        return max(int(i) for i in self._tree.xpath(".//p:cNvPr/@id")) + 1


def _frame(x: float, y: float, width: float, height: float) -> str:
    """Position and size, as DrawingML has them."""
    return (
        f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/>'
        f'<a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>'
    )


def _with_field(said: str, counted: str) -> str:
    """The slide's number as a field, so that it follows when slides are moved."""
    number, of = counted.split(" of ")
    number = number.removeprefix(" · ")
    run = re.search(r"<a:r>(<a:rPr.*?</a:rPr>)<a:t>", said)
    style = run[1] if run else ""
    return said.replace(
        f" · {number} of {of}</a:t></a:r>",
        f' · </a:t></a:r><a:fld id="{_SLIDE_NUMBER}" type="slidenum">{style}'
        f"<a:t>{number}</a:t></a:fld><a:r>{style}<a:t> of {of}</a:t></a:r>",
    )


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("", text)
