"""Layers and their areas: members, parents, other years, facts."""

from typing import Annotated

from fastapi import Path

from geo import areas as grounds
from geo import blocks, codes, gazetteer, kept, resolver, vintages
from lib import catalogue, provenance
from lib.content.formats import plain
from lib.facts import today
from lib.hosts.api import models
from lib.hosts.api.routing import router, rows_of, unknown

LayerName = Annotated[
    str,
    Path(
        description="A layer, see /layers.",
        examples=["stp17"],
        max_length=20,
        json_schema_extra={"enum": list(blocks.LAYERS)},
    ),
]
areas = router()


def known_layer(name: str) -> str:
    """Return the name of a layer; raises a 404 that lists those that exist."""
    if name not in blocks.LAYERS:
        raise unknown(f"There is no layer {name!r}; there are {', '.join(blocks.LAYERS)}.")
    return name


@kept.once
def _ods() -> dict[str, str]:
    return {code: given for given, code in codes.ods_codes().items()}


@kept.once
def sizes(layer: str) -> dict[str, models.Size]:
    """Return the areas of a layer by code."""
    totals = vintages.totals(layer)
    return {
        code: models.Size(code, name, _ods().get(code), int(residents), int(lsoas))
        for code, name, residents, lsoas in zip(
            totals.index, totals["name"], totals["residents"], totals["lsoas"], strict=True
        )
    }


@areas.get("/layers", summary="All layers")
def layers() -> models.Layers:
    """Return every set of areas, and the units in which areas can be counted."""
    infos = [
        models.LayerInfo(
            name, layer.one, layer.many, layer.year, len(blocks.names(name)), layer.derived, layer.best_fit
        )
        for name, layer in blocks.LAYERS.items()
    ]
    return models.Layers(infos, dict(blocks.WEIGHTS))


@areas.get("/areas/{layer}", summary="The areas of a layer")
def listed(layer: LayerName) -> models.Areas:
    """Return all areas of a layer with their residents of mid-2017, sorted by code."""
    return models.Areas(known_layer(layer), list(blocks.notes([layer])), list(sizes(layer).values()))


@areas.get("/areas/{layer}/{code}", summary="One area")
def one(
    layer: LayerName,
    code: Annotated[str, Path(description="Its code, or what it is called.", examples=["E54000015"], max_length=200)],
) -> models.AreaInfo:
    """Return how an area lies in all other layers and years, and the rows of fact tables that speak of it.

    A parent is a part with ``share_of_area`` 1, a member one with
    ``share_of_other`` 1; predecessors and successors stand in ``years``.
    """
    area_code = catalogue.resolve(known_layer(layer), code)
    if area_code is None:
        why = catalogue.why_not(layer, code)
        raise unknown(f"{code!r} is not the code or name of a {blocks.layer(layer).one}{f': {why}' if why else ''}.")
    ground = grounds.grounds(layer)[area_code]
    parts = [part for name in blocks.LAYERS if name != layer for part in shared(ground, name)]
    years = rows_of(resolver.trace(gazetteer.area(layer, area_code)))
    told, notes = plain(today.answer(layer, area_code)), list(blocks.notes(blocks.LAYERS))
    return models.AreaInfo(layer, notes, sizes(layer)[area_code], told, parts, years, _facts(layer, area_code))


def _facts(layer: str, code: str) -> list[models.TableRows]:
    """Return the rows of fact tables that name an area by its code, alone or among others."""
    facts, by_lsoa = [], provenance.by_lsoa()
    for table in provenance.facts():
        # Which LSOAs belong to it is told as parts.
        if table in by_lsoa:
            continue
        rows = provenance.rows(table)
        columns = [name for name in rows if name.endswith((f"{layer}cd", f"{layer}cds"))]
        if (layer, table) == ("acs17", "acs_areas"):
            columns = ["id"]
        if columns:
            cells = rows[columns].fillna("").itertuples(index=False)
            here = rows[[code in " ".join(row).replace(";", " ").split() for row in cells]]
            if len(here):
                facts.append(models.TableRows(table, rows_of(here)))
    return facts


def shared(ground: frozenset[str], layer: str) -> list[models.Shared]:
    """Return what a ground shares with the areas of a layer, the largest part first."""
    return [
        models.Shared(layer, p.code, p.name, p.residents, p.lsoas, p.share_of_area, p.share_of_other)
        for p in grounds.parts(ground, layer)
    ]
