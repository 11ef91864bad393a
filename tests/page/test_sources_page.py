"""The page Sources: its address gives the view, its counts are those of the tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent


def opened(**query: str | list[str]) -> AppTest:
    at = AppTest.from_file(str(ROOT / "components" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(str(ROOT / "pages" / "sources.py"))
    return at.run()


def html(at: AppTest) -> str:
    return " ".join(
        e.proto.body for e in at.get("html") if "<style>" not in e.proto.body
    )


def text(at: AppTest) -> str:
    return " ".join(
        [m.value for m in at.markdown] + [c.value for c in at.caption]
    ) + html(at)


def test_all_pages_stand_in_the_latest_register():
    at = opened()
    assert not at.exception
    assert at.title[0].value.startswith("1,664 pages under 846 publishers’ names")
    assert "1,664 of 1,664 pages" in text(at)
    assert html(at).count("<tr><td") == 50
    assert "Version 1.0.0+" in text(at)


def test_search_filters_and_page_come_from_the_address():
    at = opened(q="tass", kind=["state_media"], language=["en"])
    assert "TASS" in html(at)
    assert "1,664 of 1,664" not in text(at)
    second = opened(page="2")
    assert html(second) != html(opened())


def test_a_filter_that_a_date_empties_is_said_not_raised():
    at = opened(publisher=["Nobody at all"], as_of="2025-05-16")
    assert not at.exception
    assert "is not possible here" in text(at)


def test_a_publisher_chosen_does_not_break_an_earlier_date():
    at = opened(publisher=["Glavcom"])
    assert "Glavcom" in html(at)
    at.date_input(key="as_of").set_value(date(2022, 3, 1)).run()
    assert not at.exception


def test_later_pages_are_absent(seed):
    at = opened(as_of="2025-05-16")
    known = len(seed["sources"])
    assert known < 1_664
    assert f"{known:,} of {known:,} pages" in text(at)
    assert "17 May 2025" not in html(at)


def test_coverage_shows_both_charts():
    at = opened(show="coverage")
    assert not at.exception
    assert "390 of 540 events rest on two or more pages" in text(at)


def test_the_dictionary_describes_the_table_of_the_address(whole):
    at = opened(show="dictionary", table="exchange_totals", as_of="2025-05-16")
    assert not at.exception
    assert "returned_to_ukraine_total" in html(at)
    assert "/tables/exchange_totals.csv?as_of=2025-05-16" in html(at)
    assert f"{len(whole['exchange_totals'])} in the whole dataset" in text(at)
    layer = opened(show="dictionary", table="front_lines")
    assert not layer.exception
    assert "DeepState should ask" in text(layer) or "should ask DeepState" in text(
        layer
    )


def test_methods_and_licence_are_the_files():
    methods = text(opened(show="methods"))
    assert "Contested figures stand side by side and are never averaged." in methods
    assert "Edit the CSV" not in methods
    earlier = text(opened(show="methods", as_of="2025-05-16"))
    assert "never averaged" in earlier
    assert "116,165 on 1 January 2026" in methods
    assert "116,165" not in earlier
    cite = opened(show="cite")
    assert not cite.exception
    assert "CC BY 4.0" in text(cite)
    assert len(cite.code) == 4
    assert "/datapackage.zip" in html(cite)


def test_citation_names_the_date_and_the_version():
    plain = opened(show="cite", as_of="2025-05-16").code[0].value
    assert "as of 16 May 2025" in plain
    assert "version 1.0.0+" in plain
    assert plain.endswith("/sources?as_of=2025-05-16")
