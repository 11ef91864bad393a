"""Claims: each stands as the evidence published by the day carries it."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from data import claims
from data.claims import METHOD, NOT_ASSESSED
from data.dataset import Dataset

REPORT = "istanbul-2025-05-16"
FRONT, CASUALTIES = "seed-16-front-line", "seed-15-civilian-casualties"
DAYS = [f"{d:%Y-%m-%d}" for d in pd.date_range("2022-02-21", "2026-10-09", periods=40)]


def stands(data: Dataset, claim_id: str) -> str:
    return claims.ledger(data).set_index("claim_id").loc[claim_id, "assessment"]


def test_all_54_claims_are_kept_and_each_has_a_record_and_evidence(whole: Dataset):
    rows = claims.ledger(whole)
    assert len(rows) == 54
    assert set(whole["claim_records"]["claim_id"]) == set(rows["claim_id"])
    assert set(whole["claim_evidence"]["claim_id"]) == set(rows["claim_id"])


def test_at_the_closing_date_every_claim_stands_as_the_table_says(whole: Dataset):
    rows = claims.ledger(whole).set_index("claim_id")
    table = whole["claims"].set_index("claim_id")
    assert (rows["assessment"] == table["assessment"].reindex(rows.index)).all()
    assert (rows["clause"] != "").all()
    carrying = whole["claim_evidence"].query("supports != 'context'")
    last = carrying.sort_values("evidence_on", kind="stable").drop_duplicates(
        "claim_id", keep="last"
    )
    carried = last.set_index("claim_id")["supports"].to_dict()
    assert carried == table["assessment"].to_dict()


def test_each_page_has_the_date_of_its_source_and_no_other(whole: Dataset):
    rows = whole["claim_evidence"].query("basis == 'page'")
    published = whole["sources"].set_index("source_id")["published"]
    dates = rows["source_id"].map(published)
    assert (
        (rows["evidence_on"] == dates) | (rows["evidence_on"].isna() & dates.isna())
    ).all()


def test_on_the_seed_day_the_map_of_that_day_carries_the_620_miles_alone(
    seed: Dataset, whole: Dataset
):
    rows = claims.evidence(seed, FRONT)
    assert rows["evidence_on"].tolist() == ["2025-05-16"]
    assert rows["basis"].tolist() == ["measurement"]
    assert stands(seed, FRONT) == "supported"
    assert claims.evidence(whole, FRONT)["evidence_on"].tolist() == [
        "2025-05-16",
        "2025-05-24",
    ]


def test_reasoning_that_rests_on_later_pages_is_hidden(seed: Dataset, whole: Dataset):
    at_the_time = seed["claims"].set_index("claim_id")["reasoning"]
    assert pd.isna(at_the_time[FRONT])
    assert pd.isna(at_the_time["seed-01-thousand-prisoners"])
    assert "12,910" in at_the_time[CASUALTIES]
    assert whole["claims"]["reasoning"].notna().all()
    assert (
        whole.as_of("2025-05-24")["claims"]
        .set_index("claim_id")["reasoning"]
        .notna()[FRONT]
    )


def test_where_nothing_by_then_carries_an_assessment_there_is_none(seed: Dataset):
    waiting = claims.ledger(seed).query("assessment == @NOT_ASSESSED")
    assert waiting["claim_id"].str.startswith("seed").sum() == 2
    assert {"seed-03-leaders-meeting", "seed-11-nothing-will-happen"} <= set(
        waiting["claim_id"]
    )
    assert (waiting["clause"] == "").all()


def test_an_assessment_can_change_as_evidence_comes_out(whole: Dataset):
    summit = "burgenstock-80-states"
    assert stands(whole.as_of("2024-06-20"), summit) == "supported"
    assert stands(whole, summit) == "partly_supported"
    kupiansk = "gerasimov-kupiansk"
    assert stands(whole.as_of("2025-11-21"), kupiansk) == NOT_ASSESSED
    assert stands(whole.as_of("2025-12-12"), kupiansk) == "contradicted"


@pytest.mark.parametrize("day", DAYS)
def test_no_claim_evidence_or_record_is_later_than_the_day(whole: Dataset, day: str):
    data = whole.as_of(day)
    rows = claims.ledger(data)
    assert (rows["said_on"] <= day).all()
    evidence = data["claim_evidence"]
    if day < whole.closing.latest:
        assert (evidence["evidence_on"] <= day).all()
    for claim_id in rows["claim_id"]:
        beside = claims.beside(data, claim_id)
        assert (beside["day"] <= day).all(), claim_id
        later = [d for d in re.findall(r"20\d\d-\d\d-\d\d", " ".join(
            claims.record(data, claim_id).event_ids)) if d > day]  # fmt: skip
        assert later == []


@pytest.mark.parametrize("day", DAYS)
def test_no_word_of_a_claim_names_a_later_year(whole: Dataset, day: str):
    rows = claims.ledger(whole.as_of(day))
    # A claim may speak of the future; what is said about it may not.
    text = " ".join([*rows["clause"], *rows["reasoning"].dropna()])
    assert [y for y in re.findall(r"\b20[23]\d\b", text) if y > day[:4]] == []


def test_a_period_claimed_is_left_out_until_it_begins(whole: Dataset):
    promise = "trump-24-hours"
    assert claims.record(whole.as_of("2023-06-10"), promise).claimed_from == ""
    assert (
        claims.record(whole.as_of("2025-01-20"), promise).claimed_from == "2025-01-20"
    )


def test_the_report_has_sixteen_statements_in_its_own_order(seed: Dataset):
    rows = claims.report_rows(seed, REPORT)
    assert rows["claim_id"].str[:7].tolist() == [f"seed-{n:02}" for n in range(1, 17)]
    assert claims.report_headline(seed, REPORT) == (
        "Istanbul report, 16 May 2025: of 16 statements, 6 supported, "
        "5 partly supported, 1 contradicted, 2 not verifiable, 2 not yet assessed"
    )
    assert claims.report_rows(seed.as_of("2025-05-15"), REPORT).empty


def test_the_headline_counts_and_names_a_day_in_the_past(whole: Dataset, seed: Dataset):
    assert claims.headline(whole) == (
        "54 claims against the record: 8 supported, 14 partly supported, 12 contradicted, "
        "10 not verifiable; of 10 predictions 1 met, 6 not met, 3 open"
    )
    assert claims.headline(seed).startswith(
        "37 claims against the record by 16 May 2025:"
    )


@pytest.mark.parametrize("day", DAYS)
def test_the_headline_adds_up_on_every_day(whole: Dataset, day: str):
    said = claims.headline(whole.as_of(day))
    head, _, rest = said.partition(": ")
    kinds, _, predictions = rest.partition("of ")
    total = sum(map(int, re.findall(r"\d+", kinds)))
    if predictions:
        n, *parts = map(int, re.findall(r"\d+", predictions))
        assert n == sum(parts)
        total += n
    assert total == int(re.match(r"\d+", head).group())


def test_the_620_miles_stand_beside_four_definitions_of_three_maps(seed: Dataset):
    rows = claims.beside(seed, FRONT)
    own = rows.query("mark == 'deepstate'").set_index("row")["stated"]
    assert own["Longest continuous stretch"] == "1,026 km (638 miles)"
    assert own["Whole line, 1 km scale"] == "1,104 km (686 miles)"
    assert own["Whole line, 250 m scale"] == "1,204 km (748 miles)"
    assert len(rows) == 12


def test_the_12_000_stand_beside_killed_and_injured_apart(seed: Dataset):
    rows = claims.beside(seed, CASUALTIES)
    last = rows.groupby("row")["high"].last()
    assert last.to_dict() == {"Civilians injured": 30_700, "Civilians killed": 12_910}
    assert (rows["day"] <= "2025-05-16").all()


def test_the_third_year_stands_beside_the_fourth(seed: Dataset):
    rows = claims.beside(seed, "seed-13-third-year")
    assert rows["row"].iloc[-1] == "Fourth year of the war"
    assert rows["day"].iloc[-1] == "2025-02-24"


def test_the_collapse_in_march_stands_beside_the_drafts_of_april(seed: Dataset):
    what = claims.record(seed, "seed-07-first-formal-contact")
    assert (what.claimed_from, what.claimed_to) == ("2022-03-01", "2022-03-31")
    days = claims.beside(seed, what.claim_id).query("mark == 'event'")["day"].tolist()
    assert "2022-04-15" in days and "2022-05-17" in days


def test_the_exchange_is_beside_its_announcement_only_once_it_began(
    seed: Dataset, whole: Dataset
):
    claim = "seed-01-thousand-prisoners"
    assert "exchange" not in set(claims.beside(seed, claim)["mark"])
    after = claims.beside(whole.as_of("2025-05-24"), claim).query("mark == 'exchange'")
    assert after["high"].tolist() == [390, 307]


def test_filters_narrow_the_ledger_together(whole: Dataset):
    rows = claims.found(whole, claimants=["donald-trump"], assessments=["contradicted"])
    assert set(rows["claimant"]) == {"Donald Trump"}
    assert set(rows["assessment"]) == {"contradicted"}
    assert claims.found(whole, words="620 MILES")["claim_id"].tolist() == [FRONT]
    assert claims.found(whole, words="(.*").empty


def test_every_assessment_has_its_meaning_and_its_word(whole: Dataset):
    assert list(METHOD) == list(claims.assessment_words(whole))


def test_statements_are_our_words_without_quotation_marks(whole: Dataset):
    for column in ("statement",):
        assert not whole["claims"][column].str.contains("[\"“”«»']").any()
    for column in ("says", "clause"):
        assert (
            not whole["claim_evidence"][column].dropna().str.contains("[\"“”«»']").any()
        )
