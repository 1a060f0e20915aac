"""A what-if as files to take away, each marked as such."""

import json
from functools import lru_cache

import shapely

from geo import manifest, regroup
from lib import tables
from lib.what_if import moves, what_if, what_if_tables

# Decimals of a degree, as in the other outlines in detail: 1 m.
_DECIMALS = 5


def file_name(text: str | None) -> str:
    """Return the beginning of the names of a what-if's files."""
    made = moves.parsed(text)
    if len(made) <= 2:
        return "-".join(["what-if", *(f"{unit}-to-{stp}" for unit, stp in made.items())])
    return f"what-if-{len(made)}-moves"


@lru_cache(maxsize=16)
def assignment_csv(text: str | None) -> bytes:
    """Return every CCG with its STP of 2017 and in the what-if, as CSV; each row says that it is a what-if."""
    table = what_if_tables.assignment_table(text).copy()
    table.insert(0, "Mark", what_if.MARK)
    return tables.csv(table)


@lru_cache(maxsize=16)
def boundaries_geojson(text: str, link: str) -> bytes:
    """Return the outlines of all STPs of a what-if as GeoJSON (WGS 84).

    Parameters
    ----------
    text : str
        Moves.
    link : str
        Where the what-if can be seen.

    Returns
    -------
    bytes
        One feature an STP with members. They are unions of whole pieces, so
        that neighbours share their edges, and fit the outlines of every
        other layer in the same detail.
    """
    found = what_if.consequences(text)
    features = []
    for code, outline in regroup.outlines(regroup.assignment(found.moves)).items():
        row = found.stps.loc[code]
        features.append(
            {
                "type": "Feature",
                "id": code,
                "properties": {
                    "what_if": True,
                    "note": what_if.MARK,
                    "code": code,
                    "name": row["name"],
                    "changed": bool(row["touched"]),
                    "residents_2017": int(row["population_before"]),
                    "residents_what_if": int(row["population_after"]),
                },
                "geometry": json.loads(shapely.to_geojson(shapely.transform(outline, lambda xy: xy.round(_DECIMALS)))),
            }
        )
    package = manifest.read()
    content = {
        "type": "FeatureCollection",
        "name": file_name(text),
        "what_if": True,
        "note": f"{what_if.MARK}. {what_if.title(text)} {what_if.sentence(text)}",
        "link": link,
        "moves": found.moves,
        "attribution": package["attribution"],
        "data_version": package["version"],
        "features": features,
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
