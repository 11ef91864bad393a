"""Which events a reader asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from data.dataset import Dataset


@dataclass(frozen=True)
class Filters:
    """What an event must match. Within a filter any value does; all filters hold.

    `first` and `last` are ISO days; an event that touches the period is in it.
    `actor` holds ids of people, states and bodies that took part or for whom
    someone did. Each word of `text` must stand in title, summary, place or the
    name of one who took part, accents and case aside.
    """

    first: str | None = None
    last: str | None = None
    track: tuple[str, ...] = ()
    event_type: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    significance: tuple[str, ...] = ()
    text: str = ""


def filtered(dataset: Dataset, filters: Filters) -> pd.DataFrame:
    """The events of the (cut) dataset that match, in the table's order.

    Columns: those of `events`, and `last_day` (ISO): the last day known, for an
    event in progress the dataset's day, for one with only its month known the
    month's end.
    """
    events = dataset["events"]
    events = events.assign(last_day=_last_day(events, dataset.day))
    kept = pd.Series(True, index=events.index)
    if filters.first:
        kept &= events["last_day"] >= filters.first
    if filters.last:
        kept &= events["start_date"] <= filters.last
    for column, wanted in (
        ("track", filters.track),
        ("event_type", filters.event_type),
        ("place_id", filters.place),
        ("level", filters.level),
        ("outcome", filters.outcome),
        ("significance", tuple(int(s) for s in filters.significance)),
    ):
        if wanted:
            kept &= events[column].isin(wanted)
    if filters.actor:
        parts = dataset["event_participants"]
        took_part = parts["actor_id"].isin(filters.actor)
        took_part |= parts["on_behalf_of"].isin(filters.actor)
        kept &= events["event_id"].isin(parts["event_id"][took_part])
    if words := _folded(filters.text).split():
        haystack = _searched(dataset)
        kept &= haystack.map(lambda text: all(word in text for word in words))
    return events[kept]


def _last_day(events: pd.DataFrame, day: str) -> pd.Series:
    ends = events["end_date"].fillna(day)
    month = events["date_precision"] == "month"
    return ends.where(~month, np.maximum(ends, events["known_from"]))


@lru_cache(maxsize=64)
def _searched(dataset: Dataset) -> pd.Series:
    """All that the text filter looks at, folded, by the index of `events`."""
    events, parts = dataset["events"], dataset["event_participants"]
    named = (
        parts["actor_id"].map(dataset.names).groupby(parts["event_id"]).agg(" ".join)
    )
    places = dataset["places"].set_index("place_id")
    where = (places["name"] + " " + places["city"].fillna("")).to_dict()
    text = events["title"] + " " + events["summary"]
    text += " " + events["place_id"].map(where).fillna("")
    text += " " + events["event_id"].map(named).fillna("")
    return text.map(_folded)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
