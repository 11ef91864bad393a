"""A synthetic dataset many times as large, valid by the same checks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

# Tables whose rows a page filters or draws, with the columns that hold their own
# key; copies get new keys and keep everything else.
_GROWN = {
    "events": "event_id",
    "event_participants": None,
    "casualty_figures": "figure_id",
    "sources": "source_id",
    "actors": "actor_id",
    "offices": "office_id",
    "quotes": "quote_id",
}


def grow(source: Path, target: Path, times: int) -> None:
    """Copy the data folder and repeat the rows of the growing tables `times` times."""
    shutil.copytree(source / "tables", target / "tables")
    shutil.copytree(source / "geo", target / "geo")
    shutil.copy(source / "datapackage.json", target)
    for name, key in _GROWN.items():
        path = target / "tables" / f"{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        copies = [table]
        for i in range(1, times):
            copy = table.copy()
            if key:
                copy[key] = copy[key] + f"-x{i}"
            else:
                copy["event_id"] = copy["event_id"] + f"-x{i}"
            if name == "offices":
                copy["actor_id"] = copy["actor_id"] + f"-x{i}"
            if name == "events":
                copy["turning_point"] = "false"
            copies.append(copy)
        pd.concat(copies).to_csv(path, index=False)
