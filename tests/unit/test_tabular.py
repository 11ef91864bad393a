"""Files for spreadsheets: what is defused, what is left alone."""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.charts.chart import catalogue
from components.view import View
from data.dataset import Dataset
from data.published import published
from data.words import day, period
from server import chart_files
from server.tabular import (
    for_programs,
    iso_dated,
    json_rows,
    named_with_unit,
    safe_csv,
)
from tests.conftest import SEED


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8"), newline="")))


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_text_that_a_spreadsheet_would_run_is_defused(start: str) -> None:
    body = safe_csv(pd.DataFrame({"text": [f"{start}HYPERLINK(1)"]}))
    assert rows_of(body)[1] == [f"'{start}HYPERLINK(1)"]


def test_numbers_stay_numbers_and_the_missing_is_empty() -> None:
    frame = pd.DataFrame(
        {
            "km2": [-12.5, 3.0],
            "people": pd.array([-7, None], dtype="Int64"),
            "known": pd.array([True, None], dtype="boolean"),
            "day": ["2025-05-16", None],
        }
    )
    assert rows_of(safe_csv(frame))[1:] == [
        ["-12.5", "-7", "true", "2025-05-16"],
        ["3.0", "", "", ""],
    ]
    assert json_rows(frame)[1] == {
        "km2": 3.0,
        "people": None,
        "known": None,
        "day": None,
    }


def test_a_heading_is_text_too() -> None:
    assert rows_of(safe_csv(pd.DataFrame({"=1+1": [1]})))[0] == ["'=1+1"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("16 May 2025", "2025-05-16"),
        ("February 2022", "2022-02"),
        ("2019", "2019"),
        ("23–25 May 2025", "2025-05-23/2025-05-25"),
        ("1 January – 31 March 2025", "2025-01-01/2025-03-31"),
        ("31 December 2024 – 2 January 2025", "2024-12-31/2025-01-02"),
        ("December 2020 – February 2024", "2020-12/2024-02"),
        ("2019 – 2024", "2019/2024"),
    ],
)
def test_dates_and_periods_in_words_become_iso(text: str, iso: str) -> None:
    assert iso_dated(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "–", "May", "5 May", "1–5", "not known", "from 2019, end not known",
     "Istanbul, 16 May 2025", "160,000–165,000", "May 2025 – ", "28-point plan"],
)  # fmt: skip
def test_text_that_is_not_wholly_a_date_stays(text: str) -> None:
    assert iso_dated(text) == text


@given(st.dates(date(2014, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_whatever_period_is_written_can_be_read_back(first: date, days: int) -> None:
    start, end = first.isoformat(), (first + timedelta(days)).isoformat()
    assert iso_dated(day(start)) == start
    assert iso_dated(day(start, "month")) == start[:7]
    assert iso_dated(period(start, end)) == (f"{start}/{end}" if days else start)


@given(st.text())
def test_any_text_can_be_asked_for_its_date(text: str) -> None:
    assert isinstance(iso_dated(text), str)


def test_people_are_whole_numbers_and_what_is_measured_keeps_its_decimals() -> None:
    frame = pd.DataFrame(
        {
            "n": [353.0, None],
            "change": [-0.0, 1.5],
            "said": ["4,757", "at least 1,000"],
        }
    )
    assert rows_of(safe_csv(for_programs(frame, counted=True)))[1:] == [
        ["353", "0.0", "4757"],
        ["", "1.5", "at least 1,000"],
    ]
    assert rows_of(safe_csv(for_programs(frame, counted=False)))[1][0] == "353.0"


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("as_of", ["2022-06-10", SEED, "2026-10-09"])
def test_no_cell_of_a_chart_is_a_date_in_words_or_a_number_with_commas(
    name: str, as_of: str
) -> None:
    wordy = re.compile(rf"(\d{{1,2}} )?({'|'.join(calendar.month_name[1:])}) \d{{4}}")
    view = View(as_of)
    headings = len(catalogue()[name].COLUMNS)
    for row in rows_of(chart_files.csv(name, view))[1:]:
        for cell in row[:headings]:
            assert not wordy.fullmatch(cell), cell
            assert not re.fullmatch(r"\d{1,3}(,\d{3})+", cell), cell
            assert cell != "-0.0"
    about = json.loads(chart_files.metadata(name, view, "https://p.example/"))
    assert (about["last_row"] or "") <= as_of


@pytest.mark.parametrize(
    "name", ["civilians-by-month", "cumulative-exchanges", "exchanges-per-month"]
)
def test_people_are_never_written_as_fractions(name: str) -> None:
    view = View("2026-10-09")
    for row in rows_of(chart_files.csv(name, view))[1:]:
        assert not any(re.fullmatch(r"-?\d+\.\d+", cell) for cell in row)
    rows = json.loads(chart_files.rows_json(name, view))["rows"]
    assert not any(isinstance(v, float) for row in rows for v in row.values())


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("civilians-by-month", "2026-08"),
        ("claim-against-record", "2025-05-16"),
        ("claims-by-assessment", "2026-05-10"),
        ("coverage-by-month", "2026-10"),
        ("exchanges-per-month", "2026-10"),
        ("in-rooms-with", "2026-09-22"),
        ("monthly-change", "2026-08"),
        ("events-by-sources", None),
    ],
)
def test_the_last_row_is_dated_where_rows_have_a_date(
    name: str, last: str | None
) -> None:
    about = json.loads(
        chart_files.metadata(name, View("2026-10-09"), "https://p.example/")
    )
    assert about["last_row"] == last


def test_a_source_stands_once_in_a_cell() -> None:
    for row in rows_of(chart_files.csv("exchanges-per-month", View("2026-10-09")))[1:]:
        found = row[-2].split(";")
        assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("chart", "column", "said"),
    [
        ("actor-timeline", "what", "What"),
        ("delegations-by-round", "name", "Name"),
        ("coverage-by-month", "kind", "Rows"),
        ("events-by-sources", "label", "Pages behind the event"),
        ("organization-people", "title", "Title of the office."),
        ("losses-by-claimant", "scope", "What the number includes and leaves out."),
    ],
)
def test_a_column_is_described_by_its_own_table_or_its_heading(
    chart: str, column: str, said: str
) -> None:
    about = json.loads(chart_files.metadata(chart, View(SEED), "https://p.example/"))
    assert {c["name"]: c["description"] for c in about["columns"]}[column] == said


@pytest.mark.parametrize(
    ("name", "unit", "named"),
    [
        ("value_low", "people", "value_low_people"),
        ("occupied_km2", "km²", "occupied_km2"),
        ("occupied_share_pct", "%", "occupied_share_pct"),
        ("front_line_km_dp250m", "km", "front_line_km_dp250m"),
        ("lat", "°", "lat_deg"),
        ("exchanges_count", "exchanges", "exchanges_count"),
        ("title", "", "title"),
    ],
)
def test_a_column_says_its_unit_once(name: str, unit: str, named: str) -> None:
    assert named_with_unit(name, unit) == named


def test_no_cell_of_any_table_is_a_formula(whole: Dataset) -> None:
    for resource in whole.package.tables:
        frame = published(whole, resource.name)
        numeric = [pd.api.types.is_numeric_dtype(frame[c].dtype) for c in frame.columns]
        for row in rows_of(safe_csv(frame))[1:]:
            for cell, is_number in zip(row, numeric, strict=True):
                assert is_number or not cell.startswith(tuple("=+-@\t\r"))


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_whatever_the_text_the_file_gives_it_back(texts: list[str]) -> None:
    texts = [t.replace("\x00", "").encode("utf-8", "ignore").decode() for t in texts]
    body = safe_csv(pd.DataFrame({"n": range(len(texts)), "text": texts}, dtype=object))
    for text, (_, cell) in zip(texts, rows_of(body)[1:], strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(tuple("=+-@\t\r\n"))
