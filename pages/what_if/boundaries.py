"""The outlines of the STPs of a what-if as a file, marked as such."""

import json

import shapely

from geo import kept, manifest, regroup
from lib.what_if import moves, regrouping
from pages.what_if.view import WhatIfView

# Decimals of a degree, as in the other outlines in detail: 1 m.
_DECIMALS = 5


def geojson(view: WhatIfView, link: str) -> bytes:
    """Return the outlines of all STPs of a what-if as GeoJSON (WGS 84).

    Parameters
    ----------
    view : WhatIfView
        Gives the moves.
    link : str
        Where the what-if can be seen.

    Returns
    -------
    bytes
        One feature an STP with members. They are unions of whole pieces, so
        that neighbours share their edges, and fit the outlines of every
        other layer in the same detail.

    Raises
    ------
    LookupError
        If nothing is moved.
    """
    if not view.moves:
        raise LookupError("Nothing is moved: the outlines of the STPs of 2017 are among the downloads.")
    return _geojson(view.moves, link)


def file_name(view: WhatIfView) -> str | None:
    """Return the name of the file; None if nothing is moved."""
    return f"{moves.file_name(view.moves)}.geojson" if view.moves else None


@kept.within(6)
def _geojson(text: str, link: str) -> bytes:
    outcome, assigned = regrouping.consequences(text), regrouping.assigned(text)
    before, after = regroup.residents(regroup.homes()), regroup.residents(assigned)
    features = []
    for code, outline in regroup.outlines(assigned).items():
        features.append(
            {
                "type": "Feature",
                "id": code,
                "properties": {
                    "what_if": True,
                    "note": regrouping.MARK,
                    "code": code,
                    "name": regroup.stp_name(code),
                    "changed": code in outcome.stps,
                    "residents_2017": before.get(code, 0),
                    "residents_what_if": after[code],
                },
                "geometry": json.loads(shapely.to_geojson(shapely.transform(outline, lambda xy: xy.round(_DECIMALS)))),
            }
        )
    package = manifest.read()
    content = {
        "type": "FeatureCollection",
        "name": moves.file_name(text),
        "what_if": True,
        "note": f"{regrouping.MARK}. {regrouping.title(text)} {regrouping.sentence(text)}",
        "link": link,
        "moves": outcome.moves,
        "attribution": package["attribution"],
        "data_version": package["version"],
        "features": features,
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
