"""A bare Streamlit page: one chart as large as Parley's, one control that redraws it.

BENCH_FIGURE names a Plotly figure as JSON; BENCH_DECK a pydeck JSON.
"""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import pydeck
import streamlit as st

st.set_page_config(layout="wide")
st.title("Bare")
state = st.session_state
if st.button("Redraw"):
    state["height"] = 1300 - state.get("height", 640)  # 640 and 660 in turn
choice = state.get("height", 640)
if "BENCH_DECK" in os.environ:
    text = Path(os.environ["BENCH_DECK"]).read_text()
    deck = pydeck.Deck(map_provider=None)
    deck.to_json = lambda: text
    st.pydeck_chart(deck, height=choice)
else:
    figure = go.Figure(json.loads(Path(os.environ["BENCH_FIGURE"]).read_text()))
    figure.update_layout(height=choice)
    st.plotly_chart(figure, theme=None)
