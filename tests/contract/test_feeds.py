"""The timeline as a calendar, a news feed and TimelineJS data."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest

from data.dataset import Dataset
from tests.conftest import SEED, serving
from tests.contract.test_server import fetch

FEEDS = ("events.ics", "events.atom", "events.timelinejs.json")
DAYS = ("2022-02-21", "2022-03-10", "2023-03-15", "2024-08-06", SEED, "2026-01-20")
ISO_DATE = re.compile(r"\b20[12][0-9]-[01][0-9]-[0-3][0-9]\b")
ISTANBUL = "2025-05-16-istanbul-first-round"
ATOM = "{http://www.w3.org/2005/Atom}"


def get(address: str, path: str) -> bytes:
    status, _, body = fetch(f"{address}/{path}")
    assert status == 200, body
    return body


def calendar_of(address: str, query: str = "") -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(get(address, f"events.ics{query}"))
    return {str(e["uid"]).removesuffix("@parley"): e for e in found.walk("VEVENT")}


def slides_of(address: str, query: str = "") -> dict[str, dict]:
    found = json.loads(get(address, f"events.timelinejs.json{query}"))
    return {slide["unique_id"]: slide for slide in found["events"]}


def ids_of(address: str, feed: str, query: str) -> list[str]:
    if feed == "events.ics":
        return list(calendar_of(address, query))
    if feed == "events.timelinejs.json":
        return list(slides_of(address, query))
    entries = feedparser.parse(get(address, f"{feed}{query}")).entries
    return [entry.id.removeprefix("tag:parley,2022:event/") for entry in entries]


# --- all three -----------------------------------------------------------------


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("day", DAYS)
def test_nothing_later_than_the_as_of_date_is_told(
    address: str, whole: Dataset, feed: str, day: str
) -> None:
    found = ids_of(address, feed, f"?as_of={day}")
    known = set(whole.as_of(day)["events"]["event_id"])
    assert set(found) <= known
    assert len(found) == (min(len(known), 100) if feed == "events.atom" else len(known))
    text = get(address, f"{feed}?as_of={day}").decode().replace("\r\n ", "")
    assert all(d <= day for d in ISO_DATE.findall(text))


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("track=us&track=turkiye", lambda e: e["track"].isin(["us", "turkiye"])),
        ("type=summit", lambda e: e["event_type"] == "summit"),
        ("level=leaders&significance=1",
         lambda e: (e["level"] == "leaders") & (e["significance"] == 1)),
        ("outcome=agreement", lambda e: e["outcome"] == "agreement"),
        ("place=istanbul-dolmabahce", lambda e: e["place_id"] == "istanbul-dolmabahce"),
        ("from=2025-05-01&to=2025-05-31",
         lambda e: (e["end_date"] >= "2025-05-01") & (e["start_date"] <= "2025-05-31")),
    ],
)  # fmt: skip
def test_the_timelines_filters_hold(
    address: str, whole: Dataset, feed: str, query: str, holds
) -> None:
    events = whole["events"]
    expected = set(events["event_id"][holds(events)])
    found = set(ids_of(address, feed, f"?{query}"))
    # A month's event is in every day of its month.
    month = set(events["event_id"][events["date_precision"] == "month"])
    assert expected
    assert found - month == expected - month


@pytest.mark.parametrize("feed", FEEDS)
def test_an_actor_is_found_in_person_and_as_the_one_spoken_for(
    address: str, whole: Dataset, feed: str
) -> None:
    parts = whole["event_participants"]
    mine = parts[
        (parts["actor_id"] == "hakan-fidan") | (parts["on_behalf_of"] == "hakan-fidan")
    ]
    assert set(ids_of(address, feed, "?actor=hakan-fidan")) == set(mine["event_id"])


@pytest.mark.parametrize("feed", FEEDS)
def test_text_is_found_without_its_accents(address: str, feed: str) -> None:
    assert ISTANBUL in ids_of(address, feed, "?text=DOLMABAHCE%20umerov&to=2025-05-16")


@pytest.mark.parametrize("feed", FEEDS)
def test_the_same_address_gives_the_same_bytes(address: str, feed: str) -> None:
    path = f"{feed}?as_of={SEED}&track=us"
    body = get(address, path)
    assert get(address, path) == body
    _, headers, _ = fetch(f"{address}/{path}")
    assert fetch(f"{address}/{path}", {"if-none-match": headers["etag"]})[0] == 304
    assert headers["access-control-allow-origin"] == "*"
    status, _, nothing = fetch(f"{address}/{path}", method="HEAD")
    assert (status, nothing) == (200, b"")


@pytest.mark.parametrize("feed", FEEDS)
def test_in_progress_and_candidate_events_are_marked(
    address: str, whole: Dataset, feed: str
) -> None:
    events = whole["events"]
    long = events[(events["end_date"] > events["start_date"])].iloc[0]
    body = (
        get(address, f"{feed}?as_of={long['start_date']}").decode().replace("\r\n ", "")
    )
    assert f"In progress: {long['title'][:20]}" in body
    candidate = events[events["status"] == "candidate"].iloc[-1]
    query = f"?from={candidate['start_date']}&to={candidate['start_date']}"
    body = get(address, f"{feed}{query}").decode().replace("\r\n ", "")
    assert f"Candidate: {candidate['title'][:20]}" in body
    assert "it rests on pages that were not opened" in body


@pytest.mark.parametrize("feed", FEEDS)
def test_a_wrong_filter_is_explained(address: str, feed: str) -> None:
    status, headers, body = fetch(f"{address}/{feed}?track=usa")
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    told = json.loads(body)
    assert (told["parameter"], told["value"]) == ("track", "usa")
    assert "us" in told["allowed"] and told["near"] == ["us"]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_host_that_is_no_name_is_not_written_into_files(
    address: str, feed: str
) -> None:
    hostile = {"host": "a.example/<script>"}
    status, headers, body = fetch(f"{address}/{feed}", hostile)
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["parameter"] == "Host"


def test_links_lead_to_the_configured_address() -> None:
    with serving(PARLEY_ADDRESS="https://parley.example/") as (address, _):
        for feed in FEEDS:
            body = get(address, f"{feed}?as_of={SEED}").decode().replace("\r\n ", "")
            assert "https://parley.example/timeline?event=" in body
            assert "127.0.0.1" not in body


# --- calendar --------------------------------------------------------------------


def test_the_calendar_holds_every_event_as_all_day(
    address: str, whole: Dataset
) -> None:
    found = calendar_of(address)
    events = whole["events"].set_index("event_id")
    assert set(found) == set(events.index)
    for event_id, entry in found.items():
        row = events.loc[event_id]
        start, end = entry.decoded("dtstart"), entry.decoded("dtend")
        assert type(start) is date and start == date.fromisoformat(row["start_date"])
        if row["date_precision"] == "day":
            assert end == date.fromisoformat(row["end_date"]) + timedelta(days=1)
        else:
            assert end.day == 1 and end > start
        assert f"/timeline?event={event_id}" in entry["url"]
        assert str(entry["status"]) == (
            "TENTATIVE" if row["status"] == "candidate" else "CONFIRMED"
        )


def test_the_seed_days_talks_in_the_calendar(address: str) -> None:
    entry = calendar_of(address, f"?as_of={SEED}")[ISTANBUL]
    assert entry.decoded("dtstart") == date(2025, 5, 16)
    assert entry.decoded("dtend") == date(2025, 5, 17)
    assert entry["location"] == "Dolmabahçe Palace, Istanbul"
    assert [str(c) for c in entry["categories"].cats] == ["Türkiye", "Talks"]
    assert entry["url"] == f"{address}/timeline?event={ISTANBUL}&as_of={SEED}"
    assert "chaired by Hakan Fidan" in entry["description"]


def test_the_calendars_lines_are_folded_and_stamped_with_the_datasets_date(
    address: str, whole: Dataset
) -> None:
    body = get(address, "events.ics")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    stamps = {
        e.decoded("dtstamp").date().isoformat() for e in calendar_of(address).values()
    }
    assert stamps == {whole.package.descriptor["created"][:10]}


# --- news feed ---------------------------------------------------------------------


def test_the_feed_is_what_the_standard_asks_for(address: str) -> None:
    """RFC 4287: the required elements once, ids as tag URIs, absolute links."""
    _, headers, body = fetch(f"{address}/events.atom")
    assert headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 100
    for node in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:\S+", node.findtext(f"{ATOM}id"))
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT00:00:00Z", node.findtext(f"{ATOM}updated")
        )
        alternates = [
            link
            for link in node.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
        for link in node.findall(f"{ATOM}link"):
            assert link.get("href").startswith(("http://", "https://"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Parley"
    own = next(li for li in feed.findall(f"{ATOM}link") if li.get("rel") == "self")
    assert own.get("href") == f"{address}/events.atom"
    found = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(found)) == len(found)


def test_a_feed_parser_reads_the_newest_first(address: str, whole: Dataset) -> None:
    parsed = feedparser.parse(get(address, "events.atom"))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    published = [entry.published for entry in parsed.entries]
    starts = [e.id.removeprefix("tag:parley,2022:event/")[:10] for e in parsed.entries]
    assert max(published)[:10] == whole["events"]["known_from"].max()
    assert starts[0] == whole["events"]["start_date"].max()
    assert starts == sorted(starts, reverse=True)


def test_an_entry_says_what_happened_and_where_it_is_written(address: str) -> None:
    entries = feedparser.parse(get(address, f"events.atom?as_of={SEED}")).entries
    entry = next(e for e in entries if e.id.endswith(ISTANBUL))
    assert (
        entry.title
        == "Russia and Ukraine held first direct talks since 2022 in Istanbul"
    )
    assert "chaired by Hakan Fidan" in entry.summary
    assert {tag.term for tag in entry.tags} == {"Türkiye", "Talks"}
    related = [link for link in entry.links if link.rel == "related"]
    assert len(related) >= 3 and all(link.title for link in related)
    assert entry.link == f"{address}/timeline?event={ISTANBUL}&as_of={SEED}"


def test_filtered_feeds_are_whole_and_have_an_id_of_their_own(
    address: str, whole: Dataset
) -> None:
    parsed = feedparser.parse(get(address, "events.atom?track=us"))
    assert len(parsed.entries) == (whole["events"]["track"] == "us").sum()
    assert parsed.feed.id == "tag:parley,2022:events?track=us"


# --- TimelineJS --------------------------------------------------------------------


def test_slides_are_grouped_by_track_and_keep_the_events_ids(
    address: str, whole: Dataset
) -> None:
    found = slides_of(address)
    events = whole["events"].set_index("event_id")
    labels = whole.labels("events", "track")
    assert list(found) == list(events.sort_values(["start_date", "event_id"]).index)
    for event_id, slide in found.items():
        row = events.loc[event_id]
        assert slide["group"] == labels[row["track"]]
        assert ("day" in slide["start_date"]) == (row["date_precision"] == "day")
        longer = row["end_date"] > row["start_date"] and row["date_precision"] == "day"
        assert ("end_date" in slide) == longer
        assert "media" not in slide


def test_slides_are_escaped_and_link_to_their_sources(address: str) -> None:
    for slide in slides_of(address).values():
        text = slide["text"]["text"]
        assert re.sub(r"</?(p|em)>|<a href=\"https?://[^\"<>]+\"( title=\"[^\"<>]*\")?>|</a>",
                      "", text).count("<") == 0  # fmt: skip
        assert "<" not in slide["text"]["headline"]
    slide = slides_of(address, f"?as_of={SEED}")[ISTANBUL]
    assert f"/timeline?event={ISTANBUL}&amp;as_of={SEED}" in slide["text"]["text"]
    assert ">Xinhua (SHINE)</a>" in slide["text"]["text"]
