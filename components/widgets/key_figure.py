"""A figure that never stands alone: label, value, who says so, when, what limits it."""

from __future__ import annotations

from html import escape

import streamlit as st


def key_figure(label: str, value: str, unit: str, source: str) -> None:
    """`source` names claimant, period, publication date and limit, in a sentence."""
    st.html(key_figure_html(label, value, unit, source))


def key_figure_html(
    label: str, value: str, unit: str, source: str, links: str = ""
) -> str:
    """The same as markup. `links` are markup that is already safe."""
    unit_html = f" <span class='unit'>{escape(unit)}</span>" if unit else ""
    more = f" {links}" if links else ""
    return (
        f"<div class='parley-figure'><p class='label'>{escape(label)}</p>"
        f"<p class='value'>{escape(value)}{unit_html}</p>"
        f"<p class='source'>{escape(source)}{more}</p></div>"
    )
