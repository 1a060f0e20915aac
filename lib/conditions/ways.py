"""Ways to measure the footprints: of a way, a weight and a tolerance (per cent) each makes a Series by STP code."""

import numpy as np
import pandas as pd

from geo import blocks, coterminosity, kept, shape, sources
from geo.overlap import overlap
from lib import catalogue


def mapped(key: str, *_: object) -> pd.Series:
    """Return what the map shows of the STPs."""
    return catalogue.stp_table()[key]


def size(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return how much of the weight each has."""
    return coterminosity.totals("stp17", weight)["weight"]


def councils(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the number of councils inside, slivers left out."""
    stps = coterminosity.fit("stp17", "council17", weight)
    return _counted(stps.area[~stps.slivers(tolerance / 100)])


def partners(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the number of partners on the published list, of the kinds that the way names."""
    table = sources.read("stp_partners")
    if way == "trusts":
        table = table[table["partner_type"] == "trust"]
    elif way == "acute trusts":
        table = sources.read("acute_trusts")
    elif way == "without districts":
        districts = set(blocks.names("lad17").index) - set(blocks.names("council17").index)
        table = table[~table["ons_code"].isin(districts)]
    return table["stp17cd"].value_counts()


def _in_split(weight: str, tolerance: float) -> np.ndarray:
    """Return of each pair of council and STP whether its council is split."""
    councils = coterminosity.fit("council17", "stp17", weight)
    return (councils.classes(tolerance / 100) == "split")[councils.area]


def _by_stp(pairs: np.ndarray, weight: str, sizes: np.ndarray | None = None) -> pd.Series:
    """Return by STP how many of some pairs of council and STP there are, or the sum of their sizes."""
    return _counted(_stps_of_pairs(weight)[pairs], None if sizes is None else sizes[pairs])


def _counted(places: np.ndarray, sizes: np.ndarray | None = None) -> pd.Series:
    """Return by STP how often its place by code occurs, or the sum of the sizes that go with it."""
    codes = blocks.names("stp17").index
    return pd.Series(np.bincount(places, sizes, len(codes)), codes)


@kept.within(0.2)
def _stps_of_pairs(weight: str) -> np.ndarray:
    """Return the place by code of the STP of each pair of council and STP."""
    return blocks.names("stp17").index.get_indexer(overlap("council17", "stp17", weight)["b_code"])


def split(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the share that is in councils that are split."""
    sizes = coterminosity.fit("council17", "stp17", weight).weights
    return _by_stp(_in_split(weight, tolerance), weight, sizes) / coterminosity.totals("stp17", weight)["weight"]


def straddled(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the number of councils that lie partly inside, slivers left out."""
    slivers = coterminosity.fit("council17", "stp17", weight).slivers(tolerance / 100)
    return _by_stp(_in_split(weight, tolerance) & ~slivers, weight)


def agreement(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return how far each agrees with whole councils, in the way that is asked for."""
    pairs = overlap("council17", "stp17", weight)
    size = coterminosity.totals("stp17", weight)["weight"]
    if way == "share of a resident's council":
        return (pairs["weight"] * pairs["share_of_a"]).groupby(pairs["b_code"]).sum() / size
    mostly = pairs[pairs["share_of_a"] > 0.5]
    both = mostly.groupby("b_code")["weight"].sum().reindex(size.index, fill_value=0)
    outside = (mostly["weight"] / mostly["share_of_a"] - mostly["weight"]).groupby(mostly["b_code"]).sum()
    return both / (size + outside.reindex(size.index, fill_value=0))


def compactness(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return how compact the outlines are, by the measure that is asked for."""
    column = {"Polsby–Popper": "polsby_popper", "Reock": "reock", "share of the convex hull": "hull"}[way]
    return shape.compactness()[column]


def density(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return residents a square kilometre: of the area, or where the average resident lives."""
    if way == "as the area has it":
        return mapped("density")
    units = blocks.load()
    lived = units["population"] ** 2 / units["area"]
    stps = units["stp17"]
    return lived.groupby(stps, observed=True).sum() / units["population"].groupby(stps, observed=True).sum()


def ages(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the share of an age group."""
    column = {"65 and over": "population_65_plus", "85 and over": "population_85_plus", "under 18": "population_0_17"}
    return coterminosity.totals("stp17", column[way])["weight"] / coterminosity.totals("stp17", "population")["weight"]


def deprivation(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the mean score, or the share of residents in the most deprived fifth."""
    if way == "mean score":
        return mapped("deprivation")
    units = blocks.load()
    worst = units[units["imd2015_decile"] <= 2].groupby("stp17", observed=True)["population"].sum()
    return worst / coterminosity.totals("stp17", "population")["weight"]


def gap(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the projected gap of those that have a comparable one."""
    if way == "per head":
        return mapped("gap")
    return pd.Series({stp.code: stp.gap.value for stp in catalogue.footprints().values() if stp.gap_comparable})


def history(way: str, weight: str, tolerance: float) -> pd.Series:
    """Return the number of vanguards and pioneers, or whether there is any."""
    number = catalogue.stp_table()[["vanguards", "pioneers"]].sum(axis="columns")
    return (number > 0).astype(int) if way == "any or none" else number
