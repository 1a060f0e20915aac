"""How wide words are, in the typeface of pictures and documents, and where lines break."""

from functools import cache
from pathlib import Path

import reportlab
from PIL import ImageFont

_FONTS = Path(reportlab.__file__).parent / "fonts"


@cache
def font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the typeface in a size in pixels."""
    return ImageFont.truetype(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf"), size)


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line is, in the unit of its size."""
    return font(100, bold).getlength(text) * size / 100


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


def _broken(word: str, size: float, most: float, bold: bool) -> list[str]:
    """Return a word in parts that fit a line."""
    parts, rest = [], word
    while len(rest) > 1 and width(rest, size, bold) > most:
        fits = next((n for n in range(len(rest) - 1, 1, -1) if width(rest[:n], size, bold) <= most), 1)
        parts.append(rest[:fits])
        rest = rest[fits:]
    return [*parts, rest]
