"""Places chosen for joint work before there were systems: vanguards of 2015, pioneers of 2013 and 2015."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, sources
from lib.evidence import text
from lib.text import listed

TYPES = {
    "pacs": "PACS",
    "mcp": "MCP",
    "enhanced_health_in_care_homes": "Enhanced health in care homes",
    "urgent_and_emergency_care": "Urgent and emergency care",
    "acute_care_collaboration": "Acute care collaboration",
}
"""Types of vanguard by the word of ``vanguards.csv``."""
TERMS = {
    "pacs": "pacs",
    "mcp": "mcp",
    "enhanced_health_in_care_homes": "care-homes",
    "urgent_and_emergency_care": "urgent-and-emergency-care",
    "acute_care_collaboration": "acute-care-collaboration",
}
"""Where the glossary explains a type."""
GROUPS = {
    "vanguards": "vanguards",
    "pacs": "PACS vanguards",
    "mcp": "MCP vanguards",
    "care-homes": "enhanced health in care homes vanguards",
    "urgent-and-emergency-care": "urgent and emergency care vanguards",
    "acute-care-collaboration": "acute care collaboration vanguards",
    "pioneers": "pioneers",
}
"""What can be drawn and listed together, by its name in links: all, each type of vanguard, the pioneers."""
ACO_FORMS = (
    "MCP and PACS can count as forms of accountable care organisation (NHS Providers, December 2017); ACO in the name "
    "of a vanguard is a name, none existed."
)
_EXTENTS = {
    "part_of_ccg": "a part of a CCG",
    "trusts": "trusts, without residents of their own",
    "network": "a network",
    "national": "no place of its own",
    "not_certain": "CCGs not certain",
}


@dataclass(frozen=True)
class Chosen:
    """A vanguard or a pioneer.

    Attributes
    ----------
    key, name, later_name : str
        Identifier; name as NHS England wrote it, and the later one, often empty.
    kind : str
        A key of `TYPES`, or ``pioneer``.
    place : str
        Place in words.
    stps, ccgs : tuple of str
        Codes; empty where they are not certain, which is not none.
    extent : str
        What the table says of it.
    announced : str
        Date, as exact as the source.
    source, note : str
        Titles and addresses separated by `` ; ``; what is in doubt.
    """

    key: str
    name: str
    later_name: str
    kind: str
    place: str
    stps: tuple[str, ...]
    ccgs: tuple[str, ...]
    extent: str
    announced: str
    source: str
    note: str

    @property
    def called(self) -> str:
        """The name, with the later one."""
        return f"{self.name}, later {self.later_name}" if self.later_name else self.name

    @property
    def type(self) -> str:
        """The type in words."""
        return "Pioneer" if self.kind == "pioneer" else f"Vanguard: {TYPES[self.kind]}"

    @property
    def where(self) -> str:
        """Its CCGs, or why there are none, in words."""
        if self.ccgs:
            names = blocks.names("ccg17")
            return listed([names[code].removeprefix("NHS ").removesuffix(" CCG") for code in self.ccgs])
        return _EXTENTS[self.extent]


@kept.once
def chosen() -> tuple[Chosen, ...]:
    """Return the vanguards, then the pioneers, in the order of their tables."""
    return tuple(
        Chosen(
            row.id,
            row.name,
            text(getattr(row, "later_name", None)),
            getattr(row, "type", "pioneer"),
            row.place,
            tuple(text(row.stp17cds).split()),
            tuple(text(row.ccg17cds).split()),
            row.extent,
            row.announced,
            f"{row.source} ; {row.second_source}",
            text(row.note),
        )
        for name in ("vanguards", "pioneers")
        for row in sources.read(name).itertuples(index=False)
    )


def of_group(group: str) -> list[Chosen]:
    """Return the members of one of `GROUPS`, in the order of their table."""
    if group in ("vanguards", "pioneers"):
        return [one for one in chosen() if (one.kind == "pioneer") == (group == "pioneers")]
    return [one for one in chosen() if TERMS.get(one.kind) == group]


def of_stp(code: str) -> list[Chosen]:
    """Return what was chosen in an STP, as far as its STP is known."""
    return [one for one in chosen() if code in one.stps]


def of_ccgs(ccgs: Collection[str], stps: Collection[str]) -> list[Chosen]:
    """Return what was chosen with one of some CCGs, and in some STPs what has no CCGs that are certain."""
    inside, around = set(ccgs), set(stps)
    return [one for one in chosen() if (inside & set(one.ccgs) if one.ccgs else around & set(one.stps))]


@kept.once
def counts() -> pd.DataFrame:
    """Return how many ``vanguards`` and ``pioneers`` each STP had, by code; one of several STPs counts in each."""
    by_code = {
        code: (
            sum(one.kind != "pioneer" for one in of_stp(code)),
            sum(one.kind == "pioneer" for one in of_stp(code)),
        )
        for code in blocks.names("stp17").index
    }
    return pd.DataFrame.from_dict(by_code, orient="index", columns=["vanguards", "pioneers"])
