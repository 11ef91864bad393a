"""The pages behind the dataset: the register, what rests on it, and how evenly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.dataset import Dataset
from data.published import published
from data.words import ids

# A month with fewer than this share of the usual number is called thin.
THIN = 0.5


@lru_cache(maxsize=8)
def register(data: Dataset) -> pd.DataFrame:
    """One row a page known on the day, the newest first, undated pages last.

    Columns of `sources`, and kind_label, language_label, seen_label, rows (how
    many of the dataset's rows name the page).
    """
    rows = published(data, "sources")
    used = _uses(data)
    labelled = {
        f"{field}_label": rows[field].map(data.labels("sources", field))
        for field in ("kind", "language", "seen")
    }
    rows = rows.assign(
        **labelled, rows=rows["source_id"].map(used).fillna(0).astype(int)
    )
    return rows.sort_values(
        ["published", "publisher", "source_id"],
        ascending=[False, True, True],
        na_position="last",
    ).reset_index(drop=True)


def _uses(data: Dataset) -> pd.Series:
    """Page → how many rows of all tables name it."""
    named = []
    for resource in data.package.tables:
        for field in resource.fields:
            if (field.get("listOf") or {}).get("resource") == "sources":
                lists = data[resource.name][field["name"]].dropna()
                named.append(lists.str.split(field["delimiter"]).explode())
        for key in resource.descriptor["schema"].get("foreignKeys", ()):
            if key["reference"]["resource"] == "sources":
                named.append(data[resource.name][key["fields"]].dropna())
    return pd.concat(named, ignore_index=True).value_counts()


def found(
    data: Dataset,
    words: str = "",
    publishers: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    seen: tuple[str, ...] = (),
) -> pd.DataFrame:
    """The rows of `register` that hold every word, in any of the chosen values."""
    rows = register(data)
    chosen = {
        "publisher": publishers,
        "kind": kinds,
        "language": languages,
        "seen": seen,
    }
    for field, values in chosen.items():
        if values:
            rows = rows[rows[field].isin(values)]
    text = _searchable(data).loc[rows.index]
    for word in words.casefold().split():
        text = text[text.str.contains(word, regex=False)]
    return rows.loc[text.index]


@lru_cache(maxsize=8)
def _searchable(data: Dataset) -> pd.Series:
    rows = register(data)
    fields = ["publisher", "title", "url", "language", "language_label"]
    return rows[fields].fillna("").agg(" ".join, axis=1).str.casefold()


def publishers(data: Dataset) -> list[str]:
    """Every publisher once, in order of the alphabet."""
    return sorted(register(data)["publisher"].unique(), key=str.casefold)


@lru_cache(maxsize=16)
def events_by_sources(data: Dataset) -> pd.DataFrame:
    """How many events rest on how many pages known on the day.

    One row a number of pages: pages, confirmed, candidate (events). Zero pages
    are events whose pages were all published later.
    """
    events = data["events"]
    known = frozenset(register(data)["source_id"])
    pages = events["source_ids"].map(lambda value: len(known.intersection(ids(value))))
    table = pd.crosstab(pages, events["status"]).reindex(
        columns=["confirmed", "candidate"], fill_value=0
    )
    return table.rename_axis(index="pages", columns=None).reset_index()


@dataclass(frozen=True)
class Kind:
    """A kind of row that is counted by month, by the field that dates it."""

    table: str
    field: str
    label: str


COUNTED = (
    Kind("events", "start_date", "Events"),
    Kind("casualty_figures", "published", "Casualty figures published"),
    Kind("sources", "published", "Pages published"),
)


@lru_cache(maxsize=16)
def coverage(data: Dataset) -> pd.DataFrame:
    """Rows by month and kind, every month from February 2022 to the day's.

    Columns: month (YYYY-MM), kind (a label of `COUNTED`), count, thin (fewer
    than half the median of the kind's full months; never the first and the last
    month, of which the record holds only a part). Rows without a date, and
    older ones, are left out: `outside` counts them.
    """
    months = pd.period_range("2022-02", data.day[:7], freq="M").astype(str)
    parts = []
    for kind in COUNTED:
        counts = data[kind.table][kind.field].str[:7].value_counts()
        counts = counts.reindex(months, fill_value=0)
        full = (months > months[0]) & (months < data.day[:7])
        limit = counts[full].median() * THIN if full.any() else 0
        parts.append(
            pd.DataFrame(
                {
                    "month": months,
                    "kind": kind.label,
                    "count": counts.to_numpy(int),
                    "thin": (counts < limit).to_numpy() & full,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def outside(data: Dataset) -> Mapping[str, int]:
    """Kind → rows that no month of `coverage` holds."""
    counted = coverage(data).groupby("kind")["count"].sum()
    return {
        kind.label: len(data[kind.table]) - int(counted[kind.label]) for kind in COUNTED
    }
