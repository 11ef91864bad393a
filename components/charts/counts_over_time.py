"""Counts of civilians, children, displaced people and prisoners over time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import Option, Words, empty
from components.charts.losses_by_claimant import COLUMNS as _COLUMNS
from components.charts.losses_by_claimant import described
from components.charts.statement_panels import (
    Panel,
    key_items,
    stack,
    upper_end,
)
from components.view import View
from data.casualties import OTHERS, POPULATIONS, cumulative, last_word, until
from data.dataset import Dataset
from data.words import count, day, ids, listing

TITLE = "Civilians, displaced people and prisoners over time"
UNIT = "people"
COLUMNS = _COLUMNS
OPTIONS = {"population": Option("who is counted", OTHERS, "civilians")}


@dataclass(frozen=True)
class _Spec:
    """A panel: the table's population and the series it draws, and its height in px."""

    head: str
    about: str
    population: str
    series: str
    height: int = 118


_PANELS = {
    "civilians": (
        _Spec("Killed", "in Ukraine", "civilians_ukraine", "killed", 170),
        _Spec("Injured", "in Ukraine", "civilians_ukraine", "injured", 170),
        _Spec("Killed and injured together", "where the sum was given", "civilians_ukraine", "casualties"),
        _Spec("Killed in occupied territory", "part of the killed above", "civilians_occupied", "killed", 76),
        _Spec("Injured in occupied territory", "part of the injured above", "civilians_occupied", "injured", 76),
    ),
    "children": (
        _Spec("Killed", "part of the civilians killed", "children_ukraine", "killed", 170),
        _Spec("Injured", "part of the civilians injured", "children_ukraine", "injured", 170),
    ),
    "displaced": (
        _Spec("Border crossings out of Ukraine", "movements", "refugees", "crossings"),
        _Spec("Refugees in Europe", "people recorded", "refugees", "recorded_europe"),
        _Spec("Refugees worldwide", "people recorded", "refugees", "recorded_worldwide"),
        _Spec("EU temporary protection", "people registered", "refugees", "temporary_protection"),
        _Spec("Displaced inside Ukraine", "estimates", "internally_displaced", "displaced"),
    ),
    "prisoners-held": (
        _Spec("Held by Russia", "on the day", "prisoners_russia_held", "held"),
        _Spec("Returned to Ukraine", "since 24 Feb 2022", "prisoners_russia_held", "returned"),
        _Spec("Held by Ukraine", "on the day", "prisoners_ukraine_held", "held"),
        _Spec("Taken by Ukraine", "since 2022, not the number held", "prisoners_ukraine_held", "taken"),
    ),
}  # fmt: skip

# Days between the two counts that the title compares.
_A_YEAR = (330, 430)

# Here the panels count the same kind of thing and share a scale.
_ONE_SCALE = ("displaced", "prisoners-held")

_NOTES = {
    "civilians": (
        "OHCHR counts only cases it has corroborated one by one and holds the real "
        "number to be higher. Civilians in Russia are only ever given for a period: "
        "see the table of all statements."
    ),
    "children": "Part of the civilians, never added to them.",
    "displaced": (
        "Crossings count movements, returns not deducted; in June 2022 UNHCR went over "
        "to people recorded by host states. The two are different things and stand apart."
    ),
    "prisoners-held": (
        "Numbers held are given seldom, by the two parties. People returned are a lower "
        "bound of those ever captured, not of those still held."
    ),
}


def population(view: View) -> str:
    return str(view.option("population", "civilians"))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a statement that is drawn: as in `losses_by_claimant`, with panel."""
    rows = cumulative(dataset, population(view))
    panel = pd.Series(pd.NA, index=rows.index, dtype="object")
    for spec in _PANELS[population(view)]:
        inside = (rows["population"] == spec.population) & (
            rows["series"] == spec.series
        )
        panel = panel.mask(inside, spec.head)
    kept = panel.notna()
    drawn = described(rows[kept].assign(panel=panel[kept]), dataset)
    drawn.attrs["pages"] = len(
        {i for value in drawn["source_ids"] for i in ids(value) if i in dataset.sources}
    )
    return drawn


def words(frame: pd.DataFrame, view: View) -> Words:
    chosen = population(view)
    label = POPULATIONS[chosen].label
    scale = (
        "All panels have one scale: equal heights are equal numbers."
        if chosen in _ONE_SCALE
        else "Each panel has its own scale."
    )
    if frame.empty:
        return Words(
            f"{label}: no count had been published by {day(view.as_of)}",
            "Counts by claimant, in people",
            "Source: table of casualty figures, each row with its pages.",
        )
    names = list(frame["claimant"].value_counts().index)
    undated = (
        " Where a page shows no date, the mark appears from the end of its period."
        if frame["published"].isna().any()
        else ""
    )
    return Words(
        title=_finding(frame, view),
        subtitle=(
            f"{label}, in people; each mark is one statement, at the day it refers to. "
            f"As of {day(view.as_of)}; axes start at zero. {scale}"
        ),
        source=(
            f"Source: {listing(names[:6])}, from {count(frame.attrs['pages'], 'page')}; "
            "each is named in the table."
        ),
        note=until(_NOTES[chosen], view.as_of) + undated,
    )


def _last(frame: pd.DataFrame, chosen: str) -> list[pd.Series]:
    """The last word of each panel, in the panels' order."""
    return [
        last_word(frame[frame["panel"] == spec.head]).iloc[-1]
        for spec in _PANELS[chosen]
        if (frame["panel"] == spec.head).any()
    ]


def _finding(frame: pd.DataFrame, view: View) -> str:
    """The first panel's last word, beside the verified count about a year before."""
    chosen = population(view)
    last_words = _last(frame, chosen)
    # Border crossings ended in June 2022: the people recorded since come first.
    candidates = last_words[: 3 if chosen == "displaced" else 1]
    now = max(candidates, key=lambda row: row["period_end"])
    last = f"{now['stated']} ({now['claimant']}, to {day(now['period_end'])})"
    own = frame[
        (frame["panel"] == now["panel"]) & (frame["method"] == "verified_count")
    ]
    age = (pd.Timestamp(now["period_end"]) - pd.to_datetime(own["period_end"])).dt.days
    older = last_word(own[age.between(*_A_YEAR)])
    if older.empty:
        return f"{now['panel']}: {last}"
    before = older.iloc[-1]
    return f"{now['panel']}: from {before['stated']} (to {day(before['period_end'])}) to {last}"


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No count had been published by this day.")
    chosen = population(view)
    panels = [
        Panel(
            spec.head,
            spec.about,
            frame[frame["panel"] == spec.head],
            height=spec.height,
            values=True,
        )
        for spec in _PANELS[chosen]
        if (frame["panel"] == spec.head).any()
    ]
    panels = [replace(panel, top=upper_end(panel.rows)) for panel in panels]
    if chosen in _ONE_SCALE:
        scale = panels[0].height / max(panel.top for panel in panels)
        panels = [panel.sized(px_per_person=scale) for panel in panels]
    last = max(frame["period_end"].max(), view.as_of)
    return stack(
        panels, view, first="2022-02-01", last=last, key=key_items(frame, view)
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    label = POPULATIONS[population(view)].label
    if frame.empty:
        return f"{label}: no count had been published by {day(view.as_of)}."
    said = [
        f"{row['panel']} {row['stated']} ({row['claimant']}, to {day(row['period_end'])}"
        f"{'' if isinstance(row['published'], str) else ', publication date not known'})"
        for row in _last(frame, population(view))
    ]
    return f"{label}, the last counts known on {day(view.as_of)}: {'; '.join(said)}."
