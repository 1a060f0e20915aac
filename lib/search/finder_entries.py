"""Everything that can be found by name or code, each with the STPs that it is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from geo import area_words, blocks, codes, kept, resolver, sources, vintages
from geo.everyday import COUNCIL_SHORT_FORMS, ICB_SHORT_FORMS, STP_NAMES, STP_SHORT_FORMS
from geo.names import plain
from geo.overlap import overlap
from geo.resolver import Area
from lib import catalogue
from lib.accountable_care import acs
from lib.care import joint_work
from lib.evidence import text
from lib.search.finder_words import TRUST_SHORT_FORMS
from lib.text import capital, counted, dated, percent

Shares = tuple[tuple[str, float | None], ...]
MOST_NAMED = 4
_CODE = re.compile(r"1-[0-9]{6,}|\b[A-Z0-9]{3,6}\b(?!-)")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes
    ----------
    kind, code, name, detail : str
        As in `lib.search.finder.Hit`.
    stps : tuple of (str, float or None)
        Codes of the STPs it is in with its share of residents there (0 to
        1), largest first; None where there is no share.
    target : tuple of (str, str)
        Kind of page, ``stp``, ``council``, ``acs``, ``then`` or ``table``, and code.
    names, codes : tuple of str
        Other names, and codes and short forms beside `code`.
    by_name : bool
        Whether it is found by name, not by code alone.
    """

    kind: str
    code: str
    name: str
    detail: str
    stps: Shares
    target: tuple[str, str]
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    by_name: bool = True


@kept.once
def entries() -> tuple[Entry, ...]:
    """Return everything that can be found by name or code."""
    return (*_stps(), *_ccgs(), *_councils(), *_systems(), *_joint_work(), *_trusts(), *_partners(), *_later())


def where(shares: Shares, elsewhere: Shares = (), what: str = "residents") -> str:
    """Return in words how something lies to STPs: ``"in A"``, ``"split by residents: 60.0% in A; 40.0% in B"``."""
    stps = blocks.names("stp17")
    places = [(stps[code], share) for code, share in shares] + [*elsewhere]
    if len(places) == 1 or all(share is None for _, share in places):
        return f"in {_some([name for name, _ in places])}"
    parts = [f"in {name}" if share is None else f"{percent(share)} in {name}" for name, share in places]
    return f"split by {what}: {_some(parts)}"


def _some(said: list[str]) -> str:
    """List names, which have commas and "and" in themselves."""
    if len(said) > MOST_NAMED + 1:
        said = [*said[:MOST_NAMED], counted(len(said) - MOST_NAMED, "other")]
    return "; ".join(said)


@kept.once
def _shares(layer: str) -> dict[str, Shares]:
    table = overlap(layer, "stp17").sort_values(["a_code", "share_of_a"], ascending=[True, False])
    found: dict[str, Shares] = {}
    for row in table.itertuples():
        found[row.a_code] = (*found.get(row.a_code, ()), (row.b_code, row.share_of_a))
    return found


def _listed_names(kind: str, column: str) -> dict[str, tuple[str, ...]]:
    """Return how the partner list writes the names of what has a code."""
    table = sources.read("stp_partners")
    table = table[(table["partner_type"] == kind) & table[column].notna()]
    return {code: tuple(dict.fromkeys(names)) for code, names in table.groupby(column)["name"]}


def _alternatives(name: str) -> tuple[str, ...]:
    """Return a name and what it has in brackets: ``"North East London (East London)"``."""
    return (name, *re.findall(r"\(([^()]+)\)", name))


def _forms(short: dict[str, str], code: str) -> tuple[str, ...]:
    return tuple(form for form, meant in short.items() if meant == code)


def _later_names(kind: str) -> pd.DataFrame:
    table = sources.read("later_names")
    return table[table["layer"] == kind].sort_values("year")


def _stps() -> Iterator[Entry]:
    old = {new: former for former, new in catalogue.OLD_STP_CODES.items()}
    later = _later_names("stp")
    for stp in catalogue.footprints().values():
        also = f" NHS England calls it {stp.nhs_name}." if stp.nhs_name != stp.name else ""
        codes = (stp.ods_code, *_forms(STP_SHORT_FORMS, stp.code), *([old[stp.code]] if stp.code in old else []))
        yield Entry(
            kind="stp",
            code=stp.code,
            name=stp.name,
            detail=f"STP, footprint {stp.number} of 44, {stp.region}.{also}",
            stps=((stp.code, 1.0),),
            target=("stp", stp.code),
            names=(
                *_alternatives(stp.nhs_name),
                *later[later["code"] == stp.code]["name"].unique(),
                *STP_NAMES.get(stp.code, ()),
            ),
            codes=codes,
        )


def _ccgs() -> Iterator[Entry]:
    partners = _listed_names("CCG", "ods_code")
    for row in sources.read("ccg17").itertuples():
        yield Entry(
            kind="ccg",
            code=row.ccg17cd,
            name=row.ccg17nm,
            detail=f"CCG {where(_shares('ccg17')[row.ccg17cd])}.",
            stps=_shares("ccg17")[row.ccg17cd],
            target=("stp", row.stp17cd),
            names=partners.get(row.ccg17cdh, ()),
            codes=(row.ccg17cdh,),
        )


def _councils() -> Iterator[Entry]:
    partners = _listed_names("council", "ons_code")
    ods = sources.read("stp_partners").dropna(subset="ons_code").set_index("ons_code")["ods_code"].dropna().to_dict()
    for row in sources.read("council17").itertuples():
        code = row.council17cd
        yield Entry(
            kind="council",
            code=code,
            name=row.council17nm,
            detail=f"Council ({row.council_type}) {where(_shares('council17')[code])}.",
            stps=_shares("council17")[code],
            target=("council", code),
            names=partners.get(code, ()),
            codes=(*_forms(COUNCIL_SHORT_FORMS, code), *([ods[code]] if code in ods else [])),
        )
    for row in sources.read("lad17").itertuples():
        # A district that is a council of its own stands above.
        if row.lad17cd != row.council17cd:
            yield Entry(
                kind="district",
                code=row.lad17cd,
                name=row.lad17nm,
                detail=f"District of {row.council17nm}, {where(_shares('lad17')[row.lad17cd])}.",
                stps=_shares("lad17")[row.lad17cd],
                target=("council", row.council17cd),
                names=(*partners.get(row.lad17cd, ()), *_new_names().get(row.lad17cd, ())),
                codes=(ods[row.lad17cd],) if row.lad17cd in ods else (),
            )


@kept.once
def _new_names() -> dict[str, tuple[str, ...]]:
    """Return the names that districts took later under the same code."""
    return {area.code: area.names for area in resolver.areas() if area.relation == "renamed"}


def _systems() -> Iterator[Entry]:
    for row in sources.read("acs_areas").itertuples():
        part = "The whole of" if row.whole_stp else "Part of"
        yield Entry(
            kind="acs",
            code=row.id,
            name=row.name,
            detail=f"{acs.KINDS[row.kind]}. {part} {blocks.names('stp17')[row.stp17cd]}.",
            stps=((row.stp17cd, 1.0),),
            target=("acs", row.id),
        )


def _joint_work() -> Iterator[Entry]:
    for one in joint_work.chosen():
        stps = tuple((code, None) for code in one.stps)
        kind = "pioneer" if one.kind == "pioneer" else "vanguard"
        yield Entry(
            kind=kind,
            code=f"{kind}-{one.key}",
            name=one.name,
            detail=f"{one.type}, chosen {dated(one.announced)}, {where(stps) if stps else one.where}.",
            stps=stps,
            target=("stp", one.stps[0]) if stps else ("table", f"{kind}s"),
            names=(*_alternatives(one.name), one.place, *((one.later_name,) if one.later_name else ())),
        )


def _trusts() -> Iterator[Entry]:
    acute = sources.read("acute_trusts").set_index("ods_code")
    table = sources.read("stp_partners")
    table = table[table["partner_type"] == "trust"]
    for code in dict.fromkeys([*acute.index, *table["ods_code"]]):
        rows = table[table["ods_code"] == code]
        home = [acute.loc[code, "stp17cd"]] if code in acute.index else []
        names = ([_name(acute.loc[code, "trust_name"])] if home else []) + list(rows["name"].unique())
        # The list writes small words small; a name of 2017 that it no longer has stays as it is.
        name = next((name for name in names[1:] if plain(name) == plain(names[0])), names[0])
        stps = tuple((stp, None) for stp in dict.fromkeys([*home, *rows["stp17cd"]]))
        yield Entry(
            kind="trust",
            code=code,
            name=name,
            detail=_trust(stps, bool(home)),
            stps=stps,
            target=("stp", stps[0][0]),
            names=tuple(names),
            codes=_forms(TRUST_SHORT_FORMS, code),
        )


def _trust(stps: Shares, acute: bool) -> str:
    if not acute:
        return f"Trust, partner {where(stps)}."
    return f"Acute trust {where(stps[:1])}{f', partner also {where(stps[1:])}' if stps[1:] else ''}."


def _name(said: str) -> str:
    """Write the small words of a name small."""
    return re.sub(r"(?<= )(And|Of|On|Upon)(?= )", lambda match: match[1].lower(), said)


def _partners() -> Iterator[Entry]:
    table = sources.read("stp_partners")
    table = table[table["partner_type"] == "other"]
    for _, rows in table.groupby(table["name"].map(plain), sort=True):
        stps = tuple((stp, None) for stp in dict.fromkeys(rows["stp17cd"]))
        codes = [code for said in rows["ods_code"].map(text) for code in _CODE.findall(said) if code != "CQC"]
        name = rows["name"].iloc[0]
        yield Entry(
            kind="partner",
            code=codes[0] if codes else "",
            name=name,
            detail=f"Partner {where(stps)}.",
            stps=stps,
            target=("stp", stps[0][0]),
            codes=tuple(codes),
        )


def _later() -> Iterator[Entry]:
    """Give the areas of other years than 2017 that have some known ground, each with what became of it."""
    for area in resolver.areas():
        if not area.of_2017 and (entry := _other(area)):
            yield entry


def _other(area: Area) -> Entry | None:
    kind = "icb" if area.kind == "ICB" else "former" if area.before_2017 else "later"
    shares = _ground(area)
    if not shares or not area.code:
        return None
    # A council keeps its page under the code that it has there.
    council = area.kind in ("council", "district")
    target = ("then", area.code) if area.code in codes.known() else ("stp", shares[0][0])
    if council:
        held = area.parts("council17")
        target = ("council", held[0].code if held else _council(area.members[0]))
    short = _forms(ICB_SHORT_FORMS, area.code) if kind == "icb" else ()
    return Entry(
        kind=kind,
        code=area.code,
        name=area.name,
        detail=f"{_detail(area, council)} Of the STPs of 2017 it {_was(area)} {where(shares)}.",
        stps=shares,
        target=target,
        names=(*area.names[:-1], *((f"{vintages.plain_name(area.name)} ICB",) if kind == "icb" else ())),
        codes=tuple(code for code in (area.ods_code, *short) if code),
        # Under another code it is the same place: one row a place.
        by_name=area.relation not in ("recoded", "renamed"),
    )


def _was(area: Area) -> str:
    return "is" if area.layers else "was"


def _detail(area: Area, council: bool) -> str:
    if area.layers:
        return f"{area.kind} {area_words.period(area)}."
    if area.pieces is not None and not council:
        said = area_words.what(area)
    else:
        said = area_words.sentence(area, "lad17" if council else "ccg17")
    return f"{capital(said.removeprefix(f'{area.name}, '))}."


def _ground(area: Area) -> Shares:
    """Return the STPs that an area was in, with shares where they are known."""
    if area.pieces is not None:
        return tuple((part.code, part.share_of_area) for part in area.parts("stp17"))
    layer = "lad17" if area.kind in ("council", "district") else "ccg17"
    held = [_shares(layer).get(code, ()) for code in area.members]
    stps = tuple(dict.fromkeys(code for shares in held for code, _ in shares))
    return ((stps[0], 1.0),) if len(stps) == 1 else tuple((code, None) for code in stps)


def _council(district: str) -> str:
    table = sources.read("lad17").set_index("lad17cd")["council17cd"]
    return table[district]
