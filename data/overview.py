"""What the overview says of a day: talks, line, people, what came last and is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import pandas as pd

from data.dataset import Dataset
from data.exchanges import OUTSIDE
from data.front import Change, change, map_of, on_day

WAR_BEGAN = "2022-02-24"  # the first day of the full-scale war
SPAN = 30  # days over which figures are compared

# An announcement whose day has passed stays for this long: its outcome may
# not have been reported yet. One without a day is set aside after the second.
_OVERDUE = 14
_UNDATED = 60

# Returns that Ukraine leaves out of its totals are marked so in their category.

_NEGOTIATING = ("head_of_delegation", "delegate", "principal")
_BOTH = ("russia", "ukraine")


def day_of_war(day: str) -> int:
    """24 February 2022 is day 1; the day before is 0."""
    return (date.fromisoformat(day) - date.fromisoformat(WAR_BEGAN)).days + 1


def days_before(day: str, days: int = SPAN) -> str:
    """The day (ISO) this many days earlier."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def earlier(data: Dataset, days: int = SPAN) -> Dataset:
    """The dataset as it was known this many days before the dataset's own day."""
    return data.as_of(days_before(data.day, days))


@lru_cache(maxsize=64)
def direct_talks(data: Dataset) -> pd.DataFrame:
    """Talks of Russia and Ukraine with each other, in order of their days.

    Events of type talks, not cancelled, at which both took part as heads of
    delegation, delegates or principals. Not counted: talks through a mediator
    at which no delegate is named (indirect, or reported and denied), and
    bilateral talks at which a third side negotiated (with one of the two).
    """
    events = data["events"]
    talks = events[
        (events["event_type"] == "talks") & (events["outcome"] != "collapsed")
    ]
    people = data["event_participants"]
    people = people[people["event_id"].isin(talks["event_id"])]
    people = people.assign(party=people["on_behalf_of"].fillna(people["actor_id"]))
    seated = people[people["role"].isin(_NEGOTIATING)]
    parties = seated.groupby("event_id")["party"].agg(frozenset)
    both = parties.map(lambda found: found.issuperset(_BOTH)).astype(bool)
    third = parties.map(lambda found: len(found) > 2).astype(bool)
    mediated = set(people.loc[people["role"] == "mediator", "event_id"])
    named = set(seated.loc[~seated["actor_id"].isin(_BOTH), "event_id"])
    with_third = set(talks.loc[talks["format"] == "bilateral", "event_id"]) & set(
        parties.index[third]
    )
    kept = set(parties.index[both]) - (mediated - named) - with_third
    # Of a day's meetings the one of the first rank is the day's talks.
    order = ["start_date", "significance"]
    return talks[talks["event_id"].isin(kept)].sort_values(
        order, ascending=[True, False]
    )


@dataclass(frozen=True)
class LastTalks:
    """The last direct talks: `day` is their last day (ISO), `days` since then.

    `outcome` is the table's value; in progress, `days` is 0.
    """

    event_id: str
    title: str
    place: str
    day: str
    days: int
    outcome: str
    in_progress: bool
    source_ids: str


@lru_cache(maxsize=64)
def last_talks(data: Dataset) -> LastTalks | None:
    """None before the first direct talks of the record."""
    rows = direct_talks(data)
    if rows.empty:
        return None
    row = rows.iloc[-1]
    places = dict(zip(data["places"]["place_id"], data["places"]["city"], strict=True))
    running = bool(row["in_progress"])
    last = data.day if running else row["end_date"]
    place = places.get(row["place_id"])
    return LastTalks(
        event_id=row["event_id"],
        title=row["title"],
        place=place if isinstance(place, str) else "",
        day=last,
        days=(date.fromisoformat(data.day) - date.fromisoformat(last)).days,
        outcome=row["outcome"],
        in_progress=running,
        source_ids=row["source_ids"],
    )


@dataclass(frozen=True)
class Measured:
    """A measure of the map in use: value and date, and the value 30 days before.

    In km, km² or percent. `before` and `before_date` are None where no map of
    the same source was known 30 days before or none has come since; `reason`
    then says so.
    """

    value: float
    date: str
    source: str
    before: float | None
    before_date: str | None
    reason: str = ""

    @property
    def difference(self) -> float | None:
        return None if self.before is None else self.value - self.before


@lru_cache(maxsize=64)
def measured(data: Dataset, column: str) -> Measured | None:
    """A column of `front_metrics` on the day, and 30 days before. None: no map yet."""
    source = map_of(data.day)
    now = on_day(data, data.day, source, needs=column)
    if now is None:
        return None
    then = days_before(data.day)
    past = on_day(earlier(data), then, source, needs=column)
    value, day = float(now[column]), now["date"]
    if map_of(then) != source:
        reason = "no comparison: another map was in use 30 days before"
    elif past is None:
        reason = "no comparison: no map was known 30 days before"
    elif past["date"] == day:
        reason = "no newer map in the last 30 days"
    else:
        return Measured(value, day, source, float(past[column]), past["date"])
    return Measured(value, day, source, None, None, reason)


@lru_cache(maxsize=64)
def area_change(data: Dataset) -> Change:
    """Net change of the occupied area over 30 days, redrawings of the map left out."""
    return change(data, days_before(data.day), data.day)


@dataclass(frozen=True)
class Prisoners:
    """Ukraine's last official total of people returned in exchanges.

    `as_of` is the day it counts to, `exchanges` the number of exchanges if
    given. `rows` is what this dataset's own rows add up to by that day, returns
    outside the exchanges left out as in the total, `unnumbered` how many of them
    give no number. `before` and `before_as_of` are the total known 30 days
    before, None if there was none or no newer one.
    """

    total: int
    qualifier: str
    as_of: str
    exchanges: int | None
    rows: int
    unnumbered: int
    before: int | None
    before_as_of: str | None
    source_ids: str


@lru_cache(maxsize=64)
def prisoners(data: Dataset) -> Prisoners | None:
    """None before the first official total."""
    row = _total(data)
    if row is None:
        return None
    past = _total(earlier(data))
    same = past is None or past["total_id"] == row["total_id"]
    exchanges = data["exchanges"]
    outside = exchanges["category"].fillna("").str.startswith(OUTSIDE)
    known = exchanges[(exchanges["date"] <= row["as_of"]) & ~outside]
    counted = known["returned_to_ukraine"]
    stages = row["exchanges_count"]
    return Prisoners(
        total=int(row["returned_to_ukraine_total"]),
        qualifier=row["qualifier"],
        as_of=row["as_of"],
        exchanges=None if pd.isna(stages) else int(stages),
        rows=int(counted.sum()),
        unnumbered=int(counted.isna().sum()),
        before=None if same else int(past["returned_to_ukraine_total"]),
        before_as_of=None if same else past["as_of"],
        source_ids=row["source_ids"],
    )


def _total(data: Dataset) -> pd.Series | None:
    """Ukraine's last total of people; one that counts a single deal is none."""
    rows = data["exchange_totals"]
    rows = rows[
        (rows["claimant_id"] == "ukraine")
        & rows["deal"].isna()
        & rows["returned_to_ukraine_total"].notna()
    ].sort_values("as_of")
    return rows.iloc[-1] if len(rows) else None


@lru_cache(maxsize=64)
def latest_events(data: Dataset, count: int = 5) -> pd.DataFrame:
    """The last events, the newest first, on one day the first rank first.

    Columns of `events`; events dated to a month alone count from its end.
    """
    return (
        data["events"]
        .sort_values(
            ["known_from", "significance"], ascending=[False, True], kind="stable"
        )
        .head(count)
    )


@lru_cache(maxsize=64)
def open_announcements(data: Dataset) -> pd.DataFrame:
    """What was announced and neither kept nor called off by the day.

    Those with a day first, in its order; then the undated, the newest first.
    Left out: a day passed more than two weeks ago; no day named and announced
    more than 60 days ago. Columns of `announcements`.
    """
    rows = data["announcements"]
    rows = rows[rows["resolved_by"].isna()]
    rows = rows.assign(due=rows["expected_end"].fillna(rows["expected_start"]))
    awaited = rows["due"] >= days_before(data.day, _OVERDUE)
    recent = rows["announced_on"] >= days_before(data.day, _UNDATED)
    dated = rows[awaited].sort_values(["due", "announced_on"])
    undated = rows[rows["due"].isna() & recent].sort_values(
        "announced_on", ascending=False
    )
    return pd.concat([dated, undated], ignore_index=True).drop(columns="due")
