"""A document: everything that a page says of a view."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from lib.content.blocks import Block, Chart, Facts, Group, MapFigure, Section, Table, Words

Kind = TypeVar("Kind")
_DRAWN = (MapFigure, Chart)


@dataclass(frozen=True)
class Document:
    """What a page says of a view.

    Attributes
    ----------
    title : str
        The finding or the name of the thing, as heading and as title of the page.
    description : str
        What the page says, in one or two plain sentences, for previews and search engines.
    blocks : tuple of Block
        What there is to say, in the order of reading.
    lead : Words
        The answer in a sentence, below the title.
    notices : tuple of Words
        What of the link was not understood, and what is shown instead.
    sources : tuple of Words
        Where it all comes from.
    index : bool
        Whether search engines should list it: not what a reader made up.
    main : tuple of str
        Keys of the maps and charts that stand for all of it, where that is not the first one alone; the first of
        them stands for it where there is room for one.
    about : str
        Name of the area that all of it is about; empty if it is about several, or all of England.
    own : bool
        Whether a reader chose filters, or a number, of their own: there are too many of these to keep.
    """

    title: str
    description: str
    blocks: tuple[Block, ...]
    lead: Words = ()
    notices: tuple[Words, ...] = ()
    sources: tuple[Words, ...] = ()
    index: bool = True
    main: tuple[str, ...] = ()
    about: str = ""
    own: bool = False

    @property
    def common(self) -> bool:
        """Whether other readers are likely to ask for it."""
        return self.index and not self.own

    def all_of(self, kind: type[Kind]) -> Iterator[Kind]:
        """Yield every block of a kind, wherever it stands, in the order of reading."""
        return (block for block in walk(self.blocks) if isinstance(block, kind))

    def tables(self) -> tuple[Table, ...]:
        """Return all tables."""
        return tuple(self.all_of(Table))

    def figure(self) -> MapFigure | Chart | None:
        """Return the main figure: by default the first map, else the first chart."""
        if self.main:
            return next(figure for figure in self._main_figures() if figure.key == self.main[0])
        return next(self.all_of(MapFigure), None) or next(self.all_of(Chart), None)

    def _main_figures(self) -> list[MapFigure | Chart]:
        return [block for block in walk(self.blocks) if isinstance(block, _DRAWN) and block.key in self.main]

    def part(self, name: str) -> "Document":
        """Return the document as a link with ``view=`` asks for it.

        Parameters
        ----------
        name : str
            ``all``; ``map`` for the main figures alone, where there are any; ``table`` for all but maps and charts.
        """
        if name == "map" and self.main:
            return replace(self, blocks=(Group(tuple((figure,) for figure in self._main_figures())),))
        if name == "map" and (figure := self.figure()):
            return replace(self, blocks=(figure,))
        return replace(self, blocks=_undrawn(self.blocks), main=()) if name == "table" else self


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks and all blocks inside them, in the order of reading."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)
        elif isinstance(block, Group):
            for column in block.columns:
                yield from walk(column)


def _unstripped(block: Block) -> Block:
    """Return a block without the strips that are drawn in it."""
    if isinstance(block, Table):
        return replace(block, strips=())
    if isinstance(block, Facts):
        return Facts(tuple(replace(fact, strip=None) for fact in block.items))
    return block


def _undrawn(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks without maps and charts, and without what is empty then."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Section):
            if inside := _undrawn(block.blocks):
                kept.append(replace(block, blocks=inside))
        elif isinstance(block, Group):
            columns = tuple(filter(None, (_undrawn(column) for column in block.columns)))
            if columns:
                kept.append(Group(columns))
        elif not isinstance(block, _DRAWN):
            kept.append(_unstripped(block))
    return tuple(kept)
