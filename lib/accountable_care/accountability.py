"""Who decides in an ACS area and to whom its residents can turn: counts, sentences, and what was agreed."""

from dataclasses import dataclass

from geo import kept, sources
from lib.accountable_care import acs, trusts
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


@kept.once
def governance(area: Area) -> Governance:
    """Return who decides in an area, counted."""
    councils, across = acs.member_rows(area, "council17"), acs.straddling(area)
    return Governance(
        ccgs=len(area.ccgs),
        trusts=len(trusts.partners(area)),
        councils=len(councils),
        whole_councils=len(councils) - len(across),
        districts=sum(map(len, acs.elected_districts(area).values())),
        straddling=tuple(council.name for council in across),
        in_straddling=sum(council.residents for council in across),
        residents=acs.population(area),
    )


@kept.once
def made_of(area: Area) -> str:
    """Return in words how much of which councils an area takes in: ``"3 whole councils and parts of 2 more"``."""
    bodies = governance(area)
    parts = len(bodies.straddling)
    if not parts:
        return f"{counted(bodies.councils, 'whole council')}"
    some = f"parts of {parts}" if parts > 1 else "part of one"
    if not bodies.whole_councils:
        return f"{some} {'councils' if parts > 1 else 'council'}"
    return f"{counted(bodies.whole_councils, 'whole council')} and {some} more"


@kept.once
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


@kept.once
def left_out(area: Area) -> list[str]:
    """Return a sentence for each council that an area takes in only in part, largest part first."""
    return [
        f"{council.name}: {percent(council.share_of_member)} of its residents ({council.residents:,}) are inside, "
        f"{council.outside:,} are left out."
        for council in acs.straddling(area)
    ]


@kept.once
def answer(area: Area) -> str:
    """Return in words which elected councils speak for an area's residents, and how many live in a divided one."""
    bodies = governance(area)
    duties = f"{counted(bodies.councils, 'council')} with social care duties"
    lower = f", and under them {counted(bodies.districts, 'district council')}" if bodies.districts else ""
    start = f"Its residents elect {duties}{lower}."
    if not bodies.straddling:
        return (
            f"{start} None of the councils with social care duties has residents outside: no one's council is divided."
        )
    share = percent(bodies.in_straddling / bodies.residents)
    lie = "lies" if len(bodies.straddling) == 1 else "lie"
    return (
        f"{start} Of these, {listed(bodies.straddling)} {lie} only partly inside: "
        f"{bodies.in_straddling:,} residents of the area ({share}) live there."
    )


@dataclass(frozen=True)
class Agreed:
    """Something that was agreed or announced.

    Attributes
    ----------
    what, words : str
        Title; what is known, or `NOT_ESTABLISHED`.
    when : str
        Date in words, or `NOT_ESTABLISHED`; empty where the text says what is known of dates.
    source : str
        Empty where nothing is established.
    """

    what: str
    words: str
    when: str
    source: str = ""


@kept.once
def agreed(area: Area) -> list[Agreed]:
    """Return what was announced and agreed for an area, what is not established too."""
    announced = {
        "acs": "Named as one of the first eight accountable care systems.",
        "devolution": "Devolution agreement announced.",
    }[area.kind]
    memorandum = {"acs": "Memorandum", "devolution": "Agreement"}[area.kind]
    entries = [
        Agreed("Announcement", announced, dated(area.announced), area.source),
        Agreed(f"{memorandum} of this area", area.memorandum, "", area.source),
    ]
    missing = [Agreed("Funding of this area alone", NOT_ESTABLISHED, NOT_ESTABLISHED)]
    if area.kind == "devolution":
        return [*entries, Agreed("Freedoms", NOT_ESTABLISHED, NOT_ESTABLISHED), *missing]
    common = sources.acs_common()
    source = " ; ".join(common.sources)
    freedoms = f"{capital(listed(list(common.freedoms)))}."
    return [
        *entries,
        Agreed("Terms for all eight systems", common.terms, "Reported in July 2017", source),
        Agreed("Freedoms of all eight systems", freedoms, "Reported by December 2017", source),
        Agreed("Funding of the first systems together", common.funding, "June and December 2017", source),
        *missing,
    ]
