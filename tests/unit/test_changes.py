"""What became known between two days, on real rows: complete, dated, neutral."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.changes import COLUMNS, KINDS, between, changes, said, tally
from data.dataset import Dataset
from data.front import SPLICE
from data.line_changes import line_change
from tests.unit.test_no_leaks import _PLANNED, later_dates

SEED, BEFORE = "2025-05-16", "2025-05-09"

# Every 57th day of the record, each against a week, a month or a year before.
PAIRS = [
    (
        (date(2022, 2, 25) + timedelta(days=57 * i)).isoformat(),
        (7, 30, 365)[i % 3],
    )
    for i in range(30)
]


def texts(table, kind: str) -> list[str]:
    return table.loc[table["kind"] == kind, "text"].tolist()


def test_the_week_before_the_seed_day(whole: Dataset):
    table = changes(whole.as_of(SEED), BEFORE)
    events = texts(table, "event")
    assert "Russia and Ukraine held first direct talks since 2022 in Istanbul" in events
    assert "The sides agreed to exchange 1,000 prisoners each" in events
    assert table["day"].between(BEFORE, SEED, inclusive="right").all()
    assert (
        "Begun: Vladimir Medinsky, Head of the Russian delegation at the "
        in " ".join(texts(table, "office"))
    )
    assert any(
        t.startswith("Return of bodies: 909 to Ukraine")
        for t in texts(table, "exchange")
    )
    assert texts(table, "line")[:2] == [
        "Front line 1,104 km, +6 km since 9 May 2025",
        "Occupied area net +50 km² since 9 May 2025",
    ]


def test_the_frame_is_ordered_by_kind_and_day(whole: Dataset):
    table = changes(whole.as_of(SEED), "2025-04-16")
    assert list(table.columns) == COLUMNS
    kinds = table["kind"].drop_duplicates().tolist()
    assert kinds == [kind for kind in KINDS if kind in kinds]
    for _, rows in table.groupby("kind"):
        assert rows["day"].is_monotonic_increasing
    assert set(table["rank"]) <= {1, 2, 3}


@pytest.mark.parametrize(("day", "span"), PAIRS)
def test_every_pair_of_days_is_told_in_short_lines_and_nothing_later(
    whole: Dataset, day: str, span: int
):
    data = whole.as_of(day)
    since = (date.fromisoformat(day) - timedelta(days=span)).isoformat()
    table = changes(data, since)
    assert table.notna().all().all()
    assert not table.duplicated(["kind", "ref", "day"]).any()
    assert (table["day"] <= day).all()
    assert (table.loc[table["kind"] != "line", "day"] > since).all()
    assert (table["text"].str.len() <= 110).all()
    assert not table["text"].str.endswith(".").any()
    told = [*table["text"], *table["detail"], said(data, since)]
    assert not [t for t in told if later_dates(t, day) and not _PLANNED.search(t)]


def test_what_became_known_in_two_parts_is_what_became_known(whole: Dataset):
    """No event, text, exchange or office is lost between two looks."""
    kept = ["event", "proposal", "exchange"]
    parts = [
        changes(whole.as_of(last), first)
        for first, last in (("2025-04-16", "2025-05-01"), ("2025-05-01", SEED))
    ]
    once = changes(whole.as_of(SEED), "2025-04-16")
    looked = {ref for part in parts for ref in part.loc[part["kind"].isin(kept), "ref"]}
    assert looked == set(once.loc[once["kind"].isin(kept), "ref"])


def test_a_truce_under_way_is_in_progress_and_then_has_ended(whole: Dataset):
    during = changes(whole.as_of("2025-05-09"), "2025-05-06")
    after = changes(whole.as_of("2025-05-12"), "2025-05-09")
    truce = "2025-05-08-may-truce"
    assert during.loc[during["ref"] == truce, "text"].item().startswith("In progress: ")
    row = after[after["ref"] == truce].iloc[0]
    assert row["text"].startswith("Ended: ") and row["day"] == "2025-05-10"


def test_candidates_are_marked(whole: Dataset):
    table = changes(whole, "2026-10-01")
    events = table[table["kind"] == "event"]
    candidates = set(
        whole["events"].loc[whole["events"]["status"] == "candidate", "event_id"]
    )
    marked = events[events["text"].str.startswith("Candidate: ")]
    assert set(marked["ref"]) == set(events["ref"]) & candidates
    assert marked["detail"].str.contains("rests on pages not opened").all()
    assert len(marked)


def test_texts_published_and_replaced(whole: Dataset):
    """The 28 points, and three days later the texts that replaced them."""
    table = changes(whole.as_of("2025-11-24"), "2025-11-18")
    assert "us-28-points-2025" in set(table.loc[table["kind"] == "proposal", "ref"])
    later = changes(whole.as_of("2025-11-24"), "2025-11-21")
    row = later[later["ref"] == "us-28-points-2025"].iloc[0]
    assert row["text"].startswith("Replaced: ") and row["day"] == "2025-11-23"


def test_an_exchange_with_its_numbers_and_the_running_total(whole: Dataset):
    table = changes(whole.as_of("2025-05-07"), "2025-05-01")
    rows = table[table["kind"] == "exchange"].set_index("ref")
    assert (
        rows.at["2025-05-06-exchange", "text"]
        == "Exchange of prisoners: 205 to Ukraine, 205 to Russia"
    )
    total = rows.loc["ukraine-2025-05-06"]
    assert (
        total["text"]
        == "Official total by Ukraine, to 6 May 2025: 4,757 people returned to Ukraine"
    )
    assert "+205 against 4,552 to 19 April 2025" in total["detail"]


def test_a_new_count_names_claimant_method_and_the_count_before(whole: Dataset):
    table = changes(whole.as_of("2023-05-30"), "2023-05-01")
    killed = "Civilians in Ukraine killed (OHCHR, verified): at least 8,895 (+722)"
    row = table[table["text"] == killed].iloc[0]
    assert (row["kind"], row["rank"]) == ("figure", 1)
    assert "before: at least 8,173 to 5 March 2023" in row["detail"]


def test_killed_is_never_told_of_casualties(whole: Dataset):
    table = changes(whole, "2022-03-01")
    figures = whole["casualty_figures"].set_index("figure_id")["measure"]
    rows = table[table["kind"].isin(["figure", "revision"])]
    measures = rows["ref"].map(figures)
    both = rows["text"].str.contains("killed and (?:wounded|injured)")
    assert (both == (measures == "casualties")).all()


def test_an_earlier_month_revised_by_a_later_publication(whole: Dataset):
    table = changes(whole.as_of("2026-09-20"), "2026-09-01")
    assert texts(table, "revision") == [
        "Civilians in Ukraine injured in July 2026 (OHCHR, verified): "
        "at least 2,610 → at least 2,675 (+65)",
        "Civilians in Ukraine killed in July 2026 (OHCHR, verified): "
        "at least 437 → at least 448 (+11)",
    ]
    march = texts(changes(whole.as_of("2023-05-30"), "2023-05-01"), "revision")
    assert any(
        "in March 2022" in t and "3,951 → at least 4,118 (+167)" in t for t in march
    )


@pytest.mark.parametrize(("day", "span"), PAIRS[::3])
def test_a_page_without_a_date_says_so_and_revises_nothing(
    whole: Dataset, day: str, span: int
):
    since = (date.fromisoformat(day) - timedelta(days=span)).isoformat()
    table = changes(whole.as_of(day), since)
    basis = whole["casualty_figures"].set_index("figure_id")["known_from_basis"]
    counts = table[table["kind"].isin(["figure", "revision"])]
    undated = counts["ref"].map(basis) == "period_end"
    said_so = counts["text"].str.contains("publication date not known")
    assert (undated == said_so).all()
    assert not (counts.loc[undated, "kind"] == "revision").any()
    assert not counts.loc[undated, "text"].str.contains(r"\([+−±]").any()


def test_offices_begun_and_ended(whole: Dataset):
    """Yermak left on 28 November 2025 and Umerov took over his delegation."""
    found = texts(changes(whole.as_of("2025-11-30"), "2025-11-25"), "office")
    assert any(t.startswith("Ended: Andriy Yermak") for t in found)
    assert any(t.startswith("Begun: Rustem Umerov, Head of the Ukr") for t in found)


def test_a_further_term_is_no_end(whole: Dataset):
    found = texts(changes(whole.as_of("2023-06-05"), "2023-06-01"), "office")
    assert "Begun: Recep Tayyip Erdoğan, President of Türkiye" in found
    assert "Ended: Recep Tayyip Erdoğan, President of Türkiye" not in found


@pytest.mark.parametrize(
    ("day", "since"),
    [
        ("2025-05-16", "2025-05-09"),
        ("2025-05-16", "2025-04-16"),
        ("2024-12-02", "2024-11-04"),
        ("2025-08-15", "2025-07-14"),
        ("2026-08-22", "2026-07-20"),
        ("2022-12-05", "2022-11-07"),
    ],
)
def test_the_oblasts_add_up_to_the_full_maps_within_35_km2_or_4_percent(
    whole: Dataset, day: str, since: str
):
    found = line_change(whole.as_of(day), since)
    assert found.oblasts
    assert found.full is not None
    assert abs(found.by_oblast - found.full) <= max(35, 0.04 * abs(found.full))
    sizes = [abs(row.net) for row in found.oblasts]
    assert sizes == sorted(sizes, reverse=True)
    assert found.stored_last <= day


def test_donetsk_leads_the_month_before_the_seed_day(whole: Dataset):
    found = line_change(whole.as_of(SEED), "2025-04-16")
    assert [row.name for row in found.oblasts[:2]] == ["Donetsk", "Luhansk"]
    assert (found.stored_first, found.stored_last) == ("2025-04-14", SEED)
    assert found.oblasts[0].lost == 0.0


def test_two_maps_are_not_compared(whole: Dataset):
    found = line_change(whole.as_of("2022-05-20"), "2022-05-10")
    assert found.area.km2 is None and found.now is None and not found.oblasts
    assert "two maps are not differenced" in found.reason
    line = changes(whole.as_of("2022-05-20"), "2022-05-10").query("kind == 'line'")
    assert line["text"].tolist() == [
        "Front line and occupied area not compared between these days"
    ]
    assert line_change(whole.as_of("2022-05-24"), SPLICE).oblast_reason == ""


def test_the_redrawing_of_crimea_is_no_change(whole: Dataset):
    found = line_change(whole.as_of("2022-10-10"), "2022-09-10")
    assert not {"Crimea", "Sevastopol"} & {row.name for row in found.oblasts}


def test_after_the_last_map_the_line_is_not_compared(whole: Dataset):
    line = changes(whole, "2026-10-02").query("kind == 'line'")
    assert line["detail"].tolist() == ["No newer map than that of 22 August 2026"]


def test_edges(whole: Dataset):
    seed = whole.as_of(SEED)
    assert changes(seed, SEED).empty
    assert said(seed, SEED) == "Both days are 16 May 2025: nothing can have changed"
    with pytest.raises(ValueError, match=r"2025-05-17.*2025-05-16"):
        changes(seed, "2025-05-17")
    first = whole.as_of("2022-03-01")
    before = set(changes(first, "2021-12-01")["ref"])
    assert before >= set(changes(first, "2022-02-24").query("kind == 'event'")["ref"])
    assert set(changes(first, "2022-02-20")["kind"]) >= {"event", "line"}


def test_the_summary_counts_every_kind(whole: Dataset):
    seed = whole.as_of(SEED)
    assert said(seed, BEFORE) == (
        "Between 9 and 16 May 2025: 26 events, 1 return of bodies, 2 official totals, "
        "2 changes of office, net change of the occupied area +50 km²"
    )
    counted = sum(int(part.split()[0].replace(",", "")) for part in tally(seed, BEFORE))
    table = changes(seed, BEFORE)
    assert counted == (table["kind"] != "line").sum()


def test_two_days_in_words():
    assert between("2025-05-09", "2025-05-16") == "Between 9 and 16 May 2025"
    assert between("2025-04-30", "2025-05-07") == "Between 30 April and 7 May 2025"
    assert (
        between("2024-12-30", "2025-01-06")
        == "Between 30 December 2024 and 6 January 2025"
    )
