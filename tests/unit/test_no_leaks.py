"""What a reader of a day is told: no row's words go beyond that day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import pytest

from data.dataset import Dataset

DAYS = ("2022-03-10", "2022-05-01", "2023-06-15", "2025-05-16", "2025-12-01")
MONTHS = [*calendar.month_name][1:]
_DATE = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) (20\d\d)\b")
# A plan may name its day; these fields say what was planned, promised or claimed.
_TOLD = {
    "events": ("title", "short_title", "summary", "sequel"),
    "exchanges": ("notes", "place", "category", "deal"),
    "repatriations": ("notes", "deal"),
    "delegations": ("name", "round_name"),
    "deals": ("name", "note"),
    "exchange_totals": ("note", "difference_cause"),
    "proposals": ("title", "short_title", "summary"),
    "claim_evidence": ("says", "clause"),
    "claims": ("reasoning",),
    "actors": ("bio",),
    "offices": ("title", "note"),
    "sources": ("title",),
}
# Announced in advance: the row was written for a day still ahead of it.
_PLANNED = re.compile(
    r"due to take office on|for 2026 and 2027|for 2026–2027|"
    r"from 2027|not before 2027|by 2035|in Alaska on 15 August|handing over to Rutte on|"
    r"negotiations in Abu Dhabi on 4–5 February 2026|election of April 2026"
)


def later_dates(text: str, day: str) -> list[str]:
    """The dates, months and years in `text` that lie after `day` (ISO)."""
    found = []
    for number, month, year in _DATE.findall(text):
        named = f"{year}-{MONTHS.index(month) + 1:02}"
        named += f"-{int(number):02}" if number else ""
        if named > day[: len(named)]:
            found.append(named)
    found += [y for y in re.findall(r"\b20[12]\d\b", text) if y > day[:4]]
    return found


def told(data: Dataset) -> Iterator[tuple[str, str, str]]:
    """Every sentence of the rows known: table, column, text."""
    for table, columns in _TOLD.items():
        for column in columns:
            for text in data[table][column].dropna():
                yield table, column, text


@pytest.mark.parametrize("day", DAYS)
def test_no_text_names_a_day_after_the_date(whole: Dataset, day: str):
    data = whole.as_of(day)
    leaks = [
        (table, column, text)
        for table, column, text in told(data)
        if later_dates(text, day) and not _PLANNED.search(text)
    ]
    assert not leaks


def test_each_event_tells_nothing_of_a_day_after_its_end(whole: Dataset):
    leaks = []
    for row in whole["events"].itertuples():
        # While it lasts, an event's summary is withheld.
        day = max(row.known_from, row.end_date)
        ahead = isinstance(row.sequel_from, str) and row.sequel_from > day
        text = f"{row.title} {row.summary_at_first if ahead else row.summary}"
        if later_dates(text, day) and not _PLANNED.search(text):
            leaks.append((day, row.event_id))
    assert not leaks


def test_a_sequel_stands_from_its_own_day(whole: Dataset):
    def summary(day: str) -> str:
        events = whole.as_of(day)["events"].set_index("event_id")
        return events.loc["2025-10-02-prisoner-exchange-185", "summary"]

    assert "last prisoner exchange" not in summary("2025-12-01")
    assert "last prisoner exchange" in summary("2026-02-05")
    assert (
        whole["events"]
        .set_index("event_id")
        .loc["2025-10-02-prisoner-exchange-185", "summary"]
        .endswith("according to later reports.")
    )


def test_a_sequel_has_its_day_and_the_day_comes_after_the_event(whole: Dataset):
    events = whole["events"]
    told_later = events.dropna(subset=["sequel"])
    assert len(told_later) == events["sequel_from"].notna().sum() > 40
    assert (told_later["sequel_from"] > told_later["start_date"]).all()


def test_the_april_2022_draft_is_unknown_until_it_was_published(whole: Dataset):
    draft = "2022-04-15-draft-neutrality-treaty"
    for day, known in (
        ("2022-05-01", False),
        ("2024-06-14", False),
        ("2024-06-15", True),
    ):
        data = whole.as_of(day)
        assert (draft in set(data["events"]["event_id"])) is known
        assert ("april-2022-draft-treaty" in set(data["proposals"]["proposal_id"])) is (
            known
        )


def test_a_page_without_a_date_waits_for_the_rows_that_rest_on_it(whole: Dataset):
    sources = whole["sources"].set_index("source_id")
    page = "reuters-nd-open-letter"
    assert sources.loc[page, "known_from"] > "2026-05-31"
    assert page not in whole.as_of("2025-12-01").sources
    assert page in whole.sources


def test_a_group_is_not_listed_before_it_entered_the_record(whole: Dataset):
    later = {
        "board-of-peace",
        "coalition-of-the-willing",
        "trilateral-security-working-group",
        "istanbul-report-2025-05-16",
    }
    assert not later & set(whole.as_of("2022-03-10")["actors"]["actor_id"])
    assert later <= set(whole["actors"]["actor_id"])
    assert "nato" in set(whole.as_of("2022-03-10")["actors"]["actor_id"])
