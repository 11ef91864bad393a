"""A table as it leaves the building: the schema's columns, nothing that came later.

The cut (`Dataset.as_of`) leaves rows out. What is handed over as a file must
also not name, in a row that is kept, a page or a person of a later day.
"""

from __future__ import annotations

import re

import pandas as pd

from data.dataset import Dataset

_ISO_DATE = re.compile(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b")


def published(dataset: Dataset, table: str) -> pd.DataFrame:
    """The rows known on the dataset's day, with exactly the columns of the schema.

    Ids of sources and actors not yet known are taken out of the lists that name
    them, so a list is empty where every page behind the row came later. On the
    latest day the rows are those of the file.
    """
    resource = dataset.package[table]
    rows = dataset[table][[field["name"] for field in resource.fields]]
    if table == "events":
        # The app reads summary and sequel as one text; the table has them apart.
        events = dataset[table]
        first = events["summary_at_first"]
        told = first.mask(events["in_progress"], events["summary"])
        rows = rows.assign(summary=told)
    if dataset.whole is None:
        return rows
    if table == "sources":
        rows = rows[~_names_a_later_day(rows, dataset.day)]
    for field in resource.fields:
        target = (field.get("listOf") or {}).get("resource")
        if target:
            known = _known(dataset, target, field["listOf"]["field"])
            rows = rows.assign(
                **{field["name"]: _kept(rows[field["name"]], known, field["delimiter"])}
            )
    return rows.reset_index(drop=True)


def _names_a_later_day(sources: pd.DataFrame, day: str) -> pd.Series:
    """Undated pages whose title or address gives a day after `day`."""
    text = sources[["source_id", "title", "url"]].fillna("").agg(" ".join, axis=1)
    later = text.map(lambda t: max(_ISO_DATE.findall(t), default="") > day)
    return sources["published"].isna() & later


def _known(dataset: Dataset, table: str, field: str) -> frozenset[str]:
    rows = dataset[table]
    if table == "sources":
        rows = rows[~_names_a_later_day(rows, dataset.day)]
    return frozenset(rows[field])


def _kept(column: pd.Series, known: frozenset[str], delimiter: str) -> pd.Series:
    def kept(value: object) -> object:
        if not isinstance(value, str):
            return value
        return delimiter.join(i for i in value.split(delimiter) if i in known) or None

    return column.map(kept).astype("str")
