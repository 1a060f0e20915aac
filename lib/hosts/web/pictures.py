"""The main map of a view as a picture or as outlines; what takes long is drawn outside the server's process."""

import asyncio
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any

import shapely

from geo import boundaries, kept, manifest
from lib.content.blocks import MapFigure
from lib.content.document import Document
from lib.content.formats import plain
from lib.figures import png, sheets, svg
from lib.figures.maps import CLOSE, Areas, Map

FORMS = {"png": "image/png", "card": "image/png", "pdf": "application/pdf"}
"""Forms that are made outside the server's process: the map at 300 dots an inch, a preview, all of it on paper."""
NO_MAP = "This view has no map."
# Six decimals are a tenth of a metre.
_DECIMALS = 5


def maps(document: Document) -> list[Map]:
    """Return the maps that stand for a view."""
    return [figure.map for figure in document.part("map").all_of(MapFigure)]


def svg_of(document: Document) -> str:
    """Return the maps of a view as a file with title, legend and source; raises `LookupError` if it has none."""
    return svg.picture(_sheet(document))


def _sheet(document: Document) -> sheets.Sheet:
    drawn = maps(document)
    if not drawn:
        raise LookupError(NO_MAP)
    return sheets.printed(drawn, document.title, document.description)


def _card(document: Document) -> sheets.Sheet:
    drawn = document.figure()
    if not isinstance(drawn, MapFigure):
        return sheets.card_of_words(document.title, plain(document.lead) or document.description, _attribution())
    first, *others = maps(document)
    # A title that is not the area's own names what the map shows.
    words = plain(document.lead) if document.about or others else f"{first.title}. {plain(document.lead)}"
    first = replace(first, source=f"Footprints. {first.source}")
    return sheets.card((first, *others), document.title, words)


def _attribution() -> str:
    return f"Footprints. {manifest.read()['attribution']}"


def geojson_of(document: Document) -> str:
    """Return the areas of all maps of a view as GeoJSON (WGS 84); raises `LookupError` if it has none.

    Each has its map, layer, code, name, class and what is said of it: an area that stands on two maps comes twice.
    """
    features = [feature for figure in document.all_of(MapFigure) for feature in _features(figure)]
    if not features:
        raise LookupError(NO_MAP)
    collection = {"type": "FeatureCollection", "name": document.title, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def _features(figure: MapFigure) -> Iterable[dict[str, Any]]:
    """Return the areas of a map; of one that is drawn twice over each other, what lies on top."""
    features = {}
    for areas in figure.map.areas:
        labels = {category.key: category.label for category in areas.classes}
        outlines = _outlines(areas.layer)
        for code, key in areas.class_of.items():
            features[areas.layer, code] = _feature(figure.key, areas, code, labels[key], outlines[code])
    return features.values()


def _feature(key: str, areas: Areas, code: str, label: str, outline: str) -> dict[str, Any]:
    properties = {
        "map": key,
        "layer": areas.layer,
        "code": code,
        "name": areas.names[code],
        "class": label,
        "says": areas.values.get(code, ""),
        "filtered_out": code in areas.faded,
    }
    return {"type": "Feature", "id": code, "properties": properties, "geometry": json.loads(outline)}


@kept.once
def _outlines(layer: str) -> dict[str, str]:
    """Return outlines by code, as GeoJSON."""
    if layer in CLOSE:
        shapes = boundaries.units(layer, "overview")
    else:
        frame = boundaries.layer(layer)
        shapes = frame.set_index("code").geometry
    rounded = shapely.transform(shapes.to_numpy(), lambda points: points.round(_DECIMALS))
    return dict(zip(shapes.index, shapely.to_geojson(rounded).tolist(), strict=True))


async def drawn(document: Callable[..., Document], arguments: tuple, form: str, address: str = "") -> bytes:
    """Return a view as a picture or on paper.

    Parameters
    ----------
    document : callable
        Of a page, a function of a module: the other process looks it up by its name.
    arguments : tuple
        What it is called with.
    form : str
        One of `FORMS`.
    address : str
        Where the view is to be found, for paper.

    Raises
    ------
    LookupError
        If the view has no map and the form needs one.
    """
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(_workers(), _drawn, document, arguments, form, address)
    except BrokenProcessPool:
        # The system may have ended it, for want of memory: the next one starts anew.
        _pools.clear()
        return await loop.run_in_executor(_workers(), _drawn, document, arguments, form, address)


def _drawn(document: Callable[..., Document], arguments: tuple, form: str, address: str) -> bytes:
    content = document(*arguments)
    if form == "pdf":
        # Here, in the other process, alone.
        from lib.content import pdf

        package = manifest.read()
        return pdf.printed(content, address, f"{package['attribution']} Data version {package['version']}.")
    return png.screen(_card(content)) if form == "card" else png.printed(_sheet(content))


_pools: list[ProcessPoolExecutor] = []


def _workers() -> ProcessPoolExecutor:
    # Readers of pages come first: pictures wait.
    if not _pools:
        _pools.append(ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os.nice, (10,)))
    return _pools[0]


def stop() -> None:
    """End the other process, if one was started."""
    while _pools:
        _pools.pop().shutdown(wait=False, cancel_futures=True)
