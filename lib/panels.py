"""Pieces of pages: legend, area panel, notices, evidence, footer."""

from collections.abc import Collection
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from geo import manifest
from geo.overlap import overlap
from lib import catalogue, councils, fit, links, measures, themes, widgets
from lib.catalogue import Footprint
from lib.evidence import Fact
from lib.text import counted, escaped, listed, percent, source_markdown
from lib.themes import Category, Theme


def notices(sentences: list[str]) -> None:
    """Show what was ignored of a link, and what is shown instead."""
    if sentences:
        with st.container(key="notice"):
            st.warning("\n\n".join(sentences))


def filter_result(number: int, filtered: bool, view: links.MapView) -> None:
    """Say how many footprints pass the filters, and offer to clear them."""
    if not filtered:
        return
    cleared = replace(view, rating=(), lead=(), region=(), acs=())
    with st.container(horizontal=True, vertical_alignment="center"):
        if number:
            st.markdown(f"**{number} of 44** footprints pass the filters; the others are faded.")
        else:
            st.markdown("**No footprint passes all filters together**, so all 44 are shown.")
        st.button("Clear filters", on_click=widgets.go_to, args=(cleared,), key="clear-filters")


def legend(theme: Theme, shown: Collection[str]) -> None:
    """Show the classes of the map with their counts."""
    with st.container(key="legend"):
        st.html(legend_html(theme, shown))


def legend_html(theme: Theme, shown: Collection[str]) -> str:
    """Return the legend as an HTML table; all its words are the project's own."""
    rows = []
    for entry in themes.legend(theme, shown):
        count = f"{entry.count}" if entry.shown == entry.count else f"{entry.shown} of {entry.count}"
        rows.append(
            f"<tr><td>{swatch(entry.category)}</td><th scope=row>{escape(entry.category.label)}</th>"
            f"<td class=fp-number>{count}</td></tr>"
        )
    return (
        f"<table class=fp-legend><caption>{escape(theme.title)}</caption>"
        f"<thead><tr><th>Mark</th><th>Meaning</th><th class=fp-number>{escape(theme.many)}</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def swatch(category: Category) -> str:
    """Return the colour, stripes and mark of a class as HTML."""
    style = f"background-color:{category.fill};color:{category.ink};"
    if category.hatch:
        stripe, angle = themes.HATCH_SWATCHES[category.hatch]
        style += f"background-image:repeating-linear-gradient({angle},{stripe} 0 2px,transparent 2px 6px);"
    return f'<span class="fp-swatch" style="{style}">{escape(category.mark)}</span>'


def published_totals(measure: str) -> None:
    """Show published totals beside ours with the reason for the difference, where there are any."""
    found = measures.reconciliation(measure)
    if found is None:
        return
    with st.container(key="published-totals"):
        st.markdown("**Published totals and ours**")
        table = pd.DataFrame(found.rows, columns=["", "Published", "Here"]).set_index("")
        st.table(table, border="horizontal")
        st.caption(found.reason)


def overview() -> None:
    """Show what the map has to say while no area is chosen."""
    table = catalogue.stp_table()
    st.header("Choose a footprint")
    st.markdown(
        "Click on the map, choose in the box above, or select a row of the table below. "
        "You will see who led the area, how it was rated, and which councils and CCGs it covers."
    )
    smallest, largest = table["population"].idxmin(), table["population"].idxmax()
    straddled = (overlap("council17", "stp17").groupby("a_code").size() > 1).sum()
    st.markdown(
        f"- **{table['population'].sum():,}** residents live in the 44 areas, from "
        f"{table['population'][smallest]:,} in {escaped(table['name'][smallest])} to "
        f"{table['population'][largest]:,} in {escaped(table['name'][largest])}.\n"
        f"- **{straddled} of 152** councils have residents in more than one area.\n"
        f"- **Eight** accountable care systems were announced in June 2017: five are whole STPs, "
        f"three are parts of two others."
    )


def footprint(stp: Footprint) -> None:
    """Show one STP: rating, lead, residents, members, and where each fact comes from."""
    row = catalogue.stp_table().loc[stp.code]
    st.header(stp.name)
    called = f"NHS England called it {stp.nhs_name}. " if stp.nhs_name != stp.name else ""
    st.caption(escaped(f"{called}Footprint {stp.number} of 44 · {stp.region} · {stp.ods_code} · {stp.code}"))

    left, right = st.columns(2)
    with left:
        st.markdown("**Rating, July 2017**")
        st.markdown(catalogue.rating_words(stp))
        st.caption(stp.rating.evidence.meaning)
    with right:
        st.markdown("**Lead**")
        st.markdown(escaped(str(stp.lead.fact.value)))
        st.caption(
            f"{escaped(stp.lead.organisation)}. Lead type: {catalogue.LEAD_TYPES[stp.lead.kind]}. "
            f"The source speaks for: {escaped(stp.lead.fact.as_of)} ({stp.lead.fact.evidence.label})."
        )
    figures = {
        key: measures.theme(key).values[stp.code] for key in ("population", "share_65_plus", "deprivation", "gap")
    }
    words = {"population": "Residents", "share_65_plus": "Aged 65 and over", "deprivation": "Deprivation score"}
    with st.container(horizontal=True, gap="medium"):
        for key, value in figures.items():
            st.metric(words.get(key, "Gap per head"), value, width="content", help=measures.MEASURES[key].note)

    _members(stp, row)
    _sources(stp)


def _members(stp: Footprint, row: pd.Series) -> None:
    ccgs = overlap("stp17", "ccg17").query("a_code == @stp.code")
    names = listed([fit.short_names("ccg17")[code] for code in ccgs["b_code"]])
    st.markdown(f"**{counted(len(ccgs), 'CCG')}**: {escaped(names)}.")
    inside = overlap("stp17", "council17").query("a_code == @stp.code").sort_values("weight", ascending=False)
    whole = int((inside["share_of_b"] == 1).sum())
    how_many = "all" if whole == len(inside) else f"{whole}" if whole else "none"
    st.markdown(f"**{counted(len(inside), 'council')}**, {how_many} wholly inside")
    table = pd.DataFrame(
        {
            "Council": [escaped(name) for name in inside["b_name"]],
            "Residents inside": inside["weight"].to_numpy(),
            "Share of the council": inside["share_of_b"].to_numpy(),
            "Share of the STP": inside["share_of_a"].to_numpy(),
        }
    )
    words = {"Residents inside": "{:,}".format, "Share of the council": percent, "Share of the STP": percent}
    widgets.small_table(table, words)
    with st.container(horizontal=True):
        for code, name in zip(inside["b_code"], inside["b_name"], strict=True):
            widgets.link_to(links.CouncilView(code), name)
    for area in stp.acs:
        kind = "Accountable care system" if area.kind == "acs" else "Devolution area"
        extent = "the whole STP" if area.whole_stp else f"{counted(len(area.ccgs), 'CCG')} of {row['ccgs']:.0f}"
        st.markdown(f"**{kind}**: {escaped(area.name)}, {extent}; announced {escaped(area.announced)}.")
    if not stp.acs:
        st.markdown("Not among the eight accountable care systems of June 2017.")
    widgets.link_to(links.CoterminosityView(a="stp17", b="council17", area=stp.code), "How it fits its councils")


def _sources(stp: Footprint) -> None:
    with st.container(key="evidence"), st.expander("Sources, dates and notes"):
        fact("Rating", stp.rating, "21 July 2017")
        fact("Lead", stp.lead.fact, stp.lead.fact.as_of)
        if stp.lead.entry_2019:
            st.markdown(f"The workbook of April 2019 prints: {escaped(stp.lead.entry_2019)}")
        millions = f"GBP {stp.gap.value:,.10g} million"
        comparable = "" if stp.gap_comparable else "; not comparable with the other areas"
        fact(f"Financial gap ({escaped(millions)}{comparable})", stp.gap, stp.gap.as_of)
        st.markdown(
            "**Residents**: ONS mid-2017 estimates. **Membership**: ONS lookups of April 2017. "
            "**Deprivation**: English indices of deprivation 2015."
        )


def fact(title: str, found: Fact, as_of: str) -> None:
    """Show a fact's date, evidence, source and note."""
    source = f"Source: {source_markdown(found.source)}." if found.source else "No source found."
    note = f" {escaped(found.note)}" if found.note else ""
    st.markdown(f"**{title}**, {escaped(as_of)}, {found.evidence.label}. {source}{note}")


def partner_list_differences() -> None:
    """Show where the published partner list and the geography disagree on councils."""
    table = councils.differences()
    st.markdown(
        f"NHS Digital's partner list (edition of April 2019) agrees with where residents live for "
        f"{councils.pairs_listed() - len(table)} of {councils.pairs_listed()} pairs of council and STP. "
        f"In these {len(table)} the council has residents in the STP, but the list does not name it:"
    )
    widgets.table_with_download(table, "partner-list-differences.csv")


def council_stps(code: str) -> None:
    """Show the STPs of a council: residents, shares, lead, rating and what the published list says."""
    table = councils.stps(code)
    for number, (stp, row) in enumerate(table.iterrows(), start=1):
        st.markdown(f"### {number}. {escaped(row['STP'])}")
        st.markdown(
            f"**{row['Residents']:,}** residents: {percent(row['Share of the council, %'] / 100)} of the council, "
            f"{percent(row['Share of the STP, %'] / 100)} of the STP  \n"
            f"Lead: {escaped(row['Lead'])}, {escaped(catalogue.footprints()[stp].lead.organisation)} "
            f"({row['Lead type']})  \n"
            f"Rating, July 2017: {row['Rating, July 2017']}  \n"
            f"Published partner list: {row['Published list']}"
        )
        widgets.link_to(links.MapView(stp=stp), f"{row['STP']} on the map")


def council_acs(code: str) -> None:
    """Say which accountable care systems a council's residents are in."""
    parts = fit.parts("council17", "acs17", code, "population", 0.0).drop(index=fit.OUTSIDE, errors="ignore")
    if not len(parts):
        st.markdown("None of its residents live in one of the eight accountable care systems of June 2017.")
    for _, part in parts.iterrows():
        st.markdown(
            f"**{escaped(part['name'])}**, an accountable care system of June 2017, takes in "
            f"{percent(part['share_of_a'])} of its residents ({part['weight']:,.0f})."
        )


def council_sources(code: str) -> None:
    """Show where the facts of a council's STPs come from."""
    for stp in councils.stps(code).index:
        found = catalogue.footprints()[stp]
        fact(f"Rating of {escaped(found.name)}", found.rating, "21 July 2017")
        fact(f"Lead of {escaped(found.name)}", found.lead.fact, found.lead.fact.as_of)
    st.markdown(
        "**Residents**: ONS mid-2017 estimates. **Membership**: ONS lookups of April 2017. "
        "**Published partner list**: NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019."
    )


def footer() -> None:
    """Show attribution and the version of the data."""
    package = manifest.read()
    st.caption(f"{escaped(package['attribution'])} Data version {escaped(package['version'])}.")
