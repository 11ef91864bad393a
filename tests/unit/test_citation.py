"""Citations as other programs read them."""

from __future__ import annotations

import json

import bibtexparser
import pytest
import rispy

from components.citation import cite, cite_dataset

ASKED = dict(
    title="Civilians killed: 50% & more, {by month} of #1_a\nin Ukraine",
    source="Source: OHCHR (HRMMU); Mediazona & BBC.",
    version="1.0.0+2236cb6f",
    as_of="2025-05-16",
    address="https://parley.example/charts/civilians-by-month.html?as_of=2025-05-16&measure=killed",
)
TITLE = "Civilians killed: 50% & more, {by month} of #1_a in Ukraine"
AUTHOR = "OHCHR (HRMMU); Mediazona & BBC"


def test_text_names_claimant_year_compiler_version_day_and_link() -> None:
    assert cite(**ASKED)["plain"] == (
        f"{AUTHOR} (2025), “{TITLE}”, compiled by Parley, version 1.0.0+2236cb6f, "
        f"as of 16 May 2025. {ASKED['address']}"
    )


def test_bibtex_parses() -> None:
    library = bibtexparser.parse_string(cite(**ASKED)["bibtex"])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert entry.key == "parley-civilians-by-month-2025-05-16"
    fields = {f.key: f.value for f in entry.fields}
    assert fields["year"] == "2025"
    assert fields["url"] == ASKED["address"]
    assert fields["version"] == ASKED["version"]
    assert fields["author"] == r"{OHCHR (HRMMU); Mediazona \& BBC}"
    assert r"50\% \& more, \{by month\} of \#1\_a" in fields["title"]


def test_ris_parses() -> None:
    (entry,) = rispy.loads(cite(**ASKED)["ris"])
    assert entry["type_of_reference"] == "DATA"
    assert entry["title"] == TITLE
    assert entry["authors"] == [AUTHOR]
    assert entry["year"] == "2025"
    assert entry["urls"] == [ASKED["address"]]


def test_csl_is_a_dataset_of_the_day() -> None:
    (entry,) = json.loads(cite(**ASKED)["csl"])
    assert entry["type"] == "dataset"
    assert entry["title"] == TITLE
    assert entry["author"] == [{"literal": AUTHOR}]
    assert entry["issued"] == {"date-parts": [[2025, 5, 16]]}
    assert entry["URL"] == ASKED["address"]


def test_a_source_that_names_nobody_leaves_parley_as_the_author() -> None:
    said = cite(
        **{**ASKED, "source": "Source: table of offices, each row with its pages."}
    )
    assert said["plain"].startswith(f"Parley (2025), “{TITLE}”, from table of offices")


@pytest.mark.parametrize("form", ["plain", "bibtex", "ris", "csl"])
def test_the_dataset_can_be_cited_too(form: str) -> None:
    said = cite_dataset(
        version="1.0.0", as_of="2026-10-09", address="https://p.example/"
    )
    assert "Parley" in said[form] and "1.0.0" in said[form] and "2026" in said[form]
    assert "ompiled by" not in said[form]
