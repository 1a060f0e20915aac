"""What the numbers and letters on a map stand for, in words."""

from lib.figures.maps import Map


def in_words(drawn: Map) -> str:
    """Return the marked classes of a map in a line: ``"1 Leicester · 2 Rutland"``."""
    classes = [category for areas in drawn.areas for category in areas.classes]
    return " · ".join(f"{item.mark} {item.label}" for item in classes if item.mark and item.label)
