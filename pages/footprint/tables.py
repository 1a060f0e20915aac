"""Tables of one STP: leads through the years, people by age, members, partners, successors."""

from lib import fit, links
from lib.catalogue import Footprint
from lib.content import frames
from lib.content.blocks import Column, Table
from lib.footprint import profile

_RESIDENTS = "ONS mid-2017 estimates."
_LEADS = (
    Column("when", "When"),
    Column("lead", "Lead", note="Name and organisation as the source has them; not established where none speaks."),
    Column("evidence", "What says so"),
)
_AGES = (
    Column("age", "Age", note="Years."),
    Column("residents", "Residents", "count", note=_RESIDENTS),
    Column("share_here", "Here", "share"),
    Column("share_england", "England", "share"),
)
_CCGS = (
    Column("ccg", "CCG"),
    Column("residents", "Residents", "count", note=_RESIDENTS),
    Column("share_of_stp", "Share of the STP", "share"),
    Column("code", "Code", "code", note="ONS code of April 2017."),
)
_COUNCILS = (
    Column("council", "Council"),
    Column("residents", "Residents inside", "count", note=_RESIDENTS),
    Column("share_of_council", "Share of the council", "share"),
    Column("share_of_stp", "Share of the STP", "share"),
    Column("fit", "Fit", note="How council and STP lie to each other, without any tolerance."),
)
_PARTNERS = (
    Column("kind", "Kind"),
    Column("partner", "Partner"),
    Column("ods_code", "ODS code", "code"),
)
_LATER = (
    Column("icb", "ICB, July 2022"),
    Column("residents", "Residents", "count", note=_RESIDENTS),
    Column("share_of_stp", "Share of the STP", "share"),
    Column("share_of_icb", "Share of the ICB", "share"),
)


def leads(stp: Footprint) -> Table:
    """Return who led the STP from 2016 to 2019, as far as the sources say."""
    return Table("leads", "Lead through the years", _LEADS, tuple(profile.lead_history(stp)))


def ages(code: str) -> Table:
    """Return residents by age beside England's shares."""
    return Table("ages", "Residents by age", _AGES, profile.ages(code))


def ccgs(code: str) -> Table:
    """Return the CCGs of an STP, most residents first."""
    parts = fit.parts("stp17", "ccg17", code, "population", 0.0)
    codes, way = tuple(parts.index), links.to("coterminosity", a="ccg17", b="council17", area=links.CODE)
    rows = tuple(zip(*(parts[name].tolist() for name in ("name", "weight", "share_of_a")), codes, strict=True))
    return Table("ccgs", "CCGs", _CCGS, rows, links.filled(way, codes), codes, file_name=f"ccgs-{code}")


def councils(code: str) -> Table:
    """Return the councils with residents in an STP, most residents first."""
    table = profile.councils(code)
    ways = tuple(links.to("council", council=council) for council in table.index)
    rows = frames.rows(table, per_cent=("Share of the council, %", "Share of the STP, %"))
    return Table("councils", "Councils", _COUNCILS, rows, ways, tuple(table.index), file_name=f"councils-{code}")


def partners(code: str) -> Table:
    """Return the partners of an STP in the published list."""
    table = profile.partners(code)
    return Table("partners", "Published partners", _PARTNERS, frames.rows(table), file_name=f"partners-{code}")


def later(code: str) -> Table:
    """Return the ICBs of July 2022 that the residents of an STP came to, most residents first."""
    parts = fit.parts("stp17", "icb22", code, "population", 0.0)
    icbs = tuple(parts.index)
    ways = tuple(links.to("then-and-now", stp=code, code=icb, year="2022") for icb in icbs)
    rows = tuple(zip(*(parts[name].tolist() for name in ("name", "weight", "share_of_a", "share_of_b")), strict=True))
    return Table("icbs", "ICBs of July 2022", _LATER, rows, ways, icbs, file_name=f"icbs-{code}")
