"""One claim against the part of the record that bears on it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.chart import BASEMAP_CREDIT, MAP_CREDIT, Option, Words, empty
from components.charts.record_curve import curve_figure
from components.charts.record_dates import dates_figure, key_words, undated
from components.charts.record_rows import axis_start, claim_words, rows_figure
from components.view import View
from data.claims import NO_DATE, Record, beside, ledger, record, said_by
from data.dataset import Dataset
from data.words import count, day, ids, listing, number, spelled

TITLE = "A claim against the record"
COLUMNS = {
    "row": "What",
    "who": "Map, claimant or publisher",
    "when": "Date",
    "low": "Value, low",
    "high": "Value, high",
    "unit": "Unit",
    "stated": "As stated",
}
OPTIONS = {"claim": Option("id of a claim")}

_FIRST_CHOICE = "seed-16-front-line"
_ROWS = ("front_length", "area_change", "casualty_statements", "evidence_figures")
_UNITS = {"km2": "Square kilometres", "people": "People", "percent": "Percent",
          "states": "States", "billion USD": "Billions of US dollars"}  # fmt: skip


def frame(dataset: Dataset, view: View) -> pd.DataFrame:
    """As from `data.claims.beside`, and when (in words); attrs: claim, record, pages."""
    rows = ledger(dataset)
    known = list(rows["claim_id"])
    chosen = view.option("claim") or next(
        (i for i in (_FIRST_CHOICE, *known) if i in known), None
    )
    if chosen not in known:
        table = pd.DataFrame(columns=[*COLUMNS, "day", "mark", "source_ids"])
        table.attrs.update(claim=None, record=None, pages=0)
        return table
    table = beside(dataset, str(chosen))
    table = table.assign(when=[day(d) if d else "no date shown" for d in table["day"]])
    claim = rows.set_index("claim_id", drop=False).loc[chosen].to_dict()
    pages = {i for v in table["source_ids"] for i in ids(v) if i in dataset.sources}
    table.attrs.update(
        claim=claim, record=record(dataset, str(chosen)), pages=len(pages)
    )
    return table


def words(frame: pd.DataFrame, view: View) -> Words:
    claim, what = frame.attrs["claim"], frame.attrs["record"]
    if claim is None:
        return Words(TITLE, f"As of {day(view.as_of)}", "Source: none by this date.")
    return Words(
        title=_title(frame, claim, what, view),
        subtitle=_subtitle(frame, what, view),
        source=_source(frame, what),
        note=f"{_claimed(claim)}. {_note(frame, what, view)}".strip(),
    )


def _claimed(claim: dict) -> str:
    return f"Claim, in our words: {claim['statement'].rstrip('.')} ({said_by(claim)})"


def _title(frame: pd.DataFrame, claim: dict, what: Record, view: View) -> str:
    said = day(claim["said_on"])
    if what.kind == "front_length":
        if frame.empty:
            return f"No map gives a length of the line for {said}"
        low, high = (
            number(view.length(v)) for v in (frame["low"].min(), frame["high"].max())
        )
        return (
            f"The front line on {said}: from {low} to {high} {view.length_unit}, "
            "by definition and map"
        )
    if what.kind == "area_change":
        first, last = day(what.claimed_from), day(what.claimed_to)
        return f"The occupied area from {first} to {last}: net change by map"
    if what.kind == "casualty_series":
        if frame.empty:
            return "No count of the dead or injured by this date"
        last = frame.groupby("row", sort=False).tail(1)
        said = "; ".join(
            f"{r.row}: {r.stated.removesuffix(NO_DATE)}" for r in last.itertuples()
        )
        return said.replace("; Civilians", "; civilians")
    if what.kind == "casualty_statements":
        return f"What others stated on Ukrainian military losses around {said}"
    if what.kind == "evidence_figures":
        return f"{what.label[:1].upper()}{what.label[1:]}, and the numbers in the pages seen"
    if what.kind == "war_years":
        name = frame["row"].iloc[-1].lower()
        return f"Counted from 24 February 2022, {said} fell in the {name}"
    if what.kind == "exchanges":
        n = int((frame["mark"] == "exchange").sum())
        if not n:
            return f"No exchange is recorded for it by {day(view.as_of)}"
        return f"{_few(n, 'exchange')} and the pages on the claim, by date"
    n = int((frame["mark"] == "event").sum())
    if not n:
        return "The evidence on the claim, by date of publication"
    return f"{_few(n, 'event')} and the pages on the claim, by date"


def _few(n: int, noun: str) -> str:
    return f"{spelled(n).capitalize()} {noun}{'' if n == 1 else 's'}"


def _subtitle(frame: pd.DataFrame, what: Record, view: View) -> str:
    asof = f"as of {day(view.as_of)}"
    if frame.empty:
        return asof[:1].upper() + asof[1:]
    if what.kind in _ROWS:
        start = axis_start(frame, what)
        begins = (
            f"; the axis starts at {number(start)}{' km' if what.kind == 'front_length' else ''}"
            if start
            else "; the axis starts at zero"
        )
        if what.kind == "front_length":
            return (
                f"Kilometres, miles below{begins}. Filled: DeepState, whose line Parley "
                f"draws; hollow: NZZ and ISW; grey line: their spread; {asof}"
            )
        if what.kind == "area_change":
            return f"Square kilometres{begins}. Filled: DeepState; hollow: NZZ and ISW; {asof}"
        drawn = (
            "Hollow circle: claim or estimate; bar with caps: range; "
            if what.kind == "casualty_statements"
            else "Hollow circle: as the page gives it; "
        )
        return f"{_UNITS[what.unit]}{begins}. {drawn}{asof}"
    if what.kind == "casualty_series":
        return (
            "People since 24 February 2022, by the last day counted; the axis starts at "
            f"zero. Dashed: the number claimed; upright: the day it was said; {asof}"
        )
    if what.kind == "war_years":
        return f"Squares: first day of each year of the war; tinted: the year claimed; {asof}"
    band = " tinted: the period that the claim names;" if what.claimed_from else ""
    key = key_words(frame)
    return f"{key[:1].upper()}{key[1:]}; dashed: the day of the statement;{band} {asof}"


def _source(frame: pd.DataFrame, what: Record) -> str:
    if what.kind in ("front_length", "area_change"):
        return f"Source: {MAP_CREDIT} {BASEMAP_CREDIT} NZZ and ISW: own calculation from their maps."
    if what.kind == "war_years":
        return "Source: reckoned from 24 February 2022, the day of the full-scale invasion."
    if what.kind in ("casualty_series", "casualty_statements"):
        names = listing(dict.fromkeys(frame["who"])) or "none by this date"
        return f"Source: {names}; {count(frame.attrs['pages'], 'page')} in the table of casualties."
    pages = count(frame.attrs["pages"], "page")
    if what.kind == "evidence_figures":
        return f"Source: {pages} of the claim."
    return f"Source: {pages} of the events drawn and of the claim."


def _note(frame: pd.DataFrame, what: Record, view: View) -> str:
    if what.kind == "front_length":
        return (
            "A length depends on the ruler: a finer scale follows more bends. Bends under "
            "the scale named are smoothed (Douglas–Peucker) on an equal-area projection."
        )
    if what.kind == "area_change":
        return (
            "A net change sets what one side took against what the other took back; it is "
            "not the same as an area captured."
        )
    if what.kind == "casualty_series":
        text = "Killed and injured are counted apart and never added here"
        if "confirmed_names" in what.measures:
            text = "Lists of names are minimums: the dead who are not yet named are missing"
        if frame["stated"].str.endswith(NO_DATE).any():
            text += "; for some points the publication date is not known"
        return f"{text}."
    if what.kind == "casualty_statements":
        return "Killed, and killed and wounded together, are different counts."
    late = undated(frame) if what.kind not in _ROWS else ""
    return f"{late}." if late else ""


def figure(frame: pd.DataFrame, view: View) -> go.Figure:
    claim, what = frame.attrs["claim"], frame.attrs["record"]
    if claim is None:
        return empty(view, "No claim is recorded by this date.")
    if frame.empty:
        return empty(view, "Nothing in the record bears on it by this date.")
    if what.kind in _ROWS:
        return rows_figure(frame, what, view)
    if what.kind == "casualty_series":
        return curve_figure(frame, what, claim["said_on"], view)
    return dates_figure(frame, what, claim["said_on"], view)


def summary(frame: pd.DataFrame, view: View) -> str:
    claim, what = frame.attrs["claim"], frame.attrs["record"]
    if claim is None:
        return f"No claim is recorded by {day(view.as_of)}."
    if frame.empty:
        return f"Nothing in the record bears on this claim by {day(view.as_of)}."
    if what.kind == "front_length":
        own = frame[frame["mark"] == "deepstate"]
        said = "; ".join(f"{r.row.lower()}: {r.stated}" for r in own.itertuples())
        return f"The claim of {claim_words(what)} beside DeepState’s map: {said}."
    if what.kind in _ROWS:
        said = "; ".join(
            f"{r.who if what.kind == 'area_change' else f'{r.row} ({r.who})'}: {r.stated}"
            for r in frame.itertuples()
        )
        return f"The claim: {claim_words(what)}. The record: {said}."
    if what.kind == "casualty_series":
        last = frame.groupby("row", sort=False).tail(1)
        said = "; ".join(
            f"{r.row}: {r.stated.removesuffix(NO_DATE)} to {day(r.day)}"
            for r in last.itertuples()
        )
        names = listing(dict.fromkeys(last["who"]))
        return f"The claim: {what.label}. The record, by {names}: {said}."
    if what.kind == "war_years":
        last = frame.iloc[-1]
        return (
            f"The claim: {what.label} of the war. The {last['row'].lower()} began on "
            f"{day(last['day'])}."
        )
    dated = frame[frame["day"] != ""]
    lead = f"Said on {day(claim['said_on'])}."
    if dated.empty:
        return lead
    first, last = dated.iloc[0], dated.iloc[-1]
    span = f"from {day(first['day'])} to {day(last['day'])}"
    if first["day"] == last["day"]:
        span = f"of {day(first['day'])}"
    return f"{lead} The record beside it: {count(len(dated), 'dated entry', 'dated entries')} {span}."
