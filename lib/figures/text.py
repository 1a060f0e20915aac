"""How wide words are, in the typeface of pictures and documents, and where lines break."""

from bisect import bisect_right
from importlib.metadata import distribution
from pathlib import Path

from PIL import ImageFont

from geo import kept

FONTS = Path(str(distribution("reportlab").locate_file("reportlab/fonts")))
"""Where the typeface lies: the PDF library ships it, and need not be loaded for that."""


# Sizes follow from the length of titles. A typeface says little of what it holds: these are some forty.
@kept.within(0.02)
def font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the typeface in a size in pixels."""
    return ImageFont.truetype(FONTS / ("VeraBd.ttf" if bold else "Vera.ttf"), size)


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line is, in the unit of its size."""
    return font(100, bold).getlength(text) * size / 100


def fitting(text: str, size: float, most: float) -> float:
    """Return the size, at most `size`, at which a bold line is no wider than `most`."""
    natural = width(text, size, bold=True)
    return size * min(1.0, most / natural) if natural else size


def wrapped(text: str, size: float, most: float, bold: bool = False) -> list[str]:
    """Break text into lines no wider than `most`; a word that is wider is broken, too."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold) <= most:
            lines[-1] = longer
            continue
        *whole, rest = _broken(word, size, most, bold)
        lines += [*whole, rest]
    return [line for line in lines if line]


def cut(text: str, size: float, most: float, bold: bool = False) -> str:
    """Return as much of the beginning of a line as is no wider than `most`, at least a letter."""
    # No line has more letters than narrow ones would fill it with.
    text = text[: int(most / size * 6) + 1]
    return text[: max(bisect_right(range(1, len(text) + 1), most, key=lambda n: width(text[:n], size, bold)), 1)]


def _broken(word: str, size: float, most: float, bold: bool) -> list[str]:
    """Return a word in parts that fit a line."""
    parts = []
    while len(part := cut(word, size, most, bold)) < len(word):
        parts.append(part)
        word = word[len(part) :]
    return [*parts, word]
