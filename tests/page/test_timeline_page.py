"""The timeline's page: controls, detail, list."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.conftest import notices

PAGE = str(Path("pages/timeline.py").resolve())
SHELL = Path("components/shell.py").resolve()


def timeline(**query: str | list[str]) -> AppTest:
    at = AppTest.from_file(SHELL, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.switch_page(PAGE).run()


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_the_latest_view_lists_every_event() -> None:
    at = timeline()
    assert not at.exception
    assert any("540 of 540 events" in m.value for m in at.markdown)


def test_a_deep_link_selects_the_event_and_the_track() -> None:
    at = timeline(as_of="2025-05-16", track="us", event="2025-02-18-riyadh-us-russia")
    assert at.selectbox(key="event").value == "2025-02-18-riyadh-us-russia"
    assert at.multiselect(key="track").value == ["us"]
    assert "Diriyah Palace" in html(at)


def test_the_seed_day_names_who_met_whom() -> None:
    said = html(timeline(as_of="2025-05-16", event="2025-05-16-istanbul-first-round"))
    for fact in (
        "Rustem Umerov",
        "Vladimir Medinsky",
        "Hakan Fidan",
        "1,000 prisoners each",
    ):
        assert fact in said
    assert "2 June 2025" not in said


def test_an_event_after_the_day_is_refused_in_a_sentence() -> None:
    at = timeline(as_of="2025-05-16", event="2025-06-02-istanbul-second-round")
    assert not at.exception
    assert "is not possible here" in notices(at)


def test_an_empty_result_keeps_its_frame_and_can_be_cleared() -> None:
    at = timeline(text="zzzz")
    assert at.title[0].value == "No event matches"
    at.button(key="clear_filters").click().run()
    assert any("540 of 540 events" in m.value for m in at.markdown)


def test_a_period_turned_round_is_turned_back() -> None:
    at = timeline(**{"from": "2025-06-01", "to": "2025-05-01"})
    assert not at.exception
    assert "the period turned round" in notices(at)


def test_a_link_of_the_list_keeps_the_filters() -> None:
    said = html(timeline(as_of="2025-05-16", track=["us", "gulf"]))
    assert "/timeline?as_of=2025-05-16&amp;track=us&amp;track=gulf&amp;event=" in said


def test_a_period_is_one_press_away_and_not_offered_before_it_began() -> None:
    at = timeline(as_of="2025-05-16")
    at.button(key="span_Direct rounds of 2022").click().run()
    assert at.title[0].value == "16 of 254 events match"
    early = timeline(as_of="2025-05-15")
    assert "span_Direct rounds of 2025" not in {b.key for b in early.button}


def test_the_refusal_of_a_later_event_names_the_day() -> None:
    at = timeline(as_of="2025-05-16", event="2025-06-02-istanbul-second-round")
    said = notices(at)
    assert "no event of this id is known on 16 May 2025" in said
