"""Pictures of charts: `picture(name, view, "svg", Size(1200, 675))` → bytes.

    chart → figure at the width that suits the page → Plotly's SVG (browser)
          → the sheet with all its words → SVG, PNG (browser) or PDF (typst)

A picture is a function of the dataset's version, the code and the request, and
is kept on disk under the digest of these. At most `WAITING` requests wait for
one of the workers; beyond that `Busy` is raised at once.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import unescape

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import Words, catalogue
from components.export import svg as svg_parts
from components.export.browser import Browser, DrawingFailed, NoBrowser, browser
from components.export.cache import Cache, folder
from components.export.fonts import FOLDER
from components.export.pdf import pdf
from components.export.sheet import Sheet, Size, bare, drawn, lay_out
from components.view import View
from data.dataset import Dataset, dataset
from data.words import day

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")

WAITING = 64
_WORKERS = 2
_CACHE_BYTES = 256 * 2**20
_NARROW = 640  # below it charts are built for a phone
_NARROWEST = 340  # of a chart without words, whose type must be large

# A drawing in data coordinates may be stretched to these parts of its height;
# one in px has its own.
_STRETCH = (0.72, 2.6)
_TYPE = 13.0  # px, the smallest type of the charts
_LEGIBLE, _LEGIBLE_BESIDE = 12.2, 11.2  # px it keeps; beside a column of words
_ENLARGED = 1.35  # a small drawing may be zoomed this much beyond the page's own

__all__ = [
    "FORMATS", "Busy", "DrawingFailed", "Format", "NoBrowser", "Size",
    "digest", "kept", "picture", "pictures", "submit",
]  # fmt: skip


class Busy(Exception):
    """Too many pictures wait already; try again in a few seconds."""


@dataclass(frozen=True)
class Asked:
    """A picture asked for. `link` is the address written into it.

    With a `zoom` it is the plot alone, enlarged by about that much: its words
    stand around it, on a slide.
    """

    name: str
    view: View
    format: Format
    size: Size
    scale: int = 1
    link: str = ""
    zoom: float | None = None


def picture(
    name: str,
    view: View,
    format: Format,
    size: Size,
    scale: int = 1,
    link: str = "",
) -> bytes:
    """The chart as a picture.

    `view.theme` may be print. `size` without a height grows with the chart;
    `scale` multiplies a PNG's pixels. `link` is the address written into it.

    Raises KeyError (no such chart), Busy, NoBrowser, DrawingFailed.
    """
    asked = Asked(name, view, format, size, scale, link)
    return kept(asked) or submit(asked).result()


def kept(asked: Asked) -> bytes | None:
    """The picture if it has been drawn before."""
    return pictures().cache.get(digest(asked))


def submit(asked: Asked) -> Future[bytes]:
    """Have it drawn by a worker; equal requests share one drawing. Raises Busy."""
    return pictures().submit(asked)


def digest(asked: Asked) -> str:
    """What the picture depends on, as hex digits: its key and its ETag."""
    fields = {**asdict(asked), "dataset": dataset().version, "code": code_version()}
    text = json.dumps(fields, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_version() -> str:
    """A digest of all code and fonts that a picture or its numbers depend on."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256(
        version_of("plotly").encode() + version_of("typst").encode()
    )
    for part in ("components", "data"):
        for path in sorted((root / part).rglob("*.py")):
            digest.update(path.read_bytes())
    for path in sorted(FOLDER.glob("*.ttf")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def pictures() -> Pictures:
    """The process's workers and cache."""
    return Pictures(browser, Cache(folder(), _CACHE_BYTES))


class Pictures:
    """Workers that draw, a bounded queue before them, and the cache behind."""

    def __init__(self, browser: Browser, cache: Cache, waiting: int = WAITING) -> None:
        self.browser = browser
        self.cache = cache
        self._room = threading.BoundedSemaphore(waiting + _WORKERS)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="picture")
        self._running: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def submit(self, asked: Asked) -> Future[bytes]:
        key = digest(asked)
        with self._lock:
            running = self._running.get(key)
            if running is not None:
                return running
            if not self._room.acquire(blocking=False):
                raise Busy
            try:
                future = self._workers.submit(self._draw, asked, key)
            except BaseException:
                self._room.release()
                raise
            self._running[key] = future
        future.add_done_callback(lambda _: self._done(key))
        return future

    def _done(self, key: str) -> None:
        with self._lock:
            self._running.pop(key, None)
        self._room.release()

    def _draw(self, asked: Asked, key: str) -> bytes:
        body = self.cache.get(key)
        if body is None:
            body = draw(asked, self.browser, self.cache)
            self.cache.put(key, body)
        return body


def draw(asked: Asked, browser: Browser, cache: Cache | None = None) -> bytes:
    """Draw without a queue. The SVG, from which the others are made, is kept too."""
    vector = replace(asked, format="svg", scale=1)
    body = cache.get(digest(vector)) if cache else None
    if body is None:
        body = _svg(vector, browser)
        if cache and asked.format != "svg":
            cache.put(digest(vector), body)
    if asked.format == "svg":
        return body
    text = body.decode()
    said = _SAID.search(text)
    width, height = int(said["width"]), int(said["height"])
    if asked.format == "png":
        return browser.png(text, width * asked.scale, height * asked.scale)
    title, alt = (unescape(said[name]) for name in ("title", "description"))
    return pdf(text, width, height, title=title, alt=alt)


# The beginning of an SVG of ours: its size and what is said to those who listen.
_SAID = re.compile(
    r'<svg[^>]*? width="(?P<width>\d+)" height="(?P<height>\d+)".*?'
    r"<title[^>]*>(?P<title>.*?)</title><desc[^>]*>(?P<description>.*?)</desc>",
    re.DOTALL,
)


def _svg(asked: Asked, browser: Browser) -> bytes:
    fitted = fit(asked, dataset())
    plot = browser.svg(fitted.figure.to_json(), fitted.width, fitted.height)
    sheet = fitted.sheet
    text = drawn(
        sheet,
        svg_parts.parts(plot, [t.name or "" for t in fitted.figure.data]),
        fitted.place,
        title=fitted.words.title,
        description=f"{fitted.summary} {fitted.words.subtitle}. {fitted.words.source}",
    )
    return text.encode()


@dataclass(frozen=True)
class Fitted:
    """A figure that fits its sheet: its own px, and where it stands at what scale."""

    figure: go.Figure
    width: int
    height: int
    scale: float
    sheet: Sheet
    words: Words
    summary: str

    @property
    def place(self) -> tuple[float, float, float]:
        """x, y and scale: in the middle across, in the upper third of what is left."""
        x, y, width, height = self.sheet.plot
        spare = max(0.0, (height or 0) - self.height * self.scale)
        across = max(0.0, width - self.width * self.scale)
        return x + across / 2, y + spare / 3, self.scale


def fit(asked: Asked, whole: Dataset) -> Fitted:
    """Choose layout and width so that the chart's type is as large as it should be."""
    chart = catalogue()[asked.name]
    cut = whole.as_of(asked.view.as_of)
    frames: dict[bool, pd.DataFrame] = {}
    figures: dict[View, tuple[go.Figure, float | None]] = {}

    def built(width: float, height: float | None = None) -> tuple[go.Figure, View]:
        view = replace(asked.view, width=round(width), height=height and round(height))
        if view.narrow not in frames:
            frames[view.narrow] = chart.frame(cut, view)
        if view not in figures:
            figure = chart.figure(frames[view.narrow], view)
            figures[view] = figure, figure.layout.height
        figure, natural = figures[view]
        # One that was tried before has been stretched since.
        return figure.update_layout(height=natural), view

    first = asked.view.having(width=max(_NARROW, asked.size.width))
    if asked.size.width < _NARROW * 1.1:
        first = asked.view.having(width=asked.size.width - 32)
    frames[first.narrow] = chart.frame(cut, first)
    words = chart.words(frames[first.narrow], first)

    def sheets() -> list[Sheet]:
        if asked.zoom:
            return [bare(asked.size, asked.view.theme, asked.zoom)]
        return [
            lay_out(
                words,
                asked.size,
                asked.view.theme,
                imprint=f"As of {day(asked.view.as_of)}. Parley dataset {whole.version}.",
                link=asked.link,
                layout=layout,
            )
            for layout in _layouts(asked.size)
        ]

    sheet, figure, scale, view = _fit_to(built, sheets())
    # A chart drawn in another way for want of room is told in other words, which
    # may leave it other room in turn. Two ways that ask for each other end here.
    for _ in range(3):
        told = chart.words(frames[view.narrow], view)
        if told == words:
            break
        words = told
        sheet, figure, scale, view = _fit_to(built, sheets())
    height = figure.layout.height
    return Fitted(
        figure=figure,
        width=view.width,
        height=height,
        scale=scale,
        sheet=sheet.grown(height * scale),
        words=words,
        summary=chart.summary(frames[view.narrow], view),
    )


def _layouts(size: Size) -> tuple[Literal["stacked", "beside"], ...]:
    if size.height is None or size.width < 1.4 * size.height:
        return ("stacked",)
    return ("stacked", "beside")


def _fit_to(
    built: Callable[..., tuple[go.Figure, View]], sheets: Sequence[Sheet]
) -> tuple[Sheet, go.Figure, float, View]:
    """The sheet, the figure, its scale and its view.

    Built first for the first sheet at the page's own zoom. If it is too high,
    the sheet that leaves it more is taken, and tried are a greater width (a chart
    of fixed height gains) and a smaller (one that keeps its proportions gains).
    The one whose type comes out largest is taken. Where its rows are so many that
    it could not be read, the chart is first asked to keep to a height.
    """
    sheet = sheets[0]
    figure, view = built(_page_width(sheet))
    box_height = sheet.plot[3]
    if box_height is None:
        figure.update_layout(height=_height(figure))
        return sheet, figure, sheet.plot[2] / view.width, view
    scale = _scaled(figure, view, sheet)
    natural = figure.layout.height
    if scale < 0.97 * sheet.zoom:
        sheet = max(sheets, key=lambda s: min(s.zoom, s.plot[3] / natural))
        _, _, across, down = sheet.plot
        tried = [(scale, figure, view)] if sheet is sheets[0] else []
        legible = (_LEGIBLE if len(sheets) == 1 else _LEGIBLE_BESIDE) / _TYPE
        if not sheet.blocks:
            legible = 0.9 * sheet.zoom

        def kept_low() -> tuple[float, go.Figure, View]:
            figure, view = built(across / legible, down / legible)
            return _scaled(figure, view, sheet), figure, view

        low = natural * legible > down
        if low:
            scale, figure, view = kept_low()
            if scale >= 0.98 * legible:
                return sheet, figure, scale, view
            tried.append((scale, figure, view))
        width = _page_width(sheet)
        for other in (max(width, across * natural / down), width):
            other = min(other, 2.2 * width)
            figure, view = built(other)
            scale = _scaled(figure, view, sheet)
            tried.append((scale, figure, view))
            if figure.layout.height == natural or scale >= 0.97 * sheet.zoom:
                break
            natural = figure.layout.height
        else:
            smaller = width * down / (natural * sheet.zoom)
            least = _NARROW if sheet.blocks else _NARROWEST
            if width > least * 1.04:
                figure, view = built(max(least, smaller))
                tried.append((_scaled(figure, view, sheet), figure, view))
        if max(scale for scale, _, _ in tried) < 0.98 * legible:
            if not low:
                tried.append(kept_low())
            scale, figure, view = max(tried, key=lambda t: t[0])
            return sheet, figure, scale, view
    else:
        tried = [(scale, figure, view)]
        if natural * scale < 0.75 * box_height:
            # A strip: enlarge it rather than leave half the page blank.
            figure, view = built(max(_NARROW, view.width / _ENLARGED))
            tried.append((_scaled(figure, view, sheet), figure, view))
    # Of nearly equal scales the one that fills more of the page.
    scale, figure, view = max(tried, key=lambda t: (round(t[0], 1), t[0] * t[2].width))
    return sheet, figure, scale, view


def _page_width(sheet: Sheet) -> float:
    """The width a chart is built for to have the page's size of type."""
    _, _, across, down = sheet.plot
    width = across / sheet.zoom
    if 0.75 * _NARROW < width < _NARROW and down is not None:
        return _NARROW  # a little smaller rather than built for a phone
    return width


def _scaled(figure: go.Figure, view: View, sheet: Sheet) -> float:
    """The scale at which the figure fits the sheet's box."""
    _, _, across, down = sheet.plot
    _stretch(figure, view, across, down)
    return min(across / view.width, down / figure.layout.height, sheet.zoom * _ENLARGED)


def _stretch(figure: go.Figure, view: View, width: float, height: float) -> None:
    """Give a drawing in data coordinates the box's height, within reason."""
    natural = _height(figure)
    figure.update_layout(height=natural)
    if _in_px(figure, view):
        return
    wanted = height * view.width / width
    low, high = _STRETCH
    figure.update_layout(height=round(min(max(wanted, low * natural), high * natural)))


def _in_px(figure: go.Figure, view: View) -> bool:
    """True if an axis runs in px or is tied to the other: the height is given."""
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        ends = axis.range
        tied = axis.scaleanchor is not None
        if tied or (ends is not None and tuple(ends) in _px_ends(figure, view)):
            return True
    return False


def _px_ends(figure: go.Figure, view: View) -> set[tuple]:
    return {(0, view.width), (figure.layout.height, 0)}


def _height(figure: go.Figure) -> int:
    return round(figure.layout.height or 450)
