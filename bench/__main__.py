"""`make bench`: how Parley compares with a bare Streamlit page, as ratios.

Both apps run at the same time and are visited in turn by one browser, so that a
slow machine slows both. Each figure is the median over the visits; a ratio is
Parley's median by the bare page's.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import plotly.io
from playwright.sync_api import Browser, Page, sync_playwright

from bench import pictures
from bench.larger import grow
from bench.servers import ROOT, bare, parley, wait
from components.charts.chart import draw
from components.maps.front_line import Shown, deck
from components.view import View
from data.dataset import Dataset, load
from data.front import map_day

VISITS = 5
_STEPS = 8  # a rerun takes tenths of a second and varies by as much
TIMES_LARGER = 20
_DECK_DAY = "2025-05-16"  # a deck of all its slides

_HEADING = "[data-testid=stMainBlockContainer] h1"

# page → (address, what must be drawn, a control that changes what is shown)
PAGES = {
    "Overview": ("/", ".js-plotly-plot .main-svg"),
    "Timeline": ("/timeline", ".js-plotly-plot .main-svg"),
    "Front line": ("/front", "[data-testid=stDeckGlJsonChart] canvas"),
    "Casualties": ("/front?view=casualties", ".js-plotly-plot .main-svg"),
    "Actors": ("/actors", _HEADING),
    "Delegations": ("/actors?show=delegations", ".js-plotly-plot .main-svg"),
    "Sources": ("/sources", _HEADING),
}


def main() -> None:
    print(f"{'what':<20}{'page':<14}{'ratio':>7}{'goal':>8}", flush=True)
    rows = [
        _row("warm picture", f"{name}, {day}", ratio, pictures.GOAL)
        for name, day, ratio in pictures.ratios()[:5]
    ]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        whole = load(ROOT / "data")
        view = View(as_of=whole.closing.latest, width=1200)
        figure = folder / "figure.json"
        figure.write_text(plotly.io.to_json(draw("timeline", whole, view).figure))
        map_json = folder / "deck.json"
        map_json.write_text(_inline(_deck(whole, view), whole))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--enable-unsafe-swiftshader"],
        )
        rows += _starts(browser, figure)
        larger = folder / "larger"
        larger.mkdir()
        grow(ROOT / "data", larger, TIMES_LARGER)
        with (
            parley() as ours,
            bare(BENCH_FIGURE=str(figure)) as plain,
            bare(BENCH_DECK=str(map_json)) as plain_map,
            parley(PARLEY_DATA=str(larger)) as large,
        ):
            for address in (ours, plain, plain_map, large):
                wait(address)
            rows += _first_views(browser, ours, plain, plain_map)
            rows += _reruns(browser, ours, plain)
            rows += _slides(browser, ours, plain)
            rows += _larger(browser, ours, large)
        browser.close()
    print(json.dumps({f"{w}: {p}": round(r, 2) for w, p, r, _ in rows}))


def _deck(whole: Dataset, view: View) -> str:
    shown = map_day(whole, view.as_of, None)
    return deck(
        whole["cities"], view, Shown(shown.line, shown.area, shown.before), None
    ).to_json()


def _inline(text: str, whole: Dataset) -> str:
    """The map's layers inside its JSON: the bare page has no server for them."""
    described = json.loads(text)
    for layer in described["layers"]:
        found = re.fullmatch(
            r"/geo/([a-z_0-9]+)(?:/([0-9-]+))?\.json", str(layer.get("data"))
        )
        if found and found[1] in whole.layers:
            held = whole.layer(found[1])
            features = [held.by_date[found[2]]] if found[2] else list(held.features)
            layer["data"] = {"type": "FeatureCollection", "features": features}
        elif isinstance(layer.get("data"), str):
            layer["data"] = []
    return json.dumps(described)


def _starts(browser: Browser, figure: Path) -> list[tuple[str, str, float, float]]:
    times: dict[str, list[float]] = {"parley": [], "bare": []}
    for _ in range(2):
        for name, start in (
            ("parley", parley()),
            ("bare", bare(BENCH_FIGURE=str(figure))),
        ):
            begin = time.perf_counter()
            with start as address:
                wait(address)
                _visit(browser, address, ".js-plotly-plot .main-svg")
                times[name].append(time.perf_counter() - begin)
    ratio = _ratio(times["parley"], times["bare"])
    return [_row("start to first page", "Overview", ratio, 2.0)]


def _first_views(
    browser: Browser, ours: str, plain: str, plain_map: str
) -> list[tuple[str, str, float, float]]:
    rows = []
    for name, (path, drawn) in PAGES.items():
        other = plain_map if "canvas" in drawn else plain
        theirs = drawn if drawn != _HEADING else ".js-plotly-plot .main-svg"
        a, b = [], []
        _visit(browser, ours + path, drawn)
        _visit(browser, other, theirs)
        for _ in range(VISITS):
            a.append(_visit(browser, ours + path, drawn))
            b.append(_visit(browser, other, theirs))
        rows.append(_row("first view", name, _ratio(a, b), 1.3))
    return rows


def _reruns(
    browser: Browser, ours: str, plain: str
) -> list[tuple[str, str, float, float]]:
    """A day step on each page against the bare page's redraw."""
    with_control = _opened(browser, plain, ".js-plotly-plot .main-svg")
    redraw = with_control.get_by_role("button", name="Redraw")
    b = []
    for _ in range(_STEPS):
        b.append(_timed(with_control, redraw.click))
    # Closed at once: a page in the background draws no frames.
    with_control.context.close()
    rows = []
    for name, (path, drawn) in PAGES.items():
        page = _opened(browser, ours + path, drawn)
        a = []
        for i in range(_STEPS):
            step = "Day before" if i % 2 == 0 else "Day after"
            button = page.get_by_role("button", name=step)
            a.append(_timed(page, button.click))
        page.context.close()
        rows.append(_row("filter change", name, _ratio(a, b), 2.0))
    return rows


def _slides(
    browser: Browser, ours: str, plain: str
) -> list[tuple[str, str, float, float]]:
    """Walking through a deck for the first time, against the bare page's redraw."""
    show = _opened(browser, f"{ours}/briefing?as_of={_DECK_DAY}", ".parley-slide h1")
    slides = int(show.get_attribute(".parley-slide", "data-of"))
    a = [
        _stepped(show, f".parley-slide[data-slide='{number}']")
        for number in range(2, slides + 1)
    ]
    show.context.close()
    with_control = _opened(browser, plain, ".js-plotly-plot .main-svg")
    redraw = with_control.get_by_role("button", name="Redraw")
    b = [_timed(with_control, redraw.click) for _ in range(slides - 1)]
    with_control.context.close()
    return [_row("slide change", "Briefing", _ratio(a, b), 2.0)]


def _stepped(show: Page, shown: str) -> float:
    """Seconds from the key to the next slide. Its run may be too short to be seen."""
    show.evaluate(
        """shown => { window.__ran = 0;
        const look = () => document.querySelector(shown)
          ? window.__ran = performance.now() : requestAnimationFrame(look);
        window.__from = performance.now();
        look(); }""",
        shown,
    )
    show.keyboard.press("ArrowRight")
    show.wait_for_function("() => window.__ran > 0", timeout=60_000)
    seconds = show.evaluate("() => (window.__ran - window.__from) / 1000")
    _idle(show)
    return seconds


def _larger(
    browser: Browser, ours: str, large: str
) -> list[tuple[str, str, float, float]]:
    rows = []
    for name, (path, drawn) in PAGES.items():
        a, b = [], []
        _visit(browser, large + path, drawn)
        for _ in range(2):
            a.append(_visit(browser, large + path, drawn))
            b.append(_visit(browser, ours + path, drawn))
        rows.append(_row(f"{TIMES_LARGER} × the rows", name, _ratio(a, b), 2.0))
    return rows


def _opened(browser: Browser, url: str, drawn: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.wait_for_selector(drawn, state="attached", timeout=60_000)
    _idle(page)
    return page


def _visit(browser: Browser, url: str, drawn: str) -> float:
    """Seconds from the request to the chart's first drawing, with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(drawn, state="attached", timeout=60_000)
    seconds = time.perf_counter() - begin
    context.close()
    return seconds


def _timed(page: Page, act: Callable[[], None]) -> float:
    """Seconds from an action to the end of the rerun it caused."""
    page.evaluate(
        """() => { window.__ran = 0;
        const app = document.querySelector('[data-testid=stApp]');
        new MutationObserver(() => {
          if (app.getAttribute('data-test-script-state') === 'notRunning')
            window.__ran = performance.now();
        }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
        window.__from = performance.now(); }"""
    )
    act()
    page.wait_for_function("() => window.__ran > 0", timeout=60_000)
    seconds = page.evaluate("() => (window.__ran - window.__from) / 1000")
    _idle(page)
    return seconds


def _idle(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=60_000,
    )
    page.wait_for_timeout(250)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(ours) / statistics.median(theirs)


def _row(
    what: str, page: str, ratio: float, goal: float
) -> tuple[str, str, float, float]:
    """One line of the table, printed at once: the whole takes minutes."""
    mark = "" if ratio <= goal else "  over"
    print(
        f"{what:<20}{page:<14}{ratio:>7.2f}{'≤ ' + format(goal, 'g'):>8}{mark}",
        flush=True,
    )
    return what, page, ratio, goal


if __name__ == "__main__":
    main()
