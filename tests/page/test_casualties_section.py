"""The casualties half of the Front page, as a visitor opens it by a link."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.casualties import POPULATIONS, headline

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "components/shell.py"), default_timeout=60)
    at.switch_page(str(ROOT / "pages/front.py"))
    for name, value in {"view": "casualties", **query}.items():
        at.query_params[name] = value
    return at.run()


def shown(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("as_of", ["2025-05-16", "2022-02-25", "2026-10-09"])
def test_each_population_has_one_title_and_no_error(whole, population, as_of):
    at = opened(population=population, as_of=as_of)
    assert not at.exception
    assert [t.value for t in at.title] == [headline(whole.as_of(as_of), population)]


def test_the_seed_day_shows_12910_with_claimant_period_and_publication():
    page = shown(opened(as_of="2025-05-16"))
    assert "≥ 12,910" in page
    assert "OHCHR, counted to 31 March 2025, published 8 April 2025" in page
    assert "13,279" not in page


@pytest.mark.parametrize("population", POPULATIONS)
def test_the_table_counts_every_row_of_the_population(whole, population):
    rows = whole["casualty_figures"]
    wanted = rows["population"].isin(POPULATIONS[population].tables).sum()
    at = opened(population=population)
    assert f"All {wanted:,} statements" in [s.value for s in at.subheader]
