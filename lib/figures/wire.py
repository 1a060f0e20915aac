"""A map specification as the browser gets it: small, in columns, with the names of the files that hold the outlines."""

from collections.abc import Mapping
from typing import Any

from geo import blocks, kept, manifest
from lib.figures.maps import CLOSE, PIECE, Areas, Map, Outline
from lib.themes import Category


def data(drawn: Map) -> dict[str, Any]:
    """Return a map as `draw` of lib/browser/map.js takes it: only what JSON has, nothing that is as by default.

    Raises
    ------
    KeyError
        If there are no outlines of a layer.
    """
    written = {
        "title": drawn.title,
        "description": drawn.description,
        "files": _files(drawn),
        "areas": [_areas(areas) for areas in drawn.areas],
        "extent": drawn.extent,
        "outlines": [_outline(outline) for outline in drawn.outlines],
        "chosen": drawn.chosen,
        "clear": drawn.clear,
        "several": drawn.several,
        "inset": drawn.inset,
        "inset_label": drawn.inset_label if drawn.inset else "",
        "places": [[place.name, place.lon, place.lat] for place in drawn.places],
        "scale_bar": drawn.scale_bar,
        "note": drawn.note,
        "made_up": drawn.made_up,
        "source": drawn.source,
    }
    return {key: value for key, value in written.items() if value}


def _areas(areas: Areas) -> dict[str, Any]:
    codes = list(areas.class_of)
    number = {item.key: n for n, item in enumerate(areas.classes)}
    written = {
        "layer": areas.layer,
        "classes": [_class(item) for item in areas.classes],
        "codes": codes,
        "class_of": [number[areas.class_of[code]] for code in codes],
        "names": [areas.names[code] for code in codes],
        "values": _column(areas.values, codes),
        "marks": _column(areas.marks, codes),
        "faded": [n for n, code in enumerate(codes) if code in areas.faded],
        "link": areas.link,
        "link_codes": dict(areas.link_codes),
        "edge": areas.edge,
    }
    return {key: value for key, value in written.items() if value}


def _class(item: Category) -> list[str]:
    return [item.key, item.label, item.fill, item.ink, item.mark, item.hatch]


def _column(values: Mapping[str, str], codes: list[str]) -> list[str]:
    return [values.get(code, "") for code in codes] if any(values.values()) else []


def _outline(outline: Outline) -> dict[str, Any]:
    written = {
        "layer": outline.layer,
        "codes": outline.codes,
        "merged": outline.merged,
        "colour": outline.colour,
        "width": outline.width,
        "dotted": outline.dotted,
    }
    return {key: value for key, value in written.items() if value}


def _files(drawn: Map) -> dict[str, list[str]]:
    """Return the names of the files with the outlines by layer; what is drawn close is in the files of its STPs."""
    layers = dict.fromkeys([*(areas.layer for areas in drawn.areas), *(outline.layer for outline in drawn.outlines)])
    return {layer: _close(drawn, layer) if layer in CLOSE else [_file(layer)] for layer in layers}


def _close(drawn: Map, layer: str) -> list[str]:
    """Return the names of the files with those pieces, or fragments, that a map draws."""
    stps = _stps(layer)
    codes = [code for areas in drawn.areas if areas.layer == layer for code in areas.class_of]
    codes += [code for item in drawn.outlines if item.layer == layer for code in item.codes or stps]
    before = "" if layer == PIECE else f"{layer}s-"
    return [_file(f"{before}{stp}") for stp in sorted({stps[code] for code in codes})]


@kept.once
def _stps(layer: str) -> dict[str, str]:
    return blocks.units(layer)["stp17"].to_dict()


@kept.once
def _file(name: str) -> str:
    return manifest.static_url(f"topo-{name}").rpartition("/")[2]
