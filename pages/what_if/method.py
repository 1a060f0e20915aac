"""Where the cases of the What if page come from, and how everything on it is counted."""

from geo import kept
from lib import glossary
from lib.content.blocks import Block, Inline, Link, Prose, Section, Strong
from lib.text import source_parts
from lib.what_if import presets


@kept.once
def method() -> Section:
    """Return the cases with their sources, and how everything is counted."""
    cases: tuple[Block, ...] = tuple(
        Prose((Strong(preset.name), f": {preset.what} Source: ", *_sourced(preset.source), "."))
        for preset in presets.presets()
    )
    review = Prose((Strong("The review of 2021"), f": {presets.review()}."))
    return Section("Cases, method and sources", (review, *cases, *_counting()), "method", folded=True)


def _sourced(source: str) -> tuple[Inline, ...]:
    """Return a source cell with its addresses as links."""
    words: list[Inline] = []
    for title, address in source_parts(source):
        words += ["; "] if words else []
        words.append(Link(title, address) if address else title)
    return tuple(words)


def _counting() -> tuple[Prose, ...]:
    return (
        Prose(
            (
                Strong("What can be moved"),
                ": a CCG of April 2017, or the part of a CCG inside one district. Glossop and West Birmingham are such "
                "parts, of the CCGs Tameside and Glossop, and Sandwell and West Birmingham.",
            )
        ),
        Prose(
            (
                Strong("Names"),
                ": an STP that takes over a CCG keeps its name and code; a new one is called New STP 1, 2 and so on.",
            )
        ),
        Prose(
            (
                Strong("Split"),
                ": a council with residents in more than one STP. ",
                Strong("Fit and V-measure"),
                " of councils and STPs: as on the page Coterminosity (",
                glossary.link("coterminous", "what that means"),
                "), without tolerance, in residents. By what the fit is judged can be chosen: the councils of 2017, or "
                "areas of other kinds and years that are whole districts of 2017. The best map, and briefings, are "
                "judged by the councils of 2017.",
            )
        ),
        Prose(
            (
                Strong("In pieces"),
                ": parts that share no border. What was an island of its STP in 2017 (the Isle of Wight, the Isles of "
                "Scilly) counts as attached while it stays with it.",
            )
        ),
        Prose(
            (
                Strong("Counting"),
                ": sums over ",
                glossary.link("lsoa", "LSOAs"),
                ", never intersections of outlines; residents of mid-2017, memberships of April 2017 (ONS). The "
                "outlines are unions of whole pieces and fit those of all other layers.",
            )
        ),
    )
