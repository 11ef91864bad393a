"""`/changes.atom` and `/changes.json`: what changed between two days."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from xml.etree import ElementTree

import feedparser
import pytest

from data.changes import changes
from data.dataset import Dataset
from tests.conftest import SEED

WEEK = f"?as_of={SEED}&since=2025-05-09"
ATOM = "{http://www.w3.org/2005/Atom}"


def fetch(url: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def feed_of(address: str, query: str) -> feedparser.FeedParserDict:
    status, headers, body = fetch(f"{address}/changes.atom{query}")
    assert status == 200, body
    assert headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(body)
    assert not parsed.bozo and parsed.version == "atom10"
    return parsed


def test_one_entry_a_change_the_newest_first(address: str, seed: Dataset) -> None:
    parsed = feed_of(address, WEEK)
    table = changes(seed, "2025-05-09")
    assert len(parsed.entries) == len(table)
    assert {e.title for e in parsed.entries} == set(table["text"])
    days = [e.updated for e in parsed.entries]
    assert days == sorted(days, reverse=True)
    assert parsed.feed.subtitle.startswith("Between 9 and 16 May 2025: 26 events")


def test_ids_are_tags_and_stay_the_same(address: str) -> None:
    """An event has one id however far back the reader looks; the line is of two days."""
    week, month = (
        {e.id for e in feed_of(address, query).entries}
        for query in (WEEK, f"?as_of={SEED}")
    )
    talks = "tag:parley,2022:change/event/2025-05-16-istanbul-first-round/2025-05-16"
    assert talks in week & month
    assert "tag:parley,2022:change/line/occupied_km2/2025-05-09/2025-05-16" in week
    assert not [i for i in week | month if not re.fullmatch(r"tag:parley,2022:\S+", i)]
    assert len(week) == len(feed_of(address, WEEK).entries)


def test_without_since_the_feed_looks_back_thirty_days(address: str) -> None:
    links = feed_of(address, f"?as_of={SEED}").feed.links
    page = next(link.href for link in links if link.rel == "alternate")
    assert page == f"{address}/?as_of={SEED}&since=2025-04-16"


def test_an_entry_leads_to_its_page_on_that_day_and_to_its_sources(
    address: str,
) -> None:
    entries = {e.title: e for e in feed_of(address, WEEK).entries}
    agreed = entries["The sides agreed to exchange 1,000 prisoners each"]
    event = "2025-05-16-1000-for-1000-agreement"
    assert agreed.link == f"{address}/timeline?event={event}&as_of={SEED}"
    assert [link for link in agreed.links if link.rel == "related"]
    assert {tag.term for tag in agreed.tags} == {"Event"}
    line = entries["Occupied area net +50 km² since 9 May 2025"]
    assert "own calculation from DeepStateMap" in line.summary


def test_kinds_may_be_chosen_and_repeated(address: str) -> None:
    found = feed_of(address, f"{WEEK}&kind=office&kind=line").entries
    assert {tag.term for e in found for tag in e.tags} == {"Office", "Front line"}


def test_an_empty_period_is_an_empty_feed(address: str) -> None:
    assert feed_of(address, f"?as_of={SEED}&since={SEED}").entries == []


def test_the_same_rows_as_json(address: str, seed: Dataset) -> None:
    status, headers, body = fetch(f"{address}/changes.json{WEEK}")
    assert (status, headers["content-type"]) == (200, "application/json")
    found = json.loads(body)
    assert (found["since"], found["as_of"]) == ("2025-05-09", SEED)
    table = changes(seed, "2025-05-09")
    assert [row["ref"] for row in found["changes"]] == table["ref"].tolist()
    known = set(seed.sources)
    assert all(set(row["source_ids"]) <= known for row in found["changes"])


@pytest.mark.parametrize("form", ["atom", "json"])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?since=yesterday", "since"),
        ("?since=2021-01-01", "since"),
        (f"?as_of={SEED}&since=2025-05-17", "since"),
        ("?since=2025-05-01&since=2025-05-02", "since"),
        ("?as_of=2030-01-01", "as_of"),
        ("?kind=rumour", "kind"),
        ("?until=2025-05-01", "until"),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_reason(
    address: str, form: str, query: str, parameter: str
) -> None:
    status, headers, body = fetch(f"{address}/changes.{form}{query}")
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["parameter"] == parameter


def test_every_page_names_both_feeds(address: str) -> None:
    _, _, body = fetch(f"{address}/timeline")
    feeds = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"',
        body.decode(),
    )
    assert feeds == [f"{address}/events.atom", f"{address}/changes.atom"]


def test_the_feed_is_well_formed_on_the_first_and_the_last_day(address: str) -> None:
    for query in ("?as_of=2022-02-21", "?as_of=2022-03-10", ""):
        _, _, body = fetch(f"{address}/changes.atom{query}")
        root = ElementTree.fromstring(body)
        for node in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(node.findall(f"{ATOM}{name}")) == 1
