"""Who held which office on a day."""

from __future__ import annotations

import pandas as pd

from data.dataset import Dataset


def held_on(data: Dataset, day: str) -> pd.DataFrame:
    """The offices held on `day` (ISO): columns as in the table `offices`, oldest first.

    An office ends on its end date; a period known to the month or year holds
    from its first to its last day. An empty end means last known, so it is
    held from its start on.
    """
    offices = data["offices"]
    ends = pd.to_datetime(offices["end_date"])
    month_end = (ends + pd.offsets.MonthEnd(0)).dt.strftime("%Y-%m-%d")
    last = offices["end_date"].where(offices["date_precision"] != "month", month_end)
    held = (offices["start_date"] <= day) & (last.isna() | (last >= day))
    return offices[held].sort_values("start_date")


def titles_on(data: Dataset, day: str) -> dict[str, str]:
    """Actor id → the titles held on `day`, the newest first, joined by '; '."""
    held = held_on(data, day).iloc[::-1]
    return held.groupby("actor_id", sort=False)["title"].agg("; ".join).to_dict()
