"""Overview: where do the talks, the line and the toll stand on this date?"""

import streamlit as st

from components.widgets import overview as parts
from components.widgets.changes import since_you_looked
from components.widgets.context import context
from components.widgets.figure import chart
from data.front import map_of, monthly
from data.headline import headline
from data.overview import day_of_war
from data.words import day

ctx = context()
data, view = ctx.data, ctx.view
number = day_of_war(view.as_of)
counted = f", day {number:,} of the full-scale war" if number > 0 else ""

st.title(headline(data))
st.markdown(f"State on {day(view.as_of)}{counted}, as it was known that day")
parts.figures(ctx)

# Three columns on a wide screen; else the chart of months stands under the map.
wide = view.width >= 1400
left, right = st.columns([0.74, 0.26] if wide else [0.6, 0.4], gap="medium")
with left:
    line, months = st.columns([0.64, 0.36], gap="medium") if wide else (left, left)
with line:
    if data.layer("front_lines").dates:
        shown = ctx.for_share(0.46 if wide else 0.58).having(
            compare="none", extent="ukraine"
        )
        chart("front-line-map", shown, level=2)
    else:
        st.markdown("No map of the front line is known by this date.")
with months:
    drawn_map = map_of(view.as_of)
    if len(monthly(data, drawn_map)):
        shown = ctx.for_share(0.26 if wide else 0.58).having(source=drawn_map)
        chart("monthly-change", shown, level=2)
    else:
        st.markdown("No month’s change of the occupied area is known by this date.")
with right:
    parts.latest(ctx)
    parts.announced(ctx)
since_you_looked(ctx)
parts.more(ctx)
