"""What happened when, on which track, with whom, with what outcome?"""

import streamlit as st

from components.charts.timeline import filters_of
from components.widgets import bound
from components.widgets.context import context
from components.widgets.event_detail import event_detail
from components.widgets.event_list import event_list
from components.widgets.figure import chart, drawn
from components.widgets.screen import narrow_window
from components.widgets.timeline_filters import timeline_filters
from components.widgets.timeline_picking import picked
from data.events import detail, latest_major, rows
from data.words import day

ctx = context()
heading = st.container()
options = timeline_filters(ctx)

# The event is chosen in a control of its own, run before the chart is drawn: it
# is the keyboard's way to a point, and it holds the choice in the URL.
ids = ctx.data["events"]["event_id"].iloc[::-1].to_list()
wide, side = st.columns([73, 27], gap="medium")
with side:
    chosen = bound.choice(
        "Event, by date and name",
        ids,
        key="event",
        placeholder="Choose, or click a point",
        expected=f"no event of this id is known on {day(ctx.view.as_of)}",
    )
    shown = chosen or latest_major(ctx.data)
    if shown:
        if not chosen:
            st.caption(
                "The last confirmed key event; choose another here or in the chart."
            )
        event_detail(ctx, detail(ctx.data, shown))
    else:
        st.markdown("No key event is recorded by this date.")

view = ctx.for_share(0.72).having(**options, event=chosen)
with heading:
    st.title(drawn("timeline", view).words.title)
with wide:
    chart("timeline", view, level=None, on_select=picked)

# On a phone the detail follows the chart, and the list comes last.
with st.container() if narrow_window() else wide:
    event_list(ctx, rows(ctx.data, filters_of(view)), options)
