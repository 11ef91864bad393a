"""One sentence for every day: of rows, neutral, and never ahead of its day."""

from __future__ import annotations

import re

import pandas as pd

from data.headline import headline

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (20\d\d)\b")


def days(whole) -> list[str]:
    """Every day of the first rank, the day after it, and every ninth day besides."""
    events = whole["events"]
    first_rank = set(events.loc[events["significance"] == 1, "start_date"])
    after = {
        (pd.Timestamp(d) + pd.Timedelta(days=1)).strftime("%Y-%m-%d")
        for d in first_rank
    }
    ninth = pd.date_range(whole.first_day, whole.closing.latest, freq="9D")
    chosen = first_rank | after | set(ninth.strftime("%Y-%m-%d"))
    return sorted(d for d in chosen if whole.first_day <= d <= whole.closing.latest)


def test_the_seed_day_says_talks_and_exchange(seed):
    assert headline(seed) == (
        "Russia and Ukraine held first direct talks since 2022 in Istanbul; "
        "the sides agreed to exchange 1,000 prisoners each"
    )


def test_the_day_before_does_not_know_of_the_talks(whole):
    assert headline(whole.as_of("2025-05-15")).endswith(
        "; 1,143 days since the last direct talks"
    )


def test_two_days_later_the_date_is_named(whole):
    assert headline(whole.as_of("2025-05-18")).endswith("(16 May)")


def test_talks_of_the_day_are_not_tied_to_the_date_of_an_earlier_event(whole):
    assert headline(whole.as_of("2022-03-03")).endswith(
        "(28 February); direct talks on 3 March 2022"
    )


def test_quiet_weeks_name_the_last_talks_and_the_last_exchange(whole):
    assert headline(whole.as_of("2023-11-11")) == (
        "592 days since the last direct talks, in Istanbul on 29 March 2022; "
        "last recorded prisoner exchange on 7 August 2023"
    )


def test_an_event_in_progress_is_named_not_told(whole):
    assert headline(whole.as_of("2026-01-23")) == "Talks in progress: Abu Dhabi I"


def test_the_invasion_and_the_days_before_it(whole):
    assert headline(whole.as_of("2022-02-21")).startswith("Putin recognised")
    assert headline(whole.as_of("2022-02-24")) == (
        "Russia launched its full-scale invasion of Ukraine"
    )


def test_every_day_has_one_short_sentence_and_no_later_date(whole):
    for day in days(whole):
        text = headline(whole.as_of(day))
        assert 20 < len(text) <= 150, (day, text)
        assert "nan" not in text.split(), (day, text)
        assert not _ISO.search(text), (day, text)
        for found in _DATE.findall(text):
            said = pd.Timestamp(" ".join(found)).strftime("%Y-%m-%d")
            assert said <= day, (day, text)


def test_its_words_come_from_rows_known_on_the_day(whole):
    for day in days(whole)[::5]:
        data = whole.as_of(day)
        text = headline(data)
        named = re.split(r" \(|;", text)[0]
        titles = set(data["events"]["title"]) | {
            f"{data.labels('events', 'event_type')[k]} in progress: {s}"
            for k, s in zip(
                data["events"]["event_type"], data["events"]["short_title"], strict=True
            )
        }
        composed = named.startswith("No direct talks") or re.match(
            r"[\d,]+ days? since", named
        )
        assert composed or any(t.startswith(named) for t in titles), (day, text)
