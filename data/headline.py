"""One sentence for a day, composed of rows: no adjective, cause or verdict of ours."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.dataset import Dataset
from data.overview import LastTalks, days_before, last_talks
from data.words import count, day, period

# The last event of the first rank leads the sentence for this many days.
_NEWS = 30

# On one day the kind nearer to the talks leads.
_LEADS = ("talks", "summit", "agreement", "ceasefire", "proposal", "exchange")


@lru_cache(maxsize=256)
def headline(data: Dataset) -> str:
    """Where the talks stand on the dataset's day, as it was known that day.

    The title of the last confirmed event of the first rank and how long the
    last direct talks are past; without such an event for 30 days, the last
    direct talks and the last exchange alone.
    """
    talks = last_talks(data)
    event = _leading(data)
    if event is None:
        return _quiet(data, talks)
    said, when = _what(data, event), _when(event, data.day)
    if talks is None:
        return f"{said}{when}"
    if event["event_id"] == talks.event_id:
        return f"{said}{_agreed(data, event)}{when}"
    return f"{said}{when}; {_since(talks)}"


def _leading(data: Dataset) -> pd.Series | None:
    events = data["events"]
    rows = events[
        (events["significance"] == 1)
        & (events["status"] == "confirmed")
        & (events["known_from"] >= days_before(data.day, _NEWS))
    ]
    if rows.empty:
        return None
    rows = rows[rows["known_from"] == rows["known_from"].max()]
    rank = rows["event_type"].map({kind: i for i, kind in enumerate(_LEADS)})
    return rows.loc[rank.fillna(len(_LEADS)).idxmin()].copy()


def _what(data: Dataset, event: pd.Series) -> str:
    # The title was written when the event had ended; its label names it alone.
    if event["in_progress"]:
        kind = data.labels("events", "event_type")[event["event_type"]]
        return f"{kind} in progress: {event['short_title']}"
    return event["title"]


def _when(event: pd.Series, today: str) -> str:
    """' (16 May)', with the year if it is another; empty on the day and during it."""
    start, end = event["start_date"], event["end_date"]
    if event["in_progress"] or start == today:
        return ""
    written = period(start, end, event["date_precision"])
    same_year = start[:4] == today[:4]
    return f" ({written.removesuffix(f' {today[:4]}') if same_year else written})"


def _agreed(data: Dataset, talks: pd.Series) -> str:
    """The agreement that the talks led to the same day, as a second clause."""
    if talks["in_progress"]:
        return ""
    links, events = data["event_links"], data["events"]
    led = links[
        (links["event_id"] == talks["event_id"]) & (links["relation"] == "led_to")
    ]
    rows = events[
        events["event_id"].isin(led["target_event_id"])
        & (events["event_type"] == "agreement")
        & (events["start_date"] == talks["start_date"])
        & (events["status"] == "confirmed")
    ]
    # Only a title that is a sentence with an article can follow a semicolon.
    clauses = [t for t in rows["title"] if t.startswith("The ")]
    return f"; the {clauses[0][4:]}" if clauses else ""


def _since(talks: LastTalks) -> str:
    if talks.in_progress:
        return "direct talks in progress"
    if talks.days == 0:
        return f"direct talks on {day(talks.day)}"
    return f"{count(talks.days, 'day')} since the last direct talks"


def _quiet(data: Dataset, talks: LastTalks | None) -> str:
    if talks is None:
        return f"No direct talks are recorded by {day(data.day)}"
    where = f"in {talks.place} on" if talks.place else "on"
    said = f"{_since(talks)}, {where} {day(talks.day)}"
    dates = data["exchanges"]["date"]
    if dates.empty:
        return said
    return f"{said}; last recorded prisoner exchange on {day(dates.max())}"
