"""The slide show as a presenter has it: by keyboard, full window, on any screen."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.briefing.compose import compose
from components.briefing.deck import Deck
from data.dataset import Dataset
from tests.conftest import SEED, settled

DECK = Deck(SEED, "2025-05-09")
PATH = f"/briefing?as_of={SEED}"

# What stands beyond the stage, or in type under 24 px of the stage's 1920 (in a
# chart, whose type must also fit its box, under 20): text.
MISPLACED = """() => {
  const slide = document.querySelector('.parley-slide');
  const stage = slide.getBoundingClientRect();
  const zoom = stage.width / 1920;
  const found = [];
  const see = (text, box, size, least) => {
    const out = box.left < stage.left - 1 || box.right > stage.right + 1
      || box.top < stage.top - 1 || box.bottom > stage.bottom + 1;
    if (out || size < least) found.push([text.trim(), Math.round(size), out]);
  };
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    see(node.data, range.getBoundingClientRect(),
      parseFloat(getComputedStyle(node.parentElement).fontSize), 23.9);
  }
  const drawn = document.querySelector('.st-key-plot .main-svg');
  if (drawn) see('the chart', drawn.getBoundingClientRect(), 24, 0);
  for (const node of document.querySelectorAll('.st-key-plot svg text')) {
    const box = node.getBoundingClientRect();
    if (!box.width || !node.textContent.trim()) continue;
    const plot = node.closest('.js-plotly-plot');
    const scale = plot.getBoundingClientRect().width / plot.offsetWidth / zoom;
    see(node.textContent, box, parseFloat(getComputedStyle(node).fontSize) * scale, 20);
  }
  return found;
}"""
COVERED = """() => [...document.querySelectorAll(
    'header, .st-key-asof, .st-key-notices, .st-key-deck-hidden')]
  .filter((e) => e.offsetParent !== null || e.getClientRects().length)
  .map((e) => e.className)"""


def number(page) -> int:
    return int(page.get_attribute(".parley-slide", "data-slide"))


def title(page) -> str:
    return page.inner_text(".parley-slide h1").replace("\u00a0", " ")


def at_slide(page, wanted: int) -> None:
    page.wait_for_selector(f'.parley-slide[data-slide="{wanted}"]', timeout=20_000)
    settled(page)


def test_by_keyboard_alone_to_the_last_slide_and_back(
    open_page, whole: Dataset
) -> None:
    titles = [slide.title for slide in compose(whole, DECK)]
    page = open_page(PATH)
    forward = ["ArrowRight", "ArrowDown", " ", "PageDown", "Enter"]
    for n, expected in enumerate(titles, 1):
        at_slide(page, n)
        assert title(page) == expected
        assert page.locator("h1").count() == 1
        assert ("slide=" in page.evaluate("location.href")) == (n > 1)
        page.keyboard.press(forward[n % len(forward)])
    at_slide(page, len(titles))  # nothing comes after the last
    backward = ["ArrowLeft", "ArrowUp", "Backspace", "PageUp", "Shift+ "]
    for n in range(len(titles), 0, -1):
        at_slide(page, n)
        assert title(page) == titles[n - 1]
        page.keyboard.press(backward[n % len(backward)])
    at_slide(page, 1)
    page.keyboard.press("End")
    at_slide(page, len(titles))
    page.keyboard.press("Home")
    at_slide(page, 1)


def test_quick_presses_are_neither_lost_nor_doubled(open_page) -> None:
    """Also those that come while a slide is on its way: pauses of every length."""
    page = open_page(PATH)
    wanted = 1
    for burst in ("RRRRRRRL", "LRR", "RL", "LLL", "RRRRR", "LLRL", "RRL"):
        for n, key in enumerate(burst):
            page.keyboard.press("ArrowRight" if key == "R" else "ArrowLeft")
            wanted += 1 if key == "R" else -1
            page.wait_for_timeout((0, 30, 150, 60)[n % 4])
        page.wait_for_selector(f'.parley-slide[data-slide="{wanted}"]')
    settled(page)
    page.wait_for_timeout(400)
    assert number(page) == wanted
    assert f"slide={wanted}" in page.evaluate("location.href")


def test_the_buttons_are_named_and_do_what_the_keys_do(open_page) -> None:
    page = open_page(PATH)
    page.mouse.move(300, 300)
    page.get_by_role("button", name="Next slide").click()
    at_slide(page, 2)
    page.get_by_role("button", name="Previous slide").click()
    at_slide(page, 1)
    page.get_by_role("button", name="Next slide").focus()
    page.keyboard.press("Enter")
    at_slide(page, 2)
    page.wait_for_timeout(400)
    assert number(page) == 2
    page.mouse.move(320, 300)
    page.get_by_role("button", name="Last slide").click()
    at_slide(page, 12)


@pytest.mark.parametrize("n", [1, 5, 12])
def test_a_reload_keeps_slide_and_deck(open_page, n: int) -> None:
    query = "&since=2025-04-16&theme=light&title=This+morning&units=mi"
    page = open_page(f"{PATH}&slide={n}{query}")
    url, shown = page.evaluate("location.href"), page.inner_text(".parley-slide")
    for part in (query + f"&slide={n}" * (n > 1)).strip("&").split("&"):
        assert part in url
    page.reload()
    settled(page)
    assert page.evaluate("location.href") == url
    assert page.inner_text(".parley-slide") == shown


def test_nothing_of_the_app_is_seen(open_page) -> None:
    page = open_page(f"{PATH}&nonsense=1")
    assert page.evaluate(COVERED) == []
    assert not page.get_by_text("Turning points").is_visible()
    strip = page.locator(".st-key-strip")
    opacity = "e => getComputedStyle(e).opacity"
    assert strip.evaluate(opacity) == "0"
    page.mouse.move(200, 200)
    page.mouse.move(220, 220)
    assert strip.evaluate(opacity) == "1"
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('.st-key-strip')).opacity === '0'"
    )
    page.keyboard.press("Tab")
    assert strip.evaluate(opacity) == "1"


def test_notes_open_stay_over_a_slide_change_and_close(open_page) -> None:
    page = open_page(f"{PATH}&slide=3")
    notes = page.locator(".parley-notes")
    assert not notes.is_visible()
    page.keyboard.press("n")
    assert notes.is_visible()
    assert notes.locator("a[href^=http]").count() > 0
    assert "Sources" in notes.inner_text()
    before = notes.inner_text()
    page.keyboard.press("ArrowRight")
    at_slide(page, 4)
    assert notes.is_visible() and notes.inner_text() != before
    page.keyboard.press("Escape")
    assert not notes.is_visible()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert not notes.is_visible()


def test_the_keys_are_listed_on_a_question_mark(open_page) -> None:
    page = open_page(PATH)
    page.keyboard.press("?")
    assert page.get_by_role("region", name="Keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("region", name="Keys").is_visible()


@pytest.mark.parametrize("key", ["b", "."])
def test_the_screen_goes_black_and_any_key_returns_to_the_slide(
    open_page, key: str
) -> None:
    page = open_page(f"{PATH}&slide=2")
    page.keyboard.press(key)
    colours = page.evaluate(
        "() => getComputedStyle(document.documentElement, '::after').backgroundColor"
    )
    assert colours == "rgb(0, 0, 0)"
    page.keyboard.press("ArrowRight")
    after = "() => getComputedStyle(document.documentElement, '::after').content"
    assert page.evaluate(after) == "none"
    page.wait_for_timeout(400)
    assert number(page) == 2


def test_the_strip_comes_with_the_pointer_and_with_tab(open_page) -> None:
    opacity = "() => getComputedStyle(document.querySelector('.st-key-strip')).opacity"
    page = open_page(PATH)
    page.mouse.move(200, 200)
    page.mouse.move(220, 220)
    assert page.evaluate(opacity) == "1"
    page.wait_for_function(f"() => ({opacity})() === '0'", timeout=6_000)
    for _ in range(3):  # past Streamlit's own link to the content, and the page
        page.keyboard.press("Tab")
    assert page.evaluate(opacity) == "1"
    page.get_by_role("button", name="Next slide").focus()
    page.keyboard.press("Enter")
    at_slide(page, 2)
    page.wait_for_timeout(400)
    assert page.get_attribute(".parley-slide", "data-slide") == "2"


def test_f_fills_the_screen_and_leaves_it(open_page) -> None:
    page = open_page(PATH)
    filled = "() => document.fullscreenElement !== null"
    page.keyboard.press("f")
    page.wait_for_function(filled)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_the_app_is_not_seen_coming_up_before_the_slide(chromium, address: str) -> None:
    page = chromium.new_page()
    seen = """() => {
      const root = document.querySelector('#root');
      if (!document.querySelector('.parley-slide') && root)
        (window.__seen ||= []).push(getComputedStyle(root).opacity);
      requestAnimationFrame(window.__look);
    }"""
    page.add_init_script(f"window.__look = {seen}; window.__look()")
    page.goto(address + PATH)
    settled(page)
    assert set(page.evaluate("window.__seen")) == {"0"}
    page.close()


def test_a_slide_change_is_said_once(open_page) -> None:
    page = open_page(PATH)
    page.evaluate(
        """() => { window.__said = []; new MutationObserver(() => {
          const live = document.querySelector('.parley-said');
          if (live && live.textContent && live.textContent !== window.__said.at(-1))
            window.__said.push(live.textContent);
        }).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""
    )
    page.keyboard.press("ArrowRight")
    at_slide(page, 2)
    page.wait_for_timeout(300)
    assert page.evaluate("window.__said") == [
        "What changed: What changed since 9 May 2025"
    ]
    assert page.locator("[aria-live]:not(:empty)").count() == 1


SCREEN, LAPTOP, PHONE = (1920, 1080), (1280, 800), (390, 844)


@pytest.mark.parametrize(
    ("day", "size", "theme"),
    [
        (SEED, SCREEN, "dark"), ("2022-03-10", PHONE, "light"), ("", LAPTOP, "dark"),
    ],
    ids=["seed-screen", "early-phone", "last-laptop"],
)  # fmt: skip
def test_every_slide_stands_in_the_stage_in_type_that_is_read(
    open_page, day: str, size: tuple[int, int], theme: str
) -> None:
    page = open_page(
        f"/briefing?theme={theme}" + f"&as_of={day}" * bool(day), size=size
    )
    of = int(page.get_attribute(".parley-slide", "data-of"))
    for n in range(1, of + 1):
        at_slide(page, n)
        assert page.evaluate(MISPLACED) == [], n
        stage = page.locator(".parley-slide").bounding_box()
        assert stage["width"] == pytest.approx(min(size[0], size[1] * 16 / 9), abs=1)
        assert stage["x"] >= -0.5 and stage["y"] >= -0.5
        page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_phone_the_slide_stands_above_its_controls(open_page) -> None:
    page = open_page(f"{PATH}&slide=6", size=(390, 844))
    stage = page.locator(".parley-slide").bounding_box()
    strip = page.locator(".st-key-strip")
    assert stage["y"] == pytest.approx(0, abs=1)
    assert strip.evaluate("e => getComputedStyle(e).opacity") == "1"
    assert strip.bounding_box()["y"] >= stage["y"] + stage["height"] - 1
    page.get_by_role("button", name="Next slide").click()
    at_slide(page, 7)


@pytest.mark.parametrize(("theme", "first", "last"), [("dark", 1, 12), ("light", 4, 6)])
def test_axe_finds_nothing_serious_on_slides_with_notes(
    open_page, theme: str, first: int, last: int
) -> None:
    page = open_page(f"{PATH}&theme={theme}&slide={first}")
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    for n in range(first, last + 1):
        at_slide(page, n)
        found = [
            (v["id"], v["nodes"][0]["html"][:160])
            for v in Axe().run(page).response["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert found == []
        page.keyboard.press("ArrowRight")


def test_to_the_editor_and_back_the_slide_is_kept(open_page) -> None:
    page = open_page(f"{PATH}&slide=5")
    page.keyboard.press("e")
    page.get_by_role("heading", name=re.compile("Briefing for 16 May 2025")).wait_for()
    settled(page)
    assert "edit=true" in page.evaluate("location.href")
    assert page.get_by_text("Turning points").is_visible()
    page.get_by_role("button", name="Line down", exact=True).click()
    page.wait_for_url(re.compile("slides=toll&slides=line"))
    page.get_by_role("button", name="Line up", exact=True).click()
    page.wait_for_function("() => !location.href.includes('slides=')")
    page.get_by_role("button", name="Present").click()
    at_slide(page, 5)
    assert "edit" not in page.evaluate("location.href")


def test_a_file_is_made_with_its_progress_told_and_handed_over(open_page) -> None:
    page = open_page(f"{PATH}&edit=true&slides=losses&slides=claims")
    page.get_by_role("button", name="Make the PDF").click()
    link = page.get_by_role("link", name="Download the PDF")
    link.wait_for(timeout=60_000)
    with page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == (
        "parley-briefing-as-of-2025-05-16-since-2025-05-09.pdf"
    )


def test_a_slide_of_another_day_than_asked_for_says_so(open_page) -> None:
    """Over the slide, until dismissed: the room must not see the wrong day."""
    page = open_page("/briefing?as_of=garbage&since=zzz&slide=2")
    said = page.locator(".st-key-notices-refused")
    assert "‘as_of=garbage’ is not possible here" in said.inner_text()
    box = said.bounding_box()
    over = page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('.st-key-notices-refused')",
        [box["x"] + 20, box["y"] + box["height"] / 2],
    )
    assert over
    page.get_by_role("button", name="Dismiss").click()
    said.wait_for(state="detached")
    assert number(page) == 2
