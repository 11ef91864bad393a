"""Terms, statements and lines of texts: what is compared, and what a day knew."""

from __future__ import annotations

import pandas as pd
import pytest

from data.dataset import Dataset
from data.positions import (
    CHANGES,
    authors,
    compared,
    descends,
    history,
    issues,
    lineages,
    succession,
    terms,
    texts,
    word_marks,
)

DAYS = [
    day.strftime("%Y-%m-%d")
    for day in pd.date_range("2022-02-21", "2026-10-09", periods=40)
]


def status(data: Dataset) -> pd.Series:
    return data["proposals"].set_index("proposal_id")["status"]


def test_31_texts_have_233_terms_on_17_issues_in_five_groups(whole: Dataset) -> None:
    assert (len(texts(whole)), texts(whole)["terms"].sum()) == (31, 233)
    columns = issues(whole)
    assert len(columns) == 17
    # A group's columns stand together.
    assert (columns["group"].ne(columns["group"].shift()).sum()) == 5


def test_texts_stand_in_order_of_date_and_are_filtered_by_author(
    whole: Dataset,
) -> None:
    rows = texts(whole)
    assert rows["date"].is_monotonic_increasing
    russian = texts(whole, ("russia",))
    assert all("Russia" in names for names in russian["authors"])
    assert set(authors(whole)) >= {"russia", "ukraine", "e3", "keith-kellogg"}
    both = texts(whole, ("russia", "e3"))
    assert len(both) == len(russian) + len(texts(whole, ("e3",)))


def test_on_1_december_2025_there_is_no_20_point_framework(whole: Dataset) -> None:
    cut = whole.as_of("2025-12-01")
    assert "twenty-point-framework-2025" not in set(texts(cut)["proposal_id"])
    assert "twenty-point-framework-2025" not in set(
        cut["proposal_terms"]["proposal_id"]
    )
    assert "twenty-point-framework-2025" not in {
        i for line in lineages(cut) for i in line
    }
    for issue in issues(cut)["issue_id"]:
        said = history(cut, issue)
        assert (said["date"] <= "2025-12-01").all()
        assert not said["who"].eq("20-point framework").any()


def test_the_28_points_are_leaked_first_and_superseded_only_after_their_successor(
    whole: Dataset,
) -> None:
    assert status(whole.as_of("2025-11-20"))["us-28-points-2025"] == "leaked"
    assert status(whole.as_of("2025-11-22"))["us-28-points-2025"] == "leaked"
    assert status(whole.as_of("2025-11-23"))["us-28-points-2025"] == "superseded"


@pytest.mark.parametrize("day", DAYS[:-1])
def test_what_became_of_a_text_is_not_told_before_it_is_known(
    whole: Dataset, day: str
) -> None:
    rows = whole.as_of(day)["proposals"]
    replaced = rows["proposal_id"].isin(rows["supersedes_id"])
    as_entered = rows["status"] == rows["entered_as"]
    assert (as_entered | (replaced & (rows["status"] == "superseded"))).all()
    assert not rows["status"].isin(["rejected", "agreed_in_part"]).any()
    signed = rows.loc[rows["status"] == "signed", "proposal_id"]
    assert set(signed) <= {
        "burgenstock-communique-2024",
        "minerals-agreement-2025",
        "paris-declaration-2026",
    }
    assert (rows["summary_from"].dropna() <= day).all()


def test_a_text_known_later_than_its_date_waits_for_its_pages(whole: Dataset) -> None:
    def known(day: str) -> set[str]:
        return set(texts(whole.as_of(day))["proposal_id"])

    # The draft of April 2022 was published by the press two years later.
    assert "april-2022-draft-treaty" not in known("2024-06-14")
    assert "april-2022-draft-treaty" in known("2024-06-15")
    # Handed over in Paris on 17 April 2025, published by Reuters on the 25th.
    assert "us-final-offer-2025" not in known("2025-04-24")
    assert "us-final-offer-2025" in known("2025-04-25")
    stated = whole.as_of("2025-04-24")["positions"]
    assert not (
        (stated["actor_id"] == "united-states") & (stated["issue_id"] == "crimea")
    ).any()


def test_a_summary_that_tells_the_sequel_waits(whole: Dataset) -> None:
    def summary(day: str) -> str:
        rows = whole.as_of(day)["proposals"].set_index("proposal_id")
        return rows.loc["peace-formula-meetings-2023-2024", "summary"]

    assert "Swiss summit" not in summary("2024-02-01")
    assert "Swiss summit" in summary("2024-06-16")


def test_the_28_and_the_20_points_differ_term_by_term(whole: Dataset) -> None:
    rows = {
        c.issue_id: c
        for c in compared(whole, "us-28-points-2025", "twenty-point-framework-2025")
    }
    assert len(rows) == 17
    assert rows["crimea"].change == "dropped" and rows["crimea"].second == ""
    assert rows["armed-forces-size"].first == "Limit of 600,000 personnel."
    assert rows["armed-forces-size"].second == "800,000 in peacetime."
    assert rows["armed-forces-size"].change == "changed"
    assert all(c.first_sources for c in rows.values() if c.first)


def test_only_between_a_text_and_its_successor_is_a_term_changed(
    whole: Dataset,
) -> None:
    pair = ("ukrainian-memorandum-2025", "russian-memorandum-2025")
    assert not descends(whole, *pair) and not descends(whole, *reversed(pair))
    changes = {c.change for c in compared(whole, *pair)}
    assert changes <= {"same wording", "differs", "only first", "only second"}
    assert changes <= set(CHANGES)
    assert descends(whole, "us-28-points-2025", "twenty-point-framework-2025")
    assert not descends(whole, "twenty-point-framework-2025", "us-28-points-2025")


def test_a_comparison_turned_round_finds_the_same_issues(whole: Dataset) -> None:
    one = compared(whole, "ukrainian-memorandum-2025", "russian-memorandum-2025")
    two = compared(whole, "russian-memorandum-2025", "ukrainian-memorandum-2025")
    assert [(c.issue_id, c.first, c.second) for c in one] == [
        (c.issue_id, c.second, c.first) for c in two
    ]


def test_words_that_differ_are_marked_and_the_rest_stays_whole() -> None:
    first, second = word_marks("A cap of 600,000 troops.", "A cap of 800,000 troops")
    assert first == (("A cap of", False), ("600,000", True), ("troops.", False))
    assert second == (("A cap of", False), ("800,000", True), ("troops", False))
    assert word_marks("One thing", "Quite another matter") == (
        (("One thing", False),),
        (("Quite another matter", False),),
    )
    assert word_marks("Alone", "") == ((("Alone", False),), ())


def test_marked_runs_say_the_whole_term(whole: Dataset) -> None:
    for pair in succession(whole).itertuples(index=False):
        for row in compared(whole, *pair):
            assert " ".join(words for words, _ in row.first_marks) == row.first
            assert " ".join(words for words, _ in row.second_marks) == row.second


def test_lines_of_texts_hold_only_recorded_steps(whole: Dataset) -> None:
    steps = set(succession(whole).itertuples(index=False, name=None))
    assert steps == set(
        whole["proposals"]
        .dropna(subset=["supersedes_id"])[["supersedes_id", "proposal_id"]]
        .itertuples(index=False, name=None)
    )
    assert lineages(whole)[-1] == [
        "us-28-points-2025",
        "european-counter-text-2025",
        "geneva-19-points-2025",
        "twenty-point-framework-2025",
    ]


def test_an_issue_over_time_is_dated_and_complete(whole: Dataset) -> None:
    rows = history(whole, "ceasefire")
    assert rows["date"].is_monotonic_increasing
    assert (rows["kind"] == "statement").sum() == (
        whole["positions"]["issue_id"] == "ceasefire"
    ).sum()
    assert (rows["kind"] == "term").sum() == 25
    assert rows["source_ids"].notna().all()


def test_a_text_is_told_whole(whole: Dataset) -> None:
    rows = terms(whole, "us-28-points-2025")
    assert len(rows) == 17
    assert rows["issue"].iloc[0] == "Territory: Donbas"
    assert rows["source_ids"].notna().all()
