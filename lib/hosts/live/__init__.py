"""The live page: documents shown by Streamlit, with the boxes that change what they show."""
