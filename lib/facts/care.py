"""Vanguards and pioneers, the way to a system, A&E and capital of one or several STPs, as sections of a page."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from geo import blocks, kept, sources
from lib import glossary
from lib.care import emergency, joint_work, waves
from lib.care.joint_work import Chosen
from lib.content.blocks import Block, Column, Listing, Prose, Section, Strong, Table
from lib.evidence import text
from lib.text import counted, listed, percent

_STP = Column("stp", "STP")
_SOURCE = Column("source", "Source", "source")
_NOTE = Column("note", "Note", note="What is in doubt.")
_CHOSEN = (
    Column("name", "Name"),
    Column("type", "Type"),
    Column("ccgs", "CCGs", note="Of April 2017; where there are none, why."),
    Column("announced", "Chosen", "date"),
    _NOTE,
    _SOURCE,
)
_STEPS = (
    Column("area", "System", note="Name of the time."),
    Column("when", "When"),
    Column("status", "Became"),
    Column("evidence", "Evidence", note="published: a page names the area; inferred: it follows from counts."),
    _NOTE,
    _SOURCE,
)
_YEARS = (
    Column("year", "Year", note="April to March."),
    Column("departments", "Departments"),
    Column("attendances", "Attendances", "count"),
    Column("within", "Within four hours", "count"),
    Column("share", "Share", "share"),
    Column("england", "England", "share", note="All organisations."),
)
_TRUSTS = (
    Column("trust", "Acute trust"),
    Column("year", "Year"),
    Column("major", "Major departments", "count", note="Attendances."),
    Column("major_share", "Within four hours, major", "share"),
    Column("all", "All types", "count", note="Attendances."),
    Column("all_share", "Within four hours, all", "share"),
    Column("months", "Months with a return", "count"),
    _NOTE,
)
_CAPITAL = (
    Column("scheme", "Scheme"),
    Column("announced", "Announced", "date"),
    Column("amount_words", "As the source puts it"),
    Column("low", "From, GBP million", "money", "gbp_million", -1),
    Column("high", "To, GBP million", "money", "gbp_million", -1),
    Column("evidence", "Evidence"),
    _NOTE,
    _SOURCE,
)
_STATED = {"published": "stated", "area_named": "only the area is named"}


def sections(stps: Sequence[str], chosen: Sequence[Chosen]) -> tuple[Section, ...]:
    """Return the four sections on one or several STPs; `chosen` is what was chosen there for joint work."""
    return (
        Section("Vanguards and pioneers", _joint_work(chosen), "joint-work"),
        Section("When it became a system", _systems(stps), "system"),
        Section("A&E within four hours", _emergency(stps), "emergency"),
        Section("Capital announced in 2017 and 2018", _capital(stps), "capital"),
    )


def _joint_work(chosen: Sequence[Chosen]) -> tuple[Block, ...]:
    kinds = [
        counted(sum(one.kind != "pioneer" for one in chosen), "vanguard"),
        counted(sum(one.kind == "pioneer" for one in chosen), "pioneer"),
    ]
    introduction = Prose(
        (
            Strong(f"Known here: {listed(kinds)}."),
            " ",
            glossary.link("vanguard", "Vanguards"),
            " of 2015 tried out new models of care; ",
            glossary.link("pioneer", "pioneers"),
            " of 2013 and 2015 joined up health and social care.",
        )
    )
    if not chosen:
        return (introduction,)
    caption = "CCGs are those of April 2017. Where none are given they are not certain, or it is a group of trusts."
    if any(one.kind in ("mcp", "pacs") for one in chosen):
        caption += f" {joint_work.ACO_FORMS}"
    rows = tuple((one.called, one.type, one.where, one.announced, one.note or None, one.source) for one in chosen)
    table = Table("joint_work", "Vanguards and pioneers", _CHOSEN, rows, caption=caption)
    return introduction, table


def _systems(stps: Sequence[str]) -> tuple[Block, ...]:
    steps = [step for code in stps for step in waves.of_stp(code)]
    names = blocks.names("stp17")
    lines = tuple(f"{names[step.stp]}: {step.says}" if len(stps) > 1 else step.says for step in steps)
    rows = tuple(
        (
            step.area,
            step.when,
            waves.STATUSES[step.status],
            "inferred" if step.inferred else "published",
            step.note or None,
            step.source,
        )
        for step in steps
    )
    return Listing(lines), Section("Dates and sources", (Table("steps", "Steps", _STEPS, rows),), folded=True)


def _emergency(stps: Sequence[str]) -> tuple[Block, ...]:
    names, several = blocks.names("stp17"), len(stps) > 1
    years = [(code, year) for code in stps for year in emergency.of_stp(code)]
    rows = []
    for code, year in years:
        for kind, words in emergency.KINDS.items():
            cells = (year.attendances[kind], year.within[kind], year.share(kind), year.england[kind])
            rows.append((*((names[code],) if several else ()), year.year, words, *cells))
    missing = list(dict.fromkeys(f"{year.year}: {year.note}." for _, year in years if year.months_missing))
    covered = [f"{percent(share)} in {year}" for year, share in emergency.coverage().items()]
    caption = (
        f"{emergency.CAVEAT} Of all attendances in England the acute trusts have {listed(covered)}. "
        f"{' '.join(missing) or 'No month of a trust is missing.'}"
    )
    if any(emergency.counted_anew(code) for code in stps):
        caption += f" {emergency.COUNTED_ANEW}"
    columns = (_STP, *_YEARS) if several else _YEARS
    table = Table("emergency", "A&E within four hours", columns, tuple(rows), caption=caption)
    trusts = tuple(
        (
            row.trust_name,
            row.year,
            row.type1_attendances,
            row.type1_within_four_hours / row.type1_attendances,
            row.attendances,
            row.within_four_hours / row.attendances,
            row.months_reported,
            text(row.note) or None,
        )
        for code in stps
        for row in emergency.trusts(code)
    )
    source = Prose(
        "Source: NHS England, A&E attendances and emergency admissions, monthly, as the package NHSRdatasets carries "
        "them.",
        "caption",
    )
    by_trust = Table("emergency_trusts", "A&E within four hours by acute trust", _TRUSTS, trusts)
    return table, Section("By acute trust", (by_trust, source), folded=True)


@kept.once
def _schemes() -> dict[str, list[Any]]:
    """Return the rows of ``capital_2017`` by the STP that they are known to be for."""
    by_stp: dict[str, list[Any]] = {}
    for row in sources.read("capital_2017").dropna(subset="stp17cd").itertuples():
        by_stp.setdefault(row.stp17cd, []).append(row)
    return by_stp


def _capital(stps: Sequence[str]) -> tuple[Block, ...]:
    schemes = [row for code in stps for row in _schemes().get(code, ())]
    if not schemes:
        return (Prose("No scheme is known here. The lists could be read in part only, so that is not none."),)
    names, several = blocks.names("stp17"), len(stps) > 1
    rows = tuple(
        (
            *((names[row.stp17cd],) if several else ()),
            row.scheme,
            row.announced,
            text(row.amount_words) or None,
            *(None if pd.isna(amount) else amount for amount in (row.amount_low_gbp_m, row.amount_high_gbp_m)),
            _STATED[row.evidence],
            text(row.note) or None,
            row.source,
        )
        for row in sorted(schemes, key=lambda row: row.Index)
    )
    caption = (
        "As announced; several sums were paid years later or not at all. The lists were not read to the end, so there "
        "is no total."
    )
    columns = (_STP, *_CAPITAL) if several else _CAPITAL
    return (Table("capital", "Capital announced", columns, rows, caption=caption),)
