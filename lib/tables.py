"""Tables as pages show them and as readers download them."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa

from geo import kept
from geo.formulas import made_safe
from lib import catalogue
from lib.care import waves
from lib.catalogue import ACS_STATUSES, LEAD_TYPES, RATINGS

# Columns that a measure of the map fills: they stand first while it is shown.
_MAPPED = {
    "rating": ["Rating", "Rating evidence"],
    "lead": ["Lead type", "Lead"],
    "population": ["Population"],
    "share_65_plus": ["Aged 65+, %"],
    "density": ["Residents per km²"],
    "deprivation": ["Deprivation"],
    "ccgs": ["CCGs"],
    "councils": ["Councils"],
    "split": ["In split councils, %"],
    "gap": ["Gap per head, £"],
    "vanguards": ["Vanguards", "Pioneers"],
    "pioneer": ["Pioneers", "Vanguards"],
    "system": ["System since", "System evidence"],
    "emergency_2016": ["A&E within four hours 2016/17, %"],
    "emergency_2017": ["A&E within four hours 2017/18, %"],
}
# These stand in the panel beside the map and in the file, not in the table below the map.
IN_FILE_ONLY = (
    "Lead organisation",
    "Lead source speaks for",
    "Lead evidence",
    "Name NHS England used",
    "Footprint number",
    "ODS code",
    "Vanguards",
    "Pioneers",
    "System since",
    "System evidence",
    "A&E within four hours 2016/17, %",
    "A&E within four hours 2017/18, %",
)
# Enough for a score or a p-value; a browser formats them further.
_DECIMALS = 4
# A number beyond has no decimals, and to round it multiplies it first.
_MOST_ROUNDED = 1e15


def stp_values(codes: Collection[str], measure: str) -> pd.DataFrame:
    """Return everything that the map can show of the STPs that pass the filters, as a table for reading.

    Parameters
    ----------
    codes : collection of str
        Codes that pass the filters.
    measure : str
        What the map shows; its columns come first.

    Returns
    -------
    DataFrame
        Those that pass, indexed by code, by footprint number; shares in per
        cent, missing gaps as missing.
    """
    return _stp_values(frozenset(codes), measure)


def in_file_only(measure: str) -> set[str]:
    """Return the columns of `stp_values` that are left out on screen while the map shows a measure."""
    return set(IN_FILE_ONLY) - set(_MAPPED[measure])


@kept.within(2)
def _stp_values(codes: frozenset[str], measure: str) -> pd.DataFrame:
    stps, numbers = catalogue.footprints(), catalogue.stp_table()
    rows = [
        {
            "STP": stp.name,
            "Rating": RATINGS.get(stp.rating.value or "", catalogue.UNKNOWN_RATING),
            "Rating evidence": stp.rating.evidence.label,
            "Lead": stp.lead.fact.value,
            "Lead type": LEAD_TYPES[stp.lead.kind],
            "Lead organisation": stp.lead.organisation,
            "Lead source speaks for": stp.lead.fact.as_of,
            "Lead evidence": stp.lead.fact.evidence.label,
            "Population": numbers["population"][code],
            "Aged 65+, %": numbers["share_65_plus"][code] * 100,
            "Residents per km²": numbers["density"][code],
            "Deprivation": numbers["deprivation"][code],
            "CCGs": numbers["ccgs"][code],
            "Councils": numbers["councils"][code],
            "In split councils, %": numbers["split"][code] * 100,
            "Gap per head, £": numbers["gap"][code],
            "ACS, June 2017": ACS_STATUSES[catalogue.acs_status(stp)],
            "Region": stp.region,
            "Name NHS England used": stp.nhs_name,
            "Footprint number": stp.number,
            "ODS code": stp.ods_code,
            "ONS code": code,
            "Vanguards": numbers["vanguards"][code],
            "Pioneers": numbers["pioneers"][code],
            "System since": waves.whole()[code].date,
            "System evidence": "inferred" if waves.whole()[code].inferred else "published",
            "A&E within four hours 2016/17, %": numbers["emergency_2016"][code] * 100,
            "A&E within four hours 2017/18, %": numbers["emergency_2017"][code] * 100,
        }
        for code, stp in stps.items()
        if code in codes
    ]
    table = pd.DataFrame(rows, index=pd.Index([code for code in stps if code in codes], name="code"))
    first = ["STP", *_MAPPED[measure]]
    return table[[*first, *table.columns.drop(first)]]


def sent(table: pd.DataFrame, leave_out: Collection[str] = ()) -> pa.Table:
    """Return a table as a browser gets it: without what is in the file only, four decimals, rows without names.

    And without what pandas writes besides the columns, which is a quarter of a short table.
    """
    rest = table.drop(columns=[column for column in leave_out if column in table])
    floats = rest.select_dtypes("float").columns
    rounded = {column: _short(rest[column].to_numpy()) for column in floats}
    plain = pa.Table.from_pandas(rest.assign(**rounded), preserve_index=False)
    fields = [(field.name, pa.string() if field.type == "large_string" else field.type) for field in plain.schema]
    return plain.cast(pa.schema(fields))


def _short(numbers: np.ndarray) -> np.ndarray:
    return np.where(np.abs(numbers) > _MOST_ROUNDED, numbers, np.round(numbers, _DECIMALS))


def csv(table: pd.DataFrame, decimals: int | None = _DECIMALS) -> bytes:
    """Return a table as CSV, with text that a spreadsheet would take for a formula made safe.

    It is UTF-8 and begins with a byte order mark, without which Excel garbles £, ² and –.

    Parameters
    ----------
    table : DataFrame
        Its index is left out.
    decimals : int or None
        Numbers are rounded to as many; None leaves them as they are.
    """
    text = table.select_dtypes(["object", "string", "category"]).columns
    safe = table.assign(**{column: table[column].map(made_safe) for column in text})
    if decimals is not None:
        floats = table.select_dtypes("float").columns
        safe = safe.assign(**{column: _rounded(table[column], decimals) for column in floats})
    written = safe.rename(columns=made_safe).to_csv(index=False, lineterminator="\n")
    return written.encode("utf-8-sig")


def _rounded(numbers: pd.Series, decimals: int) -> pd.Series:
    return numbers.mask(numbers.abs() > _MOST_ROUNDED).round(decimals).fillna(numbers)
