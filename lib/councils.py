"""Whom a council has to deal with: its STPs, CCGs and ACS areas, and what the published list says."""

from typing import Any

import pandas as pd

from geo import blocks, kept, lead_dates, partner_list
from lib import catalogue, fit
from lib.text import capital, counted, listed, percent, small


@kept.once
def stps(code: str) -> pd.DataFrame:
    """Return the STPs that a council's residents fall under, largest share first, by STP code.

    Returns
    -------
    DataFrame
        ``STP``, ``Residents``, ``Share of the council, %``, ``Share of the
        STP, %``, ``Lead``, ``Lead type``, ``Rating`` with its evidence, and
        what the published list says (``Published list``).
    """
    parts = fit.parts("council17", "stp17", code, "population", 0.0)
    statuses = {row.stp_code: row.status for row in listing(code)}
    footprints = catalogue.footprints()
    return pd.DataFrame(
        {
            "STP": parts["name"],
            "Residents": parts["weight"],
            "Share of the council, %": parts["share_of_a"] * 100,
            "Share of the STP, %": parts["share_of_b"] * 100,
            "Lead": [footprints[stp].lead.fact.value for stp in parts.index],
            "Lead type": [catalogue.LEAD_TYPES[footprints[stp].lead.kind] for stp in parts.index],
            "Rating, July 2017": [catalogue.rating_words(footprints[stp]) for stp in parts.index],
            "Published list": ["listed" if statuses.get(stp) == "agreed" else "not listed" for stp in parts.index],
        }
    )


@kept.once
def partners(code: str, layer: str) -> pd.DataFrame:
    """Return the areas of a layer that a council's residents fall under, largest first, by code."""
    parts = fit.parts("council17", layer, code, "population", 0.0)
    one = blocks.layer(layer).one
    return pd.DataFrame(
        {
            capital(one): parts["name"],
            "Residents": parts["weight"],
            "Share of the council, %": parts["share_of_a"] * 100,
            f"Share of the {one}, %": parts["share_of_b"] * 100,
        }
    )


@kept.once
def districts(code: str) -> pd.DataFrame:
    """Return the districts of a county with the STPs they are in; empty for a council that is its own district."""
    inside = _districts()[code]
    if inside == [code]:
        return pd.DataFrame()
    names = blocks.names("lad17")
    rows = []
    for district in inside:
        parts = fit.parts("lad17", "stp17", district, "population", 0.0)
        shares = [
            f"{name} ({percent(share)})" if len(parts) > 1 else name
            for name, share in zip(parts["name"], parts["share_of_a"], strict=True)
        ]
        rows.append((names[district], int(parts["weight"].sum()), listed(shares)))
    return pd.DataFrame(rows, columns=["District", "Residents", "STP"])


@kept.once
def _districts() -> dict[str, list[str]]:
    """Return the codes of the districts of each council, sorted."""
    pairs = blocks.pieces()[["council17", "lad17"]].drop_duplicates().sort_values("lad17")
    return pairs.groupby("council17")["lad17"].agg(list).to_dict()


@kept.once
def lists() -> pd.DataFrame:
    """Return `geo.partner_list.councils`, kept for the next page."""
    return partner_list.councils()


@kept.once
def _lists_by(column: str) -> dict[str, tuple[Any, ...]]:
    """Return the rows of `lists`, each with an attribute a column, by the value of a column."""
    by_value: dict[str, list[Any]] = {}
    for row in lists().itertuples(index=False):
        by_value.setdefault(getattr(row, column), []).append(row)
    return {value: tuple(rows) for value, rows in by_value.items()}


def lists_of_stp(code: str) -> tuple[Any, ...]:
    """Return what the published partner list and the geography say of the councils of an STP: rows of `lists`."""
    return _lists_by("stp_code").get(code, ())


def listing(code: str) -> tuple[Any, ...]:
    """Return what the published partner list and the geography say of a council: rows of `lists`."""
    return tuple(row for row in _lists_by("code").get(code, ()) if row.tier == "council")


@kept.once
def differences() -> pd.DataFrame:
    """Return the pairs of council and STP in which list and geography disagree, most residents first."""
    table = lists()
    table = table[(table["tier"] == "council") & (table["status"] != "agreed")]
    table = table.sort_values("residents_not_listed", ascending=False)
    words = {"inside_only": "residents inside, not listed", "listed_only": "listed, no residents inside"}
    return pd.DataFrame(
        {
            "Council": table["name"],
            "STP": table["stp_name"],
            "Difference": table["status"].map(words),
            "Residents": table["residents_not_listed"],
            "Share of the council, %": table["share_of_area"] * 100,
        }
    )


@kept.once
def pairs_listed() -> int:
    """Return the number of pairs of council and STP that list or geography bring together."""
    return int((lists()["tier"] == "council").sum())


@kept.once
def agreement(code: str) -> str:
    """Return in words whether the published partner list agrees with where a council's residents live."""
    rows = listing(code)
    absent, unlisted = ([row for row in rows if row.status == status] for status in ("listed_only", "inside_only"))
    if not absent and not unlisted:
        return (
            "The published partner list names this council in every STP that its residents fall under, and in no other."
        )
    lines = []
    if unlisted:
        where = [f"{row.stp_name} ({row.residents_not_listed:,} residents)" for row in unlisted]
        lines.append(f"Residents live in {listed(where)}, where the published partner list does not name this council.")
    if absent:
        where = listed([row.stp_name for row in absent])
        lines.append(f"The list names it in {where}, where none of its residents live.")
    return " ".join(lines)


@kept.once
def report(code: str) -> str:
    """Return a passage on a council that can be pasted into a report."""
    name, table = blocks.names("council17")[code], stps(code)
    total = table["Residents"].sum()
    if len(table) == 1:
        stp = catalogue.footprints()[table.index[0]]
        share = percent(table["Share of the STP, %"].iloc[0] / 100)
        start = (
            f"In 2017 all {total:,} residents of {name} (mid-2017) fell under one STP, {stp.name}, "
            f"where they were {share} of all residents. {led(stp)}"
        )
    else:
        shares = [
            f"{row['STP']} ({row['Residents']:,}, {percent(row['Share of the council, %'] / 100)})"
            for _, row in table.iterrows()
        ]
        leads = " ".join(led(catalogue.footprints()[stp]) for stp in table.index)
        where = f"{len(table)} STPs: {listed(shares)}"
        start = f"In 2017 the {total:,} residents of {name} (mid-2017) fell under {where}. {leads}"
    ccgs = partners(code, "ccg17")
    icbs = fit.parts("council17", "icb22", code, "population", 0.0)
    return (
        f"{start} The residents were served by {counted(len(ccgs), 'CCG')}: {listed(list(ccgs['CCG']))}. "
        f"Since July 2022 they come under {counted(len(icbs), 'ICB')}: {listed(list(icbs['name']))}."
    )


_LEAD_WORDS = {
    "provider": "from a provider",
    "ccg": "from a CCG",
    "local_authority": "from a local authority",
    "independent": "independent",
}


def led(stp: catalogue.Footprint) -> str:
    """Return in a sentence who led an STP, as far as that is known of 2017, and how it was rated."""
    rating = catalogue.rating_words(stp)
    rated = f"it was rated {small(rating)} in July 2017"
    if stp.rating.value is None:
        rated = "it was rated advanced or making progress in July 2017, not known which"
    fact = stp.lead.fact
    who = f"{fact.value} ({_LEAD_WORDS[stp.lead.kind]}; {fact.spoken_for})"
    if lead_dates.speaks_for(fact.grade, fact.as_of, 2017):
        return f"{stp.name} was led by {who}, and {rated}."
    return f"Who led {stp.name} in 2017 is not established: the lead known of it is {who}; {rated}."
