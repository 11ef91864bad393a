"""Map layers by URL: a slider step of the map costs the browser one small file."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache

from shapely import set_precision
from shapely.geometry import mapping
from starlette.requests import Request
from starlette.responses import Response

from components.view import KM_PER_MILE
from data.dataset import Dataset, dataset
from data.front_shapes import hatch, patches
from data.layers import Feature
from data.words import number
from server.answer import held
from server.parameters import answered
from server.problem import problem

# The dataset's version is in each ETag; a day lets a changed dataset through.
_CACHE = "public, max-age=86400"

_KIND = {"gained": "Gained by Russia", "recovered": "Recovered by Ukraine"}


@answered
def layer(request: Request) -> Response:
    """An undated layer whole, as a FeatureCollection."""
    whole = dataset()
    name = request.path_params["layer"]
    if name not in whole.layers:
        return _unknown_layer(name, whole)
    if whole.layer(name).dates:
        return problem(
            404,
            "This layer is dated",
            parameter="date",
            expected=f"/geo/{name}/YYYY-MM-DD.json",
        )
    return _answer(request, whole, name, "", _body, name, "")


@answered
def snapshot(request: Request) -> Response:
    """The snapshot of one date, as a FeatureCollection of one feature."""
    whole = dataset()
    name, date = request.path_params["layer"], request.path_params["date"]
    if name not in whole.layers:
        return _unknown_layer(name, whole)
    held = whole.layer(name)
    if date not in held.by_date:
        near = held.date_on(date)
        return problem(
            404,
            "No snapshot of this date",
            parameter="date",
            value=date[:40],
            expected="the date of a snapshot",
            nearest_before=near,
        )
    return _answer(request, whole, name, date, _body, name, date)


@answered
def change(request: Request) -> Response:
    """What changed hands between two stored days, as a FeatureCollection.

    Each feature says kind (gained by Russia, recovered by Ukraine), km2, oblast
    and a label.
    """
    whole = dataset()
    first, last = request.path_params["first"], request.path_params["last"]
    held = whole.layer("occupied_areas")
    for parameter, date in (("from", first), ("to", last)):
        if date not in held.by_date:
            return problem(
                404,
                "No snapshot of this date",
                parameter=parameter,
                value=date[:40],
                expected="the date of a snapshot of occupied_areas",
                nearest_before=held.date_on(date),
            )
    if first >= last:
        return problem(
            400,
            "The second date must be later than the first",
            parameter="to",
            value=last,
            expected=f"a date after {first}",
        )
    try:
        patches(whole, first, last)
    except ValueError:
        return problem(
            400,
            "The two dates are of different maps, which are not differenced",
            parameter="from",
            value=first,
            expected="two dates before 16 May 2022, or two from that day on",
        )
    return _answer(
        request, whole, "change", f"{first}-{last}", _change_body, first, last
    )


@answered
def held_before(request: Request) -> Response:
    """Diagonals over what was held before 24 February 2022."""
    return _answer(request, dataset(), "hatch", "", _hatch_body)


def _answer(
    request: Request,
    whole: Dataset,
    name: str,
    date: str,
    body: Callable[..., bytes],
    *of: str,
) -> Response:
    tag = f"{whole.version}-{name}-{date}"
    headers = {
        "etag": f'"{tag}"',
        "cache-control": _CACHE,
        "access-control-allow-origin": "*",
    }
    if held(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(
        body(whole, *of), media_type="application/geo+json", headers=headers
    )


@lru_cache(maxsize=256)
def _body(whole: Dataset, name: str, date: str) -> bytes:
    held = whole.layer(name)
    return _collection((held.by_date[date],) if date else held.features)


@lru_cache(maxsize=64)
def _change_body(whole: Dataset, first: str, last: str) -> bytes:
    return _collection(
        {
            "type": "Feature",
            "properties": {
                "kind": patch.kind,
                "km2": patch.km2,
                "oblast": patch.oblast,
                "label": f"{_KIND[patch.kind]}, {number(patch.km2)} km² "
                f"({number(patch.km2 / KM_PER_MILE**2)} sq mi), {patch.oblast}",
            },
            "geometry": mapping(patch.geometry),
        }
        for patch in patches(whole, first, last)
    )


@lru_cache(maxsize=2)
def _hatch_body(whole: Dataset) -> bytes:
    geometry = mapping(set_precision(hatch(whole), 0.001))
    return _collection([{"type": "Feature", "properties": {}, "geometry": geometry}])


def _collection(features: Iterable[Feature]) -> bytes:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False).encode()


def _unknown_layer(name: str, whole: Dataset) -> Response:
    return problem(
        404,
        "No such layer",
        parameter="layer",
        value=name[:40],
        allowed=sorted(whole.layers),
        near=difflib.get_close_matches(name, whole.layers, n=3),
    )
