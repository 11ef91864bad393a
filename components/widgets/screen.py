"""How wide the reader's window is, so that charts are laid out, not scaled."""

from __future__ import annotations

import streamlit as st

COOKIE = "parley_width"

# A chart is laid out anew every 80 px: between steps Plotly stretches it, and
# readers with like windows share one drawing.
STEP = 80
_DEFAULT, _LEAST, _MOST = 1280, 320, 3840
_MARGIN, _MARGIN_NARROW, _NARROW = 40, 16, 640


def window_width() -> int:
    """The window's width in CSS px as the page's script noted it; 1280 if unknown."""
    noted = st.context.cookies.get(COOKIE, "")
    width = int(noted) if noted.isascii() and noted.isdigit() else _DEFAULT
    return min(max(width, _LEAST), _MOST)


def content_width(share: float = 1.0) -> int:
    """Px for a chart that takes `share` of the page's width; all of it on a phone."""
    window = window_width()
    if window < _NARROW:
        return window - 2 * _MARGIN_NARROW
    width = (window - 2 * _MARGIN) * share
    return max(int(width // STEP * STEP), STEP)


def narrow_window() -> bool:
    """Whether columns are stacked: a phone."""
    return window_width() < _NARROW
