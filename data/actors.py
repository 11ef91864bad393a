"""Derived figures of the actors: directory, rooms, delegations, meetings.

Everything here is read from a dataset already cut to its day, so nothing
later is known. Frames are shared between readers: read them, never change them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from data.dataset import Dataset
from data.offices import held_on

# Events in which people spoke with each other, in a room or by telephone.
CONTACT_TYPES = ("talks", "summit", "visit", "call", "multilateral")

# Named in an event without taking part in it.
_ABSENT_ROLES = ("author", "subject")

# Direct talks broke off in spring 2022. A pause of a year or more between two
# rounds is drawn and named as a gap.
GAP_DAYS = 365

_UNCOMPOSED = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "’": "'", "ʼ": "'", "`": "'"}
)


def folded(text: str) -> str:
    """Lower case without accents: 'Kyslytsya', 'Ердоган' and 'Erdoğan' as typed."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_UNCOMPOSED))
    return "".join(c for c in bare if not unicodedata.combining(c))


class Held(NamedTuple):
    """What is known of an actor's office on the day.

    `basis` is 'held' (a dated office not ended by then), 'undated' (recorded
    without dates) or 'ended' (the last of those that had ended; `until` is its
    end, ISO). `open_ended` says that no end is known of an office held.
    """

    titles: tuple[str, ...]
    basis: str
    until: str = ""
    precision: str = "day"
    open_ended: bool = False


@lru_cache(maxsize=64)
def offices_on_day(data: Dataset) -> dict[str, Held]:
    """Actor id → the office on the dataset's day; actors without a record are absent.

    The newest office comes first. Where none was held, the undated ones; where
    there are none either, the one that ended last.
    """
    result: dict[str, Held] = {}
    offices = data["offices"]
    ended = offices[offices["end_date"].notna()].sort_values("end_date", kind="stable")
    for row in ended.itertuples():
        precision = row.date_precision if isinstance(row.date_precision, str) else "day"
        result[row.actor_id] = Held((row.title,), "ended", row.end_date, precision)
    undated = offices[offices["start_date"].isna() & offices["end_date"].isna()]
    for actor, rows in undated.groupby("actor_id", sort=False):
        result[actor] = Held(tuple(rows["title"]), "undated")
    held = held_on(data, data.day).iloc[::-1]
    for actor, rows in held.groupby("actor_id", sort=False):
        open_ended = bool(rows["end_date"].isna().any())
        result[actor] = Held(tuple(rows["title"]), "held", open_ended=open_ended)
    return result


@lru_cache(maxsize=64)
def directory(data: Dataset) -> pd.DataFrame:
    """Every actor known on the day, the most often recorded first.

    Columns: actor_id, name, name_native, kind, side, country_iso3, events (number of events
    in which the actor is named or was represented), spellings (folded: name,
    native name, aliases, titles of the office on the day).
    """
    actors = data["actors"][
        ["actor_id", "name", "name_native", "kind", "side", "country_iso3", "aliases"]
    ]
    offices = offices_on_day(data)
    titles = actors["actor_id"].map(
        lambda actor: " ".join(offices[actor].titles) if actor in offices else ""
    )
    spellings = (
        actors["name"]
        + " | " + actors["name_native"].fillna("")
        + " | " + actors["aliases"].fillna("")
        + " | " + titles
    )  # fmt: skip
    return (
        actors.drop(columns="aliases")
        .assign(
            events=actors["actor_id"].map(_event_counts(data)).fillna(0).astype(int),
            spellings=spellings.map(folded),
        )
        .sort_values(["events", "name"], ascending=[False, True], ignore_index=True)
    )


def most_recorded(data: Dataset, *kinds: str) -> str:
    """The actor of these kinds named in most events; what a chart shows unasked."""
    rows = directory(data)
    return rows.loc[rows["kind"].isin(kinds), "actor_id"].iloc[0]


def _event_counts(data: Dataset) -> pd.Series:
    participants = data["event_participants"]
    named = pd.concat(
        [
            participants[["event_id", "actor_id"]],
            participants[["event_id", "on_behalf_of"]]
            .rename(columns={"on_behalf_of": "actor_id"})
            .dropna(),
        ]
    ).drop_duplicates()
    return named["actor_id"].value_counts()


def found(
    data: Dataset,
    text: str = "",
    sides: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
) -> pd.DataFrame:
    """The directory's rows that hold every word of `text`, of these sides and kinds."""
    rows = directory(data)
    keep = pd.Series(True, index=rows.index)
    for word in folded(text).split():
        keep &= rows["spellings"].str.contains(word, regex=False)
    if sides:
        keep &= rows["side"].isin(sides)
    if kinds:
        keep &= rows["kind"].isin(kinds)
    return rows[keep]


def rooms(data: Dataset, actor_id: str) -> pd.DataFrame:
    """The events in which the actor is named or was represented, newest first.

    Columns: event_id, start_date, end_date, date_precision, title, event_type,
    track, outcome, significance, status, source_ids, place (name or missing),
    role (the actor's own, missing if only represented), on_behalf_of (id), people
    (names of those who acted on the actor's behalf, joined by ', ').
    """
    participants = data["event_participants"]
    own = participants[participants["actor_id"] == actor_id]
    acting = participants[
        (participants["on_behalf_of"] == actor_id)
        & (participants["actor_id"] != actor_id)
    ]
    people = (
        acting.assign(name=acting["actor_id"].map(data.names))
        .groupby("event_id")["name"]
        .agg(", ".join)
    )
    events = data["events"]
    events = events[events["event_id"].isin([*own["event_id"], *people.index])]
    own = own.set_index("event_id")
    places = data["places"].set_index("place_id")["name"]
    columns = [
        "event_id", "start_date", "end_date", "date_precision", "title",
        "event_type", "track", "outcome", "significance", "status", "source_ids",
    ]  # fmt: skip
    return (
        events[columns]
        .assign(
            place=events["place_id"].map(places),
            role=events["event_id"].map(own["role"]),
            on_behalf_of=events["event_id"].map(own["on_behalf_of"]),
            people=events["event_id"].map(people),
        )
        .sort_values(["start_date", "event_id"], ascending=False, ignore_index=True)
    )


def acted_for(data: Dataset, actor_id: str) -> pd.DataFrame:
    """Who acted on behalf of a state or body, the most often first.

    Columns: actor_id, name, events, first, last (ISO dates of the first and
    last event), event_ids (a tuple).
    """
    rows = data["event_participants"]
    rows = rows[(rows["on_behalf_of"] == actor_id) & (rows["actor_id"] != actor_id)]
    return _tally(data, rows)


def met_with(data: Dataset, actor_id: str) -> pd.DataFrame:
    """The people who took part in the same meetings and calls, the most often first.

    Columns: actor_id, name, side, events, first, last (ISO dates), event_ids (a
    tuple). Counted are events of `CONTACT_TYPES`; authors and subjects were not
    necessarily there.
    """
    present = _present(data)
    shared = present.loc[present["actor_id"] == actor_id, "event_id"]
    others = present[
        present["event_id"].isin(shared) & (present["actor_id"] != actor_id)
    ]
    met = _tally(data, others)
    return met.assign(side=met["actor_id"].map(data.sides))


def _tally(data: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Participants counted: actor_id, name, events, first, last, event_ids."""
    days = data["events"].set_index("event_id")["start_date"]
    rows = rows.assign(day=rows["event_id"].map(days))
    tally = rows.groupby("actor_id", as_index=False).agg(
        events=("event_id", "nunique"),
        first=("day", "min"),
        last=("day", "max"),
        event_ids=("event_id", lambda ids: tuple(dict.fromkeys(ids))),
    )
    tally.insert(1, "name", tally["actor_id"].map(data.names).astype("str"))
    return tally.sort_values(
        ["events", "name"], ascending=[False, True], ignore_index=True
    )


@lru_cache(maxsize=64)
def _present(data: Dataset) -> pd.DataFrame:
    """People present at each meeting or call: event_id, actor_id, start_date."""
    events, rows = data["events"], data["event_participants"]
    contacts = events[events["event_type"].isin(CONTACT_TYPES)]
    days = contacts.set_index("event_id")["start_date"]
    actors = data["actors"]
    people = actors.loc[actors["kind"] == "person", "actor_id"]
    rows = rows[
        rows["event_id"].isin(contacts["event_id"])
        & ~rows["role"].isin(_ABSENT_ROLES)
        & rows["actor_id"].isin(people)
    ]
    return pd.DataFrame(
        {
            "event_id": rows["event_id"],
            "actor_id": rows["actor_id"],
            "start_date": rows["event_id"].map(days),
        }
    ).reset_index(drop=True)


@lru_cache(maxsize=256)
def meetings(data: Dataset, first: str, last: str) -> pd.DataFrame:
    """Pairs of people by the meetings and calls both took part in, most first.

    Events that began from `first` to `last` (ISO, both included). Columns:
    actor_id, name, side, other_id, other, other_side, meetings, latest (ISO),
    event_ids (a tuple).
    """
    present = _present(data)
    present = present[present["start_date"].between(first, last)]
    met: dict[tuple[str, str], list[str]] = {}
    latest: dict[tuple[str, str], str] = {}
    for day, people in present.groupby(["start_date", "event_id"])["actor_id"]:
        for pair in combinations(sorted(people), 2):
            met.setdefault(pair, []).append(day[1])
            latest[pair] = day[0]
    pairs = pd.DataFrame(
        {
            "actor_id": pd.Series([a for a, _ in met], dtype="str"),
            "other_id": pd.Series([b for _, b in met], dtype="str"),
            "meetings": pd.Series([len(ids) for ids in met.values()], dtype="int64"),
            "latest": pd.Series(list(latest.values()), dtype="str"),
            "event_ids": pd.Series([tuple(ids) for ids in met.values()], dtype=object),
        }
    )
    for column, source in (("name", "actor_id"), ("other", "other_id")):
        pairs[column] = pairs[source].map(data.names).astype("str")
    for column, source in (("side", "actor_id"), ("other_side", "other_id")):
        pairs[column] = pairs[source].map(data.sides).astype("str")
    return pairs.sort_values(
        ["meetings", "name", "other"], ascending=[False, True, True], ignore_index=True
    )


def pages_of(data: Dataset, event_ids: Iterable[tuple[str, ...]]) -> list[str]:
    """The source ids of each tuple of events, joined by ';', each id once."""
    pages = data["events"].set_index("event_id")["source_ids"].fillna("").to_dict()
    return [
        ";".join(
            dict.fromkeys(i for e in events for i in pages.get(e, "").split(";") if i)
        )
        for events in event_ids
    ]


def people_of(data: Dataset, organization_id: str) -> pd.DataFrame:
    """The offices of a state or body by holder, in order of their start.

    Columns: actor_id, name, title, start_date, end_date, date_precision,
    source_ids. Offices without any date come last.
    """
    offices = data["offices"]
    return _by_start(data, offices[offices["organization_id"] == organization_id])


def offices_of(data: Dataset, actor_id: str) -> pd.DataFrame:
    """The offices of one person; columns and order as in `people_of`, and organization_id."""
    offices = data["offices"]
    return _by_start(data, offices[offices["actor_id"] == actor_id])


def _by_start(data: Dataset, offices: pd.DataFrame) -> pd.DataFrame:
    return offices.assign(
        name=offices["actor_id"].map(data.names).astype("str"),
        since=offices["start_date"].fillna(offices["end_date"]),
    ).sort_values(["since", "name"], na_position="last", ignore_index=True)


def delegations_of(data: Dataset, actor_id: str) -> pd.DataFrame:
    """The delegations in which a person is named, newest first.

    Columns: delegation_id, name, round_name, date, date_precision, role,
    on_behalf_of, event_id, source_ids.
    """
    members = data["delegation_members"]
    members = members[members["actor_id"] == actor_id]
    return members.merge(data["delegations"], on="delegation_id").sort_values(
        "date", ascending=False, ignore_index=True
    )


def delegations_for(data: Dataset, actor_id: str) -> pd.DataFrame:
    """The delegations of a state or body, newest first.

    Columns: delegation_id, name, round_name, date, date_precision, event_id,
    heads (names joined by ', ', missing if none is named as head), members
    (number of people named).
    """
    delegations = data["delegations"]
    delegations = delegations[delegations["on_behalf_of"] == actor_id]
    members = data["delegation_members"]
    heads = members[members["role"] == "head_of_delegation"]
    named = heads["actor_id"].map(data.names).groupby(heads["delegation_id"])
    counts = members.groupby("delegation_id").size()
    return delegations.assign(
        heads=delegations["delegation_id"].map(named.agg(", ".join)),
        members=delegations["delegation_id"].map(counts).fillna(0).astype(int),
    ).sort_values("date", ascending=False, ignore_index=True)


@lru_cache(maxsize=64)
def talks_rounds(data: Dataset) -> pd.DataFrame:
    """The rounds of talks compared side by side, oldest first.

    Columns: round_id, round_name, date, date_precision, after_gap (true for
    the first round after a pause of a year or more).
    """
    delegations = data["delegations"]
    rounds = (
        delegations[delegations["talks_round"]]
        .drop_duplicates("round_id")[
            ["round_id", "round_name", "date", "date_precision"]
        ]
        .sort_values("date", ignore_index=True)
    )
    days = pd.to_datetime(rounds["date"])
    return rounds.assign(after_gap=(days.diff().dt.days >= GAP_DAYS))


@lru_cache(maxsize=64)
def named_in_rounds(data: Dataset) -> pd.DataFrame:
    """Everyone named in a round of talks: one row a person and round.

    Columns: actor_id, name, side, round_id, round_name, date, date_precision,
    role, on_behalf_of, source_ids, rounds (number of rounds in which the
    person is named).
    """
    delegations = data["delegations"]
    delegations = delegations[delegations["talks_round"]].drop(columns=["name", "side"])
    rows = data["delegation_members"].merge(delegations, on="delegation_id")
    # One delegation a side, so a person twice in a round is in a mixed group too.
    rows = rows.drop_duplicates(["actor_id", "round_id"])
    rounds = rows.groupby("actor_id")["round_id"].transform("size")
    return rows.assign(
        name=rows["actor_id"].map(data.names).astype("str"),
        side=rows["actor_id"].map(data.sides).astype("str"),
        rounds=rounds,
    ).sort_values(["date", "name"], ignore_index=True)


def positions_of(data: Dataset, actor_id: str) -> pd.DataFrame:
    """What a state or body said on each issue, by issue in the table's order, newest first.

    Columns: issue (name), date, stance, source_ids.
    """
    issues = data["issues"].set_index("issue_id")["name"]
    rows = data["positions"]
    rows = rows[rows["actor_id"] == actor_id]
    order = {issue: place for place, issue in enumerate(issues.index)}
    return (
        rows.assign(
            issue=rows["issue_id"].map(issues), order=rows["issue_id"].map(order)
        )
        .sort_values(["order", "date"], ascending=[True, False], ignore_index=True)
        .drop(columns="order")
    )


def quotes_of(data: Dataset, actor_id: str) -> pd.DataFrame:
    """A person's quotations, newest first: date, text, event_id, event (title), source_id."""
    quotes = data["quotes"]
    titles = data["events"].set_index("event_id")["title"]
    quotes = quotes[quotes["actor_id"] == actor_id]
    return quotes.assign(event=quotes["event_id"].map(titles)).sort_values(
        "date", ascending=False, ignore_index=True
    )
