"""The page Overview: a day as it was known that day, each figure with its date."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import notices

ROOT = Path(__file__).resolve().parent.parent.parent
_SHELL = ("<style>", "parley-complete")


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(str(ROOT / "pages" / "overview.py"))
    return at.run()


def html(at: AppTest) -> str:
    """All markup but the style and the bar that names the dataset's closing date."""
    return " ".join(
        e.proto.body
        for e in at.get("html")
        if not any(mark in e.proto.body for mark in _SHELL)
    )


def test_the_seed_day_as_it_was_known():
    at = opened(as_of="2025-05-16")
    assert not at.exception
    assert [t.value for t in at.title] == [
        "Russia and Ukraine held first direct talks since 2022 in Istanbul; "
        "the sides agreed to exchange 1,000 prisoners each"
    ]
    assert any(
        m.value == "State on 16 May 2025, day 1,178 of the full-scale war, "
        "as it was known that day"
        for m in at.markdown
    )
    text = html(at)
    for figure in ("1,104", "18.7", "112,805 km²", "≥ 12,910", "≈ 30,700", "4,757"):
        assert figure in text
    assert "64 exchanges" in text
    assert "31 March 2025, published 8 April 2025" in text
    assert (
        "/timeline?as_of=2025-05-16&amp;event=2025-05-16-istanbul-first-round" in text
    )
    assert "Exchange of 1,000 prisoners each" in text
    assert "no date" in text


def test_nothing_of_the_days_after_the_seed_day():
    text = html(opened(as_of="2025-05-16"))
    for later in ("17 May 2025", "23 May", "2 June 2025", "July 2025", "2026"):
        assert later not in text


def test_miles_are_kept_in_figures_and_links():
    text = html(opened(as_of="2025-05-16", units="mi"))
    assert "<span class='unit'>miles</span>" in text
    assert "686" in text
    assert "sq mi" in text
    assert "units=mi" in text


def test_the_latest_day_marks_candidates_and_says_that_the_map_ended():
    at = opened()
    assert not at.exception
    text = html(at)
    assert "candidate: rests on pages not opened" in text
    assert "22 August 2026" in text
    assert "No newer map in the last 30 days" in text
    assert "The exchanges listed here to that day add up to" in text
    assert "as_of=" not in text


@pytest.mark.parametrize("day", ["2022-02-21", "2022-03-10", "2022-05-20"])
def test_early_days_say_what_is_missing(day):
    at = opened(as_of=day)
    assert not at.exception
    text = html(at)
    missing = {
        "2022-02-21": "No map is known by this date",
        "2022-03-10": "publication date not known",
        "2022-05-20": "another map was in use 30 days before",
    }
    assert missing[day] in text
    assert len(at.title) == 1


def since_section(at: AppTest) -> str:
    return next(
        e.proto.body
        for e in at.get("html")
        if "<p class='parley-since'>" in e.proto.body
    )


def test_since_you_last_looked_goes_back_seven_days():
    text = since_section(opened(as_of="2025-05-16"))
    assert "Between 9 and 16 May 2025: 26 events" in text
    assert "Begun: Vladimir Medinsky" in text
    assert "<details><summary>20 more</summary>" in text
    assert "1,104 km (+6)" in text and "net +50 km²" in text
    assert (
        "/timeline?as_of=2025-05-16&amp;event=2025-05-16-istanbul-first-round" in text
    )
    assert "/changes.atom?as_of=2025-05-16&amp;since=2025-05-09" in text


def test_since_a_day_of_the_readers_own():
    at = opened(as_of="2025-05-16", since="2025-04-16", units="mi")
    assert not at.exception
    text = since_section(at)
    assert "Between 16 April and 16 May 2025" in text
    assert "Net, sq mi" in text and "Donetsk" in text
    assert "km²" not in text


def test_a_since_after_the_date_is_told_and_answered_with_the_day_before():
    at = opened(as_of="2025-05-16", since="2026-01-01")
    assert "Between 15 and 16 May 2025" in since_section(at)
    assert "‘since=2026-01-01’ is not possible here" in notices(at)


@pytest.mark.parametrize(
    "day", ["2022-02-21", "2022-02-22", "2022-03-10", "2022-05-18"]
)
def test_since_stands_on_the_first_days_and_across_two_maps(day: str):
    at = opened(as_of=day)
    assert not at.exception
    told = [
        e.proto.body
        for e in at.get("html")
        if "<p class='parley-since'>" in e.proto.body
    ]
    assert len(told) == (0 if day == "2022-02-21" else 1)
    if day == "2022-05-18":
        assert "two maps are not differenced" in told[0]
