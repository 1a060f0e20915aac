"""What a text means as a place: a postcode, an LSOA, or an area of any year, by its code or name."""

import re
from dataclasses import dataclass

from geo import area_words, blocks, gazetteer, kept, names, postcodes, resolver
from geo.areas import Area, family, foremost
from geo.postcodes import Half, Postcode

LONGEST = 200
"""Letters of a place that are read and given back; no name is as long."""
_LSOA = re.compile(r"E01\d{6}")
_COUNCILS = family("council")


@dataclass(frozen=True)
class Meant:
    """What a text means.

    Attributes
    ----------
    kind : str
        ``postcode``, ``LSOA`` or the kind of the area.
    words : str
        What it is taken for: ``"HG1 1DY"``, ``"Harrogate, a district of 2017"``.
    pieces : frozenset of str
        Its fragments; of a postcode and an LSOA the one of the LSOA.
    remark : str
        What is to be known of it, in a sentence without its full stop.
    lsoa : str
        Code of the LSOA, of a postcode of the one that it lies in; empty of an area.
    """

    kind: str
    words: str
    pieces: frozenset[str]
    remark: str = ""
    lsoa: str = ""


def shortened(text: str) -> str:
    """Return a place in one line of at most `LONGEST` letters, without any that cannot be seen."""
    line = " ".join("".join(one for one in text[: 4 * LONGEST] if one.isprintable() or one.isspace()).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def is_place(text: str) -> bool:
    """Return whether a text is a place that is known, in one way or in several."""
    line = shortened(text)
    postcode = postcodes.find(line)
    if isinstance(postcode, Postcode) and postcode.ccg17:
        # Two postcodes in a line are two places.
        return sum(isinstance(postcodes.find(part), Postcode) for part in line.split(",")) == 1
    return line.upper() in _pieces_of_lsoas() or bool(resolver.find(line))


def ground(lsoa: str) -> frozenset[str]:
    """Return the ground by which an LSOA of 2011, or a postcode in it, is placed: the fragment that it is part of."""
    return frozenset({_pieces_of_lsoas()[lsoa]})


def meant(text: str) -> Meant | str:
    """Return what a text means, or in a sentence without its full stop why it means nothing.

    Parameters
    ----------
    text : str
        Untrusted, as `shortened` returns it.
    """
    postcode = postcodes.find(text)
    if isinstance(postcode, Postcode) and (lsoa := postcode.lsoa11):
        remark = f"by its LSOA {lsoa}, as the ONS list of May 2022 has it: a best fit"
        return Meant("postcode", postcode.postcode, ground(lsoa), remark, lsoa)
    code = gazetteer.compact(text)
    if code in _pieces_of_lsoas():
        return Meant("LSOA", f"{code}, an LSOA of 2011", ground(code), lsoa=code)
    if areas := resolver.find(text):
        return _of_areas(text, foremost(areas))
    return _why_not(text, code, postcode)


def _why_not(text: str, code: str, postcode: Postcode | Half | None) -> str:
    """Return why a text means nothing that is known."""
    if not text:
        return "nothing is named"
    if _LSOA.fullmatch(code):
        return "it has the form of a code of an LSOA, but England had no such LSOA in 2011; one of 2021, perhaps"
    if isinstance(postcode, Postcode):
        # The postcode stands beside it.
        return str(postcode.problem).removeprefix(f"{postcode.postcode} is ").rstrip(".")
    if isinstance(postcode, Half) and postcode.count:
        return f"the beginning of {postcode.count:,} postcodes, not a whole one"
    return area_words.of_what(text) or "no postcode, no LSOA of 2011, and no code or name of an area that is known here"


def _of_areas(text: str, areas: tuple[Area, ...]) -> Meant | str:
    """Return which of the areas of one name is meant."""
    placed = [area for area in areas if area.pieces]
    if not placed:
        return area_words.sentence(areas[0], "stp17")
    grounds = {area.pieces for area in placed}
    councils = [area for area in placed if area.kind in _COUNCILS]
    if len(grounds) == 1:
        unknown = [area for area in areas if not area.pieces]
        also = f"also the name of {area_words.what(unknown[0])}, whose area is not known here" if unknown else ""
        return _of_area((councils or placed)[0], also)
    if len({area.pieces for area in councils}) == 1 and _is_name_of(text, councils[0]):
        # A bare name such as Devon is first of all that of the council.
        others = dict.fromkeys(area_words.an(area.kind) for area in placed if area.pieces != councils[0].pieces)
        return _of_area(councils[0], f"also the name of {area_words.listed(list(others))} with another area")
    if {area.kind for area in placed} == {"constituency"}:
        # Names are handed on when constituencies are redrawn: the last is meant.
        *before, last = sorted(placed, key=lambda area: area.start)
        others = [area_words.what(area) for area in before]
        return _of_area(last, f"also the name of {area_words.listed(others)}, with another area")
    if gazetteer.compact(text) in gazetteer.index().codes and len({area.family for area in placed}) == 1:
        # Codes are handed on with the work: the first that had it is meant.
        others = [area_words.what(area) for area in placed if area.pieces != placed[0].pieces]
        return _of_area(placed[0], f"also the code of {area_words.listed(others)}, with another area")
    choice = {area.pieces: area_words.what(area) for area in reversed(placed)}
    return f"could be {area_words.listed(list(choice.values())[::-1], 'or')}, which differ: say which is meant"


def _of_area(area: Area, remark: str = "") -> Meant:
    return Meant(area.kind, area_words.what(area), area.pieces or frozenset(), remark)


def _is_name_of(text: str, area: Area) -> bool:
    keys = {names.key(text), names.plain_key(names.without_kind(text, council=True))}
    return bool(keys & {names.key(name) for name in area.names})


@kept.once
def _pieces_of_lsoas() -> dict[str, str]:
    table = blocks.load()
    return dict(zip(table["lsoa11cd"], table["fragment"].astype("str"), strict=True))
