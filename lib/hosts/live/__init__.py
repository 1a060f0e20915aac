"""The live page: what Streamlit shows, with the scripts of lib/browser."""
