"""The descriptor `datapackage.json`, the dataset's only schema, as Python values."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER_VARIABLE = "PARLEY_DATA"

# pandas dtypes by the schema's types. Dates stay ISO strings: they compare and
# sort as text, and cutting all tables by day costs a third of what dates cost.
_DTYPE = {"integer": "Int64", "number": "float64", "boolean": "boolean"}


def folder() -> Path:
    """The data folder: the one named by PARLEY_DATA, else the project's own."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).resolve() if named else Path(__file__).resolve().parent


@dataclass(frozen=True)
class Resource:
    """One table or map layer as the descriptor describes it."""

    descriptor: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def path(self) -> str:
        return self.descriptor["path"]

    @property
    def tabular(self) -> bool:
        return "schema" in self.descriptor

    @property
    def known_from(self) -> Mapping[str, Any] | None:
        """The publication rule: which field says when a row became known."""
        return self.descriptor.get("knownFrom")

    @property
    def fields(self) -> list[Mapping[str, Any]]:
        return self.descriptor["schema"]["fields"] if self.tabular else []

    def field(self, name: str) -> Mapping[str, Any]:
        return next(f for f in self.fields if f["name"] == name)

    def labels(self, field: str) -> Mapping[str, str]:
        """An enum's values → its human labels, in the schema's order."""
        return self.field(field).get("enumLabels", {})

    def dtypes(self) -> dict[str, str]:
        return {f["name"]: _DTYPE.get(f["type"], "str") for f in self.fields}

    def read(self, folder: Path) -> pd.DataFrame:
        """The table with the schema's dtypes; missing text is NaN."""
        return pd.read_csv(
            folder / self.path,
            dtype=self.dtypes(),
            keep_default_na=False,
            na_values=[""],
            true_values=["true"],
            false_values=["false"],
        )


@dataclass(frozen=True)
class Package:
    """The whole descriptor."""

    descriptor: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Package:
        text = (folder / "datapackage.json").read_text(encoding="utf-8")
        return cls(json.loads(text))

    @property
    def resources(self) -> tuple[Resource, ...]:
        return tuple(Resource(d) for d in self.descriptor["resources"])

    @property
    def tables(self) -> tuple[Resource, ...]:
        return tuple(r for r in self.resources if r.tabular)

    @property
    def layers(self) -> tuple[Resource, ...]:
        return tuple(r for r in self.resources if not r.tabular)

    def __getitem__(self, name: str) -> Resource:
        return next(r for r in self.resources if r.name == name)
