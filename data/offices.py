"""Who held which office on a day."""

from __future__ import annotations

import pandas as pd

from data.dataset import Dataset
from data.words import month


def held_on(data: Dataset, day: str) -> pd.DataFrame:
    """The offices known to be held on `day` (ISO), the oldest first.

    Columns as in the table `offices`. A month known as an office's end counts
    to its last day; an empty end means last known. An office whose start is
    unknown is not here: nothing says that it was held on that day.
    """
    offices = data["offices"]
    # `known_from`: a month without a day counts from its last, for the same reason
    # as with events.
    started = offices["start_date"].notna() & (offices["known_from"] <= day)
    held = started & ~_ended(offices, day)
    return offices[held].sort_values("start_date")


def titles_on(data: Dataset, day: str) -> dict[str, str]:
    """Actor id → the titles held on `day`, the newest first, joined by '; '.

    An actor without such an office gets the last title that a page had named
    by then, with the month of that page: 'President of Finland (named in May 2022)'.
    """
    held = held_on(data, day).iloc[::-1]
    titles = held.groupby("actor_id", sort=False)["title"].agg("; ".join).to_dict()
    offices = data["offices"]
    undated = offices[offices["start_date"].isna() & ~_ended(offices, day)]
    named = undated[undated["known_from"] <= day].sort_values("known_from")
    for actor, title, page in zip(
        named["actor_id"], named["title"], named["known_from"], strict=True
    ):
        if actor not in titles or "(named in" in titles[actor]:
            titles[actor] = f"{title} (named in {month(page)})"
    return titles


def _ended(offices: pd.DataFrame, day: str) -> pd.Series:
    ends = pd.to_datetime(offices["end_date"])
    month_end = (ends + pd.offsets.MonthEnd(0)).dt.strftime("%Y-%m-%d")
    last = offices["end_date"].where(offices["date_precision"] != "month", month_end)
    return last < day
