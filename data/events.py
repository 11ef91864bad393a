"""Events as the timeline shows them: rows to draw, one event whole, the war's curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.casualties import months as civilian_months
from data.dataset import Dataset
from data.event_filters import Filters, filtered
from data.front import SPLICE, areas, monthly
from data.offices import titles_on

# The sides of a meeting, the parties first.
SIDE_ORDER = (
    "ukraine", "russia", "united_states", "turkiye", "europe", "gulf", "un", "china",
    "holy_see", "humanitarian", "other", "research",
)  # fmt: skip

# Within a side: who led, then who was there.
_ROLE_ORDER = (
    "head_of_delegation", "principal", "host", "mediator", "signatory", "delegate",
    "author", "observer", "subject",
)  # fmt: skip


CURVES: Mapping[str, str] = {
    "civilians": "Civilians killed a month, OHCHR",
    "net-change": "Net change in occupied area a month",
    "prisoners": "Prisoners returned to Ukraine a month",
}


@lru_cache(maxsize=128)
def rows(data: Dataset, filters: Filters) -> pd.DataFrame:
    """The events that match, in order of date, as a reader reads them.

    Columns: those of `events`, and what (title, with a mark if a candidate),
    track_label, outcome_label, level_label, type_label, where, pages (number
    of sources). Read-only: shared between readers.
    """
    events = filtered(data, filters)
    places = data["places"].set_index("place_id")["name"]
    candidate = events["status"] == "candidate"
    return events.assign(
        what=events["title"].where(~candidate, events["title"] + " (candidate)"),
        track_label=events["track"].map(data.labels("events", "track")),
        outcome_label=events["outcome"].map(data.labels("events", "outcome")),
        level_label=events["level"].map(data.labels("events", "level")),
        type_label=events["event_type"].map(data.labels("events", "event_type")),
        where=events["place_id"].map(places),
        pages=events["source_ids"].str.count(";").add(1).astype("Int64"),
    ).sort_values(["start_date", "significance"], ignore_index=True)


@dataclass(frozen=True)
class Participant:
    """One who took part: office on the day, role, on whose behalf (names)."""

    actor_id: str
    name: str
    side: str
    role: str
    role_label: str
    office: str
    on_behalf_of: str


@dataclass(frozen=True)
class Detail:
    """One event whole, as it was known on the dataset's day.

    `event` is its row as in `rows`. `before` and `after` are the neighbours on
    its track on other days, `same_day` those of its own day, whose order is not
    recorded; `led_to` is what it brought about, in order of date. No event is in
    both of these. Each is a (date, precision, title, event id or '') tuple.
    `sides` are in the order of SIDE_ORDER.
    """

    event: Mapping[str, object]
    sides: tuple[tuple[str, tuple[Participant, ...]], ...]
    quotes: tuple[Mapping[str, object], ...]
    announcements: tuple[Mapping[str, object], ...]
    before: tuple[str, str, str, str] | None
    after: tuple[str, str, str, str] | None
    same_day: tuple[tuple[str, str, str, str], ...]
    led_to: tuple[tuple[str, str, str, str], ...]


@lru_cache(maxsize=256)
def detail(data: Dataset, event_id: str) -> Detail:
    """The event's detail. Raises KeyError if it is not known on the dataset's day."""
    table = rows(data, Filters())
    found = table.index[table["event_id"] == event_id]
    if found.empty:
        raise KeyError(event_id)
    event = table.loc[found[0]].to_dict()
    track = table[table["track"] == event["track"]]
    earlier = track[track["start_date"] < event["start_date"]]
    later = track[track["start_date"] > event["start_date"]]
    led_to = _led_to(data, event_id)
    told = {event_id, *(key for *_, key in led_to)}
    same = track[track["start_date"] == event["start_date"]]
    return Detail(
        event=event,
        sides=_sides(data, event_id, str(event["start_date"])),
        quotes=_of_event(data, "quotes", "event_id", event_id),
        announcements=_of_event(data, "announcements", "announced_in", event_id),
        before=next(_entries(earlier.tail(1)), None),
        after=next(_entries(later.head(1)), None),
        same_day=tuple(_entries(same[~same["event_id"].isin(told)])),
        led_to=led_to,
    )


def latest_major(data: Dataset) -> str | None:
    """The id of the last confirmed event of the first weight; None if there is none.

    Of several on one day the one with the most people named: the meeting
    itself rather than a statement about it.
    """
    events = data["events"]
    major = events[(events["significance"] == 1) & (events["status"] == "confirmed")]
    if major.empty:
        return None
    people = data["event_participants"].groupby("event_id").size()
    ranked = major.assign(people=major["event_id"].map(people).fillna(0))
    return ranked.sort_values(["start_date", "people"])["event_id"].iloc[-1]


@lru_cache(maxsize=64)
def share_of_ukraine(data: Dataset) -> pd.DataFrame:
    """Occupied share by day, spliced: date, share_pct (%), dataset."""
    days = areas(data, data.first_day)
    nzz = days[(days["dataset"] == "nzz") & (days["date"] < SPLICE)]
    deepstate = days[(days["dataset"] == "deepstate") & (days["date"] >= SPLICE)]
    spliced = pd.concat([nzz, deepstate]).sort_values("date", ignore_index=True)
    return spliced[["date", "share_pct", "dataset"]]


@lru_cache(maxsize=64)
def curve(data: Dataset, name: str) -> pd.DataFrame:
    """One month a row: month (YYYY-MM), value (NaN where nothing was published).

    Units: civilians and prisoners in people, net-change in km² (DeepState, from
    May 2022). `partial` marks a prisoners' month with a handover whose number
    was not published, so that its bar is a minimum; `flaw` says in words what
    is known to be wrong with a month of the map.
    """
    if name == "net-change":
        months = monthly(data, "deepstate")
        labels = data.labels("monthly_change", "flags")
        return pd.DataFrame(
            {
                "month": months["month"],
                "value": months["km2"],
                "partial": False,
                "flaw": [
                    "; ".join(labels.get(flag, flag) for flag in flags.split(";"))
                    for flags in months["flags"].fillna("")
                ],
            }
        )
    if name == "prisoners":
        return _prisoners(data)
    months = civilian_months(data, "killed")
    return pd.DataFrame(
        {"month": months["month"], "value": months["latest"], "partial": False}
    )


def _prisoners(data: Dataset) -> pd.DataFrame:
    exchanges = data["exchanges"]
    by_month = exchanges.assign(month=exchanges["date"].str[:7]).groupby("month")
    returned = by_month["returned_to_ukraine"]
    table = pd.DataFrame(
        {
            "value": returned.sum(min_count=1).astype("float64"),
            "partial": returned.agg(lambda column: column.isna().any()),
        }
    )
    if table.empty:
        return table.reset_index(names="month")
    every = pd.period_range("2022-03", data.day[:7], freq="M").astype(str)
    known = every[every <= max(table.index)]
    # A month without a handover brought nobody home; one whose handovers all
    # lack a number is unknown.
    filled = table.reindex(known)
    filled.loc[~filled.index.isin(table.index), "value"] = 0.0
    filled["partial"] = filled["partial"].fillna(False).astype(bool)
    return filled.rename_axis("month").reset_index()


def quarters(events: pd.DataFrame) -> pd.DataFrame:
    """Events by track and quarter: track, quarter (YYYYQn), n, major (first weight)."""
    if events.empty:
        return pd.DataFrame(columns=["track", "quarter", "n", "major"])
    quarter = pd.PeriodIndex(events["start_date"], freq="Q").astype(str)
    return (
        events.assign(quarter=quarter, major=events["significance"] == 1)
        .groupby(["track", "quarter"], as_index=False)
        .agg(n=("event_id", "size"), major=("major", "sum"))
    )


def _sides(
    data: Dataset, event_id: str, day: str
) -> tuple[tuple[str, tuple[Participant, ...]], ...]:
    parts = data["event_participants"]
    parts = parts[parts["event_id"] == event_id]
    titles = titles_on(data, day)
    labels = data.labels("event_participants", "role")
    by_side: dict[str, list[Participant]] = {}
    for actor, role, behalf in zip(
        parts["actor_id"], parts["role"], parts["on_behalf_of"], strict=True
    ):
        # A side is whom one spoke for; the person's own where nobody is named.
        stands_for = behalf if isinstance(behalf, str) else actor
        side = data.sides.get(stands_for, "other")
        by_side.setdefault(side, []).append(
            Participant(
                actor_id=actor,
                name=data.names.get(actor, actor),
                side=side,
                role=role,
                role_label=labels.get(role, role),
                office=titles.get(actor, ""),
                on_behalf_of=data.names.get(behalf, "") if behalf != actor else "",
            )
        )
    for people in by_side.values():
        people.sort(key=lambda p: _ROLE_ORDER.index(p.role))
    order = {side: i for i, side in enumerate(SIDE_ORDER)}
    return tuple(
        (side, tuple(by_side[side]))
        for side in sorted(by_side, key=lambda s: order.get(s, len(order)))
    )


def _of_event(
    data: Dataset, table: str, column: str, event_id: str
) -> tuple[Mapping[str, object], ...]:
    found = data[table]
    return tuple(found[found[column] == event_id].to_dict("records"))


def _entries(events: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    columns = events[["start_date", "date_precision", "what", "event_id"]]
    return columns.itertuples(index=False, name=None)


def _led_to(data: Dataset, event_id: str) -> tuple[tuple[str, str, str, str], ...]:
    links = data["event_links"]
    links = links[links["event_id"] == event_id]
    events = data["events"].set_index("event_id")
    exchanges = data["exchanges"].set_index("exchange_id")
    repatriations = data["repatriations"].set_index("repatriation_id")
    proposals = data["proposals"].set_index("proposal_id")
    found: set[tuple[str, str, str, str]] = set()
    for link in links.to_dict("records"):
        if isinstance(key := link["target_event_id"], str):
            row = events.loc[key]
            found.add((row["start_date"], row["date_precision"], row["title"], key))
        elif isinstance(key := link["exchange_id"], str):
            row = exchanges.loc[key]
            said = _people(row["returned_to_ukraine"], row["returned_to_russia"])
            found.add((row["date"], "day", f"Exchange: {said}", ""))
        elif isinstance(key := link["repatriation_id"], str):
            row = repatriations.loc[key]
            said = _people(row["bodies_to_ukraine"], row["bodies_to_russia"])
            found.add((row["date"], "day", f"Repatriation of bodies: {said}", ""))
        elif isinstance(key := link["proposal_id"], str):
            row = proposals.loc[key]
            found.add((row["date"], "day", f"Text: {row['title']}", ""))
    return tuple(sorted(found))


def _people(to_ukraine: object, to_russia: object) -> str:
    if pd.isna(to_ukraine) and pd.isna(to_russia):
        return "numbers not published"
    ukraine = "unknown" if pd.isna(to_ukraine) else f"{int(to_ukraine):,}"
    russia = "unknown" if pd.isna(to_russia) else f"{int(to_russia):,}"
    return f"{ukraine} to Ukraine, {russia} to Russia"
