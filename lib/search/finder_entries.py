"""Everything that can be found by name or code, each with the STPs that it is in."""

import re
from collections.abc import Iterator

import pandas as pd

from geo import area_words, blocks, gazetteer, kept, sources
from geo.areas import Area, grounds
from geo.everyday import COUNCIL_SHORT_FORMS, STP_NAMES, STP_SHORT_FORMS
from geo.names import plain
from lib import catalogue
from lib.accountable_care import acs
from lib.care import joint_work
from lib.evidence import text
from lib.search import finder_others
from lib.search.finder_entry import Entry, Shares, forms, shares, where
from lib.search.finder_words import TRUST_SHORT_FORMS
from lib.text import capital, dated

_CODE = re.compile(r"1-[0-9]{6,}|\b[A-Z0-9]{3,6}\b(?!-)")


@kept.once
def entries() -> tuple[Entry, ...]:
    """Return everything that can be found by name or code."""
    return (
        *_stps(),
        *_ccgs(),
        *_councils(),
        *_systems(),
        *_joint_work(),
        *_trusts(),
        *_partners(),
        *finder_others.entries(),
    )


def _listed_names(kind: str, column: str) -> dict[str, tuple[str, ...]]:
    """Return how the partner list writes the names of what has a code."""
    table = sources.read("stp_partners")
    table = table[(table["partner_type"] == kind) & table[column].notna()]
    return {code: tuple(dict.fromkeys(names)) for code, names in table.groupby(column)["name"]}


def _alternatives(name: str) -> tuple[str, ...]:
    """Return a name and what it has in brackets: ``"North East London (East London)"``."""
    return (name, *re.findall(r"\(([^()]+)\)", name))


def _later_names(kind: str) -> pd.DataFrame:
    table = sources.read("later_names")
    return table[table["layer"] == kind].sort_values("year")


def _stps() -> Iterator[Entry]:
    old = {new: former for former, new in catalogue.OLD_STP_CODES.items()}
    later = _later_names("stp")
    for stp in catalogue.footprints().values():
        also = f" NHS England calls it {stp.nhs_name}." if stp.nhs_name != stp.name else ""
        codes = (stp.ods_code, *forms(STP_SHORT_FORMS, stp.code), *([old[stp.code]] if stp.code in old else []))
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
            ground=grounds("stp17")[stp.code],
        )


def _ccgs() -> Iterator[Entry]:
    partners = _listed_names("CCG", "ods_code")
    for row in sources.read("ccg17").itertuples():
        yield Entry(
            kind="ccg",
            code=row.ccg17cd,
            name=row.ccg17nm,
            detail=f"CCG {where(shares('ccg17')[row.ccg17cd])}.",
            stps=shares("ccg17")[row.ccg17cd],
            target=("stp", row.stp17cd),
            names=partners.get(row.ccg17cdh, ()),
            codes=(row.ccg17cdh,),
            ground=grounds("ccg17")[row.ccg17cd],
        )


def _councils() -> Iterator[Entry]:
    partners = _listed_names("council", "ons_code")
    ods = sources.read("stp_partners").dropna(subset="ons_code").set_index("ons_code")["ods_code"].dropna().to_dict()
    for row in sources.read("council17").itertuples():
        code = row.council17cd
        later = _same_today().get(code)
        since = f" {capital(area_words.an(later.kind))} without districts {area_words.period(later)}." if later else ""
        yield Entry(
            kind="council",
            code=code,
            name=row.council17nm,
            detail=f"Council ({row.council_type}) {where(shares('council17')[code])}.{since}",
            stps=shares("council17")[code],
            target=("council", code),
            names=partners.get(code, ()),
            codes=(
                *forms(COUNCIL_SHORT_FORMS, code),
                *([ods[code]] if code in ods else []),
                *([later.code] if later else []),
            ),
            ground=grounds("council17")[code],
        )
    for row in sources.read("lad17").itertuples():
        # A district that is a council of its own stands above.
        if row.lad17cd != row.council17cd:
            yield Entry(
                kind="district",
                code=row.lad17cd,
                name=row.lad17nm,
                detail=f"District of {row.council17nm}, {where(shares('lad17')[row.lad17cd])}.",
                stps=shares("lad17")[row.lad17cd],
                target=("council", row.council17cd),
                # Some took another name later, under the same code.
                names=(*partners.get(row.lad17cd, ()), *gazetteer.area("lad17", row.lad17cd).names),
                codes=(ods[row.lad17cd],) if row.lad17cd in ods else (),
                ground=grounds("lad17")[row.lad17cd],
            )


@kept.once
def _same_today() -> dict[str, Area]:
    """Return the councils of today with another code that have exactly the ground of a council of 2017, by its code."""
    later = (area for area in gazetteer.areas() if area.layers[:1] == ("council24",))
    return {code: area for area in later if (code := area.same_in("council17"))}


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
            ground=grounds("acs17").get(row.id, frozenset()),
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
            codes=forms(TRUST_SHORT_FORMS, code),
        )


def _trust(stps: Shares, acute: bool) -> str:
    if not acute:
        return f"Trust, partner {where(stps)}."
    return f"Acute trust {where(stps[:1])}{f', partner also {where(stps[1:])}' if stps[1:] else ''}."


def _name(name: str) -> str:
    """Write the small words of a name small."""
    return re.sub(r"(?<= )(And|Of|On|Upon)(?= )", lambda match: match[1].lower(), name)


def _partners() -> Iterator[Entry]:
    table = sources.read("stp_partners")
    table = table[table["partner_type"] == "other"]
    for _, rows in table.groupby(table["name"].map(plain), sort=True):
        stps = tuple((stp, None) for stp in dict.fromkeys(rows["stp17cd"]))
        codes = [code for cell in rows["ods_code"].map(text) for code in _CODE.findall(cell) if code != "CQC"]
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
