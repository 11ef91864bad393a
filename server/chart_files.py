"""A chart's numbers and what is known about them, as files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from components.charts.chart import BASEMAP_CREDIT, Words, catalogue
from components.citation import COMPILER, cite
from components.view import View
from data.dataset import Dataset, dataset
from data.words import ids, listing
from server.tabular import for_programs, json_rows, safe_csv

_ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")

# Columns that say when a row holds, the most telling first.
_WHEN = (
    *("date", "period_end", "published", "said_on", "start_date", "month", "as_of"),
    *("latest", "last", "day"),
)

# Units of what is measured. All else is counted, in whole numbers.
_MEASURED = {"km", "miles", "km²", "sq mi", "%"}


@dataclass(frozen=True)
class Numbers:
    """A chart without its drawing.

    `sources`: id → citation, of the ids in it; `maps`: the same of the map data
    that its source line names.
    """

    frame: pd.DataFrame
    words: Words
    summary: str
    columns: Mapping[str, str]
    sources: Mapping[str, str]
    maps: Mapping[str, str]


@lru_cache(maxsize=64)
def numbers(name: str, view: View) -> Numbers:
    """The chart's rows and words. Raises KeyError for an unknown chart."""
    chart = catalogue()[name]
    cut = dataset().as_of(view.as_of)
    frame = chart.frame(cut, view)
    words = chart.words(frame, view)
    return Numbers(
        frame=frame,
        words=words,
        summary=chart.summary(frame, view),
        columns=chart.COLUMNS,
        sources=_cited(frame, cut),
        maps=_maps(words, dataset()),
    )


def csv(name: str, view: View) -> bytes:
    """The rows drawn, under their headings, with ids and citations of the sources."""
    found = numbers(name, view)
    shown = _rows(name, found).rename(columns=dict(found.columns))
    if "source_ids" in found.frame:
        lists = found.frame["source_ids"].map(lambda value: _known(value, found))
        shown = shown.assign(
            **{
                "source_ids": lists.map(";".join),
                "Sources": lists.map(
                    lambda known: "; ".join(found.sources[i] for i in known)
                ),
            }
        )
    return safe_csv(shown)


def rows_json(name: str, view: View) -> bytes:
    """The rows drawn by their field names, with headings and resolved sources."""
    found = numbers(name, view)
    shown = _rows(name, found)
    if "source_ids" in found.frame:
        lists = found.frame["source_ids"].map(lambda value: _known(value, found))
        shown = shown.assign(source_ids=lists)
    return _dumped(
        {
            "chart": name,
            "title": found.words.title,
            "subtitle": found.words.subtitle,
            "as_of": view.as_of,
            "version": dataset().version,
            "units": view.units,
            "options": _options(view),
            "columns": dict(found.columns),
            "count": len(shown),
            "rows": json_rows(shown),
            "sources": {**found.sources, **found.maps},
        }
    )


def metadata(name: str, view: View, link: str) -> bytes:
    """What a reader must know to use the chart and to cite it."""
    found = numbers(name, view)
    whole = dataset()
    cited = cite(
        title=found.words.title,
        source=found.words.source,
        version=whole.version,
        as_of=view.as_of,
        address=link,
    )
    author = listing(a["literal"] for a in json.loads(cited["csl"])[0]["author"])
    compiled = "" if author == COMPILER else f", compiled by {COMPILER}"
    return _dumped(
        {
            "chart": name,
            "title": found.words.title,
            "about": catalogue()[name].TITLE,
            "subtitle": found.words.subtitle,
            "note": found.words.note,
            "source": found.words.source,
            "summary": found.summary,
            "unit": _unit(name, found.frame),
            "columns": _described(found, whole),
            "rows": len(found.frame),
            "sources": [
                {"source_id": source_id, "citation": citation}
                for source_id, citation in {**found.sources, **found.maps}.items()
            ],
            "licenses": whole.package.descriptor["licenses"],
            "rights": _rights(found.words, whole),
            "as_of": view.as_of,
            "last_row": _last_day(found.frame),
            "version": whole.version,
            "units": view.units,
            "options": _options(view),
            "citation_short": f"{author} ({view.as_of[:4]}){compiled}",
            "citation_long": cited["plain"],
            "url": link,
        }
    )


@lru_cache(maxsize=64)
def figure_json(name: str, view: View) -> bytes:
    """Plotly's JSON of the chart, laid out for the view's width."""
    chart = catalogue()[name]
    frame = chart.frame(dataset().as_of(view.as_of), view)
    return chart.figure(frame, view).to_json().encode()


def _rows(name: str, found: Numbers) -> pd.DataFrame:
    """The columns of the chart's table, as programs read them."""
    units = set((_unit(name, found.frame) or "").split(", "))
    counted = "" not in units and units.isdisjoint(_MEASURED)
    return for_programs(found.frame[list(found.columns)], counted=counted)


def _known(value: object, found: Numbers) -> list[str]:
    return [i for i in dict.fromkeys(ids(value)) if i in found.sources]


def _cited(frame: pd.DataFrame, cut: Dataset) -> Mapping[str, str]:
    """Only pages known by the day: a later one would tell what came later."""
    if "source_ids" not in frame:
        return {}
    named = dict.fromkeys(i for value in frame["source_ids"] for i in ids(value))
    return {i: _citation(cut.sources[i]) for i in named if i in cut.sources}


def _maps(words: Words, whole: Dataset) -> Mapping[str, str]:
    """The package's own sources that the source line credits, by their addresses.

    Rows of map data name no pages: the maps they were measured on stand for them.
    """
    return {
        re.sub(r"[^a-z0-9]+", "-", source["title"].lower()).strip("-"): (
            f"{source['title']}. {source['path']}"
        )
        for source in whole.package.descriptor["sources"]
        if "path" in source and _credited(source["title"], words.source)
    }


def _credited(title: str, said: str) -> bool:
    """An archive of a map is credited with the map, by the first word of its name."""
    mark = "ISW" if title.startswith("Institute for the Study") else title.split()[0]
    return mark in said


def _citation(source: Mapping[str, Any]) -> str:
    published = source["published"]
    dated = f", {published}" if isinstance(published, str) else ", no date"
    return f"{source['publisher']}, “{source['title']}”{dated}. {source['url']}"


def _unit(name: str, frame: pd.DataFrame) -> str | None:
    """The chart's one unit or those of its rows; else the columns' headings say it."""
    unit = frame.attrs.get("unit") or getattr(catalogue()[name], "UNIT", None)
    if unit is not None:
        return unit
    if "unit" not in frame:
        return None
    return ", ".join(dict.fromkeys(frame["unit"].dropna().astype(str))) or None


def _described(found: Numbers, whole: Dataset) -> list[dict[str, str]]:
    """A table's own words only where the rows are those of one table: a column of the
    same name elsewhere may mean something else. The heading then says all."""
    held = [
        {field["name"]: field for field in resource.fields}
        for resource in whole.package.tables
        if {field["name"] for field in resource.fields} <= set(found.frame)
    ]
    fields = held[0] if len(held) == 1 else {}
    return [
        {
            "name": name,
            "title": heading,
            "description": fields[name]["description"]
            if name in fields and heading.startswith(fields[name]["title"])
            else heading,
        }
        for name, heading in found.columns.items()
    ]


def _rights(words: Words, whole: Dataset) -> list[str]:
    """What the drawn map layers ask for, where the chart draws any."""
    if BASEMAP_CREDIT not in words.source:
        return []
    said = (layer.descriptor.get("rights", "") for layer in whole.package.layers)
    return [text for text in dict.fromkeys(said) if text]


def _last_day(frame: pd.DataFrame) -> str | None:
    """The last day, or month, that a row is about; None where rows have neither."""
    for column in _WHEN:
        if column in frame:
            days = [v for v in frame[column].dropna() if _ISO_DATE.fullmatch(str(v))]
            if days:
                return str(max(map(str, days)))
    return None


def _options(view: View) -> dict[str, object]:
    return dict(view.options)


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str).encode()
