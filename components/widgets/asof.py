"""The as-of bar: the one date, and the unit, that rule every page."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from components.widgets import bound
from components.widgets.context import reader_theme
from components.widgets.print_head import print_head_html
from data.dataset import Dataset
from data.turning_points import turning_points
from data.words import day as day_in_words
from data.words import short_day

# The server sends a date before the dataset's first to that first day (a widget
# cannot correct its own first URL) and notes here what was asked.
ASKED_COOKIE = "parley_asked"


def bar(whole: Dataset, page: str) -> tuple[str, str]:
    """Show the bar on the page of this title; returns the as-of date (ISO) and the units ('km' or 'mi')."""
    first = date.fromisoformat(whole.first_day)
    last = date.fromisoformat(whole.closing.latest)
    points = turning_points(whole)
    asked = st.context.cookies.get(ASKED_COOKIE)
    if isinstance(asked, str):
        bound.refuse(
            "as_of",
            asked,
            f"dates run from {first.isoformat()} to {last.isoformat()}",
            first.isoformat(),
        )
    with st.container(key="asof", horizontal=True, vertical_alignment="center"):
        chosen = bound.day(
            "As of", key="as_of", default=last, first=first, last=last, width=170
        )
        chosen = chosen or last
        st.button(
            "Day before",
            icon=":material/chevron_left:",
            key="day_before",
            on_click=_go,
            args=(chosen - timedelta(days=1),),
            disabled=chosen <= first,
        )
        st.button(
            "Day after",
            icon=":material/chevron_right:",
            key="day_after",
            on_click=_go,
            args=(chosen + timedelta(days=1),),
            disabled=chosen >= last,
        )
        st.button(
            "Latest", key="latest", on_click=_go, args=(last,), disabled=chosen == last
        )
        with st.popover("Turning points", key="turning_points"):
            for point in points:
                st.button(
                    f"{day_in_words(point.day)} · {point.label}",
                    key=f"point_{point.event_id}",
                    on_click=_go,
                    args=(date.fromisoformat(point.day),),
                    type="tertiary",
                )
        st.html(
            f"<p class='parley-complete'>{_completeness(whole, chosen)}</p>"
            f"{print_head_html(page, chosen.isoformat(), whole.version, reader_theme())}"
        )
        units = bound.choice(
            "Units",
            ("km", "mi"),
            key="units",
            default="km",
            control="segmented",
            label_visibility="collapsed",
        )
    return chosen.isoformat(), units or "km"


def _completeness(whole: Dataset, chosen: date) -> str:
    closing = whole.closing
    if chosen.isoformat() == closing.latest:
        return (
            f"Complete to {day_in_words(closing.events)}; casualties to "
            f"{short_day(closing.casualties)}, map to {short_day(closing.front_line)}"
        )
    return f"Dataset complete to {day_in_words(closing.latest)}"


def _go(to: date) -> None:
    st.session_state["as_of"] = to
