"""The page Actors: its address gives the view, its words tell the date."""

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
    at.switch_page(str(ROOT / "pages" / "actors.py"))
    return at.run()


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def text(at: AppTest) -> str:
    return " ".join(
        [m.value for m in at.markdown] + [t.value for t in at.title]
    ) + html(at)


def test_the_latest_directory_counts_417_actors_24_a_page():
    at = opened()
    assert not at.exception
    assert at.title[0].value.startswith("417 actors: 267 people")
    assert "417 of 417 actors" in text(at)
    assert html(at).count("parley-monogram") - html(at).count(".parley-monogram") >= 24
    assert html(at).count("<li><a href='/actors?actor=") == 24


def test_search_and_filters_come_from_the_address():
    at = opened(q="умєров")
    assert "1 of 417 actors" in text(at)
    assert "Rustem Umerov" in html(at)
    at = opened(side=["holy_see"], kind=["person"])
    assert "Pope Leo XIV" in html(at)
    assert "Rustem Umerov" not in html(at)


def test_the_seed_day_shows_offices_as_they_were():
    at = opened(actor="rustem-umerov", as_of="2025-05-16")
    assert not at.exception
    assert at.title[0].value == "Rustem Umerov on 16 May 2025"
    assert "On 16 May 2025:</strong> Head of the Ukrainian delegation" in html(at)
    assert "Minister of Defence" in html(at)
    assert "Secretary of the National Security" not in text(at)
    assert "pages published after this date" in html(at)
    at = opened(actor="vladimir-medinsky", as_of="2025-05-16")
    assert "Aide to the President of Russia" in html(at)


def test_at_the_closing_date_an_open_office_is_called_last_known():
    at = opened(actor="rustem-umerov")
    assert "Last known:</strong>" in html(at)
    assert "chief negotiator since 2025" in html(at)


def test_links_within_the_app_keep_a_date_in_the_past():
    at = opened(actor="rustem-umerov", as_of="2025-05-16", units="mi")
    assert (
        "/timeline?as_of=2025-05-16&amp;event=2025-05-16-istanbul-first-round&amp;units=mi"
        in (html(at))
    )
    at = opened(actor="rustem-umerov")
    assert "/timeline?event=" in html(at)


def test_a_state_has_positions_representatives_and_delegations():
    at = opened(actor="ukraine", as_of="2025-05-16")
    assert not at.exception
    said = text(at)
    assert "Positions by issue" in said
    assert "Acted on its behalf" in said
    assert "Delegations (" in said
    assert "2026" not in html(at).split("parley-positions")[-1]


def test_an_organization_has_its_people():
    at = opened(actor="white-house")
    assert "White House: 11 people in 11 recorded offices" in text(at)


@pytest.mark.parametrize("actor", ["nobody-at-all", "josh-gruenbaum"])
def test_an_actor_unknown_on_the_day_is_told_and_the_directory_shown(actor: str):
    at = opened(actor=actor, as_of="2022-03-10")
    assert not at.exception
    assert f"‘actor={actor}’ is not possible here" in text(at)
    assert "actors by 10 March 2022" in at.title[0].value


def test_going_back_before_an_actor_is_known_returns_to_the_directory():
    at = opened(actor="josh-gruenbaum")
    assert at.title[0].value == "Josh Gruenbaum"
    at.date_input(key="as_of").set_value("2022-03-10").run()
    assert not at.exception
    assert "actors by 10 March 2022" in at.title[0].value
    assert "Josh Gruenbaum is not in the record on 10 March 2022" in text(at)


def test_the_way_back_leads_to_the_directory():
    at = opened(actor="rustem-umerov")
    at.button(key="leave").click().run()
    assert at.title[0].value.startswith("417 actors")


def test_the_delegations_bear_their_finding_as_title():
    at = opened(show="delegations", actor="rustem-umerov")
    assert not at.exception
    assert at.title[0].value == (
        "Umerov and Medinsky span the gap: named in ten and nine rounds from 2022 to 2026"
    )
    at.button(key="open").click().run()
    assert at.title[0].value == "Rustem Umerov"


def test_a_reversed_period_of_the_network_is_turned_round_and_told():
    at = opened(show="network", **{"from": "2022-04-30", "to": "2022-03-01"})
    assert not at.exception
    assert "‘from’ is after ‘to’" in text(at)
    assert "1 March – 30 April 2022" in " ".join(c.value for c in at.caption)


@pytest.mark.parametrize(
    "day", ["2022-02-21", "2022-02-24", "2022-03-10", "2024-08-01"]
)
@pytest.mark.parametrize("show", ["directory", "delegations", "network"])
def test_every_view_stands_on_every_date_under_one_title(day: str, show: str):
    at = opened(show=show, as_of=day)
    assert not at.exception
    assert len(at.title) == 1
