"""The page Positions: its address gives issue, texts and authors; the day rules all."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import notices

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**query: str | list[str]) -> AppTest:
    """The page under this address, as a first visit."""
    at = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(str(ROOT / "pages" / "positions.py"))
    return at.run()


def text(at: AppTest) -> str:
    return " ".join(
        [element.proto.body for element in at.get("html")]
        + [e.value for e in (*at.markdown, *at.title, *at.caption)]
        + [e.proto.spec + e.proto.alt for e in at.get("plotly_chart")]
        + [option for box in at.selectbox for option in box.options]
    )


def test_the_page_opens_on_one_unfolded_issue_with_three_charts():
    at = opened()
    assert not at.exception
    assert [t.value for t in at.title] == [
        "Size of the armed forces: a term in 17 of 31 texts, most recently "
        "Paris Declaration (6 January 2026)"
    ]
    assert len(at.get("plotly_chart")) == 3
    assert at.selectbox("issue").value == "armed-forces-size"


def test_a_text_is_told_whole_with_its_sources():
    at = opened(text="us-28-points-2025", issue="crimea")
    assert not at.exception
    shown = text(at)
    assert "<section class='chosen' aria-current='true'><h3>Crimea</h3>" in shown
    assert "Recognised as de facto Russian." in shown
    assert "status as of 9 October 2026: superseded" in shown
    assert "Sources of the text (4)" in shown
    assert "text=us-28-points-2025&amp;against=geneva-19-points-2025" in shown


def test_two_plans_stand_side_by_side_with_every_difference_in_a_word():
    at = opened(text="twenty-point-framework-2025", against="us-28-points-2025")
    assert not at.exception
    shown = text(at)
    assert "<h3>Crimea <span>dropped</span></h3>" in shown
    assert "<h3>Size of the armed forces <span>changed</span></h3>" in shown
    assert "Limit of 600,000 personnel." in shown and "800,000 in peacetime." in shown
    assert "<del>" in shown and "<ins>" in shown


def test_two_memoranda_of_one_day_differ_and_nothing_is_called_changed():
    shown = text(
        opened(text="russian-memorandum-2025", against="ukrainian-memorandum-2025")
    )
    assert "<span>differs</span>" in shown and "<span>changed</span>" not in shown
    assert "only in Ukrainian memorandum" in shown


def test_on_1_december_2025_the_20_points_do_not_exist():
    for query in ({}, {"issue": "territory-donbas"}, {"text": "us-28-points-2025"},
                  {"text": "geneva-19-points-2025", "issue": "armed-forces-size"}):  # fmt: skip
        shown = text(opened(as_of="2025-12-01", **query))
        assert "20-point" not in shown and "twenty-point" not in shown
        assert "20 points" not in shown


def test_on_the_day_they_leaked_the_28_points_are_not_superseded():
    shown = text(opened(as_of="2025-11-20", text="us-28-points-2025"))
    assert "leaked" in shown and "superseded" not in shown
    assert "Replaced or edited by" not in shown


def test_a_text_from_after_the_day_is_refused_in_a_sentence():
    at = opened(as_of="2025-12-01", text="twenty-point-framework-2025")
    assert not at.exception
    assert "it is not another text known on 1 December 2025" in notices(at)
    assert at.selectbox("text").value is None


def test_authors_filter_the_rows():
    at = opened(author=["russia"])
    assert at.title[0].value.startswith("Size of the armed forces: a term in four of")
    assert "by Russia" in at.title[0].value


def test_an_earlier_day_lets_a_later_choice_go():
    at = opened(text="twenty-point-framework-2025")
    assert at.selectbox("text").value == "twenty-point-framework-2025"
    at.session_state["as_of"] = __import__("datetime").date(2025, 5, 16)
    at.run()
    assert not at.exception
    assert at.selectbox("text").value is None


@pytest.mark.parametrize(
    "day",
    [
        "2022-02-24",
        "2022-03-10",
        "2023-06-01",
        "2024-06-15",
        "2025-05-16",
        "2026-01-06",
    ],
)
def test_every_day_has_its_page(day: str):
    at = opened(as_of=day)
    assert not at.exception
    assert len(at.title) == 1
