"""A Streamlit page of one element: what the framework costs, whatever a page says."""

import streamlit as st

st.write("One element")
