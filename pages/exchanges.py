"""Exchanges: who returned, when, under which deal, and what each deal promised."""

import streamlit as st

st.title("Exchanges of prisoners and repatriations of bodies")
