"""Read the fact tables of ``data/sources``.

``data/sources/tables.json`` describes every table: columns, types, units,
sources, licences and rules. It is edited by people together with the tables.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo import kept, paths

DESCRIPTOR = "tables.json"
_DTYPES = {"string": "str", "integer": "int64", "number": "float64", "boolean": "bool", "date": "str"}


def descriptor(folder: Path = paths.SOURCES) -> dict:
    """Return the description of all source tables, as ``tables.json`` holds it."""
    return json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))


@kept.once
def read(name: str, folder: Path = paths.SOURCES) -> pd.DataFrame:
    """Return one source table, typed as its description says.

    Parameters
    ----------
    name : str
        Name of the table in ``tables.json``, for example ``"stp_leads"``.
    folder : Path
        Folder that holds the tables.

    Returns
    -------
    DataFrame
        One row a record, in file order. Empty cells of text columns are
        missing values.

    Raises
    ------
    KeyError
        If no table has that name.
    """
    table = {item["name"]: item for item in descriptor(folder)["resources"]}[name]
    path = folder / table["path"]
    if path.suffix == ".json":
        return pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))[table["dialect"]["json"]["property"]])
    dtypes = {field["name"]: _DTYPES[field["type"]] for field in table["schema"]["fields"]}
    return pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""])


@dataclass(frozen=True)
class Announced:
    """What was announced for all eight accountable care systems together, in words, and the sources of it."""

    funding: str
    terms: str
    freedoms: tuple[str, ...]
    sources: tuple[str, ...]


@kept.once
def acs_common() -> Announced:
    """Return what was announced for all eight accountable care systems together."""
    common = json.loads((paths.SOURCES / "acs_areas.json").read_text(encoding="utf-8"))["common"]
    return Announced(common["funding"], common["terms"], tuple(common["freedoms"]), tuple(common["sources"]))
