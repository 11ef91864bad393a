"""What holds on every page: promises a person can see."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from data.dataset import Dataset
from tests.conftest import SEED, serving, settled

PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "event": "/timeline?event=2025-05-16-istanbul-first-round",
    "front": "/front",
    "civilians": "/front?view=casualties",
    "losses": "/front?view=casualties&population=russian-military",
    "actors": "/actors",
    "person": "/actors?actor=rustem-umerov",
    "state": "/actors?actor=ukraine",
    "delegations": "/actors?show=delegations",
    "network": "/actors?show=network",
    "positions": "/positions",
    "text": "/positions?text=us-final-offer-2025&issue=crimea",
    "two_texts": "/positions?text=us-final-offer-2025&against=european-ukrainian-text-2025",
    "exchanges": "/exchanges",
    "deal": "/exchanges?deal=istanbul-2025-05-16",
    "bodies": "/exchanges?what=bodies",
    "claims": "/claims",
    "claim": "/claims?claim=seed-16-front-line",
    "report": "/claims?report=istanbul-2025-05-16",
    "sources": "/sources",
    "coverage": "/sources?show=coverage",
    "dictionary": "/sources?show=dictionary",
    "methods": "/sources?show=methods",
    "cite": "/sources?show=cite",
}
everywhere = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


def at(path: str, **query: str) -> str:
    parts = [f"{name}={value}" for name, value in query.items()]
    return path + ("&" if "?" in path else "?") + "&".join(parts)


def words(page) -> str:
    return page.inner_text("[data-testid=stMainBlockContainer]")


@everywhere
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, path: str, theme: str) -> None:
    page = open_page(at(path, as_of=SEED), theme=theme)
    found = Axe().run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in serious] == []


@everywhere
def test_nothing_scrolls_sideways_on_a_phone(open_page, path: str) -> None:
    page = open_page(at(path, as_of=SEED), size=(390, 844))
    wide = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    )
    assert wide <= 0


@everywhere
def test_a_page_has_one_first_heading_and_says_nothing_later(
    open_page, path: str
) -> None:
    page = open_page(at(path, as_of=SEED))
    assert page.locator("h1").count() == 1
    text = words(page).replace("Dataset complete to 9 October 2026", "")
    assert "Traceback" not in text
    later = re.findall(
        r"\b(?:June|July|August|September|October|November|December) 2025\b", text
    )
    assert later == []
    assert re.findall(r"\b[A-Z][a-z]+ 2026\b", text) == []


@everywhere
def test_reloading_and_a_colleagues_browser_show_the_same(
    open_page, address: str, path: str
) -> None:
    page = open_page(at(path, as_of=SEED, units="mi"))
    url, text = page.evaluate("location.href"), words(page)
    page.reload()
    settled(page)
    assert page.evaluate("location.href") == url
    assert words(page) == text
    other = open_page(url.removeprefix(address))
    assert words(other) == text


def test_a_deep_link_is_right_as_the_very_first_request(chromium) -> None:
    with serving() as (address, _):
        page = chromium.new_page()
        page.goto(
            f"{address}/timeline?as_of={SEED}&track=us"
            "&event=2025-02-18-riyadh-us-russia"
        )
        settled(page)
        url, text = page.evaluate("location.href"), words(page)
        page.close()
    assert "track=us" in url and f"as_of={SEED}" in url
    assert "Riyadh" in text


def test_the_as_of_date_stays_from_page_to_page(open_page) -> None:
    page = open_page(f"/?as_of={SEED}")
    for name in (
        "Timeline",
        "Front line and casualties",
        "Actors",
        "Sources",
        "Overview",
    ):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_timeout(600)
        settled(page)
        assert f"as_of={SEED}" in page.evaluate("location.href"), name


def test_the_bar_steps_jumps_and_returns(open_page, whole: Dataset) -> None:
    page = open_page(f"/sources?as_of={SEED}")
    page.get_by_role("button", name="Day before").click()
    page.wait_for_url("**as_of=2025-05-15**")
    page.get_by_role("button", name="Turning points").click()
    page.get_by_role("button", name=re.compile("Anchorage")).click()
    page.wait_for_url("**as_of=2025-08-15**")
    page.get_by_role("button", name="Latest").click()
    page.wait_for_function("() => !location.href.includes('as_of')")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=garbage", "a date is written YYYY-MM-DD"),
        ("as_of=2099-01-01", "dates run from 2022-02-21 to 2026-10-09"),
        ("as_of=2019-01-01", "dates run from 2022-02-21 to 2026-10-09"),
        ("units=parsec", "one of km, mi"),
        ("nonsense=1", "This page has no parameter ‘nonsense’"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/timeline", "/front", "/actors", "/sources"])
def test_a_parameter_that_cannot_be_is_answered_in_a_sentence(
    open_page, path: str, query: str, said: str
) -> None:
    page = open_page(f"{path}?{query}")
    assert said in words(page)
    assert "Traceback" not in words(page)
    page.get_by_role("button", name="Dismiss").click()
    page.wait_for_timeout(500)
    assert said not in words(page)


@pytest.mark.parametrize("path", ["/", "/timeline", "/front", "/actors", "/sources"])
def test_tab_reaches_the_bar_and_the_page(open_page, path: str) -> None:
    page = open_page(at(path, as_of=SEED))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => (document.activeElement.innerText || document.activeElement"
                ".getAttribute('aria-label') || document.activeElement.tagName).trim()"
            )
        )
    for control in ("Latest", "Turning points", "km", "mi"):
        assert any(control in name for name in reached), (control, reached)
    assert len(reached) > 12
