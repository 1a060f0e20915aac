"""Pictures that leave the app: one map or several, title, legend and source, laid out for SVG and PNG alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from lib.figures import drawing, projection, text
from lib.figures.maps import Map
from lib.figures.projection import Box
from lib.themes import Category

CARD = 1200.0, 630.0
"""Width and height of a preview card, pixels."""
WIDTH = 480.0
_MARGIN, _GAP = 18.0, 12.0
_TITLE, _LEGEND, _SOURCE = 14.0, 8.0, 6.5
_LINE = 13.0
_SWATCH = 18.0
_LEAST, _MOST = 0.7, 1.3
_BESIDE = 140.0


@dataclass(frozen=True)
class Words:
    """A line of text from its left edge and base line."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    colour: str = drawing.INK


@dataclass(frozen=True)
class Swatch:
    """A class of a legend: its colour, stripes and mark, from the upper left corner."""

    x: float
    y: float
    category: Category
    width: float = 14.0
    height: float = 11.0


@dataclass(frozen=True)
class Sheet:
    """A picture.

    Attributes
    ----------
    title, description : str
        What it shows.
    width, height : float
        Points, or the pixels of a card.
    frames : tuple of (Box, Map)
        The maps and where they lie.
    items : tuple of Words or Swatch
        What stands around them.
    """

    title: str
    description: str
    width: float
    height: float
    frames: tuple[tuple[Box, Map], ...]
    items: tuple[Words | Swatch, ...]


def legend(drawn: Map) -> tuple[Category, ...]:
    """Return the classes of a map's legend: those with a label that some area is in, each once."""
    used = {item for areas in drawn.areas for item in areas.classes if item.key in set(areas.class_of.values())}
    listed = dict.fromkeys(item for areas in drawn.areas for item in areas.classes if item in used)
    return tuple(item for item in listed if item.label)


def printed(maps: Iterable[Map], title: str, description: str = "") -> Sheet:
    """Lay out maps side by side with their legends below, in points for paper; beside a single one that is high.

    Parameters
    ----------
    maps : iterable of Map
        One or several.
    title : str
        Above all of them.
    description : str
        In words; by default the maps' own.
    """
    maps = tuple(maps)
    top, words = _lines(title, _MARGIN, _MARGIN, WIDTH, _TITLE, 17.0, bold=True)
    items: list[Words | Swatch] = [*words]
    top += 10
    column = _BESIDE if len(maps) == 1 and projection.shape(maps[0].extent) > 1 else 0.0
    wide, high = _frame(maps, WIDTH - column)
    frames, ends = [], []
    for n, drawn in enumerate(maps):
        x = _MARGIN + n * (wide + _GAP)
        frames.append((Box(x, top, wide, high), drawn))
        place = (x + wide + _GAP, top, column - _GAP) if column else (x, top + high + 8, wide)
        end, lines = _legend(drawn, *place)
        ends.append(max(end, top + high))
        items += lines
    end = max(ends)
    if any(drawn.places for drawn in maps):
        end, lines = _lines("Crosses: acute trusts.", _MARGIN, end, WIDTH, _LEGEND, _LINE)
        items += lines
    for source in dict.fromkeys(drawn.source for drawn in maps if drawn.source):
        end, lines = _lines(source, _MARGIN, end + 6, WIDTH, _SOURCE, 9.0)
        items += lines
    summary = description or " ".join(drawn.description for drawn in maps)
    return Sheet(title, summary, WIDTH + 2 * _MARGIN, end + _MARGIN, tuple(frames), tuple(items))


def card(maps: Iterable[Map], title: str, answer: str = "") -> Sheet:
    """Lay out maps as a preview card: title, what is to be said, the maps, and where they come from; in pixels.

    Parameters
    ----------
    maps : iterable of Map
        One, whose legend is told, or several, each below its title.
    title : str
        Above all.
    answer : str
        Some lines below it; what is beyond five of them is left out.
    """
    maps = tuple(maps)
    (width, height), margin, column = CARD, 36.0, 420.0
    top, words = _lines(title, margin, margin, column, 32.0, 40.0, bold=True, most=5)
    items: list[Words | Swatch] = [*words]
    foot = _lines(maps[0].source, 0, 0, column, 13.0, 18.0, most=7)[1]
    up = height - margin - 18.0 * len(foot)
    items += [Words(margin, up + words.y, words.text, words.size, colour=drawing.SOFT) for words in foot]
    if answer:
        top, lines = _lines(answer, margin, top + 6, column, 17.0, 23.0, most=5)
        items += lines
    frames, titles = _row(maps, Box(2 * margin + column, margin / 2, width - 2.5 * margin - column, height - margin))
    entries = _together(maps)
    items += [*titles, *_legend_of_card(entries, Box(margin, top + 20, column, up - top - 20))]
    return Sheet(title, " ".join(drawn.description for drawn in maps), width, height, frames, tuple(items))


def _frame(maps: tuple[Map, ...], room: float) -> tuple[float, float]:
    """Return width and height of each of some maps that share a width side by side."""
    wide = (room - _GAP * (len(maps) - 1)) / len(maps)
    return wide, wide * min(max(*(projection.shape(drawn.extent) for drawn in maps), _LEAST), _MOST)


def _row(maps: tuple[Map, ...], room: Box) -> tuple[tuple[tuple[Box, Map], ...], list[Words]]:
    """Return maps side by side, and of several the titles above those that no note tells apart."""
    if len(maps) == 1:
        return ((room, maps[0]),), []
    wide, high = _frame(maps, room.width)
    top = room.top + (room.height - high) / 2
    frames = tuple((Box(room.left + n * (wide + _GAP), top, wide, high), drawn) for n, drawn in enumerate(maps))
    titles = [
        words
        for frame, drawn in frames
        if not drawn.note
        for words in _lines(drawn.title, frame.left, top - 46, frame.width, 16.0, 20.0, bold=True, most=2)[1]
    ]
    return frames, titles


def _together(maps: tuple[Map, ...]) -> tuple[Category, ...]:
    """Return the classes of all maps; none where a mark means one thing on one map and another on the next."""
    entries = tuple(dict.fromkeys(item for drawn in maps for item in legend(drawn)))
    meanings = {(item.mark, item.label) for item in entries}
    return entries if len(maps) == 1 or len({mark for mark, _ in meanings}) == len(meanings) else ()


def _legend_of_card(entries: tuple[Category, ...], room: Box) -> list[Words | Swatch]:
    """Return a legend as far as there is room, and then how many more classes there are."""
    items: list[Words | Swatch] = []
    y, end_of_room = room.top, room.top + room.height
    for n, item in enumerate(entries):
        end, label = _lines(item.label, room.left + 44, y - 1, room.width - 44, 17.0, 20.0)
        # The last one needs no room for a line that says how many more there are.
        if end > end_of_room - (16 if n == len(entries) - 1 else 46):
            more = f"and {len(entries) - n} more"
            return items + _lines(more, room.left + 44, y - 1, room.width, 17.0, 20.0)[1]
        items += [Swatch(room.left, y, item, 32.0, 21.0), *label]
        y = end + 11
    return items


def card_of_words(title: str, answer: str, source: str) -> Sheet:
    """Lay out a preview card of a view without a map: title, answer, and where it comes from; in pixels."""
    (width, height), margin = CARD, 60.0
    wide = width - 2 * margin
    top, items = _lines(title, margin, margin, wide, 52.0, 62.0, bold=True, most=4)
    items += _lines(answer, margin, top + 20, wide, 28.0, 38.0, most=7)[1]
    foot = _lines(source, 0, 0, wide, 14.0, 19.0, most=3)[1]
    up = height - margin - 19.0 * len(foot)
    items += [Words(margin, up + words.y, words.text, words.size, colour=drawing.SOFT) for words in foot]
    return Sheet(title, answer, width, height, (), tuple(items))


def _legend(drawn: Map, x: float, y: float, wide: float) -> tuple[float, list[Words | Swatch]]:
    """Return where a legend ends and what it is made of."""
    items: list[Words | Swatch] = []
    for item in legend(drawn):
        items.append(Swatch(x, y, item))
        end, lines = _lines(item.label, x + _SWATCH, y - 4, wide - _SWATCH, _LEGEND, _LINE)
        items += lines
        y = max(end + 4, y + _LINE)
    return y, items


def _lines(
    passage: str, x: float, y: float, wide: float, size: float, line: float, bold: bool = False, most: int = 99
) -> tuple[float, list[Words]]:
    """Return where some text ends and its lines; what is beyond `most` of them is left out, and three dots say so."""
    lines = text.wrapped(passage, size, wide, bold)
    if len(lines) > most:
        room = wide - text.width("…", size, bold)
        lines = [*lines[: most - 1], f"{text.cut(lines[most - 1], size, room, bold).rstrip()}…"]
    words = [Words(x, y + (n + 1) * line, words, size, bold) for n, words in enumerate(lines)]
    return y + len(lines) * line, words
