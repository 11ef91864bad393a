"""Front line and casualties: where the line stood, and what the war cost in people."""

import streamlit as st

from components.widgets import bound
from components.widgets.casualties_section import casualties_section
from components.widgets.context import context
from components.widgets.figure import chart
from components.widgets.front_figures import definitions_table, line_figures, no_map
from components.widgets.front_map import SHARE, controls, front_map, told

ctx = context()
view = bound.choice(
    "View",
    ("line", "casualties"),
    key="view",
    default="line",
    control="segmented",
    label_visibility="collapsed",
)

if view == "casualties":
    casualties_section(ctx)
    st.stop()

if not ctx.data.layer("front_lines").dates:
    no_map(ctx)
    st.stop()

headline = st.container()
asked = controls(ctx)
headline.title(told(ctx, asked).words.title)

left, right = st.columns([SHARE, 1 - SHARE], gap="large")
with left:
    front_map(ctx, asked)
    definitions_table(ctx, asked.day)

with right:
    line_figures(ctx, asked.day)
    narrow = ctx.for_share(1 - SHARE - 0.02)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period = bound.choice(
            "Period of the charts",
            ("two-years", "all"),
            key="period",
            default="two-years",
            control="segmented",
        )
        measure = bound.choice(
            "Length",
            ("total", "land", "longest", "scale250m", "scale5km"),
            key="measure",
            default="total",
        )
    chart("front-line-length", narrow.having(period=period, measure=measure), level=2)
    chart("occupied-area", narrow.having(period=period), level=2)
    source = bound.choice(
        "Map of the monthly change",
        ("deepstate", "nzz", "isw"),
        key="source",
        default="deepstate",
        control="segmented",
    )
    chart("monthly-change", narrow.having(period=period, source=source), level=2)

table, small = st.columns([0.5, 0.5], gap="large")
half = ctx.for_share(0.49)
with table:
    chart("oblast-control", half, level=2)
with small:
    chart("oblast-map", half, level=2, table=False)

st.header("Three maps, three rules", divider=False)
st.markdown(
    "DeepState is a Ukrainian team’s daily map. NZZ takes its areas from Liveuamap and "
    "moves in steps. ISW is the coarse control map of the Institute for the Study of "
    "War, without the areas it marks as advances. Each draws the line where its own "
    "rules put it, so lengths and areas differ even on one day; they are shown side by "
    "side and never averaged or subtracted from one another. The line and the area drawn "
    "on the map are NZZ’s before 16 May 2022 and DeepState’s from that day on. Lengths "
    "and areas are measured here, on one equal-area projection: the line is the boundary "
    "towards land held by Ukraine within its recognised borders, without coast and "
    "without fighting inside Russia."
)
