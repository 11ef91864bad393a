"""The front-line half of the Front page, as Streamlit runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import notices

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = "2025-05-16"


def front(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    at.switch_page(str(ROOT / "pages/front.py"))
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def said(at: AppTest) -> str:
    return " ".join(
        str(element.value)
        for kind in ("title", "markdown", "caption")
        for element in getattr(at, kind)
    )


def test_the_seed_day_has_its_finding_and_its_definitions() -> None:
    at = front(as_of=SEED)
    assert not at.exception
    assert [t.value for t in at.title] == [
        "In the twelve months to 16 May 2025 Russian forces took a net 3,729 km², "
        "0.6% of Ukraine"
    ]
    html = " ".join(str(h.proto.body) for h in at.get("html"))
    for figure in (
        "1,104",
        "739 on land and 365",
        "112,805",
        "43,980",
        "1,026",
        "1,204",
    ):
        assert figure in html
    assert "620 miles" in said(at)


def test_the_map_steps_back_and_follows_the_day_again() -> None:
    at = front(as_of=SEED)
    at.button(key="map_before").click().run()
    assert at.select_slider(key="map").value == "2025-05-12"
    assert "12 May 2025" in at.title[0].value
    at.button(key="map_after").click().run()
    assert at.select_slider(key="map").value == SEED


def test_a_slider_at_its_end_follows_the_day() -> None:
    at = front(as_of=SEED)
    at.button(key="latest").click().run()
    assert "22 August 2026" in at.title[0].value
    at.button(key="map_before").click().run()
    assert "17 August 2026" in at.title[0].value
    at.button(key="day_before").click().run()
    assert "17 August 2026" in at.title[0].value


def test_a_map_of_the_url_is_shown() -> None:
    at = front(as_of=SEED, map="2024-02-19", compare="2023-10-02")
    assert not at.exception
    assert at.title[0].value.startswith("From 2 October 2023 to 19 February 2024")


def test_a_map_that_does_not_exist_is_answered_in_a_sentence() -> None:
    at = front(as_of=SEED, map="2024-02-20")
    assert not at.exception
    assert "map=2024-02-20" in notices(at)


def test_no_changes_means_no_comparison() -> None:
    at = front(as_of=SEED, changes="false")
    assert at.title[0].value == "The front line and the occupied area on 16 May 2025"


def test_before_the_first_map_the_page_says_so_and_shows_the_way() -> None:
    at = front(as_of="2022-02-22")
    assert not at.exception
    assert at.title[0].value == "No map of the front line exists for this date"
    at.button(key="first_map").click().run()
    assert at.date_input(key="as_of").value.isoformat() == "2022-02-24"
    assert not at.exception


@pytest.mark.parametrize(
    "day", ["2022-02-24", "2022-02-25", "2022-05-16", "2024-05-16", "2026-10-09"]
)
def test_the_page_stands_on_any_day(day: str) -> None:
    for extra in ({}, {"still": "true", "venues": "true", "units": "mi"}):
        at = front(as_of=day, **extra)
        assert not at.exception
        assert len(at.title) == 1
