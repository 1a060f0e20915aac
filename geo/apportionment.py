"""How places of one kind lie in the areas of a layer, by residents: what numbers are added up by.

A kind is a layer, the LSOAs, or the postcodes. Shares are of the residents of mid-2017, summed from LSOAs: exact where
all of a place lies in one area, an estimate for whatever else is divided by them.
"""

from collections.abc import Mapping

import pandas as pd

from geo import blocks, kept

POSTCODE, LSOA = "postcode", "lsoa11"

Shares = tuple[tuple[str, float], ...]


def _shared(kind: str, layer: str) -> pd.DataFrame:
    """Return the residents that places of a kind share with the areas of a layer: ``place``, ``area``, ``people``."""
    small = kind in (POSTCODE, LSOA)
    # Fragments lie whole in one area of every layer, and are far fewer than LSOAs.
    table = blocks.load() if small else blocks.fragments()
    pairs = pd.DataFrame(
        {
            "place": table["lsoa11cd" if small else blocks.layer(kind).name].astype("object"),
            "area": table[blocks.layer(layer).name].astype("object"),
            "people": table["population"],
        }
    )
    return pairs.groupby(["place", "area"], dropna=False, as_index=False)["people"].sum()


@kept.once
def lsoas() -> frozenset[str]:
    """Return the codes of England's LSOAs of 2011."""
    return frozenset(blocks.load()["lsoa11cd"])


@kept.within(1)
def lies_in(kind: str, layer: str) -> Mapping[str, Shares]:
    """Return in which areas of a layer each place of a kind lies.

    Parameters
    ----------
    kind : str
        `POSTCODE` (by the LSOA that it lies in), `LSOA`, or a layer.
    layer : str
        A layer of `geo.blocks`.

    Returns
    -------
    mapping of str to tuple of (str, float)
        By code of the place: areas, each with its share of the place's residents, the greatest first. The shares sum
        to 1 unless a part lies in no area of the layer; empty where all of it does.

    Raises
    ------
    UnknownNameError
        If the kind or the layer does not exist.
    """
    table = _shared(kind, layer).dropna(subset="place")
    share = table["people"] / table.groupby("place")["people"].transform("sum")
    table = table.assign(share=share).sort_values(["share", "area"], ascending=[False, True])
    # Most places lie in one area: they hold one answer between them.
    whole: dict[str, Shares] = {}
    shares: dict[str, Shares] = {}
    for place, area, part in zip(table["place"], table["area"], table["share"], strict=True):
        if pd.isna(area):
            shares.setdefault(place, ())
        elif part == 1:
            shares[place] = whole.setdefault(area, ((area, 1.0),))
        else:
            shares[place] = (*shares.get(place, ()), (area, float(part)))
    return shares


def made_of(kind: str, layer: str) -> Mapping[str, tuple[str, ...]]:
    """Return of which places of a kind each area of a layer has residents, the greatest part first, by its code."""
    table = _shared(kind, layer).dropna().sort_values(["people", "place"], ascending=[False, True])
    return {str(area): tuple(places) for area, places in table.groupby("area")["place"]}


@kept.once
def beyond(kind: str, layer: str) -> frozenset[str]:
    """Return the areas of a layer with residents who live in no place of a kind, by code."""
    table = _shared(kind, layer)
    return frozenset(table[table["place"].isna()]["area"].dropna())


@kept.once
def divided(kind: str, layer: str) -> float:
    """Return the share of England's residents who live in places that do not lie whole in one area or in none."""
    if kind in (POSTCODE, LSOA):
        # An unknown layer is an error here too.
        blocks.layer(layer)
        return 0.0
    by_place = _shared(kind, layer).groupby("place")["people"]
    return float(by_place.sum()[by_place.size() > 1].sum() / by_place.sum().sum())
