"""Printing any page gives a document: no controls, charts whole, links as footnotes."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdf
import pytest

from components.navigation import PAGES
from components.theme.palette import on_paper
from tests.conftest import SEED

PATHS = {
    "overview": "/",
    "timeline": "/timeline",
    "front": "/front",
    "civilians": "/front?view=casualties",
    "actors": "/actors",
    "person": "/actors?actor=rustem-umerov",
    "exchanges": "/exchanges",
    "positions": "/positions",
    "claims": "/claims",
    "sources": "/sources",
}
CONTROLS = (
    "Export",
    "Day before",
    "Turning points",
    "Numbers as a table",
    "More filters",
    "Gained and lost areas",
)
# What each chart says of itself: its heading and its source line.
CHARTS = """() => [...document.querySelectorAll('[class*="st-key-chart-"]')].map((chart) => [
  chart.querySelector('h2, h3')?.innerText,
  [...chart.querySelectorAll('[data-testid=stCaptionContainer]')]
    .map((line) => line.innerText).find((line) => line.startsWith('Source')),
])"""
LINKS = """() => [...document.querySelectorAll('[data-testid=stMainBlockContainer] a[href^=http]')]
  .filter((a) => a.host !== location.host && a.checkVisibility())
  .map((a) => decodeURI(a.href))"""
LEFT = """() => document.querySelectorAll(
  '.parley-footnote, .parley-footnotes, .parley-part, .parley-print-head a,'
  + ' .main-svg[viewBox], [style*="--parley-drawn"]').length"""


def printed(page, **options) -> list[str]:
    """The words of every page of the document."""
    body = page.pdf(**{"format": "A4", **options})
    return [
        closed(sheet.extract_text())
        for sheet in pypdf.PdfReader(io.BytesIO(body)).pages
    ]


def closed(text: str) -> str:
    """Without space, ligatures and kinds of apostrophe: a PDF sets them as it likes."""
    marks = str.maketrans("ʻʼ", "‘’")
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(marks)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_prints_as_a_document(open_page, address: str, path: str) -> None:
    page = open_page(f"{path}{'&' if '?' in path else '?'}as_of={SEED}")
    before = page.inner_text("[data-testid=stMainBlockContainer]")
    charts, links = page.evaluate(CHARTS), page.evaluate(LINKS)
    sheets = printed(page)
    whole = "".join(sheets)

    name = PAGES[path.split("?")[0].strip("/") or "overview"][0]
    assert closed(f"Parley · {name} · as of 16 May 2025 · dataset") in sheets[0]
    assert closed(f"{address}{path.split('?')[0]}?") in sheets[0]
    assert f"as_of={SEED}" in sheets[0]
    assert [word for word in CONTROLS if closed(word) in whole] == []
    assert closed(" ".join(title for title, _ in PAGES.values())) not in whole

    for title, source in charts:
        held = [s for s in sheets if closed(title or "") in s and closed(source) in s]
        assert held, f"broken across pages: {title}"

    # In the order of reading, each address once.
    notes = whole.rpartition("Links1.")[2]
    for number, link in enumerate(dict.fromkeys(links), 1):
        assert closed(f"{number}. {link}").removeprefix("1.") in notes

    assert page.evaluate(LEFT) == 0
    assert page.inner_text("[data-testid=stMainBlockContainer]") == before


def test_what_the_reader_has_opened_prints_open(open_page) -> None:
    """Of a list in pages the one on the screen prints, and says so."""
    page = open_page(f"/exchanges?as_of={SEED}")
    chart = page.locator(".st-key-chart-exchanges-per-month")
    chart.get_by_text("Numbers as a table").click()
    caption = chart.locator(".parley-table caption").inner_text()
    whole = "".join(printed(page))
    assert whole.count(closed("Numbers as a table")) == 1
    assert whole.count(closed(caption)) == 2  # the chart's title, and its table's
    assert re.search(r"Page1of\d+ofthislist", whole)


def test_what_is_drawn_for_a_wide_window_prints_across_with_its_title(
    open_page,
) -> None:
    """The line of date and address never stands on a sheet of its own."""
    page = open_page("/timeline", size=(1920, 1080))
    title = page.inner_text("h1")
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0]
    assert sheet.mediabox.width > sheet.mediabox.height
    assert closed(title) in closed(sheet.extract_text())


@pytest.mark.parametrize("path", ["/timeline", "/front"])
def test_the_dark_page_is_dark_on_white_and_fits_the_paper(
    open_page, path: str
) -> None:
    page = open_page(f"{path}?as_of={SEED}", theme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('main .main-svg [style]')]
        .flatMap((e) => [e.style.fill, e.style.stroke])"""
    )
    page.emulate_media(media="print", color_scheme="dark")
    # A4 portrait within its margins, in CSS px.
    page.set_viewport_size({"width": 703, "height": 1017})
    ground, ink, wide = page.evaluate(
        """() => [
        getComputedStyle(document.querySelector('.stApp')).backgroundColor,
        getComputedStyle(document.querySelector('h1')).color,
        [...document.querySelectorAll('main .main-svg, main canvas, main table')]
          .map((drawn) => drawn.getBoundingClientRect())
          .filter((box) => box.right > innerWidth + 0.5).length]"""
    )
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(26, 29, 33)")
    assert wide == 0
    # White is the dark theme's front line, and the paper.
    dark = {rgb(colour) for colour in on_paper("dark")} - {rgb("#FFFFFF")}
    assert dark.intersection(drawn) == set()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(LEFT) == 0


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
