"""Tables of the CCGs and districts of a council."""

from lib import councils, links
from lib.content.blocks import Column, Table

_CCGS = (
    Column("ccg", "CCG"),
    Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
    Column("share_of_council", "Share of the council", "share", note="Its residents in the CCG by all its residents."),
    Column("share_of_ccg", "Share of the CCG", "share", note="Its residents in the CCG by all residents of the CCG."),
    Column("code", "Code", "code", note="ONS code of April 2017.", in_file_only=True),
)
_DISTRICTS = (
    Column("district", "District"),
    Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
    Column("stps", "STP", note="STPs in which its residents live, with shares where there are several."),
)


def ccgs(code: str) -> Table:
    """Return the CCGs that a council's residents fall under, most residents first."""
    table = councils.partners(code, "ccg17")
    rows = tuple(
        (name, residents, of_council / 100, of_ccg / 100, ccg)
        for ccg, name, residents, of_council, of_ccg in table.itertuples(name=None)
    )
    ways = tuple(links.to("coterminosity", a="ccg17", b="council17", area=ccg) for ccg in table.index)
    return Table(f"ccgs-{code}", "CCGs", _CCGS, rows, ways, tuple(table.index))


def districts(code: str) -> Table:
    """Return the districts of a county with their STPs; without rows for a council that is its own district."""
    table = councils.districts(code)
    rows = tuple(table.itertuples(index=False, name=None))
    return Table(f"districts-{code}", "Districts", _DISTRICTS, rows)
