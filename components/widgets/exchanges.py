"""The parts of the exchanges page: figures, totals, one deal, all handovers."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.key_figure import key_figure
from components.widgets.link import link_html
from components.widgets.plain_table import plain_table
from components.widgets.sources import pages_html, source_list_html
from data.dataset import Dataset
from data.exchanges import (
    SIDE_NAME,
    Promise,
    Stage,
    deal_row,
    handovers,
    mediators,
    official_totals,
    people,
    promises,
    sides_of,
)
from data.words import (
    QUALIFIER_SIGN,
    QUALIFIER_WORD,
    count,
    day,
    listing,
    number,
    signed,
)

_ROWS_A_PAGE, _TOTALS_A_PAGE = 20, 10
_NONE = "–"


def figures(ctx: Context, what: str, direction: str) -> None:
    """The sums, Ukraine's own total, the last handover: each with its claimant and date."""
    data, made = ctx.data, handovers(ctx.data, what)
    if made.empty:
        return
    noun = "People returned" if what == "prisoners" else "Bodies handed over"
    shown = [_sum(made, side, noun) for side in sides_of(direction)]
    if "ukraine" in sides_of(direction):
        shown.append(_official(data, what))
    shown.append(_last(made, what))
    for column, figure in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
        with column:
            key_figure(*figure)


def _sum(made: pd.DataFrame, side: str, noun: str) -> tuple[str, str, str, str]:
    civilians = made[f"{side}_civilians"].sum()
    missing = int((made[side].isna() & ~made["outside"]).sum())
    said = f"Sum of the rows of this dataset, {count(int(made[side].notna().sum()), 'handover')} with a number, to {day(made['date'].iloc[-1])}."
    if civilians:
        said += f" Civilians among them, where stated: {number(civilians)}."
    if missing:
        said += (
            f" {count(missing, 'handover').capitalize()} without a published number."
        )
    return f"{noun} to {SIDE_NAME[side]}", number(made[side].sum()), "", said


def _official(data: Dataset, what: str) -> tuple[str, str, str, str]:
    label = "Ukraine’s own total"
    totals, made = official_totals(data, what), handovers(data, what)
    totals = totals[totals["claimant_id"] == "ukraine"]
    if totals.empty:
        return label, _NONE, "", f"No official total is recorded by {day(data.day)}."
    row = totals.iloc[-1]
    said = f"Stated by Ukraine, as of {day(row['as_of'])}"
    if pd.notna(row["exchanges_count"]):
        said += f", after {count(int(row['exchanges_count']), 'exchange')}"
    side = "above" if row["difference"] > 0 else "below"
    outside = made.loc[made["outside"], "ukraine"].sum()
    rows = f"rows by then, {number(outside)} returned outside the exchanges left out"
    rows = rows if outside else "rows by then"
    said += (
        f". {number(abs(row['difference']))} {side} the {rows}; the causes are below."
    )
    return label, f"{QUALIFIER_SIGN[row['qualifier']]}{number(row['total'])}", "", said


def _last(made: pd.DataFrame, what: str) -> tuple[str, str, str, str]:
    row = made.iloc[-1]
    parts = [
        f"{_stated(row[side])} to {SIDE_NAME[side]}" for side in ("ukraine", "russia")
    ]
    kind = "exchange" if what == "prisoners" else "repatriation"
    when = day(row["date"], row["date_precision"])
    return f"Last recorded {kind}", when, "", f"{listing(parts)}."


def _stated(value: float) -> str:
    return "no published number" if np.isnan(value) else number(value)


def totals_table(ctx: Context, what: str) -> None:
    """Each official total beside the sum of the rows, with the cause of the difference."""
    table = _totals(ctx.data, what)
    if table.empty:
        return
    st.markdown("## Official totals beside the sum of the rows")
    left_out = (
        ""
        if what == "bodies"
        else (
            " The sum leaves out people returned outside the exchanges, as Ukraine’s total does."
        )
    )
    st.caption(
        f"The newest first. Official less rows: what the rows of this dataset lack, or hold "
        f"beyond the total.{left_out}"
    )
    with st.container(key="official_totals"):
        plain_table(
            table,
            caption=f"Official totals known by {day(ctx.view.as_of)}",
            key="totals",
            rows_a_page=_TOTALS_A_PAGE,
            html_columns=("Pages",),
        )


@lru_cache(maxsize=32)
def _totals(data: Dataset, what: str) -> pd.DataFrame:
    rows = official_totals(data, what).iloc[::-1]
    return pd.DataFrame(
        {
            "As of": rows["as_of"].map(day),
            "Claimant": [data.names[c] for c in rows["claimant_id"]],
            "Total to Ukraine": [
                f"{QUALIFIER_SIGN[q]}{number(n)}".replace(" ", "\u00a0")
                for q, n in zip(rows["qualifier"], rows["total"], strict=True)
            ],
            "Sum of the rows": [_number(n) for n in rows["rows"]],
            "Official less rows": [
                "not comparable" if np.isnan(n) else signed(n)
                for n in rows["difference"]
            ],
            "Cause of the difference": [
                _cause(d, c)
                for d, c in zip(
                    rows["difference"], rows["difference_cause"], strict=True
                )
            ],
            "Note": rows["note"],
            "Pages": [pages_html(data, i) for i in rows["source_ids"]],
        }
    )


def _cause(difference: float, cause: object) -> str:
    if isinstance(cause, str):
        return cause
    return "Counts from another day." if np.isnan(difference) else "Not established."


def pick_deal(ctx: Context) -> str | None:
    """The deal chosen, among those known by the date; None shows them all."""
    known = list(ctx.data["deals"].sort_values("agreed_on")["deal_id"])
    if st.session_state.get("deal") not in known:
        st.session_state.pop("deal", None)
    return bound.choice(
        "One deal", known, key="deal", placeholder="All deals", width=360
    )


def deal_picked() -> None:
    """Select the deal whose handover was clicked: a callback of the chart's plot."""
    points = st.session_state["plot-deals"]["selection"]["points"]
    if points:
        st.session_state["deal"] = points[0]["customdata"]


def deal_detail(ctx: Context, deal: str) -> None:
    """One deal: the event that agreed it, its promises, stages, mediators, sources."""
    row = deal_row(ctx.data, deal)
    own: dict[str, list[Promise]] = {}
    for promise in promises(ctx.data):
        if promise.deal_id == deal:
            own.setdefault(promise.promise_id, []).append(promise)
    event = link_html(ctx, "The event", "timeline", event=str(row["event_id"]))
    announced = ""
    if row["announced_on"] != row["agreed_on"]:
        announced = f", made public on {day(row['announced_on'])}"
    note = f"<p>{escape(str(row['note']))}</p>" if isinstance(row["note"], str) else ""
    st.html(
        f"<article class='parley-event'><h3>{escape(str(row['name']))}</h3>"
        f"<p class='facts'>{day(row['agreed_on'])}{announced} · {event}</p>{note}"
        f"{''.join(_promise(ctx, ways) for ways in own.values())}{_mediators(ctx, deal)}"
        f"{source_list_html(ctx.data, row['source_ids'], label='Sources of the deal')}"
        "</article>"
    )


def _promise(ctx: Context, ways: list[Promise]) -> str:
    """One promise with its one or two directions, and the handovers by date."""
    first = ways[0]
    standing = ctx.data.labels("deal_promises", "standing")[first.standing].lower()
    facts = [standing] if first.category == first.what else [first.category, standing]
    if first.stated_by:
        facts.append(f"stated by {first.stated_by}")
    told = "".join(
        f"<p><strong>To {SIDE_NAME[p.side]}:</strong> {escape(p.told)}</p>"
        for p in ways
    )
    note = f"<p class='parley-muted'>{escape(first.note)}</p>" if first.note else ""
    items = "".join(
        f"<li><span>{day(on)}</span> {escape(said)}</li>"
        for on, said in _stages(ctx, ways)
    )
    listed = f"<ul class='dated'>{items}</ul>" if items else ""
    return (
        f"<h4>{escape(first.what.capitalize())}</h4>"
        f"<p class='parley-muted'>{escape('; '.join(facts))}</p>{told}{note}{listed}"
    )


def _stages(ctx: Context, ways: list[Promise]) -> list[tuple[str, str]]:
    """(ISO date, words) of each handover, then of the totals stated for the deal."""
    links = ctx.data.labels("exchanges", "deal_link")
    found: dict[str, list[tuple[str, Stage]]] = {}
    for promise in ways:
        for stage in promise.stages:
            found.setdefault(stage.id, []).append((promise.side, stage))
    rows = []
    for handed in found.values():
        stage = handed[0][1]
        said = listing(
            f"{number(s.number)} to {SIDE_NAME[side]}"
            for side, s in handed
            if s.number is not None
        )
        if stage.link != "stated":
            said += f" ({links[stage.link].lower()})"
        rows.append((stage.date, said or "number not published"))
    for promise in ways:
        rows += [
            (on, f"{QUALIFIER_WORD[q]}{number(n)} in all, {ctx.data.names[c]} stated")
            for c, q, n, on in promise.stated_totals
        ]
    return rows


def _mediators(ctx: Context, deal: str) -> str:
    made = pd.concat(
        [handovers(ctx.data, what) for what in ("prisoners", "bodies")],
        ignore_index=True,
    )
    made = made[made["deal"] == deal]
    named = [
        f"{link_html(ctx, ctx.data.names.get(i, i), 'actors', actor=i)} "
        f"({n} of {len(made)} handovers)"
        for i, n in mediators(made)
    ]
    if not len(made):
        return ""
    text = ", ".join(named) or "none is named in the sources of the handovers"
    return f"<h4>Mediators of the handovers</h4><p>{text}</p>"


def all_handovers(ctx: Context, what: str, direction: str) -> None:
    """The table of every handover, in pages, the newest first."""
    table = _table(ctx.data, what, direction)
    if table.empty:
        return
    kind = "exchanges" if what == "prisoners" else "repatriations of bodies"
    st.markdown(f"## {count(len(table), 'handover').capitalize()}")
    st.caption(
        "The newest first. – no number was published, which is not zero; notes appear once "
        "what they tell of was known."
    )
    with st.container(key="all_handovers"):
        plain_table(
            table,
            caption=f"All {kind} recorded by {day(ctx.view.as_of)}",
            key="handovers",
            rows_a_page=_ROWS_A_PAGE,
            html_columns=("Pages",),
        )


@lru_cache(maxsize=64)
def _table(data: Dataset, what: str, direction: str) -> pd.DataFrame:
    """One row a handover; 'Pages' is markup."""
    rows = handovers(data, what).iloc[::-1]
    names = data["deals"].set_index("deal_id")["name"]
    links = data.labels("exchanges", "deal_link")
    columns: dict[str, object] = {
        "Date": [
            day(*pair)
            for pair in zip(rows["date"], rows["date_precision"], strict=True)
        ]
    }
    if what == "prisoners":
        columns["Official no."] = [
            _NONE if pd.isna(n) else str(n) for n in rows["number_official"]
        ]
    for side in sides_of(direction):
        columns[f"To {SIDE_NAME[side]}"] = [_number(n) for n in rows[side]]
        if what == "prisoners":
            columns[f"civilians of them ({SIDE_NAME[side]})"] = [
                _number(n) for n in rows[f"{side}_civilians"]
            ]
    if what == "prisoners":
        columns["Who"] = rows["category"]
        columns["Place"] = rows["place"]
    columns["Deal"] = [
        _deal(names.get(d), links.get(k))
        for d, k in zip(rows["deal"], rows["deal_link"], strict=True)
    ]
    columns["Mediators"] = [people(data, m) or _NONE for m in rows["mediators"]]
    columns["Notes"] = rows["notes"]
    columns["Pages"] = [pages_html(data, i) for i in rows["source_ids"]]
    return pd.DataFrame(columns)


def _deal(name: object, link: object) -> str:
    if not isinstance(name, str):
        return _NONE
    return name if link == "Stated" else f"{name} ({str(link).lower()})"


def _number(value: float) -> str:
    return _NONE if np.isnan(value) else number(value)
