"""The page Claims: its address opens a claim, a filter or the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**query: str | list[str]) -> AppTest:
    """The page under this address, as a first visit."""
    at = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(str(ROOT / "pages" / "claims.py"))
    return at.run()


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def text(at: AppTest) -> str:
    return " ".join(
        [m.value for m in at.markdown]
        + [t.value for t in at.title]
        + [c.value for c in at.caption]
    ) + html(at)


def test_the_page_lists_54_claims_under_one_counting_title():
    at = opened()
    assert not at.exception
    assert len(at.title) == 1
    assert at.title[0].value.startswith("54 claims against the record: 8 supported")
    assert html(at).count("<li><a href='/claims?claim=") == 54


def test_the_seed_day_s_620_miles_rest_on_the_map_of_that_day():
    at = opened(claim="seed-16-front-line", as_of="2025-05-16")
    assert not at.exception
    said = text(at)
    assert "<h2>The front line was 620 miles long</h2>" in said
    assert "<strong>Supported</strong>" in said
    assert "map of 16 May 2025" in said
    assert "1,026 km" in said and "24 May 2025" not in said
    assert "roughly 1,000" not in said
    assert "1 page published after this date" in said


def test_at_the_closing_date_the_later_page_stands_with_its_own_date():
    said = text(opened(claim="seed-16-front-line"))
    assert "24 May 2025" in said and "roughly 1,000" in said


def test_a_page_without_a_date_is_not_named_in_the_past():
    said = text(opened(claim="seed-03-leaders-meeting", as_of="2025-05-16"))
    assert "Not assessed by this date" in said
    assert "open letter" not in said
    assert "2 pages published after this date, or without a date, not shown" in said


def test_the_report_is_a_page_of_its_own_in_its_order():
    at = opened(report="istanbul-2025-05-16", as_of="2025-05-16")
    assert not at.exception
    assert len(at.title) == 1
    assert at.title[0].value.startswith(
        "Istanbul report, 16 May 2025: of 16 statements"
    )
    said = html(at)
    places = [said.index(s) for s in ("exchange of 1,000", "620 miles long")]
    assert places == sorted(places)
    assert said.count("class='parley-claim'") == 16
    assert "2026" not in text(at).replace("Dataset complete to 9 October 2026", "")


def test_the_report_before_it_appeared_is_refused_in_a_sentence():
    at = opened(report="istanbul-2025-05-16", as_of="2025-05-15")
    assert not at.exception
    assert "‘report=istanbul-2025-05-16’ is not possible here" in text(at)


def test_a_claim_not_yet_made_is_told_and_the_list_shown():
    at = opened(claim="seed-16-front-line", as_of="2024-01-01")
    assert not at.exception
    assert "this claim had not been made by 1 January 2024" in text(at)
    at = opened(claim="nonsense")
    assert "no claim has this id" in text(at)


def test_filters_come_from_the_address_and_stay_in_the_links():
    at = opened(claimant=["donald-trump"], assessment=["contradicted"], q="surrounded")
    assert not at.exception
    assert "1 of 54 claims" in text(at)
    assert "q=surrounded" in html(at)
    assert "claimant=donald-trump" in html(at)


def test_a_filter_that_nothing_answers_says_so():
    at = opened(q="no such words")
    assert not at.exception
    assert "No claim answers to this" in text(at)


def test_what_the_words_mean_is_one_click_away():
    at = opened()
    assert "How a claim is assessed" in [e.label for e in at.expander]
    assert "never the person who made it" in html(at)


@pytest.mark.parametrize(
    "day",
    [
        "2022-02-21",
        "2022-02-24",
        "2022-03-10",
        "2023-06-10",
        "2025-01-20",
        "2026-02-05",
    ],
)
def test_the_page_stands_on_every_date_under_one_title(day: str):
    at = opened(as_of=day)
    assert not at.exception
    assert len(at.title) == 1
