"""What was claimed, and what does the record show?"""

import streamlit as st

from components.widgets import bound
from components.widgets import claims as parts
from components.widgets.context import context
from components.widgets.figure import chart
from components.widgets.screen import narrow_window
from data.claims import (
    assessment_words,
    found,
    headline,
    ledger,
    report_headline,
    report_rows,
)
from data.words import count

ctx = context()
data = ctx.data
everything = ledger(data)
title = st.container()
controls = st.container(
    key="claims-controls", horizontal=True, vertical_alignment="bottom"
)
with controls:
    report = parts.choose_report(ctx)

if report:
    with controls:
        st.button("Back to all claims", key="leave", on_click=parts.leave_report)
    title.title(report_headline(data, report))
    st.markdown(
        "The statements of the report in its order and in our words, each beside the "
        "record as it was known on the date chosen."
    )
    parts.method(data)
    for row in report_rows(data, report).to_dict("records"):
        with st.container(key=f"statement-{row['claim_id']}"):
            said, beside = st.columns([0.38, 0.62], gap="large")
            with said:
                parts.claim_head(row)
                parts.claim_evidence(ctx, row, narrow=True)
            with beside:
                parts.claim_record(ctx, row, 0.58)

else:
    title.title(headline(data))
    # On a phone the open claim comes first; filters and list follow it.
    narrow = narrow_window()
    first, second = st.columns([0.36, 0.64], gap="large")
    side, main = (second, first) if narrow else (first, second)
    with side if narrow else controls:
        words = bound.text("Search the statements", key="q")
        claimants = bound.choices(
            "Claimants", list(dict.fromkeys(everything["claimant_id"])), key="claimant"
        )
        topics = bound.choices(
            "Topics", list(data.labels("claims", "topic")), key="topic"
        )
        assessments = bound.choices(
            "Assessments", list(assessment_words(data)), key="assessment"
        )
    rows = found(data, claimants, topics, assessments, words)
    with side:
        picked = parts.choose_claim(ctx)
        chosen = picked or next(iter(rows["claim_id"]), None)
        st.markdown(f"{len(rows)} of {count(len(everything), 'claim')}, newest first")
        parts.claim_list(
            ctx, rows, chosen,
            q=words, claimant=claimants, topic=topics, assessment=assessments,
        )  # fmt: skip
    with main:
        if chosen:
            row = everything[everything["claim_id"] == chosen].iloc[0].to_dict()
            parts.claim_head(row)
            parts.claim_record(ctx, row, 0.6)
            parts.claim_evidence(ctx, row)
        parts.method(data)
        by_assessment = ctx.for_share(0.6)
        chart("claims-by-assessment", by_assessment, level=2, on_select=parts.picked)
