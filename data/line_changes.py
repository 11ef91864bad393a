"""How line and area changed between two days, and in which oblasts.

The net change of the whole area comes from the full maps (`data.front.change`).
By oblast only the stored areas tell: those of each Monday, of the first of each
month and of turning points, simplified to about 1 km and cut at the basemap's
coast. They add up to nearly, not exactly, the full maps' change: over a month
within 35 km² or 4 % since June 2024; across the summer of 2023, when DeepState redrew
water and islands, the two differ by up to 560 km².
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.dataset import Dataset
from data.front import (
    CRIMEA_REDRAWN,
    REDRAWN_OBLASTS,
    Change,
    change,
    map_of,
    no_front_yet,
    on_day,
)
from data.front_shapes import SMALLEST_KM2, to_km
from data.words import day as day_in_words

# Thinner than this (km) is left by the simplification of two stored areas.
_OPENING_KM = 0.2

# Redrawn by DeepState on one day: nothing changed hands there.


@dataclass(frozen=True)
class OblastChange:
    """One oblast's change in km²: net, and in patches of 5 km² or more."""

    code: str
    name: str
    net: float
    gained: float
    lost: float


@dataclass(frozen=True)
class LineChange:
    """The front line between two days, by the map drawn on both.

    `before` and `now` are the line's length in km on the map days `first` and
    `last`; None where they are not compared, and `reason` says why. `area` is
    the net change of the occupied area. `oblasts` are the oblasts with a net
    change or a patch of 5 km² or more, the largest net change first, between
    the stored areas of `stored_first` (the nearest to `since`) and `stored_last`
    (the last by `day`); `others` is the net of the rest (km²), `full` the full
    maps' change between the same days. Where nothing can be said by oblast,
    `oblast_reason` says why.
    """

    since: str
    day: str
    source: str
    area: Change
    before: float | None = None
    now: float | None = None
    first: str = ""
    last: str = ""
    reason: str = ""
    oblasts: tuple[OblastChange, ...] = ()
    stored_first: str = ""
    stored_last: str = ""
    others: float = 0.0
    full: float | None = None
    oblast_reason: str = ""

    @property
    def by_oblast(self) -> float:
        """The sum over all oblasts, in km²."""
        return sum(row.net for row in self.oblasts) + self.others


@lru_cache(maxsize=64)
def line_change(data: Dataset, since: str) -> LineChange:
    """The change from `since` (ISO) to the dataset's day, as known that day."""
    day = data.day
    source = map_of(day)
    area = change(data, since, day)
    newest = on_day(data, day, source)
    if area.km2 is None and newest is not None and newest["date"] <= since:
        area = replace(area, reason=_no_newer(newest["date"]))
    return LineChange(
        since=since,
        day=day,
        source=source,
        area=area,
        **_length(data, since, source),
        **_by_oblast(data, since),
    )


def _no_newer(than: str) -> str:
    return f"no newer map than that of {day_in_words(than)}"


def _length(data: Dataset, since: str, source: str) -> dict[str, object]:
    if map_of(since) != source:
        return {"reason": change(data, since, data.day).reason}
    found = [on_day(data, d, source, needs="front_line_km") for d in (since, data.day)]
    first, last = found
    if last is None:
        return {"reason": "no map of the front line is known by this date"}
    if first is None:
        return {"reason": "no map precedes this one"}
    if first["date"] == last["date"]:
        return {"reason": _no_newer(last["date"])}
    if no_front_yet(first) or no_front_yet(last):
        return {"reason": "the map did not yet draw one front"}
    return {
        "before": float(first["front_line_km"]),
        "now": float(last["front_line_km"]),
        "first": str(first["date"]),
        "last": str(last["date"]),
    }


def _by_oblast(data: Dataset, since: str) -> dict[str, object]:
    stored = data.layer("occupied_areas")
    first, last = _nearest(stored.dates, since), stored.date_on(data.day)
    if first is None or last is None:
        return {"oblast_reason": "no stored map precedes this one"}
    if map_of(first) != map_of(last):
        return {"oblast_reason": "two maps are not differenced"}
    if first == last:
        return {"oblast_reason": f"no map is stored after that of {day_in_words(last)}"}
    whole = data.whole or data
    net = _held(whole, last) - _held(whole, first)
    gained, lost = _in_patches(whole, first, last)
    rows = [
        OblastChange(code, name, *(round(float(v), 1) for v in values))
        for (code, name), *values in zip(_names(whole), net, gained, lost, strict=True)
        if not (first < CRIMEA_REDRAWN <= last and code in REDRAWN_OBLASTS)
    ]
    large = [
        row for row in rows if max(abs(row.net), row.gained, row.lost) >= SMALLEST_KM2
    ]
    features = stored.by_date
    full = change(
        data,
        str(features[first]["properties"]["map_date"]),
        str(features[last]["properties"]["map_date"]),
    )
    return {
        "oblasts": tuple(sorted(large, key=lambda row: -abs(row.net))),
        "stored_first": first,
        "stored_last": last,
        "others": round(sum(row.net for row in rows if row not in large), 1),
        "full": full.km2,
    }


def _nearest(dates: Sequence[str], since: str) -> str | None:
    """The stored date nearest to `since`, the earlier of two; the last of them only
    where none precedes it. None before the first."""
    n = bisect_right(dates, since)
    if n == 0:
        return None
    before = dates[n - 1]
    if n >= len(dates) - 1:
        return before
    here = date.fromisoformat(since)
    gaps = [abs(date.fromisoformat(d) - here) for d in (before, dates[n])]
    return before if gaps[0] <= gaps[1] else dates[n]


def _names(whole: Dataset) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(f["properties"]["code"]), str(f["properties"]["name"]))
        for f in whole.layer("basemap_oblasts").features
    )


@lru_cache(maxsize=2)
def _oblasts(whole: Dataset) -> np.ndarray:
    """The oblasts' polygons on the equal-area plane, in km."""
    features = whole.layer("basemap_oblasts").features
    return np.array([_plane(f["geometry"]) for f in features])


@lru_cache(maxsize=64)
def _area(whole: Dataset, stored: str) -> BaseGeometry:
    """A stored area on the equal-area plane, in km."""
    return _plane(whole.layer("occupied_areas").by_date[stored]["geometry"])


@lru_cache(maxsize=512)
def _held(whole: Dataset, stored: str) -> np.ndarray:
    """Occupied km² in each oblast on a stored day."""
    return shapely.area(shapely.intersection(_oblasts(whole), _area(whole, stored)))


def _in_patches(whole: Dataset, first: str, last: str) -> tuple[np.ndarray, np.ndarray]:
    """Gained and lost km² in each oblast, slivers and small patches left out."""
    before, after = _area(whole, first), _area(whole, last)
    found = []
    for one, other in ((after, before), (before, after)):
        difference = shapely.difference(one, other)
        opened = difference.buffer(-_OPENING_KM).buffer(_OPENING_KM)
        parts = shapely.get_parts(shapely.intersection(opened, difference))
        kept = shapely.union_all(parts[shapely.area(parts) >= SMALLEST_KM2])
        found.append(shapely.area(shapely.intersection(_oblasts(whole), kept)))
    return found[0], found[1]


def _plane(geometry: object) -> BaseGeometry:
    valid = shapely.make_valid(shape(geometry))
    return shapely.make_valid(
        shapely.transform(valid, lambda p: np.column_stack(to_km(*p.T)))
    )
