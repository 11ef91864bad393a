"""The slide show in a browser: by keyboard alone, over the whole window."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.briefing.compose import compose
from components.briefing.deck import Deck
from data.dataset import Dataset
from tests.conftest import SEED, settled

SIZES = [(1920, 1080), (1280, 800), (390, 844)]
DECK = f"/briefing?as_of={SEED}"


def titles(whole: Dataset) -> list[str]:
    return [slide.title for slide in compose(whole, Deck(SEED, "2025-05-09"))]


def title(page) -> str:
    return page.inner_text(".parley-slide h1").replace("\u00a0", " ")


def reaches(page, number: int) -> None:
    """Wait until the slide stands there and its run is over."""
    page.wait_for_selector(f".parley-slide[data-slide='{number}']", timeout=20_000)
    settled(page)


def url(page) -> str:
    return page.evaluate("location.href")


def test_by_keyboard_from_the_first_slide_to_the_last_and_back(
    open_page, whole: Dataset
) -> None:
    expected = titles(whole)
    forward = ("ArrowRight", "ArrowDown", "Space", "PageDown", "Enter")
    back = ("ArrowLeft", "ArrowUp", "Shift+Space", "PageUp", "Backspace")
    page = open_page(DECK)
    seen = [title(page)]
    for n in range(2, len(expected) + 1):
        page.keyboard.press(forward[n % len(forward)])
        reaches(page, n)
        seen.append(title(page))
    assert seen == expected
    page.keyboard.press("ArrowRight")  # there is none after the last
    for n in range(len(expected) - 1, 0, -1):
        page.keyboard.press(back[n % len(back)])
        reaches(page, n)
        assert title(page) == expected[n - 1]
    assert "slide=" not in url(page)


def test_quick_presses_are_neither_lost_nor_doubled(open_page, whole: Dataset) -> None:
    page = open_page(DECK)
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    reaches(page, 6)
    page.wait_for_timeout(800)
    assert title(page) == titles(whole)[5]
    page.keyboard.press("End")
    reaches(page, len(titles(whole)))
    page.keyboard.press("Home")
    reaches(page, 1)


def test_a_reload_keeps_slide_and_deck(open_page) -> None:
    page = open_page(
        f"{DECK}&since=2025-05-02&theme=light&slides=map&slides=line&slides=toll"
        "&title=Own&text=Mine&slide=3"
    )
    page.keyboard.press("ArrowRight")
    reaches(page, 4)
    before, said = url(page), title(page)
    page.reload()
    settled(page)
    assert url(page) == before and "slide=4" in before
    assert title(page) == said
    assert page.get_attribute(".parley-slide", "data-of") == "4"


def test_no_chrome_stands_over_a_slide(open_page) -> None:
    page = open_page(f"{DECK}&slide=5")
    for chrome in ("header", ".st-key-asof", ".st-key-deck-hidden"):
        assert page.locator(f"{chrome}:visible").count() == 0, chrome
    assert page.evaluate(
        "() => getComputedStyle(document.querySelector('.st-key-strip')).opacity"
    ) == "0"  # fmt: skip
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_notes_stay_from_slide_to_slide_and_lead_to_the_sources(
    open_page, whole: Dataset
) -> None:
    slides = compose(whole, Deck(SEED, "2025-05-09"))
    page = open_page(f"{DECK}&slide=2")
    notes = page.locator(".parley-notes")
    assert not notes.is_visible()
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    reaches(page, 3)
    assert notes.is_visible()
    assert slides[2].notes[0] in notes.inner_text().replace("\u00a0", " ")
    link = notes.locator("a").first
    assert link.get_attribute("href") == next(s.url for s in slides[2].sources if s.url)
    assert link.get_attribute("target") == "_blank"
    page.keyboard.press("Escape")
    assert not notes.is_visible()


def test_a_black_screen_goes_with_any_key_and_no_slide_is_passed(open_page) -> None:
    black = "() => document.documentElement.classList.contains('parley-black')"
    page = open_page(DECK)
    for key in ("b", "."):
        page.keyboard.press(key)
        assert page.evaluate(black)
        page.keyboard.press("ArrowRight")
        assert not page.evaluate(black)
    page.wait_for_timeout(400)
    assert page.get_attribute(".parley-slide", "data-slide") == "1"


def test_the_keys_are_listed_on_a_question_mark(open_page) -> None:
    page = open_page(DECK)
    page.keyboard.press("?")
    assert page.get_by_role("region", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("region", name="Keys").is_visible()


def test_a_change_of_slide_is_said_once(open_page, whole: Dataset) -> None:
    page = open_page(DECK)
    page.keyboard.press("ArrowRight")
    reaches(page, 2)
    said = page.locator("[aria-live].parley-said")
    assert said.count() == 1
    slide = compose(whole, Deck(SEED, "2025-05-09"))[1]
    assert said.inner_text() == f"{slide.section}: {slide.title}"


def test_the_strip_comes_with_the_pointer_and_with_tab(open_page) -> None:
    opacity = "() => getComputedStyle(document.querySelector('.st-key-strip')).opacity"
    page = open_page(DECK)
    page.mouse.move(200, 200)
    page.mouse.move(220, 220)
    assert page.evaluate(opacity) == "1"
    page.wait_for_function(f"() => ({opacity})() === '0'", timeout=6_000)
    for _ in range(3):  # past Streamlit's own link to the content, and the page
        page.keyboard.press("Tab")
    assert page.evaluate(opacity) == "1"
    page.get_by_role("button", name="Next slide").focus()
    page.keyboard.press("Enter")
    reaches(page, 2)
    page.wait_for_timeout(400)
    assert page.get_attribute(".parley-slide", "data-slide") == "2"


# What sticks out of the stage, and type that is too small, in px of the stage.
_MEASURED = """() => {
  const stage = document.querySelector('.parley-slide');
  const at = stage.getBoundingClientRect(), scale = at.width / 1920;
  const out = [], small = [];
  const inside = r => r.left >= at.left - 1.5 && r.right <= at.right + 1.5
    && r.top >= at.top - 1.5 && r.bottom <= at.bottom + 1.5;
  const seen = e => { const r = e.getBoundingClientRect(); return r.width && r.height; };
  for (const e of stage.querySelectorAll('h1,h2,p,li,td,th')) {
    if (!seen(e)) continue;
    if (!inside(e.getBoundingClientRect())) out.push(e.textContent.slice(0, 60));
    if (parseFloat(getComputedStyle(e).fontSize) < 24) small.push(e.textContent.slice(0, 60));
  }
  for (const e of document.querySelectorAll('.st-key-plot .main-svg text')) {
    if (!e.textContent.trim() || !seen(e)) continue;
    if (!inside(e.getBoundingClientRect())) out.push(e.textContent.slice(0, 60));
    const drawn = e.getScreenCTM().d || Math.abs(e.getScreenCTM().b);
    const size = parseFloat(getComputedStyle(e).fontSize) * drawn / scale;
    if (size < 19.9) small.push(`${e.textContent.slice(0, 60)} ${size.toFixed(1)}`);
  }
  const plot = document.querySelector('.st-key-plot .main-svg');
  if (plot && !inside(plot.getBoundingClientRect())) out.push('the chart');
  return {out, small, across: document.documentElement.scrollWidth - innerWidth};
}"""


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}")
@pytest.mark.parametrize(
    "day", [SEED, "2022-03-10", ""], ids=["seed", "early", "latest"]
)
def test_everything_is_inside_the_stage_and_large_enough(
    open_page, size: tuple[int, int], day: str
) -> None:
    page = open_page(f"/briefing?as_of={day}" if day else "/briefing", size=size)
    of = int(page.get_attribute(".parley-slide", "data-of"))
    for n in range(1, of + 1):
        reaches(page, n)
        found = page.evaluate(_MEASURED)
        assert found == {"out": [], "small": [], "across": 0}, (n, found)
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("theme", ["dark", "light", "print"])
def test_axe_finds_nothing_serious_on_any_slide(open_page, theme: str) -> None:
    page = open_page(f"{DECK}&theme={theme}")
    page.keyboard.press("n")
    for n in range(1, int(page.get_attribute(".parley-slide", "data-of")) + 1):
        reaches(page, n)
        page.mouse.move(100 + n, 100)
        found = [
            (v["id"], v["nodes"][0]["html"][:160])
            for v in Axe().run(page).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert found == [], n
        page.keyboard.press("ArrowRight")


def test_on_a_phone_the_strip_stands_below_the_slide(open_page) -> None:
    page = open_page(f"{DECK}&slide=2", size=(390, 844))
    slide = page.locator(".parley-slide").bounding_box()
    strip = page.locator(".st-key-strip").bounding_box()
    assert slide["y"] == 0 and slide["width"] == pytest.approx(390)
    assert strip["y"] == pytest.approx(slide["height"], abs=1.5)
    page.get_by_role("button", name="Next slide").click()
    reaches(page, 3)


def test_a_file_is_made_with_its_progress_shown(open_page) -> None:
    page = open_page(f"{DECK}&edit=true&slides=headline&slides=line")
    page.get_by_role("button", name="Make the PDF").click()
    link = page.get_by_role("link", name="Download the PDF")
    link.wait_for(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith(
        "parley-briefing-as-of-2025-05-16"
    )


def test_from_the_slide_to_the_editor_and_back(open_page) -> None:
    page = open_page(f"{DECK}&slide=4")
    page.keyboard.press("e")
    page.get_by_role("button", name="Present").wait_for()
    settled(page)
    page.get_by_role("button", name="Map up").click()
    page.wait_for_url("**slides=talks&slides=map&slides=timeline**")
    page.get_by_role("button", name="Map down").click()
    page.wait_for_function("() => !location.href.includes('slides=')")
    page.get_by_role("button", name="Present").click()
    reaches(page, 4)
    assert "edit" not in url(page)
