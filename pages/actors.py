"""Actors: who is this, what office on that date, in which rooms, with whom?"""

from datetime import date
from functools import partial

import streamlit as st

from components.charts.meeting_network import OPTIONS as NETWORK
from components.widgets import actor as parts
from components.widgets import bound
from components.widgets.context import context
from components.widgets.figure import chart, drawn
from components.widgets.sources import source_list
from data.actors import directory, found
from data.words import count, day

ctx = context()
data, view = ctx.data, ctx.view
everyone = directory(data)
by = "" if ctx.latest else f" by {day(view.as_of)}"
on = "" if ctx.latest else f" on {day(view.as_of)}"

title = st.container()
with st.container(key="actors-controls", horizontal=True, vertical_alignment="bottom"):
    show = bound.choice(
        "Show", ("directory", "delegations", "network"), key="show",
        default="directory", control="segmented",
    )  # fmt: skip
    chosen = parts.choose(ctx, list(everyone["actor_id"]))
    if chosen and show == "directory":
        st.button("Back to the directory", key="leave", on_click=parts.leave)
    elif chosen:
        name = data.names[chosen]
        st.button(f"Open the page of {name}", key="open", on_click=parts.open_page)

if show == "delegations":
    matrix = view.having(actor=chosen)
    title.title(drawn("delegations-by-round", matrix).words.title)
    pick = partial(parts.picked, "delegations-by-round")
    chart("delegations-by-round", matrix, level=None, on_select=pick)

elif show == "network":
    first, last = date.fromisoformat(data.first_day), date.fromisoformat(view.as_of)
    with st.container(
        key="actors-period", horizontal=True, vertical_alignment="bottom"
    ):
        since = bound.day("From", key="from", default=None, first=first, last=last)
        until = bound.day("To", key="to", default=None, first=first, last=last)
        least = bound.choice(
            "Meetings and calls of a pair, at least", NETWORK["least"].values,
            key="least", default="automatic",
        )  # fmt: skip
    network = view.having(actor=chosen, least=least, **parts.span(since, until))
    title.title(drawn("meeting-network", network).words.title)
    pick = partial(parts.picked, "meeting-network")
    chart("meeting-network", network, level=None, on_select=pick)

elif chosen:
    actor = data["actors"].set_index("actor_id", drop=False).loc[chosen]
    with title:
        st.title(f"{actor['name']}{on}")
        parts.head(ctx, actor)
    person = actor["kind"] == "person"
    lead, beside = st.columns([0.62, 0.38], gap="large")
    own, met = (ctx.for_share(s).having(actor=chosen) for s in (0.6, 0.36))
    history = "actor-timeline" if person else "organization-people"
    with lead:
        if len(drawn(history, own).frame):
            chart(history, own, level=2)
        if not person:
            parts.delegations(ctx, actor)
    with beside:
        if person:
            chart("in-rooms-with", met, level=2)
        else:
            parts.representatives(ctx, chosen)
    parts.positions(ctx, chosen)
    st.markdown("## Rooms" if person else "## Events it took part in")
    parts.rooms_list(ctx, chosen)
    if person:
        named, spoken = st.columns(2, gap="large")
        with named:
            parts.delegations(ctx, actor)
        with spoken:
            parts.quotes(ctx, chosen)
    source_list(data, actor["source_ids"], label="Sources of this entry")

else:
    kinds = everyone["kind"].value_counts()
    title.title(
        f"{len(everyone)} actors{by}: "
        f"{count(kinds.get('person', 0), 'person', 'people')}, "
        f"{count(kinds.get('state', 0), 'state')}, "
        f"{count(kinds.get('organization', 0), 'organization')}, "
        f"{count(kinds.get('group', 0), 'group')}"
    )
    with st.container(
        key="actors-filters", horizontal=True, vertical_alignment="bottom"
    ):
        words = bound.text("Search by name, in any spelling, or by office", key="q")
        sides = bound.choices("Sides", list(data.labels("actors", "side")), key="side")
        sorts = bound.choices("Kinds", list(data.labels("actors", "kind")), key="kind")
    rows = found(data, words, tuple(sides), tuple(sorts))
    st.markdown(f"{len(rows)} of {len(everyone)} actors, the most often recorded first")
    parts.cards(ctx, rows)
