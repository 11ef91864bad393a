"""The dataset as it was known on a day: nothing later leaks in."""

from __future__ import annotations

import pandas as pd
import pytest

from data.dataset import Dataset
from data.offices import held_on, titles_on

DAYS = [
    "2022-02-21",
    "2022-03-10",
    "2023-01-06",
    "2024-06-15",
    "2025-05-16",
    "2025-12-01",
]


@pytest.mark.parametrize("day", DAYS)
def test_no_row_was_known_after_the_day(whole: Dataset, day: str) -> None:
    cut = whole.as_of(day)
    for resource in whole.package.tables:
        rule = resource.known_from
        if rule and "field" in rule:
            known = cut[resource.name][rule["field"]].dropna()
            assert (known <= day).all(), resource.name


@pytest.mark.parametrize("day", DAYS)
def test_children_stand_only_beside_their_parents(whole: Dataset, day: str) -> None:
    cut = whole.as_of(day)
    assert cut["event_participants"]["event_id"].isin(cut["events"]["event_id"]).all()
    members, delegations = cut["delegation_members"], cut["delegations"]
    assert members["delegation_id"].isin(delegations["delegation_id"]).all()
    assert (
        cut["proposal_terms"]["proposal_id"].isin(cut["proposals"]["proposal_id"]).all()
    )
    targets = cut["event_links"]["target_event_id"].dropna()
    assert targets.isin(cut["events"]["event_id"]).all()


@pytest.mark.parametrize("day", DAYS)
def test_map_snapshots_end_with_the_day(whole: Dataset, day: str) -> None:
    for layer in whole.as_of(day).layers.values():
        assert all(date <= day for date in layer.dates)


def test_the_latest_view_holds_every_row_of_every_table(whole: Dataset) -> None:
    latest = whole.as_of(whole.closing.latest)
    for resource in whole.package.tables:
        lines = pd.read_csv(f"data/{resource.path}", dtype=str)
        assert len(latest[resource.name]) == len(lines), resource.name


def test_closing_dates_are_those_of_the_last_rows(whole: Dataset) -> None:
    assert whole.closing.events == "2026-10-09"
    assert whole.closing.front_line == "2026-08-22"
    assert whole.closing.casualties == "2026-10-01"
    assert whole.closing.latest == "2026-10-09"


def test_an_event_of_several_days_is_in_progress_until_it_ends(whole: Dataset) -> None:
    during = whole.as_of("2025-04-19")["events"].set_index("event_id")
    truce = during.loc["2025-04-19-easter-truce"]
    assert truce["in_progress"]
    assert truce["outcome"] == "ongoing"
    assert pd.isna(truce["end_date"])
    after = whole.as_of("2025-04-20")["events"].set_index("event_id")
    assert after.loc["2025-04-19-easter-truce", "outcome"] == "collapsed"


def test_an_event_known_to_the_month_is_known_at_its_end(whole: Dataset) -> None:
    events = whole["events"]
    row = events[events["date_precision"] == "month"].iloc[0]
    assert row["start_date"].endswith("-01")
    earlier = whole.as_of(row["start_date"][:8] + "20")["events"]["event_id"]
    later = whole.as_of(row["known_from"])["events"]["event_id"]
    assert row["event_id"] not in set(earlier)
    assert row["event_id"] in set(later)


def test_a_text_is_superseded_only_once_its_successor_exists(whole: Dataset) -> None:
    proposals = whole["proposals"]
    for old in proposals[proposals["status"] == "superseded"].itertuples():
        successors = proposals[proposals["supersedes_id"] == old.proposal_id]["date"]
        first = successors.min()
        if first == old.date:
            continue
        cut = whole.as_of(old.known_from)["proposals"].set_index("proposal_id")
        assert cut.loc[old.proposal_id, "status"] != "superseded"


def test_offices_of_the_seed_day(seed: Dataset) -> None:
    titles = titles_on(seed, "2025-05-16")
    assert "Minister of Defence" in titles["rustem-umerov"]
    assert "Aide to the President of Russia" in titles["vladimir-medinsky"]
    assert titles["hakan-fidan"] == "Minister of Foreign Affairs of Türkiye"


def test_an_office_without_a_start_is_never_claimed_for_a_day(whole: Dataset) -> None:
    assert held_on(whole, "2025-05-16")["start_date"].notna().all()
    assert titles_on(whole, "2025-05-16")["sauli-niinisto"] == (
        "President of Finland (named in May 2022)"
    )


@pytest.mark.parametrize("day", DAYS)
def test_an_end_to_come_is_not_told(whole: Dataset, day: str) -> None:
    for table in ("offices", "exchanges", "events"):
        ends = whole.as_of(day)[table]["end_date"].dropna()
        assert (ends <= day).all(), table
    assert whole.as_of(day)["offices"]["note"].isna().all()


@pytest.mark.parametrize("day", DAYS)
def test_a_biography_waits_for_its_pages(whole: Dataset, day: str) -> None:
    actors = whole.as_of(day)["actors"]
    shown = actors[actors["bio"].notna()]
    assert (shown["bio_known_from"] <= day).all()
    years = shown["bio"].str.findall(r"\b20[12]\d\b").explode().dropna()
    assert (years <= day[:4]).all()


def test_a_person_enters_the_directory_with_the_first_record(whole: Dataset) -> None:
    assert len(whole["actors"]) == 417
    early = set(whole.as_of("2022-03-10")["actors"]["actor_id"])
    assert "rustem-umerov" in early
    assert "steve-witkoff" not in early


def test_an_announcement_is_open_until_the_day_it_was_kept(whole: Dataset) -> None:
    on_the_day = whole.as_of("2025-05-16")["announcements"]
    exchange = on_the_day[on_the_day["title"].str.contains("1,000 prisoners each")]
    assert len(exchange) >= 1
    assert exchange["resolved_by"].isna().all()
    later = whole.as_of("2025-05-24")["announcements"]
    kept = later[later["announcement_id"].isin(exchange["announcement_id"])]
    assert kept["resolved_by"].notna().any()


def test_a_callers_change_stays_the_callers(whole: Dataset) -> None:
    table = whole["events"]
    table.loc[table.index[0], "title"] = "changed"
    assert whole["events"]["title"].iloc[0] != "changed"


def test_a_cut_of_a_cut_is_the_cut_of_the_whole(whole: Dataset) -> None:
    assert whole.as_of("2025-12-01").as_of("2025-05-16") is whole.as_of("2025-05-16")
