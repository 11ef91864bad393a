"""Military losses by claimant over time: casualties over killed, one scale."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import Option, Words, empty
from components.charts.statement_panels import (
    Panel,
    key_items,
    kind_of,
    published_words,
    stack,
    stated,
    upper_end,
)
from components.view import View
from data.casualties import MILITARY, POPULATIONS, cumulative, last_word
from data.dataset import Dataset
from data.words import count, day, ids, listing

TITLE = "Military losses by claimant"
UNIT = "people"
COLUMNS = {
    "panel": "What is counted",
    "claimant_name": "Claimant",
    "period_end_words": "Counted to",
    "published_words": "Published",
    "stated": "Statement",
    "value_low": "Low (people)",
    "value_best": "Best (people)",
    "value_high": "High (people)",
    "method_label": "Method",
    "scope": "Scope",
    "publishers": "Pages of",
}
OPTIONS = {"population": Option("whose losses", MILITARY, "russian-military")}

_PANELS = (
    ("casualties", "Casualties", "killed and wounded together"),
    ("killed", "Killed", "estimates, and deaths confirmed by name"),
    ("injured", "Wounded", "without the killed"),
    ("missing", "Missing", "neither among the killed nor the wounded"),
)
_HEIGHT = 470  # px of all panels together, more if the killed would be too low
_KILLED = 96
_RECENT_DAYS = 365  # last words not older than this make the title
# A measure with fewer statements than one in so many is left to the tables.
_SELDOM = 20


def population(view: View) -> str:
    return str(view.option("population", "russian-military"))


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """One row a statement that is drawn: columns of `data.casualties.figures`, with
    panel (casualties, killed, injured or missing; names stand under killed), kind
    (how it is drawn) and words for the table. `attrs`: pages, a number; left_out,
    statements on seldom-given measures.
    """
    rows = cumulative(dataset, population(view))
    panel = rows["measure"].replace("confirmed_names", "killed")
    share = panel.map(panel.value_counts()) * _SELDOM >= len(rows)
    kept = share | panel.isin(["casualties", "killed"])
    drawn = described(rows[kept].assign(panel_id=panel[kept]), dataset)
    heads = {key: head for key, head, _ in _PANELS}
    drawn = drawn.assign(panel=drawn["panel_id"].map(heads))
    drawn.attrs["left_out"] = int((~kept).sum())
    drawn.attrs["pages"] = len(
        {i for value in drawn["source_ids"] for i in ids(value) if i in dataset.sources}
    )
    return drawn


def described(rows: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The rows with their words: statement, dates, method, publishers, kind."""
    methods = dataset.labels("casualty_figures", "method")
    return rows.assign(
        kind=kind_of(rows),
        stated=[stated(row) for row in rows.itertuples()],
        period_end_words=rows["period_end"].map(day),
        published_words=rows["published"].map(
            lambda d: day(d) if isinstance(d, str) else "not known"
        ),
        method_label=rows["method"].map(methods),
        publishers=rows["source_ids"].map(
            lambda value: (
                "; ".join(
                    dict.fromkeys(
                        str(dataset.sources[i]["publisher"])
                        for i in ids(value)
                        if i in dataset.sources
                    )
                )
                or "a page published later"
            )
        ),
    ).reset_index(drop=True)


def words(frame: pd.DataFrame, view: View) -> Words:
    people, label = (
        POPULATIONS[population(view)].people,
        POPULATIONS[population(view)].label,
    )
    if frame.empty:
        return Words(
            title=f"No statement on losses of {people} by {day(view.as_of)}",
            subtitle="Casualties and killed since 24 February 2022, by claimant",
            source="Source: table of casualty figures, each row with its pages.",
        )
    panels = list(dict.fromkeys(frame["panel"]))
    same = (
        " All panels have one scale: equal heights are equal numbers."
        if len(panels) > 1
        else ""
    )
    notes = [
        "The title gives the lowest and the highest last word of the past year.",
        "Killed is never added to casualties.",
        "A number whose qualifier a secondary table did not keep is drawn as a plain circle."
        if (frame["qualifier"] == "unstated").any()
        else "",
        "Where a page shows no date, the mark appears from the end of its period."
        if frame["published"].isna().any()
        else "",
        "Monthly sums that The Economist derived from UK daily rates are in the table only."
        if population(view) == "russian-military" and view.as_of >= "2026-08-22"
        else "",
        f"On the wounded or the missing alone: {count(frame.attrs['left_out'], 'statement')},"
        " in the table of all statements."
        if frame.attrs["left_out"]
        else "",
        "UALosses’ killed range takes the missing into its upper end."
        if (
            (frame["claimant_id"] == "ualosses") & (frame["panel_id"] == "killed")
        ).any()
        and (frame["kind"] == "range").any()
        else "",
    ]
    return Words(
        title=_finding(frame, label),
        subtitle=(
            f"{label}, cumulative since 24 February 2022, in people;"
            f" each mark is one statement, at the day it refers to. As of {day(view.as_of)};"
            f" axes start at zero.{same}"
        ),
        source=(
            f"Source: {count(frame['claimant_id'].nunique(), 'claimant')} "
            f"({_main_claimants(frame)}), from {count(frame.attrs['pages'], 'page')}; "
            "each is named in the table."
        ),
        note=" ".join(filter(None, notes)),
    )


def _main_claimants(frame: pd.DataFrame) -> str:
    names = frame["claimant"].value_counts().index[:5]
    rest = frame["claimant"].nunique() - len(names)
    return listing([*names, count(rest, "other")]) if rest > 0 else listing(names)


def _finding(frame: pd.DataFrame, label: str) -> str:
    """The lowest and the highest last word on casualties and on killed."""
    reach = []
    for measure in ("casualties", "killed"):
        part = frame[frame["measure"] == measure]
        if part.empty:
            continue
        recent = pd.Timestamp(part["period_end"].max()) - pd.Timedelta(
            days=_RECENT_DAYS
        )
        part = part[part["period_end"] >= recent.strftime("%Y-%m-%d")]
        last = pd.concat(
            [last_word(rows).tail(1) for _, rows in part.groupby("claimant_id")]
        ).sort_values("value", kind="stable")
        low, high = (
            f"{r.stated} ({r.claimant})" for r in last.iloc[[0, -1]].itertuples()
        )
        reach.append(
            f"{measure}: {low} to {high}" if len(last) > 1 else f"{measure}: {low}"
        )
    if not reach:
        return f"{label}: {count(len(frame), 'statement')}"
    # No line ends between a sign and its number.
    said = re.sub(r"([≥>≤≈]) ", "\\1\u00a0", "; ".join(reach))
    return said[0].upper() + said[1:]


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    if frame.empty:
        return empty(view, "No statement had been published by this day.")
    panels = [
        Panel(head, about, frame[frame["panel_id"] == key])
        for key, head, about in _PANELS
        if (frame["panel_id"] == key).any()
    ]
    panels = [replace(panel, top=upper_end(panel.rows)) for panel in panels]
    scale = _HEIGHT / sum(panel.top for panel in panels)
    killed = [panel.top for panel in panels if panel.head == "Killed"]
    if killed and len(panels) > 1:
        scale = min(max(scale, _KILLED / killed[0]), 1.7 * scale)
    last = max(frame["period_end"].max(), view.as_of)
    return stack(
        [panel.sized(px_per_person=scale) for panel in panels],
        view,
        first="2022-02-01",
        last=last,
        key=key_items(frame, view),
    )


def summary(frame: pd.DataFrame, view: View) -> str:
    if frame.empty:
        return f"No statement had been published by {day(view.as_of)}."
    parts = []
    for key, head, _ in _PANELS:
        part = frame[frame["panel_id"] == key]
        if part.empty:
            continue
        newest = part.sort_values(
            ["period_end", "published"], na_position="first"
        ).iloc[-1]
        parts.append(
            f"{head.lower()}: {count(len(part), 'statement')}, the last "
            f"{newest['stated']} by {newest['claimant_name']}, counted to "
            f"{day(newest['period_end'])} ({published_words(newest['published'])})"
        )
    people = POPULATIONS[population(view)].people
    return f"Losses of {people} as stated by {day(view.as_of)}: {'; '.join(parts)}."
