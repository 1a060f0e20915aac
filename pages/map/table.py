"""All that the map can show of the STPs, as a table."""

from collections.abc import Collection
from dataclasses import replace

from geo import kept
from lib import links, tables
from lib.content import frames
from lib.content.blocks import Cell, Column, Table
from pages.map.view import MapView

# By the heads of `lib.tables.stp_values`.
_COLUMNS = {
    "STP": Column("stp", "STP", note="ONS name of April 2017."),
    "Rating": Column("rating", "Rating", note="NHS England's overall progress rating of 21 July 2017."),
    "Rating evidence": Column("rating_evidence", "Rating evidence"),
    "Lead": Column("lead", "Lead"),
    "Lead type": Column("lead_type", "Lead type", note="Kind of organisation that the lead came from."),
    "Lead organisation": Column("lead_organisation", "Lead organisation"),
    "Lead source speaks for": Column("lead_as_of", "Lead as of"),
    "Lead evidence": Column("lead_evidence", "Lead evidence"),
    "Population": Column("population", "Population", "count", note="ONS mid-2017 estimates."),
    "Aged 65+, %": Column("share_65_plus", "Aged 65+", "share"),
    "Residents per km²": Column("density", "Residents per km²", "number"),
    "Deprivation": Column("deprivation", "Deprivation", "number", decimals=1, note="Mean IMD 2015 score of residents."),
    "CCGs": Column("ccgs", "CCGs", "count"),
    "Councils": Column("councils", "Councils", "count", note="Upper-tier councils with residents inside."),
    "In split councils, %": Column("split", "In split councils", "share"),
    "Gap per head, £": Column("gap_per_head", "Projected deficit per resident, 2020/21", "money", "gbp"),
    "ACS, June 2017": Column("acs", "ACS, June 2017"),
    "Region": Column("region", "Region", note="NHS England region."),
    "Name NHS England used": Column("nhs_name", "Name NHS England used"),
    "Footprint number": Column("number", "Footprint number", "count"),
    "ODS code": Column("ods_code", "ODS code", "code"),
    "ONS code": Column("code", "ONS code", "code"),
    "Vanguards": Column("vanguards", "Vanguards", "count", note="Of 2015, as far as their STP is known."),
    "Pioneers": Column("pioneers", "Pioneers", "count", note="Of 2013 and 2015, as far as their STP is known."),
    "System since": Column("system", "Became a system", "date", note="When the whole STP was named as one."),
    "System evidence": Column("system_evidence", "System evidence", note="published or inferred."),
    "A&E within four hours 2016/17, %": Column(
        "emergency_2016",
        "Major A&E within four hours, 2016/17",
        "share",
        note="Major departments; a sum over acute trusts.",
    ),
    "A&E within four hours 2017/18, %": Column(
        "emergency_2017",
        "Major A&E within four hours, 2017/18",
        "share",
        note="Major departments; a sum over acute trusts.",
    ),
}


def footprints(view: MapView, codes: Collection[str]) -> Table:
    """Return the STPs that pass the filters; what the map shows comes first, and a row opens its STP."""
    table, rows = tables.stp_values(codes, view.colour), _rows(frozenset(codes), view.colour)
    left_out = tables.in_file_only(view.colour)
    columns = tuple(replace(_COLUMNS[head], in_file_only=head in left_out) for head in table)
    ways = links.filled(links.link(replace(view, stp=links.CODE)), table.index)
    title = f"{'All 44' if len(table) == 44 else len(table)} footprints"
    chosen = frozenset({view.stp}) if view.stp else frozenset()
    return Table(
        "footprints", title, columns, rows, ways, tuple(table.index), chosen=chosen, file_name="footprints-map"
    )


@kept.within(2)
def _rows(codes: frozenset[str], measure: str) -> tuple[tuple[Cell, ...], ...]:
    table = tables.stp_values(codes, measure)
    return frames.rows(table, per_cent=[head for head in table if _COLUMNS[head].kind == "share"])
