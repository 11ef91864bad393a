"""A chart that PowerPoint draws itself, from a workbook of the frame's numbers.

python-pptx writes the workbook and ties it to the chart; the chart's own XML is
written here, since half of what is needed (axes of months, bars downwards on an axis
of their own, a hatch) is beyond its interface.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from components.briefing.layout import Picture
from components.briefing.master import PANOSE, fixed
from components.charts.chart import Editable, Series
from components.export.fonts import SANS, length
from components.theme.palette import SURFACE, Theme

_SIZE = 30  # px of all type, 15 pt: what is edited is read on small screens too
_LINE = 40  # px a line of it takes
_MONTH = "mmm yyyy"

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Workbooks say when they were made; ours are made of their numbers alone.
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


class EditableData(CategoryChartData):
    """The numbers of an Editable as python-pptx's chart data; its XML is ours."""

    def __init__(self, chart: Editable, box: Picture, theme: Theme) -> None:
        super().__init__(number_format="General")
        self._chart, self._box, self._theme = chart, box, theme
        self.categories = [_category(c, chart.scale) for c in chart.categories]
        for series in chart.series:
            self.add_series(series.name, series.values)

    def xml_bytes(self, chart_type: XL_CHART_TYPE) -> bytes:
        return _Drawing(self._chart, self, self._box, self._theme).xml().encode()


def same_workbook(xlsx: bytes) -> bytes:
    """The workbook without the time of its making."""
    name = "docProps/core.xml"
    with zipfile.ZipFile(io.BytesIO(xlsx)) as found:
        core = found.read(name)
    return fixed(xlsx, {name: _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", core)})


def _category(value: str, scale: str) -> str | date:
    if scale == "labels":
        return value
    return date.fromisoformat(value if scale == "days" else f"{value}-01")


def _days(value: date) -> int:
    """The day as a workbook counts it."""
    return (value - date(1899, 12, 30)).days


class _Drawing:
    """The XML of one chart for one box."""

    def __init__(
        self, chart: Editable, data: CategoryChartData, box: Picture, theme: Theme
    ) -> None:
        self.chart, self.data, self.box = chart, data, box
        self.colours = SURFACE[theme]

    def xml(self) -> str:
        c = self.chart
        up = [n for n, s in enumerate(c.series) if not s.down]
        down = [n for n, s in enumerate(c.series) if s.down]
        plots = self._plot(up, 1) + (self._plot(down, 3) if down else "")
        axes = self._category_axis(1) + self._value_axis(2, c.low, c.high)
        if down:
            # The same scale upside down: the numbers of what is received by one
            # side stay positive and grow downwards from the same zero.
            axes += self._category_axis(3, hidden=True)
            axes += self._value_axis(4, -c.high, -c.low, hidden=True)
        blanks = "span" if c.kind == "line" else "gap"
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
            '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
            '<c:autoTitleDeleted val="1"/><c:plotArea>'
            f"{self._place()}{plots}{axes}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
            f"{self._legend()}"
            f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{blanks}"/></c:chart>'
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{self._type('text2')}</c:chartSpace>"
        )

    def _place(self) -> str:
        """Where the plot proper stands: right of its numbers, below unit and legend."""
        width, height = self.box.width, self.box.height
        left, top = self._left(), self._top()
        bottom = _LINE + 18
        x, y = left / width, top / height
        w, h = (width - left - 8) / width, (height - top - bottom) / height
        return (
            "<c:layout><c:manualLayout>"
            '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>'
            f'<c:w val="{w:.4f}"/><c:h val="{h:.4f}"/></c:manualLayout></c:layout>'
        )

    def _left(self) -> float:
        c = self.chart
        thousands = c.number_format.count(",") > c.number_format.count("#,##0")
        ends = [f"{abs(v) / (1000 if thousands else 1):,.0f}" for v in (c.low, c.high)]
        sign = "−" if c.low < 0 and "−" in c.number_format else ""
        return max(length(sign + text, "sans", _SIZE) for text in ends) + 20

    def _top(self) -> float:
        return self._key()[2] * _LINE + 24

    def _key(self) -> tuple[float, float, int]:
        """The legend's left and width in px and its rows: programs set the names in
        columns as wide as the longest, and drop those that do not fit."""
        names = [series.name for series in self.chart.series]
        left = length(self.chart.unit, "sans", _SIZE) + 40
        column = max(length(name, "sans", _SIZE) for name in names) + 100
        across = max(1, min(len(names), int((self.box.width - left) / column)))
        return (
            left,
            min(across * column, self.box.width - left),
            -(-len(names) // across),
        )

    def _plot(self, which: list[int], axis: int) -> str:
        c = self.chart
        series = "".join(self._series(n) for n in which)
        ids = f'<c:axId val="{axis}"/><c:axId val="{axis + 1}"/>'
        if c.kind == "line":
            return (
                '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
                f'{series}<c:marker val="1"/>{ids}</c:lineChart>'
            )
        stacked = c.kind == "stacked bar"
        overlap = '<c:overlap val="100"/>' if stacked or len(c.series) == 1 else ""
        grouping = "stacked" if stacked else "clustered"
        return (
            '<c:barChart><c:barDir val="col"/>'
            f'<c:grouping val="{grouping}"/>'
            f'<c:varyColors val="0"/>{series}<c:gapWidth val="35"/>{overlap}{ids}'
            "</c:barChart>"
        )

    def _series(self, n: int) -> str:
        c, series, told = self.chart, self.chart.series[n], self.data[n]
        name = escape(series.name)
        said = (
            f'<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:strRef>'
            f'<c:f>{told.name_ref}</c:f><c:strCache><c:ptCount val="1"/>'
            f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        )
        if c.kind == "line":
            return (
                f"{said}{self._stroke(series)}{self._values(n)}"
                '<c:smooth val="0"/></c:ser>'
            )
        marked = sorted({*dict(series.points), *series.hatched})
        points = "".join(
            f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"{self._fill(series, i)}</c:dPt>"
            for i in marked
        )
        return (
            f'{said}{self._fill(series)}<c:invertIfNegative val="0"/>{points}'
            f"{self._labels(series)}{self._values(n)}</c:ser>"
        )

    def _fill(self, series: Series, point: int | None = None) -> str:
        colour = dict(series.points).get(point, series.colour)
        line = ""
        if series.hollow:
            line = f"<a:ln w={_px(1.6)}>{_solid(colour)}</a:ln>"
            return f"<c:spPr>{_solid(self.colours['paper'])}{line}</c:spPr>"
        if point in series.hatched:
            paper = self.colours["paper"]
            line = f"<a:ln w={_px(1.6)}>{_solid(colour)}</a:ln>"
            return (
                '<c:spPr><a:pattFill prst="wdUpDiag">'
                f'<a:fgClr><a:srgbClr val="{colour[1:]}"/></a:fgClr>'
                f'<a:bgClr><a:srgbClr val="{paper[1:]}"/></a:bgClr></a:pattFill>'
                f"{line}</c:spPr>"
            )
        return f"<c:spPr>{_solid(colour)}</c:spPr>"

    def _stroke(self, series: Series) -> str:
        """Line and marker; the dashes tell the lines apart without colour."""
        if series.marks:
            # LibreOffice draws no outline: a mark filled with paper would be gone.
            fill = self.colours["border"] if series.hollow else series.colour
            symbol, size = ("diamond", 9) if series.hollow else ("circle", 6)
            return (
                f"<c:spPr><a:ln w={_px(2)}><a:noFill/></a:ln></c:spPr>"
                f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/>'
                f"<c:spPr>{_solid(fill)}<a:ln w={_px(2)}>{_solid(series.colour)}</a:ln>"
                "</c:spPr></c:marker>"
            )
        dash = {"solid": "solid", "dash": "dash", "dot": "sysDot"}[series.stroke]
        # On a slide a page's px is nearly two.
        return (
            f'<c:spPr><a:ln w={_px(series.width * 1.7)} cap="flat">'
            f'{_solid(series.colour)}<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>'
            '<c:marker><c:symbol val="none"/></c:marker>'
        )

    def _labels(self, series: Series) -> str:
        c = self.chart
        place = "inEnd" if c.kind == "stacked bar" else "outEnd"
        shown = (
            f'<c:numFmt formatCode={_quoted(c.label_format)} sourceLinked="0"/>'
            f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{self._type('ink', bold=True)}"
            f'<c:dLblPos val="{place}"/>'
        )
        flags = "".join(f'<c:{f} val="{int(f == "showVal")}"/>' for f in _FLAGS)
        none = "".join(f'<c:{name} val="0"/>' for name in _FLAGS)
        labels = "".join(
            f'<c:dLbl><c:idx val="{i}"/>{shown}{flags}</c:dLbl>'
            for i in series.labelled
        )
        return f"<c:dLbls>{labels}{none}</c:dLbls>" if labels else ""

    def _values(self, n: int) -> str:
        c, told = self.chart, self.data[n]
        count = len(c.categories)
        if c.scale == "labels":
            cells = "".join(
                f'<c:pt idx="{i}"><c:v>{escape(text)}</c:v></c:pt>'
                for i, text in enumerate(c.categories)
            )
            cats = f'<c:strCache><c:ptCount val="{count}"/>{cells}</c:strCache>'
            cats = f"<c:strRef><c:f>{self.data.categories_ref}</c:f>{cats}</c:strRef>"
        else:
            shown = _MONTH if c.scale == "months" else "d mmm yyyy"
            cells = "".join(
                f'<c:pt idx="{i}"><c:v>{_days(_category(d, c.scale))}</c:v></c:pt>'
                for i, d in enumerate(c.categories)
            )
            cats = (
                f"<c:numRef><c:f>{told.categories_ref}</c:f><c:numCache>"
                f'<c:formatCode>{shown}</c:formatCode><c:ptCount val="{count}"/>'
                f"{cells}</c:numCache></c:numRef>"
            )
        values = "".join(
            f'<c:pt idx="{i}"><c:v>{v!r}</c:v></c:pt>'
            for i, v in enumerate(c.series[n].values)
            if v is not None
        )
        return (
            f"<c:cat>{cats}</c:cat><c:val><c:numRef><c:f>{told.values_ref}</c:f>"
            f"<c:numCache><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
        )

    def _category_axis(self, axis: int, *, hidden: bool = False) -> str:
        c = self.chart
        scaling, units, shown = "", "", "General"
        if c.scale != "labels":
            scaling, units, shown = self._time()
        kind = "catAx" if c.scale == "labels" else "dateAx"
        units = units or '<c:noMultiLvlLbl val="1"/>'
        return (
            f'<c:{kind}><c:axId val="{axis}"/><c:scaling>'
            f'<c:orientation val="minMax"/>{scaling}</c:scaling>'
            f'<c:delete val="{int(hidden)}"/><c:axPos val="b"/>'
            f'<c:numFmt formatCode={_quoted(shown)} sourceLinked="0"/>'
            '<c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
            '<c:tickLblPos val="low"/>'
            f"<c:spPr><a:ln w={_px(2)}>{_solid(self.colours['border'])}</a:ln></c:spPr>"
            f'{self._type("text2")}<c:crossAx val="{axis + 1}"/>'
            f'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/>'
            f"{units}</c:{kind}>"
        )

    def _time(self) -> tuple[str, str, str]:
        """Scaling, units and format of an axis of time: as many labels as there is
        room for, on the first of a month, or on days where it runs for some weeks."""
        c = self.chart
        first, last = (
            _category(d, c.scale) for d in (c.categories[0], c.categories[-1])
        )
        base = c.scale
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if c.scale == "days" and months < 4:
            every = max(1, -(-((last - first).days + 1) // 6))
            return "", _units(base, every, "days"), "d mmm"
        room = (self.box.width - self._left()) / (
            length("Mar 2022", "sans", _SIZE) + 36
        )
        every = next((n for n in (1, 2, 3, 6) if months / n <= room), 12)
        start = first.replace(day=1)
        start = start.replace(month=(start.month - 1) // every * every + 1)
        if c.scale == "months" and every < 12:
            start = first  # no empty months at the left
        low = f'<c:min val="{_days(start)}"/>'
        return low, _units(base, every, "months"), _MONTH if every < 12 else "yyyy"

    def _value_axis(
        self, axis: int, low: float, high: float, *, hidden: bool = False
    ) -> str:
        c = self.chart
        grid = _solid(self.colours["grid"])
        lines = "" if hidden else (
            f"<c:majorGridlines><c:spPr><a:ln w={_px(1.5)}>{grid}</a:ln></c:spPr>"
            f"</c:majorGridlines>{self._unit()}"
        )  # fmt: skip
        way, place = ("maxMin", "r") if hidden else ("minMax", "l")
        # An axis upwards counts what goes down below its zero: without a sign.
        shown = "#,##0;#,##0" if any(s.down for s in c.series) else c.number_format
        # Drawn without a mark rather than deleted: LibreOffice draws the bars of a
        # deleted axis on the other one.
        labels = "none" if hidden else "nextTo"
        crosses = "max" if hidden else "min"
        between = "midCat" if c.kind == "line" else "between"
        return (
            f'<c:valAx><c:axId val="{axis}"/><c:scaling><c:orientation val="{way}"/>'
            f'<c:max val="{high:g}"/><c:min val="{low:g}"/></c:scaling>'
            f'<c:delete val="0"/><c:axPos val="{place}"/>{lines}'
            f'<c:numFmt formatCode={_quoted(shown)} sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="{labels}"/>'
            "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
            f'{self._type("text2")}<c:crossAx val="{axis - 1}"/>'
            f'<c:crosses val="{crosses}"/><c:crossBetween val="{between}"/>'
            f'<c:majorUnit val="{c.step:g}"/></c:valAx>'
        )

    def _unit(self) -> str:
        """The unit, level, over the axis's numbers."""
        return (
            '<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr>'
            f'<a:defRPr sz="{_SIZE * 50}" b="0"/></a:pPr><a:r>'
            f'<a:rPr lang="en-GB" sz="{_SIZE * 50}" b="0">{_solid(self.colours["text2"])}'
            f"{_latin()}</a:rPr><a:t>{escape(self.chart.unit)}</a:t></a:r></a:p></c:rich>"
            '</c:tx><c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/>'
            '<c:x val="0"/><c:y val="0"/></c:manualLayout></c:layout>'
            '<c:overlay val="1"/></c:title>'
        )

    def _legend(self) -> str:
        """The names of several series, right of the unit."""
        if len(self.chart.series) < 2:
            return ""
        left, wide, rows = self._key()
        return (
            '<c:legend><c:legendPos val="t"/><c:layout><c:manualLayout>'
            '<c:xMode val="edge"/><c:yMode val="edge"/>'
            f'<c:x val="{left / self.box.width:.4f}"/><c:y val="0"/>'
            f'<c:w val="{wide / self.box.width:.4f}"/>'
            f'<c:h val="{(rows * _LINE + 8) / self.box.height:.4f}"/>'
            '</c:manualLayout></c:layout><c:overlay val="0"/>'
            f"{self._type('text2')}</c:legend>"
        )

    def _type(self, colour: str, *, bold: bool = False) -> str:
        return (
            "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
            f'<a:defRPr sz="{_SIZE * 50}" b="{int(bold)}">'
            f"{_solid(self.colours[colour])}{_latin()}</a:defRPr></a:pPr>"
            '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
        )


_FLAGS = (
    "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent",
    "showBubbleSize",
)  # fmt: skip


def _units(base: str, every: int, unit: str) -> str:
    return (
        f'<c:baseTimeUnit val="{base}"/><c:majorUnit val="{every}"/>'
        f'<c:majorTimeUnit val="{unit}"/>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _latin() -> str:
    return f'<a:latin typeface="{SANS}" {PANOSE[SANS]}/>'


def _px(width: float) -> str:
    return f'"{round(width * 6350)}"'


def _quoted(text: str) -> str:
    return '"' + escape(text, {'"': "&quot;"}) + '"'
