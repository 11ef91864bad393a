"""The parts of the claims' page: list, one claim with its record, method."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.figure import chart
from components.widgets.link import address
from components.widgets.plain_table import html_table
from components.widgets.sources import source_list
from data.claims import METHOD, REPORTS, assessment_words, evidence, ledger, said_by
from data.dataset import Dataset, dataset
from data.words import count, day, ids


def choose_report(ctx: Context) -> str | None:
    """The report that is read statement by statement; one not yet out is told."""
    known = [
        name
        for name, claimant in REPORTS.items()
        if claimant in set(ledger(ctx.data)["claimant_id"])
    ]
    if not known:
        for asked in bound.raw("report")[:1]:
            reason = "no report is set against the record by this date"
            bound.refuse("report", asked, reason, "the claims")
        return None
    return bound.choice(
        "A report, statement by statement", known, key="report", control="segmented"
    )


def leave_report() -> None:
    """Close the report: a callback."""
    st.session_state["report"] = None


def choose_claim(ctx: Context) -> str | None:
    """The claim that is opened: its id in the address, the keyboard's way as well."""
    known = list(ledger(ctx.data)["claim_id"])
    asked = bound.raw("claim")[:1] or [st.session_state.get("claim")]
    if asked[0] and asked[0] not in known:
        later = asked[0] in set(dataset()["claims"]["claim_id"])
        reason = (
            f"this claim had not been made by {day(ctx.view.as_of)}"
            if later
            else "no claim has this id"
        )
        bound.refuse("claim", asked[0], reason, "the first of the list")
        st.session_state["claim"] = None
    return bound.choice(
        "Claim, by its id", known, key="claim", placeholder="Choose, or open one below"
    )


def picked() -> None:
    """Open the claim whose shape was clicked: a callback of the chart's plot."""
    points = st.session_state["plot-claims-by-assessment"]["selection"]["points"]
    held = points[0].get("customdata") if points else None
    held = held[0] if isinstance(held, list) else held
    if held:
        st.session_state["claim"] = held


def mark(assessment: str) -> str:
    """The shape of an assessment; its word stands beside it."""
    return f"<span class='parley-mark {escape(assessment)}' aria-hidden='true'></span>"


def claim_list(ctx: Context, rows: pd.DataFrame, chosen: str | None, **filters) -> None:
    """The ledger: each row a link that opens its claim under the same filters."""
    if rows.empty:
        st.markdown("No claim answers to this. Try fewer words or filters.")
        return
    items = "".join(_item(ctx, row, chosen, filters) for row in rows.to_dict("records"))
    st.html(f"<ul class='parley-claims'>{items}</ul>")


def _item(ctx: Context, row: dict, chosen: str | None, filters: dict) -> str:
    here = " aria-current='true'" if row["claim_id"] == chosen else ""
    where = escape(address(ctx, "claims", claim=row["claim_id"], **filters), quote=True)
    facts = f"{said_by(row)} · {row['word'].lower()}"
    return (
        f"<li><a href='{where}' target='_self'{here}>{mark(row['assessment'])}"
        f"<span class='text'><strong>{escape(row['statement'])}</strong>"
        f"<span>{escape(facts)}</span></span></a></li>"
    )


def claim_head(row: dict, level: int = 2) -> None:
    """Statement in our words, who, when, and how it stands with its one clause."""
    clause = f" <span>{escape(row['clause'])}</span>" if row["clause"] else ""
    st.html(
        f"<div class='parley-claim'><p class='kicker'>Claim, in our words · "
        f"{escape(said_by(row))}</p><h{level}>{escape(row['statement'].rstrip('.'))}</h{level}>"
        f"<p class='stands'>{mark(row['assessment'])}<span><strong>{escape(row['word'])}"
        f"</strong>{clause}</span></p></div>"
    )


def claim_record(ctx: Context, row: dict, share: float, *, level: int = 3) -> None:
    """The record beside the claim: reasoning if all of it was known, chart."""
    if isinstance(row["reasoning"], str):
        st.markdown(row["reasoning"].replace("$", "\\$"))
    view = ctx.for_share(share).having(claim=row["claim_id"])
    chart("claim-against-record", view, key=f"record-{row['claim_id']}", level=level)


def claim_evidence(ctx: Context, row: dict, *, narrow: bool = False) -> None:
    """What each page says, what it carries, when it was published; then the pages.

    `narrow` makes it a list, for a column in which a table has no room.
    """
    rows = evidence(ctx.data, row["claim_id"])
    if rows.empty:
        st.markdown("No evidence on it had been published by this date.")
    elif ctx.view.narrow or narrow:
        items = "".join(
            f"<li><strong>{escape(r.who)}</strong> {escape(r.says)}"
            f"<span>{escape(_published(r))} · carries: {escape(r.word.lower())}</span></li>"
            for r in rows.itertuples()
        )
        st.html(
            "<p class='parley-list-head'>Evidence, by date of publication</p>"
            f"<ul class='parley-evidence'>{items}</ul>"
        )
    else:
        table = pd.DataFrame(
            {
                "Evidence": rows["who"],
                "What it says": rows["says"],
                "Carries": rows["word"],
                "Published": [_published(r) for r in rows.itertuples()],
            }
        )
        with st.container(key="claim-evidence"):
            st.html(html_table(table, caption="Evidence, by date of publication"))
    known = list(dict.fromkeys(rows["source_id"].dropna()))
    if known:
        source_list(ctx.data, ";".join(known))
    later = len(set(ids(row["source_ids"])) - set(known))
    if later:
        # Not named: a page without a date may tell what came later.
        st.markdown(
            f"{count(later, 'page').capitalize()} published after this date, or without "
            "a date, not shown"
        )


def _published(row: object) -> str:
    """'24 May 2025', 'map of 16 May 2025', 'no date shown'."""
    if not isinstance(row.evidence_on, str):
        return "no date shown"
    return f"{'map of ' if row.basis == 'measurement' else ''}{day(row.evidence_on)}"


def method(data: Dataset) -> None:
    """What each assessment's word means, one click away."""
    words = assessment_words(data)
    with st.expander("How a claim is assessed", key="claims-method"):
        items = "".join(
            f"<li>{mark(a)}<span><strong>{escape(words[a])}.</strong> {escape(said)}</span></li>"
            for a, said in METHOD.items()
        )
        st.html(
            "<div class='parley-claim-method'><p>A statement is set against what pages and "
            "maps known by the date chosen say; never the person who made it. Each piece "
            "of evidence has its own date, and the last one that carries an assessment "
            "decides. A page that shows no date counts in the latest view alone. The "
            "claims are those that could be checked against pages seen; they are not a "
            f"sample of what anyone has said.</p><ul>{items}</ul></div>"
        )
