"""What changed between two days, as a news feed and as JSON.

Both take `since` (without it the 30 days before), `as_of` and `kind`, which may
be repeated. An entry links to the page as it stood on the as-of date.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from components.changes import page_of
from components.charts.chart import MAP_CREDIT
from data.changes import KINDS, changes, said
from data.dataset import Dataset, dataset
from data.overview import SPAN, days_before
from data.words import ids
from server import atom
from server.address import address
from server.answer import answer
from server.atom import query_of
from server.parameters import (
    Refused,
    among,
    answered,
    day_within,
    expect_only,
    parse_day,
    single,
)

_PARAMETERS = ("as_of", "since", "kind")

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "event": "Event",
        "proposal": "Text",
        "exchange": "Exchange",
        "figure": "New count",
        "revision": "Revised count",
        "office": "Office",
        "line": "Front line",
    }
)


@dataclass(frozen=True)
class Asked:
    """A request: the same value gives the same bytes. `since` is an ISO day."""

    since: str
    kinds: tuple[str, ...]
    base: str
    query: tuple[tuple[str, str], ...]


@answered
def news(request: Request) -> Response:
    """`/changes.atom`: the newest changes first."""
    return _answer(request, _atom, atom.MEDIA_TYPE, "atom")


@answered
def rows(request: Request) -> Response:
    """`/changes.json`: the same rows, by kind and day."""
    return _answer(request, _json, "application/json", "json")


def _answer(
    request: Request, write: Callable[[Dataset, Asked], bytes], kind: str, form: str
) -> Response:
    expect_only(request, _PARAMETERS, many=("kind",))
    day = parse_day(request)
    asked = Asked(
        since=_since(request, day),
        kinds=tuple(
            sorted(
                {
                    among("kind", value, KINDS)
                    for value in request.query_params.getlist("kind")
                }
            )
        ),
        base=address(request),
        query=tuple(sorted(request.query_params.multi_items())),
    )
    body = write(dataset().as_of(day), asked)
    return answer(request, body, kind, filename=f"parley-changes.{form}")


def _since(request: Request, day: str) -> str:
    """The day (ISO) after which a change counts, never after the as-of date."""
    first = dataset().first_day
    value = single(request, "since")
    if value is None:
        return max(days_before(day, SPAN), first)
    since = day_within("since", value, first, dataset().closing.latest)
    if since > day:
        raise Refused("since", since, expected=f"a date up to the as-of date, {day}")
    return since


def _found(cut: Dataset, asked: Asked) -> pd.DataFrame:
    table = changes(cut, asked.since)
    return table[table["kind"].isin(asked.kinds)] if asked.kinds else table


@lru_cache(maxsize=16)
def _atom(cut: Dataset, asked: Asked) -> bytes:
    found = _found(cut, asked).sort_values("day", ascending=False, kind="stable")
    feed = atom.feed(
        tag=f"changes{query_of(asked.query)}",
        title="Parley: what changed",
        subtitle=f"{said(cut, asked.since)}. Dataset {cut.version}.",
        updated=found["day"].max() if len(found) else cut.day,
        rights=cut.package.descriptor["licenses"][0]["title"],
    )
    own = f"{asked.base}/changes.atom{query_of(asked.query)}"
    dated = [(n, v) for n, v in asked.query if n == "as_of"]
    shown = query_of([*dated, ("since", asked.since)])
    atom.add_link(feed, "self", own, "application/atom+xml")
    atom.add_link(feed, "alternate", f"{asked.base}/{shown}", "text/html")
    for row in found.itertuples(index=False):
        credit = f" {MAP_CREDIT}" if row.kind == "line" else ""
        # The line's change is one of two days; any other is of its own day.
        when = f"{asked.since}/{cut.day}" if row.kind == "line" else row.day
        atom.add_entry(
            feed,
            tag=f"change/{row.kind}/{row.ref}/{when}",
            title=row.text,
            published=row.day,
            updated=row.day,
            page=_page(cut, asked, row.kind, row.ref),
            sources=atom.linked_sources(cut, row.source_ids),
            categories=((_NAMES[row.kind], "change"),),
            summary=f"{row.detail or row.text}.{credit}",
        )
    return atom.written(feed)


@lru_cache(maxsize=16)
def _json(cut: Dataset, asked: Asked) -> bytes:
    found = _found(cut, asked)
    listed = [
        {
            **row,
            "source_ids": [i for i in ids(row["source_ids"]) if i in cut.sources],
            "page": _page(cut, asked, row["kind"], row["ref"]),
        }
        for row in found.to_dict("records")
    ]
    told = {
        "since": asked.since,
        "as_of": cut.day,
        "version": cut.version,
        "said": said(cut, asked.since),
        "changes": listed,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _page(cut: Dataset, asked: Asked, kind: str, ref: str) -> str:
    """The address of the page that shows a change, as of the day of the request."""
    page, parameters = page_of(cut, kind, ref)
    return f"{asked.base}/{page}{query_of({**parameters, 'as_of': cut.day}.items())}"
