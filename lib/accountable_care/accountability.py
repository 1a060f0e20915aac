"""Who decides in an ACS area and to whom its residents can turn: counts, sentences, and what was agreed."""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from geo import sources
from lib import catalogue
from lib.accountable_care import acs, acs_trusts
from lib.accountable_care.acs import Area
from lib.text import capital, counted, dated, listed, percent

NOT_ESTABLISHED = "Not established"


@dataclass(frozen=True)
class Governance:
    """Who decides in an area, counted.

    Attributes
    ----------
    ccgs : int
        Member CCGs.
    trusts : int
        Acute trusts with their head office inside and trusts that a source names as partners.
    councils, whole_councils : int
        Councils with social care duties that have residents inside, and those that lie wholly inside.
    districts : int
        District councils of two-tier counties that have residents inside.
    straddling : tuple of str
        Councils that have residents inside and outside.
    in_straddling : int
        Residents of the area who live in one of those.
    residents : int
        All residents of the area.
    """

    ccgs: int
    trusts: int
    councils: int
    whole_councils: int
    districts: int
    straddling: tuple[str, ...]
    in_straddling: int
    residents: int

    @property
    def elected(self) -> int:
        """Elected councils of both tiers."""
        return self.councils + self.districts

    @property
    def bodies(self) -> int:
        """Statutory bodies in all; the area itself is none."""
        return self.ccgs + self.trusts + self.elected


@cache
def governance(area: Area) -> Governance:
    """Return who decides in an area, counted."""
    councils, across = acs.members(area, "council17"), acs.straddling(area)
    return Governance(
        ccgs=len(area.ccgs),
        trusts=len(acs_trusts.partners(area)),
        councils=len(councils),
        whole_councils=len(councils) - len(across),
        districts=len(acs.districts(area)),
        straddling=tuple(across["name"]),
        in_straddling=int(across["residents"].sum()),
        residents=acs.population(area),
    )


@cache
def made_of(area: Area) -> str:
    """Return in words how much of which councils an area takes in: ``"3 whole councils and parts of 2 more"``."""
    found = governance(area)
    parts = len(found.straddling)
    if not parts:
        return f"{counted(found.councils, 'whole council')}"
    some = f"parts of {parts}" if parts > 1 else "part of one"
    if not found.whole_councils:
        return f"{some} {'councils' if parts > 1 else 'council'}"
    return f"{counted(found.whole_councils, 'whole council')} and {some} more"


@cache
def sentence(area: Area) -> str:
    """Return in two sentences what an area is."""
    people = f"{acs.population(area):,} residents"
    stp = area.footprint.name
    where = (
        f"the whole of the STP {stp}"
        if area.whole
        else f"a part of the STP {stp}: {percent(acs.share_of_stp(area))} of its residents"
    )
    return (
        f"{area.name} has {people} and is {where}. "
        f"It is made of {counted(len(area.ccgs), 'CCG')} and takes in {made_of(area)}."
    )


@cache
def left_out(area: Area) -> list[str]:
    """Return a sentence for each council that an area takes in only in part, largest part first."""
    return [
        f"{row['name']}: {percent(row['share_of_member'])} of its residents ({row['residents']:,}) are inside, "
        f"{row['outside']:,} are left out."
        for _, row in acs.straddling(area).iterrows()
    ]


@cache
def answer(area: Area) -> str:
    """Return in words which elected councils speak for an area's residents, and how many live in a divided one."""
    found = governance(area)
    duties = f"{counted(found.councils, 'council')} with social care duties"
    lower = f", and under them {counted(found.districts, 'district council')}" if found.districts else ""
    said = f"Its residents elect {duties}{lower}."
    if not found.straddling:
        return (
            f"{said} None of the councils with social care duties has residents outside: no one's council is divided."
        )
    share = percent(found.in_straddling / found.residents)
    lie = "lies" if len(found.straddling) == 1 else "lie"
    return (
        f"{said} Of these, {listed(found.straddling)} {lie} only partly inside: "
        f"{found.in_straddling:,} residents of the area ({share}) live there."
    )


@cache
def governance_table(area: Area) -> pd.DataFrame:
    """Return the counts of who decides, for reading."""
    found = governance(area)
    rows = {
        "CCGs": found.ccgs,
        "NHS trusts: acute ones with their head office inside, and those named as partners": found.trusts,
        "Councils with social care duties": found.councils,
        "District councils": found.districts,
        "Statutory bodies in all, at least": found.bodies,
    }
    return pd.DataFrame({"Who decides": rows.keys(), "Number": rows.values()})


@dataclass(frozen=True)
class Agreed:
    """Something that was agreed or announced.

    Attributes
    ----------
    what, said : str
        Title; what is known, or `NOT_ESTABLISHED`.
    when : str
        Date in words, or `NOT_ESTABLISHED`; empty where the text says what is known of dates.
    source : str
        Empty where nothing is established.
    """

    what: str
    said: str
    when: str
    source: str = ""


@cache
def agreed(area: Area) -> list[Agreed]:
    """Return what was announced and agreed for an area, what is not established too."""
    announced = {
        "acs": "Named as one of the first eight accountable care systems.",
        "devolution": "Devolution agreement announced.",
    }[area.kind]
    memorandum = {"acs": "Memorandum", "devolution": "Agreement"}[area.kind]
    found = [
        Agreed("Announcement", announced, dated(area.announced), area.source),
        Agreed(f"{memorandum} of this area", area.memorandum, "", area.source),
    ]
    missing = [Agreed("Funding of this area alone", NOT_ESTABLISHED, NOT_ESTABLISHED)]
    if area.kind == "devolution":
        return [*found, Agreed("Freedoms", NOT_ESTABLISHED, NOT_ESTABLISHED), *missing]
    common = sources.acs_common()
    source = " ; ".join(common["sources"])
    freedoms = f"{capital(listed(common['freedoms']))}."
    return [
        *found,
        Agreed("Terms for all eight systems", common["terms"], "Reported in July 2017", source),
        Agreed("Freedoms of all eight systems", freedoms, "Reported by December 2017", source),
        Agreed("Funding of the first systems together", common["funding"], "June and December 2017", source),
        *missing,
    ]


@cache
def agreed_table(area: Area) -> pd.DataFrame:
    """Return what was agreed as a table for download."""
    rows = [(item.what, item.said, item.when or None, item.source or NOT_ESTABLISHED) for item in agreed(area)]
    return pd.DataFrame(rows, columns=["What", "What is known", "Date", "Source"])


@cache
def overview() -> pd.DataFrame:
    """Return the ten areas for reading, by code; shares in per cent."""
    rows = []
    for area in acs.areas().values():
        stp, found = area.footprint, governance(area)
        rows.append(
            {
                "Area": area.name,
                "Mark": area.mark,
                "Kind": acs.KINDS[area.kind],
                "STP": stp.name,
                "Whole or part": area.extent,
                "Population": found.residents,
                "Share of the STP, %": acs.share_of_stp(area) * 100,
                "CCGs": found.ccgs,
                "Councils": found.councils,
                "Fit with councils, no tolerance": acs.fit_class(area),
                "Fit with councils, 5% tolerance": acs.fit_class(area, 5.0),
                "Rating of the STP, July 2017": catalogue.rating_words(stp),
                "Lead of the STP": str(stp.lead.fact.value),
                "Announced": dated(area.announced),
                "Code": area.code,
            }
        )
    return pd.DataFrame(rows, index=pd.Index(list(acs.areas()), name="code"))


@cache
def councils_overview() -> pd.DataFrame:
    """Return for the ten areas which councils speak for their residents, by code; shares in per cent."""
    rows = []
    for area in acs.areas().values():
        found = governance(area)
        councils = acs.members(area, "council17")
        rows.append(
            {
                "Area": area.name,
                "All residents": found.residents,
                "Councils with social care duties": found.councils,
                "Wholly inside": listed(list(councils["name"][councils["outside"] == 0])) or "none",
                "Partly inside": listed(found.straddling) or "none",
                "In a council partly inside, residents": found.in_straddling,
                "In a council partly inside, %": found.in_straddling / found.residents * 100,
                "District councils": found.districts,
                "Elected councils in all": found.elected,
            }
        )
    return pd.DataFrame(rows, index=pd.Index(list(acs.areas()), name="code"))


@cache
def facts(area: Area) -> dict[str, str]:
    """Return what two areas can be compared by, in words."""
    stp, found = area.footprint, governance(area)
    return {
        "Kind": acs.KINDS[area.kind],
        "Announced": dated(area.announced),
        "STP": stp.name,
        "Whole or part": area.extent,
        "Residents": f"{found.residents:,}",
        "Share of the STP's residents": percent(acs.share_of_stp(area)),
        "CCGs": f"{found.ccgs}",
        "Councils with social care duties": f"{found.councils}",
        "Of these only partly inside": listed(found.straddling) or "none",
        "Residents in a council partly inside": f"{found.in_straddling:,} "
        f"({percent(found.in_straddling / found.residents)})",
        "District councils": f"{found.districts}",
        "Fit with councils, no tolerance": acs.fit_class(area),
        "Fit with councils, 5% tolerance": acs.fit_class(area, 5.0),
        "Trusts": f"{found.trusts}",
        "Statutory bodies in all, at least": f"{found.bodies}",
        "Lead of the area": area.lead or NOT_ESTABLISHED,
        "Lead of the STP": str(stp.lead.fact.value),
        "Rating of the STP, July 2017": catalogue.rating_words(stp),
        "Memorandum or agreement": area.memorandum,
    }
