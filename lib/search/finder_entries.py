"""Everything that can be found by name or code, each with the STPs that it is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

from geo import blocks, sources, vintages
from geo.overlap import overlap
from lib import catalogue
from lib.accountable_care import acs
from lib.evidence import text
from lib.search.finder_words import COUNCIL_SHORT_FORMS, ICB_SHORT_FORMS, STP_SHORT_FORMS, TRUST_SHORT_FORMS, plain
from lib.text import counted, percent

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
        Kind of page, ``stp``, ``council`` or ``acs``, and code.
    names, codes : tuple of str
        Other names, and codes and short forms beside `code`.
    """

    kind: str
    code: str
    name: str
    detail: str
    stps: Shares
    target: tuple[str, str]
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@cache
def entries() -> tuple[Entry, ...]:
    """Return everything that can be found by name or code."""
    return (*_stps(), *_ccgs(), *_councils(), *_systems(), *_trusts(), *_partners(), *_later())


def where(shares: Shares, elsewhere: Shares = (), what: str = "residents") -> str:
    """Return in words how something lies to STPs: ``"in A"``, ``"split by residents: 60.0% in A; 40.0% in B"``."""
    stps = blocks.names("stp17")
    places = [(stps[code], share) for code, share in shares] + [*elsewhere]
    if len(places) == 1 or all(share is None for _, share in places):
        return f"in {_some([name for name, _ in places])}"
    return f"split by {what}: {_some([f'{percent(share)} in {name}' for name, share in places])}"


def _some(said: list[str]) -> str:
    """List names, which have commas and "and" in themselves."""
    if len(said) > MOST_NAMED + 1:
        said = [*said[:MOST_NAMED], counted(len(said) - MOST_NAMED, "other")]
    return "; ".join(said)


@cache
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
            names=(*_alternatives(stp.nhs_name), *later[later["code"] == stp.code]["name"].unique()),
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
                names=partners.get(row.lad17cd, ()),
                codes=(ods[row.lad17cd],) if row.lad17cd in ods else (),
            )


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
    """Give the areas of 2018 to 2022 that there were not in 2017: by code, with the last of their names."""
    # The list adds the code to some names.
    partners = {
        name.removesuffix(f" ({code})"): code
        for code, names in _listed_names("CCG", "ods_code").items()
        for name in names
    }
    for layer, kind, one in (("stp", "later", "STP"), ("ccg", "later", "CCG"), ("icb", "icb", "ICB")):
        known = set(blocks.names(f"{layer}17").index) if layer != "icb" else set()
        table = _later_names(layer)
        for code, rows in table[~table["code"].isin(known)].groupby("code"):
            first, last = rows["year"].iloc[0], rows["year"].iloc[-1]
            shares = _shares(f"{layer}{last - 2000}")[code]
            years = f"of {first}" if first == last else f"of {first} to {last}"
            names = list(dict.fromkeys(rows["name"]))
            ods = [partners[name] for name in names if name in partners]
            yield Entry(
                kind=kind,
                code=code,
                name=names[-1],
                detail=f"{one} {years}. Of the STPs of 2017 it is {where(shares)}.",
                stps=shares,
                target=("stp", shares[0][0]),
                names=(*names[:-1], *(f"{vintages.plain_name(name)} ICB" for name in names if kind == "icb")),
                codes=(*ods, *(_forms(ICB_SHORT_FORMS, code) if kind == "icb" else ())),
            )
