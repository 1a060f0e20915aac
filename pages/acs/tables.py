"""Tables of one area: parts of its map, councils, CCGs, trusts, what was agreed, and how it compares with another."""

from collections.abc import Iterable

from geo import blocks, vintages
from lib import catalogue, links
from lib.accountable_care import accountability, acs, figures
from lib.accountable_care import trusts as acs_trusts
from lib.accountable_care.acs import Area, Member
from lib.content.blocks import Column, Table
from lib.text import capital, dated, listed, percent

_CODE = Column("code", "Code", "code", note="ONS code of April 2017.", in_file_only=True)
_AREA_SHARE = Column("share_of_area", "Of the area", "share", note="Residents inside by all residents of the area.")


def way(layer: str, code: str) -> str:
    """Return the link of the page on a council or CCG; of a CCG it is how it fits councils."""
    if layer == "council17":
        return links.to("council", council=code)
    return links.to("coterminosity", a="ccg17", b="council17", area=code)


def _ways(layer: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the links of the pages on some councils or CCGs."""
    return links.filled(way(layer, links.CODE), codes)


def parts(area: Area, layer: str) -> Table:
    """Return what the close-up of an area is made of, numbered as on it, ground that is left out last."""
    categories, one = figures.detail(area, layer).categories, blocks.layer(layer).one
    rows = {
        member.code: (
            categories[member.code].label,
            member.residents,
            member.share_of_area,
            member.share_of_member,
            int(categories[member.code].mark),
            member.code,
        )
        for member in acs.member_rows(area, layer)
    }
    ways = dict(zip(rows, _ways(layer, rows), strict=True))
    columns = (
        Column("part", "Part"),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates, of those inside the area."),
        _AREA_SHARE,
        Column("share_of_member", f"Of the {one}", "share", note=f"Residents inside by all residents of the {one}."),
        Column("number", "No. on the map", "count", in_file_only=True),
        _CODE,
    )
    return Table(
        "parts",
        f"{capital(blocks.layer(layer).many)} on the map",
        columns,
        tuple(rows.get(code, (item.label, None, None, None, None, None)) for code, item in categories.items()),
        tuple(ways.get(code, "") for code in categories),
        swatches=tuple(categories.values()),
    )


def councils(area: Area) -> Table:
    """Return the councils with residents inside, most first: two-way shares, who is left out, districts."""
    members, kinds, elected = acs.member_rows(area, "council17"), acs.council_kinds(), acs.elected_districts(area)
    rows = tuple(
        (
            council.name,
            kinds[council.code],
            council.residents,
            council.share_of_area,
            council.share_of_member,
            council.outside,
            listed(elected[council.code]) or "none: one tier of council",
            council.code,
        )
        for council in members
    )
    columns = (
        Column("council", "Council"),
        Column("kind", "Kind of council"),
        Column("residents_inside", "Residents inside", "count", note="ONS mid-2017 estimates."),
        _AREA_SHARE,
        Column("share_of_council", "Of the council", "share", note="Residents inside by all residents of the council."),
        Column("left_out", "Left out, residents", "count", note="Residents of the council who live outside the area."),
        Column("districts", "District councils inside", note="Of two-tier counties; (part) where some is outside."),
        _CODE,
    )
    codes = tuple(council.code for council in members)
    ways, title = _ways("council17", codes), "Councils with residents inside"
    return Table("councils", title, columns, rows, ways, codes, file_name=_file(area, "councils"))


def ccgs(area: Area) -> Table:
    """Return the member CCGs, most residents first; with those that start first where only some do."""
    members = acs.member_rows(area, "ccg17")
    stp = next(stp for stp in acs.member_rows(area, "stp17") if stp.code == area.stp)
    whole = stp.residents / stp.share_of_member
    columns = [
        Column("ccg", "CCG"),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        _AREA_SHARE,
        Column("share_of_ccg", "Of the CCG", "share", note="Residents inside by all residents of the CCG."),
        Column("share_of_stp", "Of the STP", "share", note="Residents inside by all residents of the STP."),
        _CODE,
    ]
    rows = [
        [ccg.name, ccg.residents, ccg.share_of_area, ccg.share_of_member, ccg.residents / whole, ccg.code]
        for ccg in members
    ]
    if area.focus:
        columns.insert(-1, Column("early_focus", "Early focus", note="Whether the area was to start with it."))
        for row in rows:
            row.insert(-1, "yes" if row[-1] in area.focus else "no")
    codes, cells = tuple(ccg.code for ccg in members), tuple(map(tuple, rows))
    ways, title = _ways("ccg17", codes), "CCGs by residents"
    return Table("ccgs", title, tuple(columns), cells, ways, codes, file_name=_file(area, "ccgs"))


def rest_of_stp(area: Area) -> Table:
    """Return the CCGs of the parent STP outside the area, most residents first; without rows for a whole STP."""
    others = {ccg: other.name for other in acs.areas().values() for ccg in other.ccgs}
    rows = tuple(
        (name, residents, share, others.get(code, "no"), code)
        for code, name, residents, share in acs.ccgs_of_stps()[area.stp]
        if code not in area.ccgs
    )
    columns = (
        Column("ccg", "CCG"),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        Column("share_of_stp", "Of the STP", "share", note="Residents of the CCG by all residents of the STP."),
        Column("other_area", "In another ACS", note="The accountable care system that it is a member of."),
        _CODE,
    )
    title, codes = (
        f"The rest of the STP {area.footprint.name}: CCGs that are not in the area",
        [row[-1] for row in rows],
    )
    ways, file_name = _ways("ccg17", codes), _file(area, "rest-of-stp")
    return Table("rest-of-stp", title, columns, rows, ways, tuple(codes), file_name=file_name)


def trusts(area: Area) -> Table:
    """Return the trusts of an area, those with their head office inside first."""
    columns = (
        Column("trust", "Trust"),
        Column("acute", "Acute", note="Whether our list of acute trusts has it."),
        Column("head_office", "Head office", note="By its postcode."),
        Column("named_as_partner", "Named as a partner", note="Whether a source on the area names it."),
    )
    rows = tuple(acs_trusts.partners(area).itertuples(index=False, name=None))
    caption = (
        "Inside or not: by the postcode of the head office. A trust serves people beyond the line, too. The published "
        "partner list names more trusts, but only for whole STPs and for April 2019."
    )
    return Table("trusts", "NHS trusts", columns, rows, caption=caption, file_name=_file(area, "trusts"))


def named(area: Area) -> Table:
    """Return what the briefing calls an area and the CCGs that we take it to be, in a row."""
    columns = (
        Column("places", "The briefing names"),
        Column("ccgs", "We take it to be the CCGs"),
        Column("basis", "Because"),
    )
    row = (listed(area.places), plain_names(acs.member_rows(area, "ccg17")), area.basis)
    return Table("named", "Names and members", columns, (row,), file_name=_file(area, "named"))


def plain_names(ccgs: Iterable[Member]) -> str:
    """Return the names of CCGs as a list, without what all of them begin and end with."""
    return listed([vintages.plain_name(ccg.name) for ccg in ccgs])


def agreed(area: Area) -> Table:
    """Return what was announced and agreed; what is not established says so."""
    columns = (
        Column("what", "What"),
        Column("known", "What is known"),
        Column("date", "Date", note="Of the agreement, or of the report on it."),
        Column("source", "Source", "source"),
    )
    rows = tuple(
        (item.what, item.words, item.when or None, item.source or None) for item in accountability.agreed(area)
    )
    caption = f"{accountability.NOT_ESTABLISHED}: no source was found that says so."
    return Table("agreed", "Announced and agreed", columns, rows, caption=caption, file_name=_file(area, "agreed"))


def _file(area: Area, name: str) -> str:
    return f"acs-{area.code}-{name}"


def comparison(area: Area, other: Area) -> Table:
    """Return two areas side by side."""
    facts = zip(_compared(area), _compared(other), strict=True)
    rows = tuple((label, one, two, "yes" if one == two else "no") for (label, one), (_, two) in facts)
    columns = (
        Column("compared_by", "Compared by"),
        Column("first", area.name),
        Column("second", other.name),
        Column("same", "Same"),
    )
    same = sum(row[-1] == "yes" for row in rows)
    caption = f"{same} of {len(rows)} are the same."
    title = f"{area.name} and {other.name}"
    return Table("comparison", title, columns, rows, caption=caption, file_name=f"acs-{area.code}-{other.code}")


def _compared(area: Area) -> tuple[tuple[str, str], ...]:
    """Return what two areas can be compared by, in words."""
    stp, who = area.footprint, accountability.governance(area)
    across = percent(who.in_straddling / who.residents)
    return (
        ("Kind", acs.KINDS[area.kind]),
        ("Announced", dated(area.announced)),
        ("STP", stp.name),
        ("Whole or part", area.extent),
        ("Residents", f"{who.residents:,}"),
        ("Share of the STP's residents", percent(acs.share_of_stp(area))),
        ("CCGs", f"{who.ccgs}"),
        ("Councils with social care duties", f"{who.councils}"),
        ("Of these only partly inside", listed(who.straddling) or "none"),
        ("Residents in a council partly inside", f"{who.in_straddling:,} ({across})"),
        ("District councils", f"{who.districts}"),
        ("Fit with councils", acs.fit_class(area)),
        (f"Fit with councils, ignoring parts under {acs.TOLERANCE:g}%", acs.fit_class(area, acs.TOLERANCE)),
        ("Trusts", f"{who.trusts}"),
        ("Statutory bodies in all, at least", f"{who.bodies}"),
        ("Lead of the area", area.lead or accountability.NOT_ESTABLISHED),
        ("Lead of the STP", str(stp.lead.fact.value)),
        ("Rating of the STP, July 2017", catalogue.rating_words(stp)),
        ("Memorandum or agreement", area.memorandum),
    )
