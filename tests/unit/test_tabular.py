"""Files for spreadsheets: what is defused, what is left alone."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.dataset import Dataset
from data.published import published
from server.tabular import json_rows, named_with_unit, safe_csv


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
