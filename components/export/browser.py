"""One warm browser that draws Plotly figures as SVG and SVG as PNG.

A daemon thread with its own event loop holds Chromium and a few pages with
Plotly's own script. The pages reach no network. A browser that crashed or hangs
is replaced, and what it was drawing is drawn again, once.

kaleido is not used: after its browser was killed, the next call hangs past its
own time limit.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import shutil
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import unquote

import plotly
from playwright.async_api import Browser as Chromium
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Playwright, async_playwright

from components.export.fonts import fontconfig_file

log = logging.getLogger("parley.export")

REMEDY = "sh scripts/chromium.sh"

PLOTLY_SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

_PAGES = 2
_DRAWING_S = 10.0  # for one figure; the largest takes under a second
_STARTING_S = 40.0
_CLOSING_S = 3.0
_AFTER_S = 15.0  # the first readers' pages come first
_NICENESS = 5  # a reader's page goes before a picture

_ARGUMENTS = [
    "--no-sandbox",  # the pages hold nothing but our own figures and no network
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]

# Plotly names its clip paths by Math.random: seeded, equal figures are equal bytes.
_TO_SVG = """async ([figure, width, height]) => {
  const random = Math.random;
  let state = 20220224;
  Math.random = () => {
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  try {
    return await Plotly.toImage(JSON.parse(figure), {format: "svg", width, height});
  } finally {
    Math.random = random;
  }
}"""

_TO_PNG = """async ([svg, width, height]) => {
  const url = URL.createObjectURL(new Blob([svg], {type: "image/svg+xml"}));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d").drawImage(image, 0, 0, width, height);
    return canvas.toDataURL("image/png");
  } finally {
    URL.revokeObjectURL(url);
  }
}"""

# Without geometricPrecision every letter's width would be a whole number of px.
_PAGE = """<!doctype html><meta charset="utf-8">
<style>* { text-rendering: geometricPrecision }</style><body></body>"""

State = Literal["asleep", "starting", "ready", "missing", "failed", "stopped"]
T = TypeVar("T")


class NoBrowser(Exception):
    """No Chromium can be had; pictures cannot be drawn on this machine."""


class DrawingFailed(Exception):
    """The browser could not draw this figure, twice."""


class Browser:
    """The browser's thread. `start` returns at once; drawing waits for it."""

    def __init__(self) -> None:
        self.state: State = "asleep"
        self._lock = threading.Lock()
        self._later: threading.Timer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._pages: asyncio.Queue[Page] = asyncio.Queue()
        self._opening: asyncio.Lock = asyncio.Lock()
        self.replaced = 0

    def start_later(self) -> None:
        """Start a little after the server, or with the first picture if that is sooner.

        Starting takes a processor for a second or two, which the first readers
        want. If no Chromium is in sight it is started at once, to know.
        """
        if not in_sight():
            self.start()
            return
        self._later = threading.Timer(_AFTER_S, self.start)
        self._later.daemon = True
        self._later.start()

    def start(self) -> None:
        """Start the thread and warm a page up, in the background."""
        with self._lock:
            if self._loop is not None:
                return
            self._loop, self._pages = asyncio.new_event_loop(), asyncio.Queue()
            threading.Thread(target=self._run, name="browser", daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._warm(), self._loop)

    def stop(self) -> None:
        """Close the browser and end the thread."""
        if self._later is not None:
            self._later.cancel()
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is None:
            return
        self.state = "stopped"
        closing = asyncio.run_coroutine_threadsafe(self._close(), loop)
        try:
            closing.result(3 * _CLOSING_S)
        except Exception:
            log.warning("the browser did not close in time")
        loop.call_soon_threadsafe(loop.stop)

    @property
    def remedy(self) -> str | None:
        """The command that installs a browser, where none could be started."""
        return REMEDY if self.state in ("missing", "failed") else None

    def svg(self, figure: str, width: int, height: int) -> str:
        """The figure (Plotly's JSON) as Plotly's own SVG text."""
        data = self._draw(_TO_SVG, [figure, width, height])
        return unquote(data.partition(",")[2])

    def png(self, svg: str, width: int, height: int) -> bytes:
        """The SVG as a PNG of exactly this many pixels."""
        data = self._draw(_TO_PNG, [svg, width, height])
        return base64.b64decode(data.partition(",")[2])

    def _draw(self, script: str, arguments: list[Any]) -> str:
        self.start()
        loop = self._loop
        if loop is None:
            raise NoBrowser("the server is stopping")
        drawing = asyncio.run_coroutine_threadsafe(self._drawn(script, arguments), loop)
        try:
            return drawing.result(_STARTING_S + 3 * _DRAWING_S)
        except TimeoutError:
            drawing.cancel()
            raise DrawingFailed("the browser does not answer") from None

    async def _drawn(self, script: str, arguments: list[Any]) -> str:
        for last in (False, True):
            page = await self._page()
            try:
                found = await asyncio.wait_for(
                    page.evaluate(script, arguments), _DRAWING_S
                )
            except (PlaywrightError, TimeoutError) as error:
                log.warning("drawing failed: %s", str(error).splitlines()[:1])
                await self._replace(page)
                if last:
                    raise DrawingFailed(str(error)) from error
            except BaseException:  # cancelled: the page may still be drawing
                await self._replace(page)
                raise
            else:
                self._pages.put_nowait(page)
                return found
        raise AssertionError("unreachable")

    async def _page(self) -> Page:
        """A free page of a living browser; opens the browser if there is none."""
        while True:
            if self._chromium is None:
                async with self._opening:
                    if self._chromium is None:
                        await self._open()
            page = await self._pages.get()
            browser = page.context.browser
            if (
                browser is not None
                and browser is self._chromium
                and browser.is_connected()
            ):
                return page
            # A page of a browser that has died: `_replace` may not have seen it.
            if browser is self._chromium:
                await self._replace(page)

    async def _replace(self, page: Page) -> None:
        """Close the browser of this page, unless another did; the next opens anew."""
        async with self._opening:
            if self._chromium is None or page.context.browser is not self._chromium:
                return
            self.replaced += 1
            await self._close()

    async def _open(self) -> None:
        executable = find_chromium()
        try:
            if self._playwright is None:
                self._playwright = await async_playwright().start()
            if executable is None:
                own = self._playwright.chromium.executable_path
                if not Path(own).exists():
                    self.state = "missing"
                    raise NoBrowser(f"there is no Chromium; {REMEDY!r} installs it")
            self.state = "starting"
            chromium = await asyncio.wait_for(
                self._playwright.chromium.launch(
                    executable_path=executable,
                    args=_ARGUMENTS,
                    env={**os.environ, "FONTCONFIG_FILE": str(fontconfig_file())},
                ),
                _STARTING_S,
            )
            # The same queue: someone may be waiting at it.
            while not self._pages.empty():
                self._pages.get_nowait()
            for _ in range(_PAGES):
                self._pages.put_nowait(await _page_of(chromium))
        except (PlaywrightError, TimeoutError, OSError) as error:
            self.state = "failed"
            log.warning("Chromium did not start: %s", error)
            raise NoBrowser(
                f"Chromium did not start; {REMEDY!r} installs it"
            ) from error
        self._chromium = chromium
        self.state = "ready"

    async def _close(self) -> None:
        """Close Chromium; one that does not react goes with playwright's driver."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            await _within(_CLOSING_S, chromium.close)
        if self._playwright is not None and (
            self.state == "stopped" or (chromium and chromium.is_connected())
        ):
            playwright, self._playwright = self._playwright, None
            await _within(_CLOSING_S, playwright.stop)

    async def _warm(self) -> None:
        try:
            await self._drawn(_TO_SVG, [json.dumps({"data": [{"y": [1]}]}), 300, 200])
        except (NoBrowser, DrawingFailed) as error:
            log.warning("%s", error)

    def _run(self) -> None:
        # The threads and processes started from here inherit the niceness. Only
        # Linux takes a thread for a process.
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()


def find_chromium() -> str | None:
    """The system's Chromium; None leaves playwright its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def in_sight() -> bool:
    """Whether the system or playwright's folder seems to hold a Chromium."""
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright"
    return find_chromium() is not None or any(Path(own).expanduser().glob("chromium*"))


async def _page_of(chromium: Chromium) -> Page:
    page = await chromium.new_page()
    await page.route("**/*", lambda route: route.abort())
    await page.set_content(_PAGE)
    await page.add_script_tag(content=PLOTLY_SCRIPT.read_text(encoding="utf-8"))
    return page


async def _within(seconds: float, close: Callable[[], Awaitable[None]]) -> None:
    try:
        await asyncio.wait_for(close(), seconds)
    except Exception as error:
        log.warning("closing failed: %s", str(error).splitlines()[:1])


browser = Browser()
