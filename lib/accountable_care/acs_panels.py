"""Pieces of the page on ACS areas."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from geo import blocks, vintages
from lib import catalogue, glossary, panels, table_widgets, views, widgets
from lib.accountable_care import accountability, acs, acs_maps, acs_trusts
from lib.accountable_care.acs import Area
from lib.text import dates_in_words, escaped, listed, percent, source_markdown
from lib.themes import Category

_GROUPS = {
    "Systems that are whole STPs": lambda area: area.kind == "acs" and area.whole,
    "Systems that are parts of STPs": lambda area: area.kind == "acs" and not area.whole,
    "Devolution areas": lambda area: area.kind == "devolution",
}


def overview() -> None:
    """Show the ten areas as links, by what they are."""
    st.header("Choose an area")
    total = sum(acs.population(area) for area in acs.areas().values() if area.kind == "acs")
    england = catalogue.stp_table()["population"].sum()
    st.markdown(
        f"The eight systems have **{total:,}** residents, {percent(total / england)} of England's. Five are whole "
        f"STPs, three are parts of two others. Numbers and letters are those of the map."
    )
    for title, belongs in _GROUPS.items():
        st.markdown(f"**{title}**")
        with st.container(gap=None):
            for area in filter(belongs, acs.areas().values()):
                widgets.link_to(views.AcsView(area.code), f"{area.mark} · {area.name}")


def area_panel(area: Area, layer: str) -> None:
    """Show one area: what it is, its close-up and what that is made of."""
    st.header(area.name)
    lead = f"Lead: {area.lead}." if area.lead else "A lead of its own is not established."
    st.caption(escaped(f"{acs.KINDS[area.kind]} · {area.extent} · {area.footprint.name}"))
    st.markdown(escaped(accountability.sentence(area)))
    st.markdown(escaped(lead))
    if widgets.part_shown() != "table":
        with st.container(key="close-up-of-acs"):
            panels.close_up(
                acs_maps.close_up(area, layer),
                key=f"close-up-{area.code}-{layer}",
                alt=acs_maps.close_up_alt(area, layer),
            )
    st.html(_key(acs_maps.detail(area, layer).categories, acs.members(area, layer), blocks.layer(layer).one))


def _key(categories: Mapping[str, Category], members: pd.DataFrame, one: str) -> str:
    """Return the key of a close-up as an HTML table, with residents and two-way shares."""
    rows = []
    for code, item in categories.items():
        numbers = ["", "", ""]
        if code in members.index:
            row = members.loc[code]
            numbers = [f"{row['residents']:,}", percent(row["share_of_area"]), percent(row["share_of_member"])]
        cells = "".join(f"<td class=fp-number>{number}</td>" for number in numbers)
        rows.append(f"<tr><td>{panels.swatch(item)}</td><th scope=row>{escape(item.label)}</th>{cells}</tr>")
    heads = "".join(f"<th class=fp-number>{head}</th>" for head in ("Residents", "Of the area", f"Of the {one}"))
    return (
        "<table class=fp-legend><caption>What the map shows; crosses are head offices of acute trusts</caption>"
        f"<thead><tr><th>Mark</th><th>Part</th>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def members(area: Area) -> None:
    """Show the member CCGs, the part that starts first, and what of the STP is not in the area."""
    st.header("Member CCGs")
    table_widgets.table_with_download(acs.ccg_table(area), f"acs-{area.code}-ccgs.csv")
    if area.focus:
        ccgs = acs.members(area, "ccg17")
        early = ccgs.loc[list(area.focus)]
        st.markdown(
            f"**Early focus on {escaped(listed(area.places))}**: {len(early)} of the {len(ccgs)} CCGs, "
            f"{escaped(_names(early))}. They have {early['residents'].sum():,} residents, "
            f"{percent(early['share_of_area'].sum())} of the area."
        )
    rest = acs.rest_of_stp(area)
    if len(rest):
        st.markdown(f"**The rest of the STP** {escaped(area.footprint.name)}: these CCGs are not in the area.")
        table_widgets.table_with_download(rest, f"acs-{area.code}-rest-of-stp.csv")


def _names(table: pd.DataFrame) -> str:
    return listed([vintages.plain_name(name) for name in table["name"]])


def councils(area: Area) -> None:
    """Show the councils: whose residents are inside, who is left out, and whom residents elect."""
    st.header("Councils: who is inside, who is left out")
    st.markdown(escaped(accountability.answer(area)))
    out = accountability.left_out(area)
    if out:
        st.markdown("\n".join(f"- {escaped(said)}" for said in out))
    with st.container(key="table"):
        table_widgets.table_with_download(acs.council_table(area), f"acs-{area.code}-councils.csv")
    st.caption("Whom each council has to deal with:")
    with st.container(horizontal=True):
        for code, name in acs.members(area, "council17")["name"].items():
            widgets.link_to(views.CouncilView(code), name)


def governance(area: Area) -> None:
    """Show who decides, counted, and the trusts."""
    st.header("Who decides")
    kind = "system" if area.kind == "acs" else "area"
    st.markdown(
        f"The {kind} itself is not a statutory body: what it agrees binds nobody whose own board or council does not "
        f"agree. These bodies decide:"
    )
    straddling = accountability.governance(area).straddling
    left, right = st.columns(2, gap="large")
    with left:
        table_widgets.small_table(accountability.governance_table(area), {"Number": "{:,}".format})
        st.markdown(
            f"Councils that straddle the border: **{escaped(listed(straddling))}**."
            if straddling
            else "**No council straddles the border.**"
        )
        st.caption(
            "At least, because trusts other than acute ones count only where a source names them; combined "
            "authorities, parishes and the police are left out."
        )
    with right:
        table_widgets.table_with_download(acs_trusts.partners(area), f"acs-{area.code}-trusts.csv")
        st.caption(
            "Inside or not: by the postcode of the head office. A trust serves people beyond the line, too. The "
            "published partner list names more trusts, but only for whole STPs and for April 2019."
        )


def agreed(area: Area) -> None:
    """Show what was announced and agreed, with dates and sources, and what is not established."""
    st.header("What was agreed")
    for item in accountability.agreed(area):
        known = item.said != accountability.NOT_ESTABLISHED
        when = f" · {escaped(item.when)}" if known and item.when else ""
        st.markdown(
            f"**{escaped(item.what)}**{when}  \n"
            + (escaped(item.said) if known else "*Not established*: no source was found that says so.")
        )
        if item.source:
            st.caption(f"Source: {source_markdown(item.source)}")
    table_widgets.download(accountability.agreed_table(area), f"acs-{area.code}-agreed.csv")


def named(area: Area) -> None:
    """Hold what the briefing calls the area against the CCGs that we take it to be."""
    st.header("What the briefing calls it, and what we take it to be")
    st.table(
        pd.DataFrame(
            {
                "The briefing names": [escaped(listed(area.places))],
                "We take it to be the CCGs": [escaped(_names(acs.members(area, "ccg17")))],
                "Because": [escaped(area.basis)],
            }
        ),
        hide_index=True,
        border="horizontal",
    )


def evidence(area: Area) -> None:
    """Show where the facts come from."""
    stp = area.footprint
    st.markdown(f"**The area, its members and its terms**: {source_markdown(area.source)}")
    panels.fact(f"Rating of {escaped(stp.name)}", stp.rating, "21 July 2017")
    panels.fact(f"Lead of {escaped(stp.name)}", stp.lead.fact, dates_in_words(stp.lead.fact.as_of))
    if stp.lead.entry_2019:
        st.markdown(f"NHS Digital's workbook of April 2019 names for the STP: {escaped(stp.lead.entry_2019)}")
    st.markdown(METHOD)


METHOD = f"""
**Members**: the CCGs that a source names or that the places in the briefing stand for; the page says which.
**Boundary**: the CCGs' {glossary.explained("lsoa", "LSOAs")} together. **Residents**: ONS mid-2017 estimates.
**Shares and {glossary.explained("coterminous", "fit")}**: sums over LSOAs, never intersections of outlines.
**Acute trusts**: NHS Digital ODS; placed by the postcode of their head office.
"""
