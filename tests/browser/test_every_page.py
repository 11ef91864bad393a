"""What holds on every page: promises a person can see."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.navigation import PAGES as PAGES_IN_THE_BAR
from data.dataset import Dataset
from tests.conftest import SEED, serving, settled

PAGES = {
    "overview": "/",
    "changes": "/?since=2025-05-01",
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
    "briefing": "/briefing",
    "slide": "/briefing?slide=5&theme=light",
    "deck": "/briefing?edit=true",
    "sources": "/sources",
    "coverage": "/sources?show=coverage",
    "dictionary": "/sources?show=dictionary",
    "methods": "/sources?show=methods",
    "cite": "/sources?show=cite",
}
# Months after the seed day, in words.
LATER = (
    r"\b(?:June|July|August|September|October|November|December) 2025\b"
    r"|\b[A-Z][a-z]+ 2026\b"
)
SENTENCES = [
    "a date is written YYYY-MM-DD",
    "one of km, mi",
    "This page has no parameter ‘nonsense’",
]
RANGE = "dates run from 2022-02-21 to 2026-10-09"
everywhere = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)


def at(path: str, **query: str) -> str:
    parts = [f"{name}={value}" for name, value in query.items()]
    return path + ("&" if "?" in path else "?") + "&".join(parts)


def words(page) -> str:
    return page.inner_text("[data-testid=stMainBlockContainer]")


def serious(page) -> list[tuple[str, str]]:
    """What axe-core finds serious or critical: rule and element."""
    found = Axe().run(page).response["violations"]
    return [
        (v["id"], v["nodes"][0]["html"][:200])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@everywhere
def test_a_view_reads_and_comes_back_after_a_reload(open_page, path: str) -> None:
    """One first heading, nothing later than the date, nothing serious to axe in
    either theme; a reload (into the dark) shows the same."""
    page = open_page(at(path, as_of=SEED, units="mi"))
    url, text = page.evaluate("location.href"), words(page)
    assert page.locator("h1").count() == 1
    assert "Traceback" not in text
    said = text.replace("Dataset complete to 9 October 2026", "")
    assert re.findall(LATER, said) == []
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    page.reload()
    settled(page)
    ground = page.evaluate(
        "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    )
    # Slides have a look of their own, which the address names.
    assert "/briefing" in path or max(map(int, re.findall(r"\d+", ground))) < 64
    assert page.evaluate("location.href") == url
    assert words(page) == text
    assert serious(page) == []


@pytest.mark.parametrize(
    "view",
    [
        "changes", "event", "losses", "person", "two_texts",
        "deal", "claim", "slide", "coverage",
    ],
)  # fmt: skip
def test_a_colleague_sees_the_same_by_the_address(
    open_page, address: str, view: str
) -> None:
    page = open_page(at(PAGES[view], as_of=SEED, units="mi"))
    url = page.evaluate("location.href")
    other = open_page(url.removeprefix(address))
    assert words(other) == words(page)


@everywhere
def test_nothing_scrolls_sideways_on_a_phone(open_page, path: str) -> None:
    page = open_page(at(path, as_of=SEED), size=(390, 844))
    wide = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
    )
    assert wide <= 0


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
    ("path", "query", "said"),
    [
        (path, f"as_of=garbage&units=parsec&nonsense=1{editing}", SENTENCES)
        for path in sorted({p.split("?")[0] for p in PAGES.values()})
        # Over a slide nothing is said: the deck's editor says it.
        for editing in ["&edit=true" if path == "/briefing" else ""]
    ]
    + [
        ("/", "as_of=2099-01-01", [RANGE]),
        ("/timeline", "as_of=2019-01-01", [RANGE]),
    ],
)
def test_a_parameter_that_cannot_be_is_answered_in_a_sentence(
    open_page, path: str, query: str, said: list[str]
) -> None:
    page = open_page(f"{path}?{query}")
    shown = words(page)
    assert all(sentence in shown for sentence in said)
    assert "Traceback" not in shown
    page.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Dismiss").wait_for(state="detached")
    assert not any(sentence in words(page) for sentence in said)


@pytest.mark.parametrize("path", ["/", "/timeline", "/front", "/positions"])
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


@pytest.mark.parametrize(
    "first",
    [
        "/timeline?actor=hakan-fidan&text=Fidan&event=2025-05-16-istanbul-first-round",
        "/positions?text=us-final-offer-2025&issue=crimea",
        "/briefing?edit=true&text=Note",
        "/actors?show=network&actor=hakan-fidan",
    ],
)
def test_what_one_page_asks_for_is_nothing_to_another(open_page, first: str) -> None:
    """Pages use names in senses of their own; the date and the unit go with you."""
    page = open_page(at(first, as_of=SEED, units="mi"))
    for title, _ in PAGES_IN_THE_BAR.values():
        if page.get_by_role("link", name=title, exact=True).count() == 0:  # a slide
            page.goto(f"{page.url.split('/briefing')[0]}/sources?as_of={SEED}&units=mi")
            settled(page)
        page.get_by_role("link", name=title, exact=True).first.click()
        settled(page)
        assert page.locator("[data-testid=stException]").count() == 0, title
        asked = page.evaluate("location.search")
        assert sorted(asked.removeprefix("?").split("&")) == [
            f"as_of={SEED}",
            "units=mi",
        ]


def test_what_an_address_asks_in_vain_is_shown_as_words(open_page) -> None:
    page = open_page(
        "/sources?[Get%20the%20file](https://evil.example)=1&www.evil.example=2"
        "&as_of=https://evil.example&units=**b**<b>x"
    )
    shown = page.locator(".st-key-notices-refused")
    assert "[Get the file](https://evil.example)" in shown.inner_text()
    assert "**b**<b>x" in shown.inner_text()
    assert shown.locator("a, b, strong").count() == 0
