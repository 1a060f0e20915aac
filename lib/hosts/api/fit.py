"""How the areas of two layers lie to each other."""

from typing import Annotated

from fastapi import Query

from geo import blocks, coterminosity, overlap
from lib.hosts.api import models
from lib.hosts.api.areas import LayerName, known_layer
from lib.hosts.api.routing import router, rows_of, wrong

Weight = Annotated[
    str, Query(description="What is counted.", max_length=30, json_schema_extra={"enum": list(blocks.WEIGHTS)})
]
fits = router()


def _weight(name: str) -> str:
    if name not in blocks.WEIGHTS:
        raise wrong(f"weight: {name!r} is not one of {', '.join(blocks.WEIGHTS)}.")
    return name


@fits.get("/overlap/{a}/{b}", summary="What two layers share")
def shared(a: LayerName, b: LayerName, weight: Weight = "population") -> models.Overlaps:
    """Return every pair of areas that share anything, with what they share and the shares of each."""
    table = overlap.overlap(known_layer(a), known_layer(b), _weight(weight))
    return models.Overlaps(a, b, weight, list(blocks.notes((a, b))), rows_of(table))


@fits.get("/coterminosity/{a}/{b}", summary="How one layer fits another")
def fitting(
    a: LayerName,
    b: LayerName,
    weight: Weight = "population",
    tolerance: Annotated[float, Query(ge=0, le=0.2, description="Smaller parts are passed over: a share.")] = 0.0,
) -> models.Fits:
    """Return the class of each area of layer a: same, within one, made of whole ones, split, or outside."""
    if known_layer(a) == known_layer(b):
        raise wrong("A layer fits itself: give two layers.")
    table = coterminosity.areas(a, b, _weight(weight), tolerance)
    return models.Fits(a, b, weight, tolerance, list(blocks.notes((a, b))), rows_of(table))
