"""The data dictionary: the descriptor as tables that a reader can follow."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.dataset import Dataset
from data.package import Resource
from data.published import published


@lru_cache(maxsize=8)
def contents(data: Dataset) -> pd.DataFrame:
    """One row a table or map layer, in the descriptor's order.

    Columns: name, title, tabular, known (rows or features known on the day),
    whole (in the whole dataset), known_by (what dates a row, in words).
    """
    whole = data.whole or data
    rows = []
    for resource in data.package.resources:
        if resource.tabular:
            known = len(published(data, resource.name))
            all_ = len(whole[resource.name])
        else:
            known = len(data.layer(resource.name).features)
            all_ = len(whole.layer(resource.name).features)
        rows.append(
            {
                "name": resource.name,
                "title": resource.descriptor["title"],
                "tabular": resource.tabular,
                "known": known,
                "whole": all_,
                "known_by": known_by(resource),
            }
        )
    return pd.DataFrame(rows)


def known_by(resource: Resource) -> str:
    """The publication rule in words: what says when a row became known."""
    rule = resource.known_from
    if rule is None:
        return "not cut by date"
    if "through" in rule:
        parent = rule["through"]["resource"]
        return f"known with its row in {parent}"
    return f"known from {rule['field']}"


def fields(resource: Resource) -> pd.DataFrame:
    """One row a field: name, type, unit, meaning, values, rules, key."""
    return pd.DataFrame(
        [
            {
                "name": field["name"],
                "type": field["type"],
                "unit": field.get("unit", ""),
                "meaning": field["description"],
                "values": _values(field),
                "rules": _rules(field),
                "key": _key(resource, field),
            }
            for field in resource.fields
        ]
    )


def _values(field: dict) -> str:
    labels = field.get("enumLabels", {})
    allowed = field.get("constraints", {}).get("enum", list(labels))
    return "; ".join(
        f"{value} ({labels[value]})" if value in labels else str(value)
        for value in allowed
    )


def _rules(field: dict) -> str:
    constraints = field.get("constraints", {})
    said = []
    if constraints.get("required"):
        said.append("never empty")
    if constraints.get("unique"):
        said.append("unique")
    if "minimum" in constraints:
        said.append(f"at least {constraints['minimum']}")
    if "maximum" in constraints:
        said.append(f"at most {constraints['maximum']}")
    if "maxLength" in constraints:
        said.append(f"at most {constraints['maxLength']} characters")
    if "pattern" in constraints:
        said.append(f"pattern {constraints['pattern']}")
    return "; ".join(said)


def _key(resource: Resource, field: dict) -> str:
    schema, name = resource.descriptor["schema"], field["name"]
    said = []
    if name in _names(schema.get("primaryKey", ())):
        said.append("primary key")
    for key in schema.get("foreignKeys", ()):
        if name in _names(key["fields"]):
            # An empty resource means the table itself, as the standard has it.
            target = key["reference"]["resource"] or resource.name
            said.append(f"→ {target}.{_names(key['reference']['fields'])[0]}")
    listed = field.get("listOf")
    if listed:
        divider = field["delimiter"]
        said.append(
            f"list of {listed['resource']}.{listed['field']}, divided by {divider}"
        )
    return "; ".join(said)


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
