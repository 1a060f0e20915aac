"""Pieces of pages on one STP: rating, lead, people, members, standing, sources."""

from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from lib import (
    alternatives,
    catalogue,
    charts,
    fit,
    fit_panels,
    glossary,
    measures,
    panels,
    table_widgets,
    views,
    widgets,
)
from lib.catalogue import Footprint
from lib.footprint import profile
from lib.text import capital, counted, dates_in_words, escaped, listed, percent


def published_totals(measure: str) -> None:
    """Show published totals beside ours with the reason for the difference, where there are any."""
    found = measures.reconciliation(measure)
    if found is None:
        return
    with st.container(key="published-totals"):
        st.markdown("**National totals and ours**")
        columns = [measures.MEASURES[measure].title, "National total", "Here"]
        st.table(pd.DataFrame(found.rows, columns=columns), hide_index=True, border="horizontal")
        st.caption(found.reason)


def footprint(stp: Footprint) -> None:
    """Show one STP: rating, lead, residents, members, and where each fact comes from."""
    st.header(stp.name)
    names_and_codes(stp)
    rating_and_lead(stp)
    key_figures(stp)
    members(stp)
    sources(stp)


def members(stp: Footprint) -> None:
    """Show CCGs, councils with two-way shares and ACS areas of an STP."""
    ccgs, inside = _inside(stp.code, "ccg17"), _inside(stp.code, "council17")
    names = listed([fit.short_names("ccg17")[code] for code in sorted(ccgs["b_code"])])
    st.markdown(f"**{counted(len(ccgs), 'CCG')}**: {escaped(names)}.")
    whole = int((inside["share_of_b"] == 1).sum())
    how_many = "all" if whole == len(inside) else f"{whole}" if whole else "none"
    st.markdown(f"**{counted(len(inside), 'council')}**, {how_many} wholly inside")
    words = {"Residents inside": "{:,}".format, "Share of the council": percent, "Share of the STP": percent}
    table_widgets.small_table(_councils(stp.code), words)
    with st.container(horizontal=True):
        for code, name in zip(inside["b_code"], inside["b_name"], strict=True):
            widgets.link_to(views.CouncilView(code), name)
    acs_areas(stp)
    widgets.link_to(views.FootprintView(stp.code), "Everything about it")
    widgets.link_to(views.CompareView(a=stp.code), "Compare it with another")
    widgets.link_to(views.CoterminosityView(a="stp17", b="council17", area=stp.code), "How it fits its councils")


@lru_cache(maxsize=128)
def _inside(code: str, layer: str) -> pd.DataFrame:
    """Return the areas of a layer that share residents with an STP, most residents first."""
    table = fit.overlaps("stp17", layer)
    return table[table["a_code"] == code].sort_values("weight", ascending=False)


@lru_cache(maxsize=128)
def _councils(code: str) -> pd.DataFrame:
    inside = _inside(code, "council17")
    return pd.DataFrame(
        {
            "Council": [escaped(name) for name in inside["b_name"]],
            "Residents inside": inside["weight"].to_numpy(),
            "Share of the council": inside["share_of_b"].to_numpy(),
            "Share of the STP": inside["share_of_a"].to_numpy(),
        }
    )


def sources(stp: Footprint) -> None:
    """Show where the facts of an STP come from."""
    with st.container(key=f"evidence-{stp.code}"), st.expander(f"Sources, dates and notes: {stp.name}"):
        panels.fact("Rating", stp.rating, "21 July 2017")
        panels.fact("Lead", stp.lead.fact, dates_in_words(stp.lead.fact.as_of))
        if stp.lead.entry_2019:
            st.markdown(f"NHS Digital's workbook of April 2019 names: {escaped(stp.lead.entry_2019)}")
        comparable = "" if stp.gap_comparable else "; not comparable with the other areas"
        panels.fact(f"Financial gap ({escaped(catalogue.gap_words(stp))}{comparable})", stp.gap, stp.gap.as_of)
        st.markdown(
            "**Residents**: ONS mid-2017 estimates. **Membership**: ONS lookups of April 2017. "
            "**Deprivation**: English indices of deprivation 2015."
        )


def rating_and_lead(stp: Footprint) -> None:
    """Show rating and lead of an STP with evidence and date."""
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{glossary.explained('rating', 'Rating, July 2017')}**")
        st.markdown(catalogue.rating_words(stp))
        st.caption(stp.rating.evidence.meaning)
    with right:
        st.markdown(f"**{glossary.explained('lead', 'Lead')}**")
        st.markdown(escaped(str(stp.lead.fact.value)))
        st.caption(
            f"{escaped(stp.lead.organisation)}. Lead type: {catalogue.LEAD_TYPES[stp.lead.kind]}. "
            f"{escaped(capital(stp.lead.fact.spoken_for))}."
        )


def key_figures(stp: Footprint) -> None:
    """Show residents, age, deprivation and gap of an STP."""
    figures = {
        key: measures.theme(key).values[stp.code] for key in ("population", "share_65_plus", "deprivation", "gap")
    }
    words = {"population": "Residents", "share_65_plus": "Aged 65 and over", "deprivation": "Deprivation score"}
    with st.container(horizontal=True, gap="medium"):
        for key, value in figures.items():
            st.metric(words.get(key, "Gap per head"), value, width="content", help=measures.MEASURES[key].note)


def close_up(stp: Footprint, span: tuple[float, float] | None = None) -> None:
    """Show an STP in detail: its councils in colours, acute trusts as crosses."""
    parts = fit.parts("stp17", "council17", stp.code, "population", 0.0)
    fit_panels.close_up("stp17", "council17", stp.code, parts, profile.trusts(stp.code), span, key=True)


def standing(codes: list[str]) -> None:
    """Show where one or two STPs lie among the 44, as strips of dots and as a table."""
    figure, table, alt = _standing(tuple(codes))
    panels.chart(
        figure,
        key=f"standing-{'-'.join(codes)}",
        alt=alt,
    )
    st.caption(
        "Each strip runs from the least to the greatest of the 44; rank 1 is the greatest. Point at a dot for its name."
    )
    st.table(table, hide_index=True, border="horizontal")


@lru_cache(maxsize=256)
def _standing(codes: tuple[str, ...]) -> tuple[go.Figure, pd.DataFrame, str]:
    names, strips, rows = catalogue.stp_table()["name"], [], []
    by_code = [profile.standing(code) for code in codes]
    for n, first in enumerate(by_code[0]):
        values = pd.Series(measures.theme(first.measure.key).values)
        strips.append(charts.Strip(first.measure.title, first.values, values, names))
        row = {"Measure": first.measure.title}
        for code, found in zip(codes, by_code, strict=True):
            rank = f" ({found[n].words})" if found[n].rank else ""
            row[escaped(names[code])] = escaped(f"{values[code]}{rank}")
        rows.append(row)
    return charts.dot_strips(strips, list(codes)), pd.DataFrame(rows), alternatives.standing(codes)


def names_and_codes(stp: Footprint) -> None:
    """Show the other name, number, region and codes of an STP."""
    called = f"NHS England called it {stp.nhs_name}. " if stp.nhs_name != stp.name else ""
    st.caption(
        f"{escaped(called)}Footprint {stp.number} of 44 · NHS region {escaped(stp.region)} · "
        f"{glossary.explained('codes', 'codes')} {stp.ods_code} (NHS), {stp.code} (ONS)"
    )


def acs_areas(stp: Footprint) -> None:
    """Say which accountable care systems or devolution areas lie in an STP."""
    for area in stp.acs:
        kind = "Accountable care system" if area.kind == "acs" else "Devolution area"
        extent = (
            "the whole STP"
            if area.whole_stp
            else f"{counted(len(area.ccgs), 'CCG')} of {catalogue.stp_table()['ccgs'][stp.code]}"
        )
        st.markdown(f"**{kind}**: {escaped(area.name)}, {extent}; announced {escaped(area.announced)}.")
    if not stp.acs:
        st.markdown(f"Not among the eight {glossary.explained('acs', 'accountable care systems')} of June 2017.")
