"""What the casualty figures may and may not say, on the real rows."""

import pandas as pd
import pytest

from data.casualties import (
    MILITARY,
    POPULATIONS,
    change_since,
    cumulative,
    figures,
    headline,
    key_figures,
    ladder,
    latest_cumulative,
    methods,
    monthly_editions,
    months,
    statements,
    until,
)

DAYS = [
    day.strftime("%Y-%m-%d")
    for day in pd.date_range("2022-02-24", "2026-10-09", periods=40)
]
OHCHR_KILLED = ("civilians_ukraine", "ohchr", "killed")


def test_the_seed_day_has_12910_civilians_killed_counted_to_31_march(seed):
    last = latest_cumulative(seed, *OHCHR_KILLED)
    assert (last.value, last.qualifier) == (12_910, "at_least")
    assert (last.period_end, last.published) == ("2025-03-31", "2025-04-08")
    injured = latest_cumulative(seed, "civilians_ukraine", "ohchr", "injured")
    assert injured.in_words == "about 30,700"


def test_a_rounded_figure_is_overtaken_by_a_later_higher_count_for_an_earlier_day(
    whole,
):
    # 'More than 12,300' on 8 January 2025; 12,456 to 31 December, published on the 17th.
    before = latest_cumulative(whole.as_of("2025-01-16"), *OHCHR_KILLED)
    after = latest_cumulative(whole.as_of("2025-01-17"), *OHCHR_KILLED)
    assert (before.value, after.value) == (12_300, 12_456)


def test_a_month_given_on_its_own_is_no_cumulative_count(whole):
    drawn = cumulative(whole, "civilians")
    march = drawn[
        (drawn["measure"] == "killed") & (drawn["period_end"] == "2022-03-31")
    ]
    assert march.empty


def test_change_names_both_counts_and_compares_dated_pages_only(whole, seed):
    change = change_since(seed, whole.as_of("2025-04-01"), *OHCHR_KILLED)
    assert (change.before.value, change.now.value) == (12_456, 12_910)
    assert change.difference == 454
    # 12,654 of 24 February stands on a page without a date.
    assert change.before.published == "2025-01-17"


def test_change_is_none_where_nothing_newer_was_published(whole, seed):
    change = change_since(seed, whole.as_of("2025-04-16"), *OHCHR_KILLED)
    assert change.difference is None
    assert change.now == change.before


def test_march_2022_was_first_given_as_3298_and_last_as_4289(whole):
    march = months(whole, "killed").set_index("month").loc["2022-03"]
    assert (march["first"], march["first_published"]) == (3_298, "2022-11-07")
    assert (march["latest"], march["latest_published"]) == (4_289, "2024-02-22")


@pytest.mark.parametrize(
    "day", ["2022-12-01", "2023-02-28", "2023-06-30", "2024-02-21"]
)
def test_no_edition_is_known_before_it_was_published(whole, day):
    editions = monthly_editions(whole.as_of(day), "killed")
    assert (editions["published"].dropna() <= day).all()
    assert editions["value"].max() < 4_289


def test_an_edition_without_a_date_is_neither_first_nor_last_beside_dated_ones(whole):
    april = months(whole, "killed").set_index("month").loc["2025-04"]
    assert (april["first"], april["latest"], april["undated"]) == (209, 209, 221)
    may = months(whole, "killed").set_index("month").loc["2025-05"]
    assert may["latest"] == 183 and pd.isna(may["latest_published"])


def test_a_part_of_a_month_is_not_an_edition_of_it(whole):
    september = months(whole, "killed").set_index("month").loc["2023-09"]
    assert pd.isna(september["first"])


def test_an_undated_page_that_names_a_later_month_is_held_back(whole):
    # April 2025 'revised in the May 2025 update', which came out in June.
    revised = "ohchr-civ-ua-killed-per-2025-04-30-pub-nd"
    assert revised not in set(figures(whole.as_of("2025-05-16"))["figure_id"])
    assert revised in set(figures(whole.as_of("2025-06-01"))["figure_id"])


def test_a_text_ends_before_the_first_clause_about_a_later_time():
    text = "Counts names. Coverage fell in May 2026; it rose later."
    assert until(text, "2025-05-16") == "Counts names."
    assert until(text, "2026-05-01") == text
    assert until("Press analyses up to 2025.", "2025-05-16", year_ends=True) == ""


def test_every_row_of_the_table_is_shown_under_its_population(whole):
    rows = whole["casualty_figures"]
    shown = set()
    for name, population in POPULATIONS.items():
        part = rows[rows["population"].isin(population.tables)]
        table = statements(whole, name)
        assert sorted(table["figure_id"]) == sorted(part["figure_id"])
        shown |= set(table["figure_id"])
    assert shown == set(rows["figure_id"])


def test_every_refugee_and_prisoner_row_says_which_thing_it_counts(whole):
    rows = figures(whole)
    refugees = rows[rows["population"] == "refugees"]
    assert set(refugees["series"]) == {
        "crossings", "recorded_europe", "recorded_worldwide", "temporary_protection",
    }  # fmt: skip
    held = rows[rows["population"].str.startswith("prisoners")]
    assert set(held["series"]) == {"held", "returned", "taken"}


def test_every_statement_has_a_claimant_a_side_and_a_source(whole):
    rows = figures(whole)
    for column in ("claimant", "claimant_name", "side", "source_ids", "value"):
        assert rows[column].notna().all(), column


def test_the_ladder_has_one_last_word_a_claimant_and_measure(seed):
    rungs = ladder(seed, "russian-military")
    assert not rungs.duplicated(["measure", "claimant_id"]).any()
    assert (rungs["period_end"] >= "2023-05-16").all()
    names = rungs[rungs["measure"] == "confirmed_names"].iloc[0]
    assert (names["claimant_id"], names["value"]) == ("mediazona-bbc", 100_001)


def test_sums_computed_from_uk_daily_rates_are_not_the_ministrys_last_word(whole):
    words = ladder(whole, "russian-military").query("claimant_id == 'uk-mod'")
    assert (words["method"] != "extrapolation").all()


def test_headlines_on_the_seed_day(seed):
    assert headline(seed, "civilians") == (
        "Known on 16 May 2025 – OHCHR counts at least 12,910 civilians killed and "
        "about 30,700 injured in Ukraine to 31 March 2025"
    )
    assert headline(seed, "russian-military") == (
        "Known on 16 May 2025 – Russian military: from at least 100,001 dead confirmed by "
        "name (Mediazona, BBC) to about 951,960 casualties (Ukraine’s General Staff)"
    )


@pytest.mark.parametrize("day", DAYS)
def test_nothing_later_than_the_day_is_known(whole, day):
    data = whole.as_of(day)
    years = {str(year) for year in range(int(day[:4]) + 1, 2028)}
    for population in POPULATIONS:
        said = headline(data, population)
        assert said and not any(year in said for year in years)
        for label, figure in key_figures(data, population):
            assert figure.known_from <= day, label
        assert (statements(data, population)["known_from"] <= day).all()
        if day < whole.closing.latest:
            notes = methods(data, population)["method_note"]
            assert not any(year in note for note in notes for year in years)
            scopes = statements(data, population)["scope"]
            assert not any(year in scope for scope in scopes for year in years)


@pytest.mark.parametrize("population", MILITARY)
def test_only_statements_since_the_invasion_stand_in_the_ladder(whole, population):
    assert ladder(whole, population)["cumulative"].all()
