"""The timeline's filters, all bound to the URL."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from components.view import View
from components.widgets import bound
from components.widgets.context import Context
from data.events import CURVES

SPANS = {"All dates": None, "Last 12 months": 365, "Last 90 days": 90}
_LISTS = ("track", "type", "level", "outcome", "significance")
_KEYS = (*_LISTS, "actor", "place", "text", "from", "to")


def timeline_filters(ctx: Context) -> dict[str, object]:
    """Show the controls; returns the options that were set, by parameter name."""
    data = ctx.data
    first, last = date.fromisoformat(data.first_day), date.fromisoformat(ctx.view.as_of)
    chosen: dict[str, object] = {}
    with st.container(
        key="timeline-filters", horizontal=True, vertical_alignment="bottom"
    ):
        chosen["track"] = bound.choices(
            "Track", list(data.labels("events", "track")), key="track", width=230
        )
        chosen["text"] = bound.text("Search", key="text", width=160)
        start = bound.day(
            "From", key="from", default=None, first=first, last=last, width=172
        )
        end = bound.day("To", key="to", default=None, first=first, last=last, width=172)
        with st.popover("More filters", key="more_filters"):
            with st.container(horizontal=True):
                for label, days in SPANS.items():
                    st.button(
                        label,
                        key=f"span_{label}",
                        on_click=_span,
                        args=(first, last, days),
                    )
            for name, column in (
                ("type", "event_type"), ("outcome", "outcome"), ("level", "level"),
                ("significance", "significance"),
            ):  # fmt: skip
                chosen[name] = bound.choices(
                    name.capitalize() if name != "significance" else "Weight",
                    list(data.labels("events", column)), key=name,
                )  # fmt: skip
            chosen["actor"] = bound.choices(
                "Took part",
                sorted(data["event_participants"]["actor_id"].unique()),
                key="actor",
            )
            chosen["place"] = bound.choices(
                "Place",
                sorted(data["events"]["place_id"].dropna().unique()),
                key="place",
            )
        curve = bound.choice(
            "Curve above", list(CURVES), key="curve", default="civilians", width=150
        )
        if any(st.session_state.get(name) for name in _KEYS):
            st.button("Clear filters", key="clear_filters", on_click=_clear)
    if start and end and start > end:
        bound.refuse(
            "to",
            end.isoformat(),
            f"a day from {start.isoformat()} on",
            "the period turned round",
        )
        start, end = end, start
    chosen["from"] = start.isoformat() if start else None
    chosen["to"] = end.isoformat() if end else None
    options = {k: v for k, v in chosen.items() if v}
    if curve and curve != "civilians":
        options["curve"] = curve
    return options


def filtering(view: View) -> bool:
    """Whether any filter is set."""
    return any(name in _KEYS for name, _ in view.options)


def _span(first: date, last: date, days: int | None) -> None:
    state = st.session_state
    state["from"] = None if days is None else max(first, last - timedelta(days=days))
    state["to"] = None


def _clear() -> None:
    for name in _KEYS:
        if name in st.session_state:
            empty: object = (
                "" if name == "text" else None if name in ("from", "to") else []
            )
            st.session_state[name] = empty
