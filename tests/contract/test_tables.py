"""The tables and the data package as files."""

from __future__ import annotations

import io
import json
import re
import urllib.parse
import zipfile
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.dataset import Dataset
from server.tabular import named_with_unit
from tests.contract.test_server import fetch

ROOT = Path(__file__).resolve().parents[2]
DAYS = ("2022-02-21", "2022-03-10", "2023-11-05", "2025-05-16", "2026-01-20")
ISO_DATE = re.compile(r"\b20[12][0-9]-[01][0-9]-[0-3][0-9]\b")


def read(address: str, table: str, whole: Dataset, query: str = "") -> pd.DataFrame:
    """A served table with the schema's types, under the schema's names."""
    status, headers, body = fetch(f"{address}/tables/{table}.csv{query}")
    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    resource = whole.package[table]
    frame = pd.read_csv(
        io.BytesIO(body),
        dtype={
            named_with_unit(f["name"], f.get("unit", "")): resource.dtypes()[f["name"]]
            for f in resource.fields
        },
        keep_default_na=False,
        na_values=[""],
        true_values=["true"],
        false_values=["false"],
    )
    return frame.set_axis([f["name"] for f in resource.fields], axis=1)


def test_every_table_at_the_latest_is_its_file(address: str, whole: Dataset) -> None:
    for resource in whole.package.tables:
        served = read(address, resource.name, whole)
        kept = resource.read(ROOT / "data")
        pd.testing.assert_frame_equal(served, kept[list(served.columns)])


def test_columns_say_their_unit(address: str) -> None:
    _, _, body = fetch(f"{address}/tables/casualty_figures.csv")
    heading = body.decode().split("\r\n", 1)[0].split(",")
    assert {"value_low_people", "value_best_people", "value_high_people"} <= set(
        heading
    )
    _, _, body = fetch(f"{address}/tables/front_metrics.csv")
    assert body.decode().startswith(
        "date,occupied_km2,occupied_share_pct,front_line_km,"
    )


@pytest.mark.parametrize("day", DAYS)
def test_no_table_names_a_later_day(address: str, whole: Dataset, day: str) -> None:
    # An announcement names the day it was made for: that is its news.
    # A report's own id carries its date; it is listed without a record of its own.
    told = {
        ("announcements", "expected_start"),
        ("announcements", "expected_end"),
        # A promise names the day by which it would be kept.
        ("claim_records", "claimed_to"),
        ("actors", "actor_id"),
    }
    for resource in whole.package.tables:
        rows = read(address, resource.name, whole, f"?as_of={day}")
        for column in rows.select_dtypes("str"):
            if (resource.name, column) in told:
                continue
            for text in rows[column].dropna():
                assert all(d <= day for d in ISO_DATE.findall(text)), (
                    resource.name,
                    column,
                    text,
                )


@pytest.mark.parametrize("day", DAYS)
def test_json_has_the_rows_of_the_csv(address: str, whole: Dataset, day: str) -> None:
    for table in ("events", "sources", "casualty_figures"):
        status, _, body = fetch(f"{address}/tables/{table}.json?as_of={day}")
        told = json.loads(body)
        rows = read(address, table, whole, f"?as_of={day}")
        assert status == 200
        assert (told["table"], told["as_of"], told["version"]) == (
            table,
            day,
            whole.version,
        )
        assert told["count"] == len(told["rows"]) == len(rows)
        key = f"{table.removesuffix('s').removeprefix('casualty_')}_id"
        assert [row[key] for row in told["rows"]] == list(rows[key])
        assert [f["name"] for f in told["fields"]] == list(rows.columns)


def test_the_seed_day_in_a_file(address: str, whole: Dataset) -> None:
    events = read(address, "events", whole, "?as_of=2025-05-16")
    assert len(events) == len(whole.as_of("2025-05-16")["events"])
    assert events["start_date"].max() == "2025-05-16"
    assert "2025-05-16-istanbul-first-round" in set(events["event_id"])


def test_the_file_is_named_after_table_and_date(address: str) -> None:
    _, headers, _ = fetch(f"{address}/tables/exchange_totals.csv?as_of=2025-05-16")
    assert headers["content-disposition"] == (
        'attachment; filename="parley-exchange-totals-as-of-2025-05-16.csv"'
    )


@pytest.mark.parametrize(
    "path",
    ["/tables/events.csv", "/tables/events.json?as_of=2025-05-16", "/datapackage.json",
     "/datapackage.zip", "/geo/front_lines.geojson"],
)  # fmt: skip
def test_files_are_stable_cacheable_and_answer_head(address: str, path: str) -> None:
    status, headers, body = fetch(address + path)
    assert status == 200
    assert "max-age" in headers["cache-control"]
    assert fetch(address + path)[2] == body
    for tag in (headers["etag"], f"W/{headers['etag']}", f'"other", {headers["etag"]}'):
        status, _, none = fetch(address + path, {"if-none-match": tag})
        assert (status, none) == (304, b"")
    status, head, none = fetch(address + path, method="HEAD")
    assert (status, none) == (200, b"")
    assert head["content-length"] == str(len(body))
    assert fetch(address + path, method="POST")[0] == 405


def test_the_package_validates_after_unzipping(
    address: str, whole: Dataset, tmp_path: Path
) -> None:
    _, headers, body = fetch(f"{address}/datapackage.zip")
    assert headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        packed.extractall(tmp_path)
    for resource in whole.package.resources:
        kept = (ROOT / "data" / resource.path).read_bytes()
        assert (tmp_path / resource.path).read_bytes() == kept
    assert "DeepState" in (tmp_path / "LICENSE.md").read_text()
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "note"])[:5]


def test_the_served_descriptor_describes_what_is_served(
    address: str, whole: Dataset, tmp_path: Path
) -> None:
    """Its relative paths are addresses of this server, its columns the files' own."""
    _, _, body = fetch(f"{address}/datapackage.json")
    described = json.loads(body)
    (tmp_path / "datapackage.json").write_bytes(body)
    for resource in described["resources"]:
        status, _, content = fetch(f"{address}/{resource['path']}")
        assert status == 200
        (tmp_path / resource["path"]).parent.mkdir(exist_ok=True)
        (tmp_path / resource["path"]).write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "note"])[:5]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/tables/event.csv", 404, ['"near": ["events"', '"parameter": "table"']),
        ("/tables/casualty-figures.csv", 404, ['"near": ["casualty_figures"']),
        ("/tables/events.xlsx", 404, ['"allowed": ["csv", "json"]']),
        ("/geo/front_line.geojson", 404, ['"near": ["front_lines"']),
        (
            "/tables/events.csv?as_of=2021-01-01",
            400,
            ["as_of", "2021-01-01", "2022-02-21"],
        ),
        ("/tables/events.csv?asof=2025-05-16", 400, ['"near": ["as_of"]']),
        ("/tables/events.csv?as_of=2025-05-16&as_of=2025-05-17", 400, ["once"]),
        ("/datapackage.zip?as_of=2025-05-16", 400, ["as_of"]),
    ],
)
def test_what_is_refused_is_explained(
    address: str, path: str, status: int, said: list[str]
) -> None:
    answered, headers, body = fetch(address + path)
    assert answered == status
    assert headers["content-type"] == "application/problem+json"
    for words in said:
        assert words in body.decode()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.text(min_size=1, max_size=30)
    | st.sampled_from(["../events", "..%2f..%2fapp", "\x00"]),
    st.text(max_size=20),
    st.text(max_size=40),
)
def test_hostile_addresses_never_reach_a_traceback(
    address: str, table: str, name: str, value: str
) -> None:
    def quoted(text: str) -> str:
        return urllib.parse.quote(text.encode("utf-8", "replace"), safe="")

    for path in (
        f"/tables/{quoted(table)}.csv",
        f"/tables/events.csv?{quoted(name)}={quoted(value)}",
        f"/tables/events.json?as_of={quoted(value)}",
        f"/events.atom?{quoted(name)}={quoted(value)}",
        f"/events.ics?text={quoted(value)}",
        f"/changes.atom?{quoted(name)}={quoted(value)}",
        f"/changes.json?since={quoted(value)}",
    ):
        status, _, body = fetch(address + path)
        assert status in (200, 400, 404)
        assert b"Traceback" not in body
