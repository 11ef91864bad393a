"""Geometry of the front line: patches gained and recovered, and the hatch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
import shapely
from shapely.geometry import LineString, MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from data.dataset import Dataset
from data.front import CRIMEA_REDRAWN, MapDay, map_of
from data.layers import Feature

# Equal-area projection of every length and area in the dataset.
PROJECTION = "+proj=laea +lat_0=48.5 +lon_0=34 +datum=WGS84 +units=m"

# The stored areas are simplified to about 1 km: what is thinner than this many
# degrees (0.3 to 0.4 km) or smaller than this area is left by simplification.
_OPENING_DEG = 0.004
SMALLEST_KM2 = 5.0

# Between days before and after the redrawing, patches here changed no hands.
_REDRAWN = ("Crimea", "Sevastopol")

# Degrees of latitude. Since May 2022 no stretch drawn lies north of it (the strip
# in Sumy oblast of 2025 and 2026 ends at 51.2).
_NORTH_DEG = 51.4

# Diagonals of the hatch, in degrees of longitude apart.
_HATCH_STEP_DEG = 0.13

_PLANE = pyproj.Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True)


@dataclass(frozen=True, eq=False)
class Patch:
    """One area that changed hands: 'gained' by Russia or 'recovered' by Ukraine."""

    kind: str
    km2: float
    oblast: str
    geometry: BaseGeometry


def to_km(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """WGS 84 degrees → kilometres east and north of 48.5 N 34 E, equal-area."""
    x, y = _PLANE.transform(lon, lat)
    return x / 1000, y / 1000


def area_km2(geometry: BaseGeometry) -> float:
    """Area on the dataset's equal-area projection."""
    plane = shapely.transform(geometry, lambda p: np.column_stack(to_km(*p.T)))
    return float(plane.area)


def patches(data: Dataset, first: str, last: str) -> tuple[Patch, ...]:
    """What changed hands between two stored days of one map, largest first.

    `first` and `last` are dates of the layer occupied_areas. Raises KeyError
    for a date without a map, ValueError for two maps that are not comparable.
    """
    if map_of(first) != map_of(last):
        raise ValueError(f"{first} and {last} are days of different maps")
    return _patches(data.whole or data, first, last)


@lru_cache(maxsize=64)
def _patches(whole: Dataset, first: str, last: str) -> tuple[Patch, ...]:
    held = whole.layer("occupied_areas").by_date
    before, after = _area(held[first]), _area(held[last])
    regions = [
        (str(f["properties"]["name"]), shape(f["geometry"]))
        for f in whole.layer("basemap_oblasts").features
    ]
    redrawn = first < CRIMEA_REDRAWN <= last
    found = []
    for kind, one, other in (("gained", after, before), ("recovered", before, after)):
        difference = shapely.difference(one, other)
        opened = difference.buffer(-_OPENING_DEG).buffer(_OPENING_DEG)
        for part in shapely.get_parts(shapely.intersection(opened, difference)):
            if part.geom_type != "Polygon":
                continue
            size = area_km2(part)
            if size < SMALLEST_KM2:
                continue
            region = _region(part, regions)
            if redrawn and region in _REDRAWN:
                continue
            part = shapely.set_precision(part, 0.001)
            found.append(Patch(kind, round(size, 1), region, part))
    return tuple(sorted(found, key=lambda p: (p.kind, -p.km2)))


def runs_north(data: Dataset, shown: MapDay) -> bool:
    """The line, or what changed hands, runs about Kyiv and Chernihiv: spring 2022."""
    return _north_end(data.whole or data, shown.line, shown.before, shown.area) > (
        _NORTH_DEG
    )


@lru_cache(maxsize=64)
def _north_end(whole: Dataset, line: str, before: str | None, area: str) -> float:
    drawn = [shape(whole.layer("front_lines").by_date[line]["geometry"])]
    if before:
        drawn += [patch.geometry for patch in patches(whole, before, area)]
    return max(geometry.bounds[3] for geometry in drawn)


def _area(feature: Feature) -> BaseGeometry:
    return shapely.make_valid(shape(feature["geometry"]))


def _region(part: BaseGeometry, regions: list[tuple[str, BaseGeometry]]) -> str:
    """The oblast with the largest part of a patch."""
    shared = [(part.intersection(area).area, name) for name, area in regions]
    return max(shared)[1]


@lru_cache(maxsize=2)
def hatch(whole: Dataset) -> MultiLineString:
    """Diagonals over what was held before 24 February 2022."""
    held = shapely.union_all(
        [_area(f) for f in whole.layer("held_before_2022").features]
    )
    west, south, east, north = held.bounds
    # 45° on the map: a degree of latitude is as long as 1.5 degrees of longitude.
    rise = north - south
    run = rise * 1.5
    starts = np.arange(west - run, east, _HATCH_STEP_DEG)
    lines = MultiLineString(
        [LineString([(x, south), (x + run, north)]) for x in starts]
    )
    cut = shapely.intersection(lines, held)
    return MultiLineString([p for p in shapely.get_parts(cut) if p.length > 0])
