"""Citations as other programs read them."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
import rispy

from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT, catalogue
from components.citation import authors, cite, cite_dataset
from components.view import View
from data.dataset import Dataset
from tests.conftest import SEED

ASKED = dict(
    title="Civilians killed: 50% & more, {by month} of #1_a\nin Ukraine",
    source="Source: OHCHR (HRMMU); Mediazona & BBC.",
    version="1.0.0+2236cb6f",
    as_of="2025-05-16",
    address="https://parley.example/charts/civilians-by-month.html?as_of=2025-05-16&measure=killed",
)
TITLE = "Civilians killed: 50% & more, {by month} of #1_a in Ukraine"
AUTHORS = ["OHCHR (HRMMU)", "Mediazona & BBC"]


def test_text_names_claimant_year_compiler_version_day_and_link() -> None:
    assert cite(**ASKED)["plain"] == (
        f"OHCHR (HRMMU) and Mediazona & BBC (2025), “{TITLE}”, compiled by Parley, version 1.0.0+2236cb6f, "
        f"as of 16 May 2025. {ASKED['address']}"
    )


def test_bibtex_parses() -> None:
    library = bibtexparser.parse_string(cite(**ASKED)["bibtex"])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert entry.key.startswith("parley-civilians-by-month-2025-05-16-")
    fields = {f.key: f.value for f in entry.fields}
    assert fields["year"] == "2025"
    assert fields["url"] == ASKED["address"]
    assert fields["version"] == ASKED["version"]
    assert fields["author"] == r"{OHCHR (HRMMU)} and {Mediazona \& BBC}"
    assert r"50\% \& more, \{by month\} of \#1\_a" in fields["title"]


def test_ris_parses() -> None:
    (entry,) = rispy.loads(cite(**ASKED)["ris"])
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == TITLE
    assert entry["authors"] == AUTHORS
    assert entry["year"] == "2025"
    assert entry["urls"] == [ASKED["address"]]


def test_csl_is_a_dataset_of_the_day() -> None:
    (entry,) = json.loads(cite(**ASKED)["csl"])
    assert entry["type"] == "dataset"
    assert entry["title"] == TITLE
    assert entry["author"] == [{"literal": name} for name in AUTHORS]
    assert entry["issued"] == {"date-parts": [[2025, 5, 16]]}
    assert entry["URL"] == ASKED["address"]


def test_a_source_that_names_nobody_leaves_parley_as_the_author() -> None:
    said = cite(
        **{**ASKED, "source": "Source: table of offices, each row with its pages."}
    )
    assert said["plain"].startswith(f"Parley (2025), “{TITLE}”, from table of offices")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (
            f"Source: {MAP_CREDIT} {BASEMAP_CREDIT}",
            ("DeepState", "NZZ/Liveuamap", "Natural Earth", "GeoNames"),
        ),
        (
            f"Source: DeepState, NZZ / Liveuamap, ISW; own measurement. {MAP_CREDIT}",
            ("DeepState", "NZZ/Liveuamap", "ISW"),
        ),
        (
            f"Source: {MAP_CREDIT} {BASEMAP_CREDIT} NZZ and ISW: own calculation from "
            "their maps.",
            ("DeepState", "NZZ/Liveuamap", "Natural Earth", "GeoNames", "ISW"),
        ),
        ("Source: OHCHR, as given on the pages named in the table.", ("OHCHR",)),
        (
            "Source: Ukrainian officials, V. Putin and D. Lubinets, from 7 pages; each "
            "is named in the table.",
            ("Ukrainian officials", "V. Putin", "D. Lubinets"),
        ),
        ("Source: 9 pages of the events drawn and of the claim.", ()),
        ("Source: statements of both sides; totals: Ukraine.", ()),
    ],
)
def test_authors_are_names_and_not_how_they_counted(
    source: str, named: tuple[str, ...]
) -> None:
    assert authors(source) == named


def test_no_chart_has_its_credit_line_for_an_author(whole: Dataset) -> None:
    for name, chart in catalogue().items():
        for day in (SEED, whole.closing.latest):
            view = View(day)
            source = chart.words(chart.frame(whole.as_of(day), view), view).source
            for author in authors(source):
                assert author[0].isupper() and len(author) < 70, name
                assert not re.search(r": |; |own |page|table", author), (name, author)


def test_two_filters_of_one_chart_have_two_keys_and_one_has_one() -> None:
    address = "https://parley.example/charts/occupied-area.html?as_of=2025-05-16"
    asked = [
        {**ASKED, "address": address + more}
        for more in ("", "&period=all", "&period=two-years", "&units=mi")
    ]
    keys = [json.loads(cite(**a)["csl"])[0]["id"] for a in asked]
    assert keys[0] == "parley-occupied-area-2025-05-16"
    assert len(set(keys)) == 4
    assert json.loads(cite(**asked[1])["csl"])[0]["id"] == keys[1]


@pytest.mark.parametrize("form", ["plain", "bibtex", "ris", "csl"])
def test_the_dataset_can_be_cited_too(form: str) -> None:
    said = cite_dataset(
        version="1.0.0", as_of="2026-10-09", address="https://p.example/"
    )
    assert "Parley" in said[form] and "1.0.0" in said[form] and "2026" in said[form]
    assert "ompiled by" not in said[form]
