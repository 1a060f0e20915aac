"""What can truly be said of an area that is not one of April 2017: what it was, when, and what its ground was then."""

import calendar
import re
from collections.abc import Sequence

from geo import blocks, vintages
from geo.areas import Area, Part, family, foremost
from geo.gazetteer import compact

_MOST_NAMED = 6
_LONG = {"PCT": "primary care trust"}
_COUNTRIES = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland", "K": "the United Kingdom"}
_ENTITIES = {
    "E00": "an output area",
    "E01": "an LSOA",
    "E02": "an MSOA",
    "E05": "a ward",
    "E12": "a region",
    "E14": "a constituency",
    "E16": "a primary care trust",
    "E40": "an NHS England region",
    "E92": "England",
}
"""What the first three characters of a code of the ONS stand for."""
_SERIES = {
    "STP": ("E54",),
    "ICB": ("E54",),
    "CCG": ("E38",),
    "council": ("E06", "E08", "E09", "E10"),
    "district": ("E06", "E07", "E08", "E09"),
}
_FORMS = {
    re.compile(r"[A-HJ-NPVWY]8\d{4}"): "a general practice",
    re.compile(r"R[A-Z0-9]{2}"): "a trust",
    re.compile(r"Y\d\d"): "an NHS England region",
    re.compile(r"5[A-Z0-9]{2}|T[A-Z]{2}"): "a primary care trust of before 2013",
    re.compile(r"Q\d\d"): "a strategic health authority or an area team of before 2018",
}
_TODAY = frozenset(blocks.GROUPS["NHS now"] + blocks.GROUPS["Councils now"])
_ONS = re.compile(r"[A-Z]\d{8}")


def an(kind: str) -> str:
    """Return a kind of area with its article: ``"an STP"``, ``"a council"``."""
    word = _LONG.get(kind, kind)
    return f"{'an' if word[:3] in ('STP', 'ICB', 'ACS', 'LSO') else 'a'} {word}"


def period(area: Area) -> str:
    """Return when an area was there: ``"of 2018 to 2021"``, ``"of 2017 until today"``, ``"until 2012"``."""
    if area.before_2017 and not area.end:
        return "of before April 2017"
    # Of the lookups a year alone is that of the first or the last that has it.
    start, end = (date if "-" in date or not area.layers else "" for date in (area.start, area.end))
    if start and end:
        return f"from {dated(start)} to {dated(end)}"
    if end:
        return f"until {dated(end)}"
    if start:
        return f"since {dated(start)}"
    first, last = (blocks.layer(layer).year for layer in (area.layers[0], area.layers[-1]))
    if first == last:
        return f"of {first}"
    return f"of {first} until today" if area.layers[-1] in _TODAY else f"of {first} to {last}"


def dated(date: str) -> str:
    """Return an ISO date or a year in words."""
    year, *rest = date.split("-")
    return " ".join(
        [*(str(int(part)) for part in rest[1:]), *(calendar.month_name[int(part)] for part in rest[:1]), year]
    )


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list; names that have commas or "and" in themselves are parted by semicolons."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word or " and " in word for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def ground(area: Area, layer: str) -> str:
    """Return what an area's ground was in a layer: ``"the districts A and B"``, ``"part of A (9% of its residents)"``.

    Empty where the tables do not know it.
    """
    parts = area.parts(layer)
    if not parts:
        return ""
    one, many = blocks.layer(layer).one, blocks.layer(layer).many
    whole = [part for part in parts if part.whole]
    rest = [part for part in parts if not part.whole]
    phrases = []
    if whole:
        called = [vintages.plain_name(part.name) for part in whole]
        phrases.append(f"the {one if len(whole) == 1 else many} {listed(_some(called))}")
    if rest:
        phrases.append(f"{'part' if len(rest) == 1 else 'parts'} of {listed(_some([_partly(part) for part in rest]))}")
    return " and ".join(phrases)


def _partly(part: Part) -> str:
    return f"{vintages.plain_name(part.name)} ({_percent(part.share_of_other)} of its residents)"


def _percent(share: float) -> str:
    if share < 0.0005:
        return "<0.1%"
    return ">99.9%" if share >= 0.9995 else f"{share:.1%}"


def _some(phrases: list[str]) -> list[str]:
    if len(phrases) <= _MOST_NAMED + 1:
        return phrases
    return [*phrases[:_MOST_NAMED], f"{len(phrases) - _MOST_NAMED} others"]


def what(area: Area) -> str:
    """Return name, kind and time of an area: ``"North Northamptonshire, a council since 1 April 2021"``."""
    if area.relation == "recoded":
        return f"{area.name} under {'its code' if area.code else 'a code'} {area.code} {period(area)}"
    return f"{area.name}, {an(area.kind)} {period(area)}"


def sentence(area: Area, layer: str) -> str:
    """Return what an area was and what its ground was in a layer, or what followed it; no full stop."""
    year = blocks.layer(layer).year
    then = "in April 2017" if year == 2017 else f"in {year}"
    if there := ground(area, layer):
        # Under another code the boundary may have moved by less than an LSOA: the note says so.
        recoded = area.relation == "recoded"
        exactly = "exactly " if area.same_in(layer) and not recoded else ""
        return (
            f"{what(area)}; {then} its ground was {exactly}{there}{f'; {area.note}' if recoded and area.note else ''}"
        )
    followed = listed([_name(code) for code in area.members])
    if area.relation == "lies_in":
        return f"{what(area)}; it became part of {followed}, how much of it is not known here"
    if area.relation == "parts_of":
        return f"{what(area)}; its ground went to {followed}, in what shares is not known here"
    return f"{what(area)}; which areas followed it is not known here"


def _name(code: str) -> str:
    for layer in ("ccg17", "lad17", "ccg21"):
        if code in blocks.names(layer).index:
            return str(blocks.names(layer)[code])
    return code


def not_in(layer: str, areas: Sequence[Area]) -> str | None:
    """Return why areas that a text names are none of a layer; None if the text names nothing that is known."""
    one, year = blocks.layer(layer).one, blocks.layer(layer).year
    areas = foremost(areas)
    of_kind = [area for area in areas if area.kind in family(one)]
    now = [area for area in areas if any(blocks.layer(held).year == year for held in area.layers)]
    if of_kind and not set(of_kind) & set(now):
        return sentence(of_kind[0], layer)
    if now:
        kinds = dict.fromkeys(an(area.kind) for area in now)
        return f"{listed(list(kinds))}, not {an(one)}"
    # A bare name such as Leeds is first of all that of the council.
    bodies = [area for area in areas if area.kind in family("council")]
    return f"{what((bodies or areas)[0])}, not {an(one)}" if areas else None


def unknown(layer: str, text: str) -> str:
    """Return what can be said of a text that names nothing: by the form of its code, if it has that of one."""
    one, code = blocks.layer(layer).one, compact(text)
    if _ONS.fullmatch(code) and code.startswith(_SERIES.get(one, ())) and code[:3] not in _ENTITIES:
        return f"no {one} of the tables here has this code, of 2017 or of another year"
    description = of_what(text)
    if code[:1] in _COUNTRIES and _ONS.fullmatch(code):
        return description
    if description:
        return f"{description}, not of {an(one)}"
    return f"not the code of {an(one)}" if _ONS.fullmatch(code) else f"not a code or name of {an(one)}"


def of_what(text: str) -> str:
    """Return of what a text that names nothing known seems to be a code, by its form; empty if it seems to be none."""
    code = compact(text)
    if not _ONS.fullmatch(code):
        form = next((meaning for form, meaning in _FORMS.items() if form.fullmatch(text.strip().upper())), "")
        return f"it has the form of a code of {form}" if form else ""
    if code[0] in _COUNTRIES:
        return f"an area of {_COUNTRIES[code[0]]}; the map is of England"
    entity = _ENTITIES.get(code[:3])
    return f"the code of {entity}" if entity else ""
