"""Map layers by URL: a slider step of the map costs the browser one small file."""

from __future__ import annotations

import difflib
import json
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from data.dataset import Dataset, dataset
from data.layers import Feature
from server.problem import problem

# The dataset's version is in each ETag; a day lets a changed dataset through.
_CACHE = "public, max-age=86400"


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
    return _answer(request, whole, name, "")


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
    return _answer(request, whole, name, date)


def _answer(request: Request, whole: Dataset, name: str, date: str) -> Response:
    tag = f'"{whole.version}-{name}-{date}"'
    headers = {"etag": tag, "cache-control": _CACHE}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(
        _body(whole, name, date), media_type="application/geo+json", headers=headers
    )


@lru_cache(maxsize=256)
def _body(whole: Dataset, name: str, date: str) -> bytes:
    held = whole.layer(name)
    features: tuple[Feature, ...] = (held.by_date[date],) if date else held.features
    collection = {"type": "FeatureCollection", "features": features}
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
