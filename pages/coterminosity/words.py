"""The answer in a sentence, what its words mean, and the method."""

from dataclasses import replace

from geo import area_words, blocks
from lib import fit, glossary, links
from lib.content.blocks import Inline, Link, Words
from lib.text import capital, small
from pages.coterminosity.view import CoterminosityView

_OF_AREA = {"area": ("area", "lies", "it lies"), "lsoas": ("LSOAs", "lie", "them lie")}

METHOD = (
    "Everything is counted in LSOAs, the 32,844 small areas of England of which every council, CCG and STP is made. "
    "Two areas overlap by the residents (or other weight) of the LSOAs that they have in common. Outlines are never "
    "intersected: where the boundaries of two layers are generalised each by itself, as they are often published, "
    "slivers along them make councils look split that are not (measured in benchmarks/README.md, Overlap of two "
    "layers). The outlines of this map are dissolved from one set of LSOAs, so that common borders are the same line.",
    "The tolerance t is what may lie elsewhere before it counts: the parts that are ignored. A pair of areas is the "
    "same if both shares are at least 1 − t; one is inside the other if its share is; a part is small, a sliver, if it "
    "is less than t of both areas. An area is made of whole areas if those that lie in it for at least 1 − t make up "
    "at least 1 − t of it; it is split if nothing of this holds.",
    "V-measure (Rosenberg and Hirschberg, 2007): the harmonic mean of homogeneity (1 if every area of the first layer "
    "lies in a single area of the second) and completeness (1 if every area of the second lies in a single area of "
    "the first), from conditional entropies. What lies outside a layer counts as one more area.",
    "Memberships are those of April 2017 unless a year is named (ONS), residents those of mid-2017.",
)


def introduction() -> Words:
    """Return what the page is about."""
    return (
        glossary.link("coterminous", "Coterminosity"),
        ": do boundaries match? Councils answer to residents inside one line; the NHS plans inside another. Where both "
        "are one line, they are coterminous. Everything is counted in ",
        glossary.link("lsoa", "LSOAs"),
        ".",
    )


def finding(view: CoterminosityView) -> str:
    """Return how many areas are split, with what is ignored."""
    total, split = len(blocks.names(view.a)), _split(view, view.tolerance)
    many_a, many_b = fit.areas_word(view.a), fit.areas_word(view.b)
    where = f"split between {many_b}"
    if view.b in blocks.PARTIAL:
        where = f"partly inside {area_words.an(fit.area_word(view.b))}"
    statement = f"{split or 'None'} of {total} {many_a} {'is' if split < 2 else 'are'} {where}"
    return f"{statement}, {ignoring(view.tolerance)}" if view.tolerance else statement


def ignoring(tolerance: float) -> str:
    """Return the tolerance, per cent, in words."""
    return f"ignoring parts under {tolerance:g}%"


def definition(view: CoterminosityView) -> str:
    """Return from when on an area counts as split."""
    start, one_b = capital(area_words.an(fit.area_word(view.a))), fit.area_word(view.b)
    what, verb, most = _OF_AREA.get(view.weight, (blocks.WEIGHTS[view.weight], "live", "them live"))
    tolerance = view.tolerance
    if view.b in blocks.PARTIAL:
        some = f"more than {tolerance:g}%" if tolerance else "some"
        all_of_it = f"less than {100 - tolerance:g}%" if tolerance else "not all"
        condition = (
            f"{start} is partly inside if {some} of its {what} {verb} in {area_words.an(one_b)}, but {all_of_it} in "
            "the same one"
        )
    else:
        some = f"more than {tolerance:g}%" if tolerance else "any"
        condition = (
            f"{start} is split if {some} of its {what} {verb} outside its main {one_b}, the {one_b} that most of "
            f"{most} in"
        )
    unions = "union_of_whole" in fit.classes(view.a, view.b, view.weight, tolerance)
    made = f", unless it is made of whole {fit.areas_word(view.b)}" if unions else ""
    return f"{condition}{made}."


def at_another_tolerance(view: CoterminosityView) -> tuple[Inline, ...]:
    """Return how many areas are split at another tolerance, with the way there."""
    other = 0.0 if view.tolerance else 5.0
    if not view.tolerance and not _split(view, 0.0):
        return ()
    way = Link(capital(ignoring(other)) if other else "Counting every part", links.link(replace(view, tolerance=other)))
    return (" ", way, f": {_split(view, other) or 'none'}.")


def title(view: CoterminosityView) -> str:
    """Return an area and how it lies to the other layer."""
    assert view.area
    theme = fit.theme(view.a, view.b, view.weight, view.tolerance)
    heading = f"{theme.names[view.area]}: {small(fit.class_label(theme.keys[view.area], view.b))}"
    return f"{heading}, {ignoring(view.tolerance)}" if view.tolerance else heading


def _split(view: CoterminosityView, tolerance: float) -> int:
    return fit.split_count(view.a, view.b, view.weight, tolerance)
