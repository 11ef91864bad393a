"""What the overview computes: direct talks, changes over 30 days, totals, next steps."""

from __future__ import annotations

import pytest

from data import overview

DAYS = (
    "2022-02-21", "2022-02-24", "2022-03-10", "2022-04-20", "2022-05-20", "2022-10-01",
    "2023-03-08", "2023-11-11", "2024-08-06", "2025-02-28", "2025-05-15", "2025-05-16",
    "2025-07-23", "2026-01-23", "2026-08-22", "2026-10-09",
)  # fmt: skip


def test_the_full_scale_war_begins_on_24_february_2022():
    assert overview.day_of_war("2022-02-24") == 1
    assert overview.day_of_war("2025-05-16") == 1178


def test_direct_talks_are_those_where_both_sides_negotiated(whole):
    found = list(overview.direct_talks(whole)["event_id"])
    assert found[0] == "2022-02-28-gomel-first-round"
    assert "2022-03-10-antalya-foreign-ministers" in found
    assert found[-1] == "2026-02-17-geneva-trilateral"
    # Through a mediator, reported and denied, cancelled, or with a third side.
    assert "2024-10-29-ft-energy-strike-talks" not in found
    assert "2024-08-17-qatar-energy-talks-report" not in found
    assert "2024-03-30-black-sea-shipping-deal-collapse" not in found
    assert "2025-11-24-driscoll-russians-abu-dhabi" not in found


def test_a_day_before_istanbul_1143_days_had_passed(whole):
    before = overview.last_talks(whole.as_of("2025-05-15"))
    assert (before.place, before.day, before.days) == ("Istanbul", "2022-03-29", 1143)
    today = overview.last_talks(whole.as_of("2025-05-16"))
    assert (today.event_id, today.days) == ("2025-05-16-istanbul-first-round", 0)
    assert today.outcome == "partial"


def test_talks_in_progress_are_zero_days_past(whole):
    found = overview.last_talks(whole.as_of("2026-01-23"))
    assert found.in_progress
    assert found.days == 0


def test_no_talks_before_the_first(whole):
    assert overview.last_talks(whole.as_of("2022-02-27")) is None


def test_the_seed_day_has_the_line_and_the_area_of_that_day(seed):
    line = overview.measured(seed, "front_line_km")
    assert (line.value, line.date) == (1103.5, "2025-05-16")
    assert (line.before, line.before_date) == (1090.0, "2025-04-16")
    area = overview.measured(seed, "occupied_km2")
    assert area.value == 112804.5
    assert overview.area_change(seed).km2 == pytest.approx(197.8)


def test_two_maps_are_never_compared(whole):
    found = overview.measured(whole.as_of("2022-05-20"), "front_line_km")
    assert found.difference is None
    assert "another map" in found.reason


def test_a_map_that_ended_shows_no_change(whole):
    found = overview.measured(whole, "front_line_km")
    assert found.date == whole.closing.front_line
    assert found.difference is None
    assert found.reason == "no newer map in the last 30 days"


def test_redrawing_crimea_is_no_change_of_area(whole):
    assert abs(overview.area_change(whole.as_of("2022-09-25")).km2) < 12_000
    assert "redrew Crimea" in overview.area_change(whole.as_of("2022-09-25")).note


def test_prisoners_on_the_seed_day_are_the_total_of_6_may(seed):
    found = overview.prisoners(seed)
    assert (found.total, found.as_of, found.exchanges) == (4757, "2025-05-06", 64)
    # 53 people of 2022 and 2023 are not in the rows; the 53 whom Russia returned
    # outside the exchanges in March and April 2025 are in neither number.
    assert (found.rows, found.unnumbered) == (4704, 0)
    assert (found.before, found.before_as_of) == (4306, "2025-03-19")


def test_a_total_of_one_deal_is_not_the_total(whole):
    totals = whole["exchange_totals"]
    assert totals["deal"].notna().any()
    for day in DAYS:
        found = overview.prisoners(whole.as_of(day))
        if found is not None:
            row = totals[totals["as_of"] == found.as_of]
            assert row["deal"].isna().any()


def test_what_was_announced_on_the_seed_day_was_open(seed):
    found = overview.open_announcements(seed)
    assert "2025-05-16-exchange-1-000-prisoners-each" in set(found["announcement_id"])
    assert "2025-05-15-istanbul-meeting-moved-16-may" not in set(
        found["announcement_id"]
    )


@pytest.mark.parametrize("day", DAYS)
def test_open_means_neither_resolved_nor_stale(whole, day):
    found = overview.open_announcements(whole.as_of(day))
    assert found["announcement_id"].notna().all()
    assert (found["announced_on"] <= day).all()
    assert found["resolved_by"].isna().all()
    due = found["expected_end"].fillna(found["expected_start"])
    undated = due.isna()
    assert (due[~undated] >= overview.days_before(day, 14)).all()
    assert (found.loc[undated, "announced_on"] >= overview.days_before(day, 60)).all()


@pytest.mark.parametrize("day", DAYS)
def test_nothing_later_than_the_day(whole, day):
    data = whole.as_of(day)
    latest = overview.latest_events(data)
    assert (latest["start_date"] <= day).all()
    assert list(latest["known_from"]) == sorted(latest["known_from"], reverse=True)
    for column in ("front_line_km", "occupied_km2"):
        found = overview.measured(data, column)
        if found is not None:
            assert found.date <= day
            if found.before is not None:
                assert found.before_date <= overview.days_before(day)
    prisoners = overview.prisoners(data)
    assert prisoners is None or prisoners.as_of <= day
