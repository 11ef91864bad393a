"""The last direct talks and who was in the room; what came since, what is next."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Block, Line, Slide, sources_of
from data import overview
from data.dataset import Dataset
from data.offices import held_on
from data.words import count, day, listing, period, short_day

_HEADS = ("head_of_delegation", "principal")
_PARTIES = ("ukraine", "russia")
_THIRD = ("mediator", "host", "observer", "head_of_delegation", "principal", "delegate")
_CONTACTS = ("talks", "summit", "call", "visit", "multilateral")
_LATEST, _NEXT = 4, 4


def slide(data: Dataset, deck: Deck) -> Slide | None:
    last = overview.last_talks(data)
    announced = overview.open_announcements(data).head(_NEXT)
    latest = _latest(data, last.event_id if last else "")
    blocks = []
    if last is not None:
        people = _people(data, last.event_id)
        blocks += [
            _party(data, people, side, below=n > 0) for n, side in enumerate(_PARTIES)
        ]
        others = _others(data, people)
        if others.lines:
            blocks.append(others)
    if len(latest):
        blocks.append(
            Block("Latest contacts", _dated(data, latest), below=len(blocks) > 2)
        )
    blocks.append(
        Block(
            "Announced next",
            tuple(
                Line(row.title + _candidate(data, row.announced_in), _due(row))
                for row in announced.itertuples()
            )
            or (Line("Nothing open is recorded on this date"),),
            below=False,
        )
    )
    behind = [*latest["source_ids"], *announced["source_ids"]]
    title, subtitle = "No direct talks are recorded by this date", ""
    if last is not None:
        title, subtitle = last.title, _when(data, last)
        behind.insert(0, last.source_ids)
    elif latest.empty and announced.empty:
        return None
    return Slide(
        name="talks",
        section="The talks",
        title=title,
        subtitle=subtitle,
        blocks=tuple(blocks),
        source=(
            "Participants as named in the sources, offices as held on the day of the "
            "talks. Who is not listed was not named."
        ),
        notes=_notes(data, last),
        sources=sources_of(data, behind),
    )


def _when(data: Dataset, last: overview.LastTalks) -> str:
    event = data["events"].set_index("event_id").loc[last.event_id]
    when = period(event["start_date"], event["end_date"], event["date_precision"])
    said = ["Last direct talks", when]
    if last.place:
        said.append(last.place)
    if last.in_progress:
        said.append("in progress")
    elif last.outcome != "ongoing":
        said.append(
            f"outcome: {data.labels('events', 'outcome')[last.outcome].lower()}"
        )
    if last.days:
        said.append(f"{count(last.days, 'day')} before {day(data.day)}")
    return " · ".join(said)


def _people(data: Dataset, event_id: str) -> pd.DataFrame:
    """Those in the room: actor_id, role, party (a side's id or an actor's), titled
    (name, and the office held on the first day of the talks).

    Delegations as listed by name where there are any, and whoever else took part.
    """
    listed = data["delegations"]
    listed = listed[listed["event_id"] == event_id]
    members = data["delegation_members"].merge(
        listed[["delegation_id", "on_behalf_of"]], on="delegation_id"
    )
    named = data["event_participants"]
    named = named[named["event_id"] == event_id]
    rows = pd.concat(
        [
            members[["actor_id", "role", "on_behalf_of"]],
            named[["actor_id", "role", "on_behalf_of"]],
        ],
        ignore_index=True,
    ).drop_duplicates("actor_id")
    event = data["events"].set_index("event_id").loc[event_id]
    held = held_on(data, event["start_date"])
    # That somebody heads the delegation is said before the name; the newest is last.
    held = held[~held["title"].str.contains("delegation")]
    office = held.groupby("actor_id")["title"].last().to_dict()
    return rows.assign(
        party=rows["on_behalf_of"].fillna(rows["actor_id"]),
        titled=[_with_office(data.names[i], office.get(i)) for i in rows["actor_id"]],
    )


def _party(data: Dataset, people: pd.DataFrame, side: str, *, below: bool) -> Block:
    rows = people[(people["party"] == side) & (people["actor_id"] != side)]
    heads = rows[rows["role"].isin(_HEADS)]
    rest = rows[~rows["actor_id"].isin(heads["actor_id"])]
    lines = [
        Line(titled, "Head:" if role == "head_of_delegation" else "")
        for titled, role in zip(heads["titled"], heads["role"], strict=True)
    ]
    if len(rest):
        lines.append(Line(listing(data.names[i] for i in rest["actor_id"]), "With:"))
    name = data.names[side]
    said = tuple(lines) or (Line("No participant is named"),)
    return Block(name, said, below=below)


def _with_office(name: str, title: str | None) -> str:
    return f"{name}, {title}" if title else name


def _others(data: Dataset, people: pd.DataFrame) -> Block:
    rows = people[~people["party"].isin(_PARTIES) & people["role"].isin(_THIRD)]
    roles = data.labels("event_participants", "role")
    lines = []
    for party, group in rows.groupby("party", sort=False):
        persons = [i for i in group["actor_id"] if i != party]
        role = roles.get(group["role"].iloc[0], "")
        said = listing(data.names[i] for i in persons)
        role = "" if role in ("Delegate", "Principal") else f", {role.lower()}"
        lead = f"{data.names[party]}{role}"
        lines.append(Line(said, f"{lead}:") if said else Line(lead))
    return Block("Also in the room", tuple(lines))


def _latest(data: Dataset, but: str) -> pd.DataFrame:
    rows = data["events"]
    rows = rows[
        rows["event_type"].isin(_CONTACTS)
        & (rows["significance"] <= 2)
        & (rows["event_id"] != but)
    ]
    return rows.sort_values(
        ["known_from", "significance"], ascending=[False, True], kind="stable"
    ).head(_LATEST)


def _dated(data: Dataset, rows: pd.DataFrame) -> tuple[Line, ...]:
    return tuple(
        Line(
            row["title"] + _candidate(data, row["event_id"]),
            _day(data, row["start_date"], row["date_precision"]),
        )
        for row in rows.to_dict("records")
    )


def _candidate(data: Dataset, event_id: str) -> str:
    """A mark where the event rests on pages not opened."""
    events = data["events"]
    found = events.loc[events["event_id"] == event_id, "status"]
    return " (candidate)" if (found == "candidate").any() else ""


def _day(data: Dataset, iso: str, precision: str) -> str:
    same_year = iso[:4] == data.day[:4]
    return short_day(iso, precision) if same_year else day(iso, precision)


def _due(row) -> str:
    if isinstance(row.expected_start, str):
        return period(row.expected_start, row.expected_end, row.expected_precision)
    if isinstance(row.expected_end, str):
        return f"By {day(row.expected_end, row.expected_precision)}"
    return ""


def _notes(data: Dataset, last: overview.LastTalks | None) -> tuple[str, ...]:
    if last is None:
        return ()
    event = data["events"].set_index("event_id").loc[last.event_id]
    said = [str(event["summary"])] if isinstance(event["summary"], str) else []
    people = _people(data, last.event_id)
    for side in _PARTIES:
        rows = people[(people["party"] == side) & (people["actor_id"] != side)]
        names = "; ".join(rows["titled"])
        if names:
            said.append(f"{data.names[side]}: {names}.")
    return tuple(said)
