"""The tables and the whole data package, as files."""

from __future__ import annotations

import copy
import difflib
import io
import json
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from data.dataset import Dataset, dataset
from data.package import Resource, folder
from data.published import published
from server.answer import answer
from server.parameters import answered, expect_only, parse_day
from server.problem import problem
from server.tabular import json_rows, named_with_unit, safe_csv

_LICENCE = "LICENSE.md"
# A file's date in the zip would change its bytes; this is the zip format's first.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@answered
def table(request: Request) -> Response:
    """A table as it was known on the as-of date: `.csv`, or `.json` with its schema."""
    name, form = request.path_params["name"], request.path_params["form"]
    whole = dataset()
    if form not in _FORMS:
        return _unknown("form", "There is no such form of a table", form, _FORMS)
    names = [resource.name for resource in whole.package.tables]
    if name not in names:
        return _unknown("table", "There is no such table", name, names)
    expect_only(request, ("as_of",))
    day = parse_day(request)
    write, media_type = _FORMS[form]
    dated = "" if day == whole.closing.latest else f"-as-of-{day}"
    return answer(
        request,
        write(whole.as_of(day), name),
        media_type,
        filename=f"parley-{name.replace('_', '-')}{dated}.{form}",
        download=form == "csv",
    )


@answered
def layer(request: Request) -> Response:
    """A map layer's file, as the descriptor names it."""
    expect_only(request, ())
    name = request.path_params["layer"]
    paths = {r.name: r.path for r in dataset().package.layers}
    if name not in paths:
        return _unknown("layer", "There is no such layer", name, paths)
    body = _file(folder() / paths[name])
    return answer(request, body, "application/geo+json")


@answered
def descriptor(request: Request) -> Response:
    """`datapackage.json` for what this server gives: paths beside it resolve here."""
    expect_only(request, ())
    return answer(request, _descriptor(dataset()), "application/json")


@answered
def archive(request: Request) -> Response:
    """The whole data package, file by file as it is kept, with its licence."""
    expect_only(request, ())
    whole = dataset()
    return answer(
        request,
        _archive(whole),
        "application/zip",
        filename=f"parley-{whole.version}.zip",
        download=True,
    )


@lru_cache(maxsize=32)
def _csv(cut: Dataset, name: str) -> bytes:
    units = {f["name"]: f.get("unit", "") for f in cut.package[name].fields}
    return safe_csv(published(cut, name), units)


@lru_cache(maxsize=32)
def _json(cut: Dataset, name: str) -> bytes:
    resource = cut.package[name]
    rows = json_rows(published(cut, name))
    members = ("name", "title", "description", "type", "unit", "enumLabels")
    return _dumped(
        {
            "table": name,
            "title": resource.descriptor["title"],
            "description": resource.descriptor["description"],
            "as_of": cut.day,
            "version": cut.version,
            "licenses": _licences(cut, resource),
            "fields": [{m: f[m] for m in members if m in f} for f in resource.fields],
            "count": len(rows),
            "rows": rows,
        }
    )


_FORMS = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json"),
}


@lru_cache(maxsize=2)
def _descriptor(whole: Dataset) -> bytes:
    """Columns named as in the CSV files of this server, with their units."""
    described = copy.deepcopy(dict(whole.package.descriptor))
    for resource in described["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            field["name"] = named_with_unit(field["name"], field.get("unit", ""))
    return _dumped(described)


@lru_cache(maxsize=1)
def _archive(whole: Dataset) -> bytes:
    """The same bytes for the same dataset: fixed order, no dates, no file modes."""
    root = folder()
    paths = ["datapackage.json", _LICENCE, *(r.path for r in whole.package.resources)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in paths:
            if (root / path).is_file():
                entry = zipfile.ZipInfo(path, _NO_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, (root / path).read_bytes())
    return buffer.getvalue()


@lru_cache(maxsize=8)
def _file(path: Path) -> bytes:
    return path.read_bytes()


def _licences(whole: Dataset, resource: Resource) -> Any:
    own = resource.descriptor.get("licenses")
    return own or whole.package.descriptor["licenses"]


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def _unknown(parameter: str, title: str, asked: str, known: Iterable[str]) -> Response:
    known = sorted(known)
    return problem(
        404,
        title,
        parameter=parameter,
        value=asked[:80],
        allowed=known,
        near=difflib.get_close_matches(
            asked[:80].lower().replace("-", "_"), known, n=3
        ),
    )
