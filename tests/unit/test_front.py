"""The front line's derived figures, on the real dataset."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from data.dataset import Dataset
from data.front import (
    CRIMEA_REDRAWN,
    SPLICE,
    change,
    compared_with,
    definitions,
    lengths,
    line_parts,
    map_day,
    map_of,
    monthly,
    oblasts,
    on_day,
    stated_lengths,
    venues,
)
from data.front_shapes import SMALLEST_KM2, area_km2, hatch, patches

SEED = "2025-05-16"

# DeepState: occupied, land, river, total, longest, at 250 m, at 5 km.
MEASURED = {
    "2025-05-16": (112_804.5, 738.9, 364.6, 1_103.5, 1_026.0, 1_203.7, 923.3),
    "2025-08-15": (114_496.3, 895.2, 364.6, 1_259.8, 1_134.7, 1_373.5, 1_031.5),
    "2025-12-09": (115_888.6, 893.9, 364.6, 1_258.5, 1_145.8, 1_373.1, 1_025.1),
    "2026-01-23": (116_354.6, 854.8, 364.6, 1_219.4, 1_101.4, 1_319.9, 980.1),
    "2026-08-22": (116_975.4, 810.9, 364.6, 1_175.5, 1_032.2, 1_276.0, 959.2),
}


@pytest.mark.parametrize("day", MEASURED)
def test_the_measured_days_have_their_measured_values(whole: Dataset, day: str) -> None:
    row = on_day(whole, day, "deepstate")
    found = tuple(
        row[c]
        for c in (
            "occupied_km2",
            "land_line_km",
            "river_line_km",
            "front_line_km",
            "main_line_km",
            "front_line_km_dp250m",
            "front_line_km_dp5km",
        )
    )
    assert found == pytest.approx(MEASURED[day])
    assert row["date"] == day


@pytest.mark.parametrize("day", MEASURED)
def test_parts_of_the_line_add_up_as_printed(day: str) -> None:
    _, land, _, total, *_ = MEASURED[day]
    parts = line_parts(land, total)
    assert parts.land + parts.river == parts.total


def test_the_seed_day_reads_1104_as_739_and_365() -> None:
    parts = line_parts(738.9, 1_103.5)
    assert (parts.total, parts.land, parts.river) == (1104, 739, 365)


def test_each_published_length_of_the_seed_day_has_its_definition(
    seed: Dataset,
) -> None:
    rows = definitions(seed, SEED).set_index("measure")
    assert "620 miles" in rows.at["main_line_km", "who"]
    assert "active line" in rows.at["front_line_km", "who"]
    assert "1,200 km" in rows.at["front_line_km_dp250m", "who"]
    assert (rows["map_date"] == SEED).all()


def test_the_report_of_the_seed_day_comes_nearest_to_the_longest_stretch(
    seed: Dataset,
) -> None:
    rows = stated_lengths(seed, SEED)
    assert list(rows["stated"]) == ["620 miles (Istanbul report, 16 May 2025)"]
    assert rows["km"].iloc[0] == pytest.approx(997.8, abs=0.1)
    assert rows["nearest"].iloc[0] == "Longest continuous stretch"
    assert rows["nearest_km"].iloc[0] == 1026.0


def test_no_saying_stands_beside_a_length_of_before_it_was_said(
    whole: Dataset,
) -> None:
    assert set(definitions(whole.as_of("2023-05-16"), "2023-05-16")["who"]) == {""}


def test_twelve_months_to_the_seed_day(seed: Dataset) -> None:
    since = compared_with(seed, SEED)
    net = change(seed, since, SEED)
    assert since == "2024-05-16"
    assert net.first == "2024-05-15"  # no DeepState map exists of 16 May 2024
    assert net.km2 == 3728.9
    assert round(net.share_pct, 1) == 0.6
    assert net.twelve_months


def test_two_maps_are_never_differenced(whole: Dataset) -> None:
    net = change(whole, "2022-05-15", "2022-05-17")
    assert net.km2 is None
    assert "not differenced" in net.reason
    with pytest.raises(ValueError, match="different maps"):
        patches(whole, "2022-05-09", SPLICE)


def test_the_comparison_starts_no_earlier_than_the_map(whole: Dataset) -> None:
    assert compared_with(whole, "2022-12-01") == SPLICE
    assert compared_with(whole, "2022-03-10") == "2022-02-24"
    assert compared_with(whole, "2022-02-24") is None


def test_the_redrawing_of_crimea_is_no_gain(whole: Dataset) -> None:
    net = change(whole, "2022-09-18", CRIMEA_REDRAWN)
    both = [
        on_day(whole, d, "deepstate")["occupied_km2"]
        for d in ("2022-09-18", CRIMEA_REDRAWN)
    ]
    assert both[1] - both[0] == pytest.approx(795.7, abs=0.1)
    assert abs(net.km2) < 15
    assert "redrew Crimea" in net.note
    around = patches(whole, "2022-09-12", "2022-09-26")
    assert not {p.oblast for p in around} & {"Crimea", "Sevastopol"}


@pytest.mark.parametrize(
    ("first", "last"), [("2024-05-13", SEED), ("2025-08-18", "2026-08-22")]
)
def test_patches_come_near_the_net_change_of_the_daily_table(
    whole: Dataset, first: str, last: str
) -> None:
    found = patches(whole, first, last)
    sign = {"gained": 1, "recovered": -1}
    total = sum(sign[p.kind] * p.km2 for p in found)
    assert total == pytest.approx(change(whole, first, last).km2, rel=0.1)
    assert all(p.km2 >= SMALLEST_KM2 for p in found)
    assert all(p.oblast for p in found)


def test_a_patch_is_measured_on_the_equal_area_plane(whole: Dataset) -> None:
    largest = max(patches(whole, "2024-05-13", SEED), key=lambda p: p.km2)
    assert largest.oblast == "Donetsk"
    assert area_km2(largest.geometry) == pytest.approx(largest.km2, rel=0.01)


def test_the_hatch_lies_on_what_was_held_before_2022(whole: Dataset) -> None:
    features = whole.layer("held_before_2022").features
    held = shapely.union_all(
        [shapely.geometry.shape(f["geometry"]) for f in features]
    ).buffer(0.01)
    assert held.covers(hatch(whole))


def test_a_day_without_a_stored_map_takes_the_last_before(whole: Dataset) -> None:
    shown = map_day(whole, "2025-05-15", "2024-05-15")
    assert (shown.line, shown.area) == ("2025-05-12", "2025-05-12")
    assert shown.before == "2024-05-13"
    assert shown.change.last == "2025-05-15"


def test_before_the_first_map_there_is_none(whole: Dataset) -> None:
    early = whole.as_of("2022-02-22")
    assert map_day(early, "2022-02-22", None) is None
    assert definitions(early, "2022-02-22").empty
    assert oblasts(early).empty


def test_after_the_last_map_its_day_is_given(whole: Dataset) -> None:
    shown = map_day(whole, whole.closing.latest, None)
    assert shown.day == whole.closing.front_line == "2026-08-22"


def test_lines_of_the_mobile_phase_are_no_lengths(whole: Dataset) -> None:
    rows = lengths(whole, "front_line_km", "2022-02-24")
    assert rows.groupby("dataset")["date"].min().to_dict() == {
        "deepstate": "2022-05-10",
        "nzz": "2022-04-05",
        "isw": "2023-11-23",
    }


def test_the_last_month_of_the_seed_day_is_april(seed: Dataset) -> None:
    rows = monthly(seed, "deepstate")
    assert rows["month"].iloc[-1] == "2025-04"
    assert rows["km2"].iloc[-1] == pytest.approx(186.7, abs=0.1)


def test_a_month_of_isw_is_the_difference_of_two_firsts(whole: Dataset) -> None:
    rows = monthly(whole, "isw").set_index("month")
    first, second = (
        on_day(whole, d, "isw")["occupied_km2"] for d in ("2024-10-01", "2024-11-01")
    )
    assert rows.at["2024-10", "km2"] == pytest.approx(second - first, abs=0.05)
    assert rows["to_date"].max() <= "2026-01-25"


def test_oblasts_of_the_seed_day(seed: Dataset) -> None:
    rows = oblasts(seed).set_index("oblast")
    assert (rows["date"] == "2025-05-01").all()
    assert rows.at["Luhansk", "occupied_share_pct"] == pytest.approx(99.13)
    assert rows.at["Donetsk", "change_km2"] == pytest.approx(3048.8)


def test_oblasts_are_not_compared_across_the_splice(whole: Dataset) -> None:
    rows = oblasts(whole.as_of("2023-03-10"))
    assert rows["change_km2"].isna().all()
    after = oblasts(whole.as_of("2023-08-10")).set_index("oblast")
    assert pd.isna(after.at["Crimea", "change_km2"])
    assert not pd.isna(after.at["Donetsk", "change_km2"])


def test_venues_are_those_of_events_known_by_then(
    whole: Dataset, seed: Dataset
) -> None:
    now, then = (d.set_index("name")["events"] for d in (venues(whole), venues(seed)))
    assert set(then.index) <= set(now.index)
    assert (venues(seed)["last"] <= SEED).all()
    assert then["Kyiv"] < now["Kyiv"]


@pytest.mark.parametrize("day", ["2022-02-24", "2022-05-16", SEED, "2026-10-09"])
def test_every_figure_is_of_the_map_drawn(whole: Dataset, day: str) -> None:
    shown = map_day(whole.as_of(day), day, None)
    assert shown.source == map_of(shown.line)
    assert shown.line <= day
    assert shown.map_date <= day
