"""The tracks: what happened in the last months, by swimlane."""

from __future__ import annotations

import pandas as pd

from components.briefing.deck import Deck
from components.briefing.slide import Slide
from components.briefing.slides.parts import chart_part
from data.dataset import Dataset
from data.event_filters import Filters, filtered
from data.overview import days_before
from data.words import count, day

_DAYS = 90  # so many that the dots of a slide can be told apart
_WEIGHTS = ("1", "2")  # the minor events are left to the page


def slide(data: Dataset, deck: Deck) -> Slide | None:
    first = days_before(data.day, _DAYS)
    shown = filtered(data, Filters(first, data.day, significance=_WEIGHTS))
    if shown.empty:
        return None
    part, words = chart_part(
        data,
        deck,
        "timeline",
        **{"from": first, "to": data.day, "significance": _WEIGHTS},
    )
    return Slide(
        name="timeline",
        section="The tracks",
        title=(
            f"{count(len(shown), 'key or notable event', 'key and notable events')} on {count(shown['track'].nunique(), 'track')} "
            f"in the {_DAYS} days to {day(data.day)}"
        ),
        subtitle=words.subtitle,
        chart=part,
        source=words.source + _candidates(shown),
        notes=(part.summary, words.note, "Lesser events are left to the timeline."),
    )


def _candidates(shown: pd.DataFrame) -> str:
    n = int((shown["status"] == "candidate").sum())
    who = "all" if n == len(shown) else str(n)
    return f" Candidates, resting on pages not opened: {who}." if n else ""
