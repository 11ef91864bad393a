"""The basemap on the equal-area plane, in kilometres, for vector drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from shapely import clip_by_rect, get_parts, make_valid, union_all
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from data.dataset import Dataset
from data.front_shapes import hatch, to_km

Path = tuple[np.ndarray, np.ndarray]

# West, south, east, north in degrees.
_EXTENT = (20, 41.5, 49, 55)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Drawn paths by name: x and y in km, NaN between rings. Never changed."""

    paths: Mapping[str, Path]

    def __deepcopy__(self, memo: dict) -> Shapes:
        # pandas copies a frame's attrs with every column taken from it.
        return self


def path(geometries: Iterable[Mapping[str, Any]]) -> Path:
    """GeoJSON geometries as one path: every ring or line, NaN between them."""
    rings = [np.asarray(r, float)[:, :2] for g in geometries for r in _rings(g)]
    if not rings:
        return np.empty(0), np.empty(0)
    points = np.concatenate(rings)
    ends = np.cumsum([len(r) for r in rings])[:-1]
    x, y = to_km(points[:, 0], points[:, 1])
    # Metres are invisible at any size of the drawing and would double its bytes.
    return np.insert(x.round(1), ends, np.nan), np.insert(y.round(1), ends, np.nan)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Any]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        yield coordinates
    elif kind in ("MultiLineString", "Polygon"):
        yield from coordinates
    else:
        for polygon in coordinates:
            yield from polygon


@lru_cache(maxsize=2)
def basemap(whole: Dataset) -> Mapping[str, Path]:
    """What no date changes: countries, Ukraine, oblast borders, hatch."""
    return {
        "countries": path(_clipped(whole, "basemap_countries")),
        "oblasts": path(_clipped(whole, "basemap_oblasts")),
        "hatch": path([mapping(hatch(whole))]),
        "outline": path([mapping(_outline(whole))]),
    }


def _outline(whole: Dataset) -> BaseGeometry:
    """Ukraine as one shape, for a drawing the size of a stamp: 0.08° are 7 km."""
    oblasts = [shape(f["geometry"]) for f in whole.layer("basemap_oblasts").features]
    return union_all([make_valid(o) for o in oblasts]).buffer(0.02).simplify(0.08)


def _clipped(whole: Dataset, layer: str) -> list[Mapping[str, Any]]:
    """A layer's polygons within what any drawing shows, a little generously."""
    cut = [
        clip_by_rect(make_valid(shape(f["geometry"])), *_EXTENT)
        for f in whole.layer(layer).features
    ]
    polygons = [p for part in cut for p in get_parts(part) if p.geom_type == "Polygon"]
    return [mapping(orient(p)) for p in polygons]


@lru_cache(maxsize=64)
def dated(whole: Dataset, layer: str, date: str) -> Path:
    """The snapshot of a dated layer."""
    return path([whole.layer(layer).by_date[date]["geometry"]])
