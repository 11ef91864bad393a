"""The data package is what its descriptor says, and other tools can read it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package as FrictionlessPackage

from data.package import Package

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = Package.read(DATA)
TABLES = {table.name: table for table in PACKAGE.tables}
FIELDS = [(table.name, field) for table in PACKAGE.tables for field in table.fields]

# Rows of the first edition. Rows are added; none is lost.
FIRST_EDITION = {
    "actors": 417,
    "announcements": 119,
    "casualty_figures": 800,
    "cities": 87,
    "claimants": 43,
    "claim_evidence": 139,
    "claim_records": 54,
    "claims": 54,
    "published_front_figures": 3,
    "deal_promises": 10,
    "deals": 7,
    "delegation_members": 179,
    "delegations": 50,
    "event_links": 180,
    "event_participants": 1608,
    "events": 540,
    "exchange_totals": 34,
    "exchanges": 84,
    "front_metrics": 3885,
    "issues": 17,
    "monthly_change": 107,
    "oblast_control": 1512,
    "offices": 347,
    "places": 91,
    "positions": 141,
    "proposal_terms": 233,
    "proposals": 31,
    "quotes": 191,
    "repatriations": 47,
    "sources": 1664,
}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {name: table.read(DATA) for name, table in TABLES.items()}


def test_frictionless_finds_the_package_valid() -> None:
    report = FrictionlessPackage(str(DATA / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_every_data_file_is_described_and_every_description_has_its_file() -> None:
    files = {
        path.relative_to(DATA).as_posix()
        for folder in ("tables", "geo")
        for path in (DATA / folder).iterdir()
    }
    assert {resource.path for resource in PACKAGE.resources} == files


def test_no_row_of_the_first_edition_is_lost(tables: dict[str, pd.DataFrame]) -> None:
    assert tables.keys() == FIRST_EDITION.keys()
    fewer = {n: len(t) for n, t in tables.items() if len(t) < FIRST_EDITION[n]}
    assert fewer == {}


def test_every_field_says_what_it_is_in_words() -> None:
    for table, field in FIELDS:
        assert field["title"] and len(field["title"]) <= 35, (table, field["name"])
        assert field["description"].endswith("."), (table, field["name"])


def test_every_enum_has_a_label_for_each_value_and_no_other() -> None:
    for table, field in FIELDS:
        values = field.get("constraints", {}).get("enum")
        if values:
            labels = field["enumLabels"]
            assert list(labels) == [str(v) for v in values], (table, field["name"])


def test_every_number_has_a_unit_unless_it_is_a_rank_or_an_ordinal() -> None:
    bare = {
        field["name"]
        for _, field in FIELDS
        if field["type"] in ("integer", "number") and "unit" not in field
    }
    assert bare == {"significance", "rank", "number_official", "geonameid"}


def test_every_row_that_states_something_must_name_a_source() -> None:
    silent = {
        name
        for name, table in TABLES.items()
        if not any(
            field["name"] in ("source_ids", "source_id")
            and field["constraints"]["required"]
            for field in table.fields
        )
    }
    # Numbers computed here and reference tables name their map in a column;
    # children rest on the sources of their parent; evidence is a page or a
    # measurement, as a rule of its own checks.
    assert silent == {
        "claim_evidence",
        "claim_records",
        "cities",
        "delegations",
        "event_links",
        "event_participants",
        "front_metrics",
        "issues",
        "monthly_change",
        "oblast_control",
        "places",
    }


def test_every_reference_leads_to_a_described_field() -> None:
    for name, table in TABLES.items():
        for key in table.descriptor["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"] or name
            assert TABLES[target].field(key["reference"]["fields"])
            assert table.field(key["fields"])
        for field in table.fields:
            target = field.get("listOf")
            if target:
                assert TABLES[target["resource"]].field(target["field"])


def test_every_table_has_a_publication_rule_or_is_a_reference_table() -> None:
    for name, table in TABLES.items():
        rule = table.known_from
        if rule is None:
            assert name in {"places", "actors", "issues", "cities", "claimants"}
        elif "field" in rule:
            assert table.field(rule["field"])["type"] == "date"
        else:
            through = rule["through"]
            assert table.field(through["field"])
            assert TABLES[through["resource"]].known_from


def test_map_layers_from_other_maps_carry_their_own_licence_and_rights() -> None:
    for layer in PACKAGE.layers:
        derived = layer.name in {"front_lines", "occupied_areas", "held_before_2022"}
        names = [licence["name"] for licence in layer.descriptor["licenses"]]
        assert names == (["other-closed"] if derived else ["PDDC"])
        assert ("DeepState" in layer.descriptor["rights"]) == derived


def test_whole_numbers_are_written_as_whole_numbers() -> None:
    for name, table in TABLES.items():
        text = pd.read_csv(DATA / table.path, dtype=str, keep_default_na=False)
        numeric = [
            f["name"] for f in table.fields if f["type"] in ("integer", "number")
        ]
        for column in numeric:
            assert not text[column].str.endswith(".0").any(), (name, column)


@pytest.mark.parametrize(
    ("day", "occupied", "land", "river", "total", "longest"),
    [
        ("2025-05-16", 112_804.5, 738.9, 364.6, 1_103.5, 1_026.0),
        ("2025-08-15", 114_496.3, 895.2, 364.6, 1_259.8, 1_134.7),
        ("2026-08-22", 116_975.4, 810.9, 364.6, 1_175.5, 1_032.2),
    ],
)
def test_the_front_line_is_the_one_that_was_measured(
    tables: dict[str, pd.DataFrame],
    day: str,
    occupied: float,
    land: float,
    river: float,
    total: float,
    longest: float,
) -> None:
    metrics = (
        tables["front_metrics"].set_index(["dataset", "date"]).loc["deepstate", day]
    )
    columns = ["land_line_km", "river_line_km", "front_line_km", "main_line_km"]
    assert metrics["occupied_km2"] == occupied
    assert metrics[columns].tolist() == [land, river, total, longest]


def test_seventeen_rounds_stand_side_by_side(tables: dict[str, pd.DataFrame]) -> None:
    rounds = tables["delegations"].query("talks_round").drop_duplicates("round_id")
    assert rounds.sort_values("date")["round_name"].tolist() == [
        *["Gomel", "Brest", "Brest", "Antalya", "Video", "Istanbul"],
        *["Riyadh", "Istanbul I", "Istanbul II", "Istanbul III", "Paris", "Geneva"],
        *["Miami", "Moscow", "Abu Dhabi I", "Abu Dhabi II", "Geneva"],
    ]


def test_umerov_is_named_in_ten_rounds_and_medinsky_in_nine(
    tables: dict[str, pd.DataFrame],
) -> None:
    named = tables["delegation_members"].merge(
        tables["delegations"], on="delegation_id"
    )
    rounds = named.query("talks_round").groupby("actor_id")["round_id"].nunique()
    assert rounds["rustem-umerov"] == 10
    assert rounds["vladimir-medinsky"] == 9


def test_the_package_can_be_moved_anywhere() -> None:
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        assert not Path(resource["path"]).is_absolute()
        assert ".." not in Path(resource["path"]).parts
