"""Postcodes, names and codes: what they mean."""

from typing import Annotated

from fastapi import Body, Path, Query

from geo import area_words, blocks, lookup, postcodes, resolver
from lib.hosts.api import models
from lib.hosts.api.areas import shared
from lib.hosts.api.routing import router, unknown, wrong
from lib.search import finder, hits
from lib.text import capital

MOST_POSTCODES = 10_000
_LONGEST = 200
# What somebody looks for is theirs.
lookups = router(keeps=False)


def _place(asked: str) -> models.Place:
    place = postcodes.find(asked[:_LONGEST])
    if place is None:
        return models.Place(asked, None, None, None, {}, {}, {}, f"{asked[:40]!r} is no postcode.")
    if isinstance(place, postcodes.Half):
        return models.Place(asked, place.postcode, None, None, {}, dict(place.stps), {}, place.problem)
    layers = ("ccg17", "lad17", "council17", "stp17")
    areas = {layer: code for layer in layers if (code := getattr(place, layer))} | place.today
    stps = {place.stp17: 1.0} if place.stp17 else {}
    seat = lookup.of_lsoa(place.lsoa11, "pcon24") if place.lsoa11 else None
    seats = {seat.code: seat.share} if seat else {}
    return models.Place(asked, place.postcode, place.country, place.lsoa11, areas, stps, seats, place.problem)


@lookups.get("/postcodes/{postcode}", summary="Where a postcode lies")
def postcode(
    postcode: Annotated[str, Path(description="Whole, or its beginning.", examples=["LE1 6TP"], max_length=_LONGEST)],
) -> models.OnePlace:
    """Return the areas of 2017 and of today in which a postcode lies; of the beginning of one the shares of STPs."""
    place = _place(postcode)
    if place.postcode is None:
        raise unknown(str(place.problem))
    return models.OnePlace(**vars(place))


@lookups.post("/postcodes", summary="Where many postcodes lie")
def many(asked: Annotated[list[str], Body(description=f"Up to {MOST_POSTCODES:,} postcodes.")]) -> models.Places:
    """Return where each postcode lies, in the order in which they are given. Nothing of them is kept."""
    if len(asked) > MOST_POSTCODES:
        raise wrong(f"{len(asked):,} postcodes are too many: up to {MOST_POSTCODES:,} at once.")
    places = [_place(one) for one in asked]
    return models.Places(sum(bool(place.areas) for place in places), places)


@lookups.post("/lookup", summary="The areas of many places")
def places(
    asked: Annotated[
        list[str],
        Body(description=f"Up to {lookup.MOST_PLACES:,} postcodes, codes of LSOAs, names or codes of areas."),
    ],
    layers: Annotated[
        str, Query(description="Layers between commas, see /layers.", examples=["stp17,icb26"], max_length=_LONGEST)
    ],
) -> models.LookedUpPlaces:
    """Return each place's area of each layer, in the order in which they are given. Nothing of them is kept."""
    try:
        reply = lookup.lookup(asked, [name.strip() for name in layers.split(",") if name.strip()])
    except (lookup.TooManyError, blocks.UnknownNameError) as error:
        raise wrong(_sentence(error)) from error
    names: dict[str, dict[str, str]] = {layer: {} for layer in reply.layers}
    for place in reply.found:
        for layer, inside in place.areas.items():
            if inside:
                names[layer][inside.code] = inside.name
    return models.LookedUpPlaces(
        len(reply.found), list(reply.layers), list(reply.notes), names, [_looked_up(place) for place in reply.places]
    )


def _sentence(error: Exception) -> str:
    return f"{capital(str(error)).rstrip('.')}."


def _looked_up(place: lookup.Place) -> models.LookedUp:
    areas = {
        layer: models.InsideOf(inside.code, inside.share) if inside else None for layer, inside in place.areas.items()
    }
    return models.LookedUp(place.asked, place.kind, place.taken_for, areas, place.remark)


@lookups.get("/search", summary="Find by what people say")
def search(
    q: Annotated[str, Query(description="A name, a code, a short form or a postcode.", min_length=1, max_length=200)],
) -> models.Hits:
    """Return areas, trusts, partners and postcodes that somebody may mean, the likeliest first."""
    entries = [
        models.Found(hit.kind, hit.name, hit.code, hit.detail, hit.today, [*hit.stps], hits.address(hit))
        for hit in finder.find(q)
    ]
    return models.Hits(q, entries, None if entries else finder.nothing_found(q))


@lookups.get("/resolve/{code}", summary="What a code or name meant")
def resolve(
    code: Annotated[str, Path(description="Of any year, of ONS or ODS.", examples=["E54000009"], max_length=_LONGEST)],
) -> models.Meanings:
    """Return every area of any year that a code or name means, and what its ground was in the STPs of 2017."""
    meanings = [
        models.Meaning(
            area.kind,
            area.code,
            area.ods_code,
            area.name,
            list(area.names),
            area.start,
            area.end,
            list(area.layers),
            area_words.sentence(area, "stp17"),
            shared(area.pieces, "stp17") if area.pieces is not None else [],
        )
        for area in resolver.find(code)
    ]
    if not meanings:
        raise unknown(f"Nothing that the tables know has the code or name {code!r}.")
    return models.Meanings(code, meanings)
