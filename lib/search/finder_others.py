"""What can be found of other years than 2017, and the constituencies, each with the STPs of 2017 that it is in."""

from collections.abc import Iterator
from typing import Any

from geo import area_words, codes, gazetteer, sources, vintages
from geo import areas as grounds
from geo.areas import PLANNERS, Area
from geo.everyday import ICB_SHORT_FORMS
from lib.facts import parliament, today
from lib.search.finder_entry import Entry, Shares, forms, shares, where
from lib.text import capital, dated

_COUNCILS = ("council", "district")


def entries() -> Iterator[Entry]:
    """Give the areas of other years than 2017 that have some known ground, and the constituencies."""
    for area in gazetteer.areas():
        if area.kind in PLANNERS and not area.of_2017 and not _is_another(area) and (entry := _other(area)):
            yield entry
    yield from _constituencies()


def _is_another(area: Area) -> bool:
    """Return whether a row stands for the same place already: that of a CCG, or of a council of 2017."""
    if area.kind == "sub-ICB location":
        return area.code in codes.known()
    return bool(area.layers) and area.kind == "council" and area.same_in("council17") is not None


def _other(area: Area) -> Entry | None:
    kind = "icb" if area.kind == "ICB" else "former" if area.before_2017 else "later"
    stps = _stps(area)
    if not stps or not area.code:
        return None
    council = area.kind in _COUNCILS
    short = forms(ICB_SHORT_FORMS, area.code) if kind == "icb" else ()
    return Entry(
        kind=kind,
        code=area.code,
        name=area.name,
        detail=f"{_detail(area, council)} Of the STPs of 2017 it {_was(area)} {where(stps)}.",
        stps=stps,
        target=_target(area, stps),
        names=(*area.names[:-1], *((f"{vintages.plain_name(area.name)} ICB",) if kind == "icb" else ())),
        codes=tuple(code for code in (area.ods_code, *short) if code),
        ground=area.pieces or frozenset(),
        # Under another code it is the same place: one row a place.
        by_name=area.relation != "recoded",
    )


def _target(area: Area, stps: Shares) -> tuple[str, str]:
    if today.BOARDS in area.layers:
        return "board", area.code
    if area.kind in _COUNCILS:
        # A council keeps its page under the code that it has there.
        held = area.parts("council17")
        return "council", held[0].code if held else _council(area.members[0])
    return ("then", area.code) if area.code in codes.known() else ("stp", str(stps[0][0]))


def _was(area: Area) -> str:
    return "is" if area.layers else "was"


def _detail(area: Area, council: bool) -> str:
    if council or area.pieces is None:
        sentence = area_words.sentence(area, "lad17" if council else "ccg17")
        return f"{capital(sentence.removeprefix(f'{area.name}, '))}."
    return f"{capital(area.kind)} {area_words.period(area)}."


def _stps(area: Area) -> Shares:
    """Return the STPs that an area was in, with shares where they are known."""
    if area.pieces is not None:
        return grounds.shares(area.pieces, "stp17")
    layer = "lad17" if area.kind in _COUNCILS else "ccg17"
    held = [shares(layer).get(code, ()) for code in area.members]
    stps = tuple(dict.fromkeys(code for part in held for code, _ in part))
    return ((stps[0], 1.0),) if len(stps) == 1 else tuple((code, None) for code in stps)


def _council(district: str) -> str:
    table = sources.read("lad17").set_index("lad17cd")["council17cd"]
    return table[district]


def _constituencies() -> Iterator[Entry]:
    """Give the constituencies of today, and those of 2017: these by name only where none of today has it."""
    of_today = set(parliament.names().values())
    for year, column in parliament.COLUMNS.items():
        stps, councils, boards = (parliament.parts_of(year, layer) for layer in ("stp17", "council24", today.BOARDS))
        for row in sources.read(column).itertuples():
            code, name = getattr(row, f"{column}cd"), getattr(row, f"{column}nm")
            here = today.within(boards[code], councils[code])
            yield Entry(
                kind="constituency" if year == 2024 else "former",
                code=code,
                name=name,
                detail=f"{_period(column, code)}; {_member(row, year)}. By best fit of LSOAs it is of the STPs of 2017 "
                f"{where(stps[code])}; today {here}.",
                stps=stps[code],
                target=("board", boards[code][0][0]),
                by_name=year == 2024 or name not in of_today,
            )


def _period(column: str, code: str) -> str:
    start, end = parliament.days()[code]
    return f"Constituency until {dated(end)}" if end else f"Constituency since {dated(start)}"


def _member(row: Any, year: int) -> str:
    if year == 2024:
        return f"in office on {dated(row.mp_now_date)}: {row.mp_now}, {row.party_now}"
    return f"elected in June 2017: {row.mp_2017}, {row.party_2017}"
