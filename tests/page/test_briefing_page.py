"""The page Briefing: its address is a deck at a slide; the editor changes the deck."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.briefing.compose import compose
from components.briefing.deck import Deck, since_default
from data.dataset import Dataset
from tests.conftest import notices

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = "2025-05-16"


def opened(**query: str | list[str]) -> AppTest:
    """The page under this address, as a first visit."""
    at = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(str(ROOT / "pages" / "briefing.py"))
    return at.run()


def html(at: AppTest) -> str:
    return " ".join(e.proto.body for e in at.get("html"))


def slide(at: AppTest) -> str:
    """The markup of the slide that is shown."""
    assert not at.exception
    return re.search(r'<section class="parley-slide".*?</section>', html(at), re.S)[0]


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def outline(at: AppTest) -> list[str]:
    """The editor's lines of slides: number, section, title."""
    assert not at.exception
    lines = re.findall(r"<p class='parley-outline'>(<b>.*?)</p>", html(at), re.S)
    return [text(line) for line in lines]


def deck(day: str = SEED, **changed: object) -> Deck:
    return Deck(as_of=day, since=since_default(day), **changed)


def test_without_more_the_first_slide_of_the_day_is_shown(whole: Dataset) -> None:
    shown = slide(opened(as_of=SEED))
    slides = compose(whole, deck())
    assert 'aria-label="Slide 1 of 12"' in shown
    assert shown.count("<h1") == 1
    assert slides[0].title in text(shown).replace("\u00a0", " ")
    assert f"{slides[0].section} · 1 of 12" in text(shown)


@pytest.mark.parametrize("number", [2, 5, 12])
def test_the_address_names_the_slide(whole: Dataset, number: int) -> None:
    shown = text(slide(opened(as_of=SEED, slide=str(number))))
    assert f"{number} of 12" in shown
    assert compose(whole, deck())[number - 1].title in shown.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("asked", "shown"), [("99", 12), ("0", 1), ("-3", 1), ("12", 12), ("two", 1)]
)
def test_a_number_beyond_the_deck_is_answered_with_the_nearest(
    asked: str, shown: int
) -> None:
    assert f'data-slide="{shown}"' in slide(opened(as_of=SEED, slide=asked))


def test_the_editor_says_that_the_slide_was_another() -> None:
    at = opened(as_of=SEED, slide="99", edit="true")
    assert "‘slide=99’ is not possible here: slides run from 1 to 12" in notices(at)


def test_the_editor_lists_the_deck(whole: Dataset) -> None:
    at = opened(as_of=SEED, edit="true")
    slides = compose(whole, deck())
    assert [t.value for t in at.title] == ["Briefing for 16 May 2025: 12 slides"]
    assert outline(at) == [
        f"{n} {s.section} {s.title}" for n, s in enumerate(slides, 1)
    ]
    assert "parley-slide" not in html(at).replace("<style>", "", 1).split("</style>")[1]


def test_the_second_day_is_named_on_what_changed_and_must_be_earlier() -> None:
    at = opened(as_of=SEED, since="2025-04-01", slide="2")
    assert "What changed since 1 April 2025" in text(slide(at)).replace("\u00a0", " ")
    at = opened(as_of=SEED, since="2025-05-20", edit="true")
    assert "‘since=2025-05-20’ is not possible here" in notices(at)
    assert "Shown: 2025-05-15" in notices(at)


def test_the_week_before_goes_along_with_the_day() -> None:
    at = opened(as_of=SEED, edit="true")
    assert at.date_input(key="since").value.isoformat() == "2025-05-09"
    at.button(key="day_before").click().run()
    assert at.date_input(key="since").value.isoformat() == "2025-05-08"


def test_a_slide_is_moved_taken_out_and_put_back() -> None:
    at = opened(as_of=SEED, edit="true")
    before = outline(at)
    at.button(key="down_changes").click().run()
    assert [line.split(" ", 1)[1][:5] for line in outline(at)[1:3]] == [
        before[2].split(" ", 1)[1][:5], before[1].split(" ", 1)[1][:5],
    ]  # fmt: skip
    at.button(key="up_changes").click().run()
    assert outline(at) == before
    at.checkbox(key="on_talks").uncheck().run()
    assert len(outline(at)) == 11
    assert not any("The talks" in line for line in outline(at))
    at.checkbox(key="on_talks").check().run()
    assert outline(at) == before


def test_the_last_slide_cannot_be_taken_out() -> None:
    at = opened(as_of=SEED, edit="true", slides=["map"])
    assert at.checkbox(key="on_map").disabled
    assert len(outline(at)) == 1


def test_the_order_in_the_address_is_the_order_of_the_deck() -> None:
    at = opened(as_of=SEED, slides=["map", "headline"])
    assert "The map · 1 of 2" in text(slide(at))


def test_an_own_title_and_an_own_text_are_in_the_deck() -> None:
    at = opened(as_of=SEED, edit="true")
    at.text_input(key="title").set_value("This morning").run()
    at.text_area(key="text").set_value("Our note\nOne\nTwo").run()
    assert outline(at)[0] == "1 The state This morning"
    assert outline(at)[1] == "2 Own text Our note"
    at.button(key="present").click().run()
    assert "This morning" in slide(at)
    at.session_state["slide"] = 2
    at.run()
    shown = text(slide(at))
    assert "Our note" in shown and "One" in shown and "Two" in shown
    assert "not part of the dataset" in shown


def test_words_of_ones_own_are_words_and_not_markup() -> None:
    hostile = '<img src=x onerror="alert(1)"></section><script>alert(2)</script>'
    at = opened(as_of=SEED, title=hostile, text=f"{hostile}\n{hostile}", slide="2")
    assert "<img" not in html(at) and "<script" not in html(at)
    assert "&lt;img src=x" in slide(at)
    first = opened(as_of=SEED, title=hostile)
    assert "<img" not in html(first) and "&lt;img src=x" in slide(first)
    editor = opened(as_of=SEED, title=hostile, text=hostile, edit="true")
    assert "<img" not in html(editor) and "<script" not in html(editor)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "x" * 121, "at most 120 characters"),
        ("text", "x" * 2001, "at most 2,000 characters"),
        ("text", "\n".join("abcdefghijklm"), "at most 12 paragraphs"),
        ("slides", ["map", "weather"], "one of headline, changes"),
        ("theme", "sepia", "one of dark, light, print"),
        ("since", "yesterday", "a date is written YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_is_said_in_the_editor_and_left_out(
    name: str, value: str | list[str], said: str
) -> None:
    at = opened(as_of=SEED, edit="true", **{name: value})
    assert not at.exception
    assert said in notices(at)
    assert outline(at)


def test_a_slide_with_nothing_to_say_by_the_day_is_named_as_left_out(
    whole: Dataset,
) -> None:
    at = opened(as_of=whole.first_day, edit="true")
    shown = compose(whole, deck(whole.first_day))
    assert 0 < len(shown) < 12
    assert html(at).count("nothing is known by this date") == 12 - len(shown)


def test_a_deck_with_nothing_to_say_says_so(whole: Dataset) -> None:
    shown = {slide.name for slide in compose(whole, deck(whole.first_day))}
    silent = next(name for name in ("toll", "losses", "exchanges") if name not in shown)
    at = opened(as_of=whole.first_day, slides=[silent])
    assert not at.exception
    assert len(at.title) == 1


def test_what_links_say_keeps_the_deck() -> None:
    at = opened(as_of=SEED, theme="light", slides=["map", "line"], title="A & B")
    assert not at.exception
    assert (
        "/briefing.pdf?as_of=2025-05-16&amp;theme=light&amp;title=A+%26+B"
        "&amp;slides=map&amp;slides=line" in html(at)
    )


def test_notes_carry_the_sources_of_the_slide(whole: Dataset) -> None:
    at = opened(as_of=SEED, slide="3")
    notes = re.search(r'<aside class="parley-notes".*?</aside>', html(at), re.S)[0]
    talks = compose(whole, deck())[2]
    assert talks.sources
    assert all(source.url.replace("&", "&amp;") in notes for source in talks.sources)


@pytest.mark.parametrize("day", ["2022-02-21", "2022-03-10", "2023-06-06", SEED])
def test_nothing_later_than_the_day_is_on_a_slide(whole: Dataset, day: str) -> None:
    at = opened(as_of=day)
    of = int(re.search(r'data-of="(\d+)"', slide(at))[1])
    assert of == len(compose(whole, deck(day)))
    for number in range(1, of + 1):
        at.session_state["slide"] = number
        at.run()
        years = re.findall(r"\b20[23]\d\b", text(slide(at)))
        assert all(year <= day[:4] for year in years), (number, years)
