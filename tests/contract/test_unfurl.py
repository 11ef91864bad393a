"""A pasted link shows the very view: title, numbers, picture, without JavaScript."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.test_server import HTML, fetch


def page(address: str, path: str) -> str:
    return html.unescape(fetch(address + path, HTML)[2].decode())


def meta(text: str, name: str) -> str:
    return re.search(rf'property="{name}" content="([^"]*)"', text)[1]


def test_the_overview_of_the_seed_day_says_its_substance(address: str) -> None:
    text = page(address, "/?as_of=2025-05-16")
    assert "1,000 prisoners" in meta(text, "og:title")
    assert "as of 16 May 2025" in meta(text, "og:title")
    said = meta(text, "og:description")
    assert "1,104 km" in said and "112,805 km²" in said and "≥ 12,910" in said


def test_a_frozen_link_has_a_frozen_picture_and_a_live_one_follows(
    address: str,
) -> None:
    frozen = meta(page(address, "/timeline?as_of=2025-05-16&track=us"), "og:image")
    assert frozen.startswith(address) and "as_of=2025-05-16" in frozen
    assert "track=us" in frozen
    assert "as_of" not in meta(page(address, "/timeline?track=us"), "og:image")


def test_an_event_and_a_person_unfurl_under_their_names(address: str) -> None:
    event = page(
        address, "/timeline?as_of=2025-05-16&event=2025-05-16-istanbul-first-round"
    )
    assert "first direct talks since 2022" in meta(event, "og:title")
    assert "Dolmabahçe" in meta(event, "og:description")
    assert "Rustem Umerov" in meta(
        page(address, "/actors?actor=rustem-umerov"), "og:title"
    )


@pytest.mark.parametrize(
    ("asked", "picture"),
    [
        ("claims?claim=seed-15-civilian-casualties", "claim-against-record"),
        ("claims?claim=nonsense", "claims-by-assessment"),
        ("exchanges?deal=istanbul-2025-05-16", "deals-promised-delivered"),
        ("actors?actor=rustem-umerov", "actor-timeline"),
        ("actors?actor=nobody", "delegations-by-round"),
        ("front?view=casualties&population=displaced", "counts-over-time"),
        ("front?view=casualties&population=russian-military", "losses-by-claimant"),
        ("positions?issue=crimea", "issue-history"),
    ],
)
def test_a_page_of_one_thing_unfurls_with_its_chart(
    address: str, asked: str, picture: str
) -> None:
    told = page(address, f"/{asked}&as_of=2025-05-16")
    where = meta(told, "og:image")
    assert f"/charts/{picture}.png" in where
    name, _, value = asked.split("?")[1].split("&")[-1].partition("=")
    assert (f"{name}={value}" in where) == (value not in ("nonsense", "nobody"))
    assert meta(told, "og:description") != ""


def test_the_first_paint_and_the_page_without_scripts_carry_the_numbers(
    address: str,
) -> None:
    text = page(address, "/?as_of=2025-05-16")
    root = text.split('<div id="root">', 1)[1]
    assert "≥ 12,910" in root and "<h1" in root
    assert "/tables/events.csv?as_of=2025-05-16" in text


@pytest.mark.parametrize("name", ["", "timeline", "front", "actors", "sources"])
def test_every_pages_picture_is_there(address: str, name: str) -> None:
    picture = meta(page(address, f"/{name}?as_of=2025-05-16"), "og:image")
    status, _, body = fetch(picture.replace(".png", ".json"))
    assert status == 200, body[:300]


hostile = st.text(max_size=60)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    hostile, hostile, st.sampled_from(["", "timeline", "front", "actors", "sources"])
)
def test_no_query_breaks_the_page_or_enters_it_unescaped(
    address: str, name: str, value: str, where: str
) -> None:
    from urllib.parse import urlencode

    query = urlencode(
        [(name, value), ("event", value), ("as_of", value), ("track", value)]
    )
    status, _, body = fetch(f"{address}/{where}?{query}", HTML)
    assert status in (200, 307)
    assert b"<script>alert" not in body


def test_markup_in_a_query_stays_text(address: str) -> None:
    body = fetch(f"{address}/timeline?text=%3Cscript%3Ealert(1)%3C/script%3E", HTML)[2]
    assert b"<script>alert" not in body


def test_a_briefing_unfurls_under_its_day_and_not_under_a_title_of_the_sender(
    address: str,
) -> None:
    text = page(address, "/briefing?as_of=2025-05-16&title=Peace+is+signed&slide=3")
    assert meta(text, "og:title").startswith("Briefing: Russia and Ukraine held")
    assert "as of 16 May 2025" in meta(text, "og:title")
    assert "1,104 km" in meta(text, "og:description")
    assert "/charts/front-line-map.png?as_of=2025-05-16" in meta(text, "og:image")
    assert "Peace" not in re.sub(
        r'(?:property="og:url"|rel="canonical")[^>]*>', "", text
    )
