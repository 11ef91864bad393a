"""The timeline's filters, all bound to the URL."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from components.widgets import bound
from components.widgets.context import Context
from components.widgets.screen import narrow_window
from data.events import CURVES

# Days before the as-of date, or a first and a last day: the direct rounds in
# Belarus and Istanbul, and those in Istanbul in 2025. Offered once they had begun.
SPANS: dict[str, int | tuple[date, date] | None] = {
    "All dates": None,
    "Last 12 months": 365,
    "Last 90 days": 90,
    "Direct rounds of 2022": (date(2022, 2, 28), date(2022, 3, 29)),
    "Direct rounds of 2025": (date(2025, 5, 16), date(2025, 7, 23)),
}
_LISTS = ("track", "type", "level", "outcome", "significance")
_KEYS = (*_LISTS, "actor", "place", "text", "from", "to")


def timeline_filters(ctx: Context) -> dict[str, object]:
    """Show the controls; returns the options that were set, by parameter name."""
    data = ctx.data
    first, last = date.fromisoformat(data.first_day), date.fromisoformat(ctx.view.as_of)
    chosen: dict[str, object] = {}
    row = st.container(
        key="timeline-filters", horizontal=True, vertical_alignment="bottom"
    )
    # On a phone all controls fold into one, so that the chart comes first.
    narrow = narrow_window()
    with row.popover("Filters, period, curve", key="filters") if narrow else row:
        chosen["track"] = bound.choices(
            "Track", list(data.labels("events", "track")), key="track", width=230
        )
        chosen["text"] = bound.text("Search", key="text", width=160)
        start = bound.day(
            "From", key="from", default=None, first=first, last=last, width=172
        )
        end = bound.day("To", key="to", default=None, first=first, last=last, width=172)
        if narrow:
            _spans(first, last)
        rest = st.container() if narrow else st.popover("More filters", key="more")
        with rest:
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
        row.button("Clear filters", key="clear_filters", on_click=_clear)
    if not narrow:
        with row:
            _spans(first, last)
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


def _spans(first: date, last: date) -> None:
    """Periods that are asked for often, one press each."""
    with st.container(key="timeline-spans", horizontal=True, width="content"):
        for label, span in SPANS.items():
            if isinstance(span, tuple) and span[0] > last:
                continue
            st.button(
                label,
                key=f"span_{label}",
                type="tertiary",
                on_click=_span,
                args=(first, last, span),
            )


def _span(first: date, last: date, span: int | tuple[date, date] | None) -> None:
    start = end = None
    if isinstance(span, tuple):
        start, end = span[0], min(span[1], last)
    elif span:
        start = max(first, last - timedelta(days=span))
    st.session_state["from"], st.session_state["to"] = start, end


def _clear() -> None:
    for name in _KEYS:
        if name in st.session_state:
            empty: object = (
                "" if name == "text" else None if name in ("from", "to") else []
            )
            st.session_state[name] = empty
