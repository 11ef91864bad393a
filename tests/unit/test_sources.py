"""The register of pages, the counts by page and month, and the data dictionary."""

from __future__ import annotations

import pytest

from components.charts.chart import draw
from components.view import View
from data import dictionary, sources
from data.documents import licence, methods, sections, until
from data.published import published

DAYS = (
    "2022-02-21", "2022-02-24", "2022-03-01", "2022-03-10", "2022-06-30", "2023-02-24",
    "2024-01-31", "2025-05-16", "2025-12-31", "2026-10-09",
)  # fmt: skip


def test_the_register_holds_every_page_of_the_table(whole):
    assert len(sources.register(whole)) == len(whole["sources"]) == 1664


@pytest.mark.parametrize("day", DAYS)
def test_later_pages_are_absent_and_the_count_is_that_of_the_download(whole, day):
    data = whole.as_of(day)
    rows = sources.register(data)
    assert (rows["published"].dropna() <= day).all() or day == whole.closing.latest
    assert len(rows) == len(published(data, "sources"))


def test_every_page_of_the_whole_carries_a_row(whole):
    assert (sources.register(whole)["rows"] > 0).all()


def test_search_takes_every_word_in_publisher_title_address_or_language(whole):
    rows = sources.found(whole, "TASS russian")
    text = (
        rows[["publisher", "title", "url", "language_label"]]
        .fillna("")
        .agg(" ".join, axis=1)
    )
    assert len(rows)
    assert text.str.casefold().str.contains("tass").all()
    assert text.str.casefold().str.contains("russian").all()
    assert len(sources.found(whole, "no such page anywhere")) == 0


def test_filters_narrow_together(whole):
    rows = sources.found(whole, kinds=("primary",), languages=("en",), seen=("seen",))
    assert set(rows["kind"]) == {"primary"}
    assert set(rows["seen"]) == {"seen"}
    assert len(sources.found(whole, publishers=("TASS",))) == 24


@pytest.mark.parametrize("day", DAYS)
def test_every_event_is_counted_once(whole, day):
    data = whole.as_of(day)
    rows = sources.events_by_sources(data)
    assert int(rows[["confirmed", "candidate"]].to_numpy().sum()) == len(data["events"])


@pytest.mark.parametrize("day", DAYS)
def test_coverage_ends_with_the_month_and_loses_no_row(whole, day):
    data = whole.as_of(day)
    rows = sources.coverage(data)
    assert rows["month"].max() == day[:7]
    assert not rows.loc[rows["month"].isin({"2022-02", day[:7]}), "thin"].any()
    for kind in sources.COUNTED:
        drawn = rows.loc[rows["kind"] == kind.label, "count"].sum()
        assert drawn + sources.outside(data)[kind.label] == len(data[kind.table])


@pytest.mark.parametrize("name", ["coverage-by-month", "events-by-sources"])
@pytest.mark.parametrize("day", DAYS)
def test_the_charts_draw_every_day(whole, name, day):
    for width in (358, 720):
        shown = draw(name, whole, View(as_of=day, width=width))
        assert shown.words.title
        assert shown.summary.endswith(".")
        assert "nan" not in shown.words.title
        assert list(shown.table)


def test_the_title_counts_the_events_drawn(whole):
    shown = draw("events-by-sources", whole, View(as_of="2026-10-09"))
    assert shown.words.title == "390 of 540 events rest on two or more pages"
    assert (
        int(shown.frame["candidate"].sum())
        == (whole["events"]["status"] == "candidate").sum()
    )
    shown = draw("coverage-by-month", whole, View(as_of="2026-10-09"))
    assert shown.words.title == "540 events: 0 to 45 a month, the most in May 2025"


def test_the_dictionary_counts_rows_as_the_tables_do(whole, seed):
    rows = dictionary.contents(seed).set_index("name")
    assert len(rows) == len(whole.package.resources)
    for resource in whole.package.tables:
        assert rows.loc[resource.name, "known"] == len(published(seed, resource.name))
        assert rows.loc[resource.name, "whole"] == len(whole[resource.name])
    assert rows.loc["front_lines", "known"] < rows.loc["front_lines", "whole"]


def test_every_field_of_every_table_is_described(whole):
    for resource in whole.package.tables:
        rows = dictionary.fields(resource)
        assert list(rows["name"]) == [f["name"] for f in resource.fields]
        assert (rows["meaning"] != "").all()
        assert (rows["key"].str.contains("primary key")).any() or resource.name in (
            "event_links",
        )


def test_units_values_and_keys_are_said(whole):
    events = dictionary.fields(whole.package["events"]).set_index("name")
    assert "turkiye (Türkiye)" in events.loc["track", "values"]
    assert events.loc["place_id", "key"] == "→ places.place_id"
    assert "list of sources.source_id" in events.loc["source_ids", "key"]
    front = dictionary.fields(whole.package["front_metrics"]).set_index("name")
    assert front.loc["front_line_km", "unit"] == "km"
    actors = dictionary.fields(whole.package["actors"]).set_index("name")
    assert "→ actors.actor_id" in actors.loc["affiliation_id", "key"]


def test_texts_are_read_from_their_files():
    assert {
        "How a row gets in",
        "When a row is known",
        "Known gaps",
        "Known flaws",
    } <= set(methods())
    assert "CC BY 4.0" in licence()
    assert sections("# A\n\nb\n\n## C\n\nd\n") == {"": "b", "C": "d"}


def test_a_text_of_an_earlier_day_names_no_later_date():
    text = "One of 2022. **The maps end on 22 August 2026**; so it is.\n\n- June and July 2025\n- 2024"
    assert until(text, "2025-05-16") == "One of 2022.\n\n- 2024"
    for said in methods().values():
        assert until(said, "2026-12-31") == said
        assert "2026" not in until(said, "2025-05-16")
