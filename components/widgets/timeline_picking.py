"""A click in the timeline becomes a choice in the URL."""

from __future__ import annotations

from datetime import date

import streamlit as st


def picked() -> None:
    """A point selects its event; a bar narrows the list to its track and quarter."""
    points = st.session_state["plot-timeline"]["selection"]["points"]
    held = points[0].get("customdata") if points else None
    held = held[0] if isinstance(held, list) else held
    if not held:
        return
    if "|" in held:
        track, first, last = held.split("|")
        st.session_state["track"] = [track]
        st.session_state["from"] = date.fromisoformat(first)
        st.session_state["to"] = date.fromisoformat(last)
    else:
        st.session_state["event"] = held
