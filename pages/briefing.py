"""The state on this date as slides on a shared screen, and the deck's editor."""

import streamlit as st

from components.briefing.compose import compose
from components.widgets.context import context
from components.widgets.deck_editor import deck_asked, downloads, editing, outline
from components.widgets.slide_show import edit, slide_show
from data.dataset import dataset
from data.words import count, day

ctx = context()
heading = st.container()
left, right = st.columns([0.38, 0.62], gap="large")
with left:
    # Also while the slides are shown, hidden then: the address holds the choice.
    deck = deck_asked(ctx)
slides = compose(dataset(), deck)

if editing():
    with heading:
        st.title(f"Briefing for {day(deck.as_of)}: {count(len(slides), 'slide')}")
    with left:
        downloads(ctx, deck)
    with right:
        outline(deck, slides)
elif slides:
    slide_show(ctx, deck)
else:
    with heading:
        st.title(f"On {day(deck.as_of)} none of these slides has anything to say")
        st.button("Edit the deck", on_click=edit)
