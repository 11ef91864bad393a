"""The dates that every reader knows."""

from __future__ import annotations

from typing import NamedTuple

from data.dataset import Dataset


class TurningPoint(NamedTuple):
    event_id: str
    day: str
    label: str


def turning_points(whole: Dataset) -> list[TurningPoint]:
    """Events marked `turning_point`, in order of date, under their short titles."""
    events = whole["events"]
    marked = events[events["turning_point"].fillna(False)].sort_values("start_date")
    columns = marked[["event_id", "start_date", "short_title"]]
    return [TurningPoint(*row) for row in columns.itertuples(index=False)]
