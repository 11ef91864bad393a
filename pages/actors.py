import streamlit as st
st.title("Actors")
