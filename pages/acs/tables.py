"""Tables of one area: parts of its map, councils, CCGs, trusts, what was agreed, and how it compares with another."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from geo import blocks, sources, vintages
from lib import catalogue, fit, links
from lib.accountable_care import accountability, acs, figures
from lib.accountable_care import trusts as acs_trusts
from lib.accountable_care.acs import Area
from lib.content.blocks import Column, Table
from lib.text import capital, dated, listed, percent

_CODE = Column("code", "Code", "code", note="ONS code of April 2017.", in_file_only=True)
_AREA_SHARE = Column("share_of_area", "Of the area", "share", note="Residents inside by all residents of the area.")


def way(layer: str, code: str) -> str:
    """Return the link of the page on a council or CCG; of a CCG it is how it fits councils."""
    if layer == "council17":
        return links.to("council", council=code)
    return links.to("coterminosity", a="ccg17", b="council17", area=code)


def parts(area: Area, layer: str) -> Table:
    """Return what the close-up of an area is made of, numbered as on it, ground that is left out last."""
    categories, members, one = figures.detail(area, layer).categories, acs.members(area, layer), blocks.layer(layer).one
    rows = {
        code: (
            categories[code].label,
            row.residents,
            row.share_of_area,
            row.share_of_member,
            int(categories[code].mark),
            code,
        )
        for code, row in _each(members)
    }
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
        tuple(way(layer, code) if code in rows else "" for code in categories),
        swatches=tuple(categories.values()),
    )


def councils(area: Area) -> Table:
    """Return the councils with residents inside, most first: two-way shares, who is left out, districts."""
    members = acs.members(area, "council17")
    kinds, elected = sources.read("council17").set_index("council17cd")["council_type"], acs.elected_districts(area)
    rows = tuple(
        (
            row.name,
            kinds[code],
            row.residents,
            row.share_of_area,
            row.share_of_member,
            row.outside,
            listed(elected[code]) or "none: one tier of council",
            code,
        )
        for code, row in _each(members)
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
    ways = tuple(way("council17", code) for code in members.index)
    codes = tuple(members.index)
    return Table(
        "councils", "Councils with residents inside", columns, rows, ways, codes, file_name=_file(area, "councils")
    )


def ccgs(area: Area) -> Table:
    """Return the member CCGs, most residents first; with those that start first where only some do."""
    members, stp = acs.members(area, "ccg17"), acs.members(area, "stp17").loc[area.stp]
    whole = float(stp["residents"] / stp["share_of_member"])
    columns = [
        Column("ccg", "CCG"),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        _AREA_SHARE,
        Column("share_of_ccg", "Of the CCG", "share", note="Residents inside by all residents of the CCG."),
        Column("share_of_stp", "Of the STP", "share", note="Residents inside by all residents of the STP."),
        _CODE,
    ]
    rows = [
        [row.name, row.residents, row.share_of_area, row.share_of_member, row.residents / whole, code]
        for code, row in _each(members)
    ]
    if area.focus:
        columns.insert(-1, Column("early_focus", "Early focus", note="Whether the area was to start with it."))
        for row in rows:
            row.insert(-1, "yes" if row[-1] in area.focus else "no")
    ways, codes = tuple(way("ccg17", code) for code in members.index), tuple(members.index)
    cells = tuple(map(tuple, rows))
    return Table("ccgs", "CCGs by residents", tuple(columns), cells, ways, codes, file_name=_file(area, "ccgs"))


def rest_of_stp(area: Area) -> Table:
    """Return the CCGs of the parent STP outside the area, most residents first; without rows for a whole STP."""
    table = fit.overlaps("stp17", "ccg17")
    table = table[(table["a_code"] == area.stp) & ~table["b_code"].isin(area.ccgs)]
    table = table.sort_values("weight", ascending=False)
    others = {ccg: other.name for other in acs.areas().values() for ccg in other.ccgs}
    rows = tuple(
        (row.b_name, row.weight, row.share_of_a, others.get(row.b_code, "no"), row.b_code) for row in table.itertuples()
    )
    columns = (
        Column("ccg", "CCG"),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        Column("share_of_stp", "Of the STP", "share", note="Residents of the CCG by all residents of the STP."),
        Column("other_area", "In another ACS", note="The accountable care system that it is a member of."),
        _CODE,
    )
    ways = tuple(way("ccg17", code) for code in table["b_code"])
    title = f"The rest of the STP {area.footprint.name}: CCGs that are not in the area"
    return Table(
        "rest-of-stp", title, columns, rows, ways, tuple(table["b_code"]), file_name=_file(area, "rest-of-stp")
    )


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
    row = (listed(area.places), plain_names(acs.members(area, "ccg17")), area.basis)
    return Table("named", "Names and members", columns, (row,), file_name=_file(area, "named"))


def plain_names(ccgs: pd.DataFrame) -> str:
    """Return the names of CCGs as a list, without what all of them begin and end with."""
    return listed([vintages.plain_name(name) for name in ccgs["name"]])


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


def _each(members: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    """Yield code and values of each member."""
    return zip(members.index, members.itertuples(index=False), strict=True)


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
