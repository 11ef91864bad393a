import streamlit as st
st.title("Front")
