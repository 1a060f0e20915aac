"""The words, and what happened when."""
