"""Exchanges: who returned, when, under which deal, and what each deal promised."""

import streamlit as st

from components.widgets import bound
from components.widgets.context import context
from components.widgets.exchanges import (
    all_handovers,
    deal_detail,
    deal_picked,
    figures,
    pick_deal,
    totals_table,
)
from components.widgets.figure import chart
from data.exchanges import DIRECTIONS, WHAT, headline

ctx = context()
title = st.container()
with st.container(
    key="exchanges-controls", horizontal=True, vertical_alignment="bottom"
):
    what = bound.choice(
        "What was handed over",
        WHAT,
        key="what",
        default="prisoners",
        control="segmented",
    )
    direction = bound.choice(
        "Direction", DIRECTIONS, key="direction", default="both", control="segmented"
    )
title.title(headline(ctx.data, what, direction))
figures(ctx, what, direction)

left, right = st.columns(2, gap="large")
half = ctx.for_share(0.48).having(what=what, direction=direction)
with left:
    chart("cumulative-exchanges", half, level=2)
with right:
    chart("exchanges-per-month", half, level=2)

st.markdown("## Deals: promised and delivered")
deal = pick_deal(ctx)
if deal:
    lead, beside = st.columns([0.6, 0.4], gap="large")
    with lead:
        one = ctx.for_share(0.58).having(deal=deal, direction=direction)
        chart("deals-promised-delivered", one, key="deals")
    with beside:
        deal_detail(ctx, deal)
else:
    every = ctx.view.having(direction=direction)
    chart("deals-promised-delivered", every, key="deals", on_select=deal_picked)

totals_table(ctx, what)
all_handovers(ctx, what, direction)
