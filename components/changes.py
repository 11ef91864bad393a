"""Which page shows a change, for links from lists, feeds and slides."""

from __future__ import annotations

from data.casualties import POPULATIONS
from data.dataset import Dataset


def page_of(data: Dataset, kind: str, ref: str) -> tuple[str, dict[str, str]]:
    """The page ('front') and its parameters for a row of `data.changes.changes`."""
    if kind == "event":
        return "timeline", {"event": ref}
    if kind == "proposal":
        return "positions", {"text": ref}
    if kind == "exchange":
        bodies = ref in set(data["repatriations"]["repatriation_id"])
        return "exchanges", {"what": "bodies"} if bodies else {}
    if kind == "office":
        offices = data["offices"]
        held = offices.loc[offices["office_id"] == ref, "actor_id"]
        return "actors", {"actor": held.iloc[0]}
    if kind == "line":
        return "front", {}
    figures = data["casualty_figures"]
    counted = figures.loc[figures["figure_id"] == ref, "population"].iloc[0]
    shown = next(key for key, p in POPULATIONS.items() if counted in p.tables)
    parameters = {"view": "casualties"}
    if shown != "civilians":
        parameters["population"] = shown
    return "front", parameters
