"""One footprint, and two side by side."""
