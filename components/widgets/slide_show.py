"""The slide show: a slide over the whole window, changed by keyboard.

Keys, black screen, notes and the strip that comes with the pointer are the
pages' script's; here stand the slide, its number, and the notes. A change of slide
runs the page: where it ran a fragment of it, a busy browser that got several quick
presses lost Streamlit's place among the page's elements.
"""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from components.briefing.compose import compose
from components.briefing.deck import Deck
from components.briefing.drawing import fitted, not_drawn
from components.briefing.files import Kind
from components.briefing.layout import Picture, lay_out
from components.briefing.slide import Slide
from components.theme.palette import Theme
from components.widgets import bound
from components.widgets.context import Context
from components.widgets.link import address
from components.widgets.slide_html import notes_html, slide_html
from data.dataset import Dataset, dataset
from data.words import day

# Nothing on a slide answers to the pointer.
_CONFIG = {"staticPlot": True, "displayModeBar": False}

# A file's kind: its path on this server, its name.
FILES: dict[Kind, tuple[str, str]] = {
    "pptx": ("briefing.pptx", "PowerPoint"),
    "pdf": ("briefing.pdf", "PDF"),
    "brief": ("brief.pdf", "A4 brief"),
}

_KEYS = (
    ("→ ↓ Space Enter", "next slide"),
    ("← ↑ Backspace", "previous slide"),
    ("Home, End", "first, last slide"),
    ("n", "notes and sources"),
    ("b", "black screen"),
    ("f", "full screen"),
    ("e", "edit the deck"),
    ("Esc", "close what is open"),
    ("?", "these keys"),
)


# The same on every slide, so that the focus stays where it is.
_STEPS = "<p class='parley-strip'>{}</p>".format(
    "".join(
        f"<button type='button' data-step='{key}' aria-label='{name} slide'>{sign}</button>"
        for key, name, sign in (
            ("Home", "First", "⇤"),
            ("ArrowLeft", "Previous", "←"),
            ("ArrowRight", "Next", "→"),
            ("End", "Last", "⇥"),
        )
    )
)


@st.cache_resource(max_entries=256, show_spinner=False)
def _plot(
    version: str, picture: Picture, theme: Theme, _whole: Dataset
) -> tuple[go.Figure, str]:
    """The chart at its own size, and the rule that places it in its box."""
    found = fitted(picture, theme, _whole)
    figure = go.Figure(found.figure)
    figure.update_layout(width=found.width, height=found.height)
    x, y, scale = found.place
    return figure, (
        f"<style>.st-key-plot{{--x:{picture.x + x:.2f};--y:{picture.y + y:.2f};"
        f"--scale:{scale:.4f};width:{found.width}px!important}}</style>"
    )


def slide_show(ctx: Context, deck: Deck) -> None:
    """The deck at the slide that the address names."""
    whole = dataset()
    slides = compose(whole, deck)
    with st.container(key=f"present-{deck.theme}"):
        stage = st.container(key="stage")
        number = _strip(ctx, deck, len(slides))
        slide = slides[number - 1]
        with stage:
            _slide(whole, deck, slide, number, len(slides))
        st.html(notes_html(slide) + _help())


def _slide(whole: Dataset, deck: Deck, slide: Slide, number: int, of: int) -> None:
    boxes = lay_out(slide, number, of, day(deck.as_of))
    plot, failed = None, ""
    for picture in (box for box in boxes if isinstance(box, Picture)):
        try:
            plot = _plot(whole.version, picture, deck.theme, whole)
        except Exception as error:  # a chart's own fault must not take the slide along
            failed = not_drawn(picture, error)
    st.html(slide_html(slide, boxes, number, of, failed))
    if plot:
        figure, place = plot
        st.html(place)
        with st.container(key="plot"):
            st.plotly_chart(
                figure,
                width="content",
                theme=None,
                key=f"slide-{number}",
                config=_CONFIG,
                alt=slide.chart.summary if slide.chart else None,
            )


def _strip(ctx: Context, deck: Deck, of: int) -> int:
    """The controls; returns the slide's number.

    The number is kept by a widget in the browser, whose buttons (out of sight) the
    pages' script presses: a button of our own would be heard once a run, and quick
    presses would be lost.
    """
    with st.container(key="strip", horizontal=True, vertical_alignment="center"):
        st.html(_STEPS)
        number = bound.page(of, key="slide", unit="slides", visible=None)
        st.html(f"<p class='parley-of'>{number} / {of}</p>")
        if st.button("Edit deck", key="edit_deck", type="tertiary", on_click=edit):
            st.rerun()
        st.html(_links(ctx, deck))
    return number


def edit() -> None:
    """Leave the slides for the deck's editor."""
    st.session_state["edit"] = True


def _links(ctx: Context, deck: Deck) -> str:
    """Notes, files and the way out; the pages' script says how a download fares."""
    query = escape(f"?{deck.query(ctx.data.closing.latest)}".rstrip("?"), quote=True)
    files = "".join(
        f'<a href="/{path}{query}" data-download>{label}</a>'
        for path, label in FILES.values()
    )
    leave = escape(address(ctx, ""), quote=True)
    return (
        "<div class='parley-strip' data-menu>"
        "<button type='button' data-press='n'>Notes</button>"
        "<button type='button' data-press='?'>Keys</button>"
        f"{files}<a href=\"{leave}\" target='_self'>Leave</a>"
        "<span role='status' aria-live='polite'></span></div>"
    )


def _help() -> str:
    rows = "".join(f"<dt>{keys}</dt><dd>{does}</dd>" for keys, does in _KEYS)
    return (
        "<section class='parley-keys' aria-label='Keys'><h2>Keys</h2>"
        f"<dl>{rows}</dl></section>"
    )
