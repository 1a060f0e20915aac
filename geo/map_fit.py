"""How a map of STPs, of 2017 or regrouped, fits the councils: every number of it, counted in residents.

Councils stand for the areas of the layer of `geo.regroup.AGAINST` by which fit is judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo import contiguity, kept, regroup
from geo.vmeasure import v_measure


@dataclass(frozen=True)
class Score:
    """How a map fits the councils as a whole, without tolerance.

    Attributes
    ----------
    stps : int
        STPs that have a resident.
    split_councils : int
        Councils with residents in more than one STP.
    residents_in_split : int
        Residents of those councils.
    v_measure : float
        Of councils and STPs, see `geo.vmeasure.v_measure`.
    """

    stps: int
    split_councils: int
    residents_in_split: int
    v_measure: float


class Stp(NamedTuple):
    """An STP on a map; all 0 and empty if it does not exist there.

    Attributes
    ----------
    population, ccgs, councils : int
        Residents, and CCGs and councils with residents inside.
    fit : str
        With councils, without tolerance: one of `geo.classes.AREA_CLASSES`.
    pieces : int
        See `geo.contiguity.pieces_of`.
    """

    population: int = 0
    ccgs: int = 0
    councils: int = 0
    fit: str = ""
    pieces: int = 0


class Council(NamedTuple):
    """A council on a map.

    Attributes
    ----------
    stps : tuple of str
        STPs that its residents are in, most residents first.
    fit : str
        With STPs, without tolerance: one of `geo.classes.AREA_CLASSES`.
    """

    stps: tuple[str, ...]
    fit: str


class Councils(NamedTuple):
    """The areas of a layer.

    Attributes
    ----------
    codes : tuple of str
        Sorted.
    places : ndarray of int, shape (parts,)
        Place among the codes by part, in the order of `geo.regroup.parts`;
        of one outside the layer the place after the last.
    of_parts : dict of str to str or None
        Code by part; None outside the layer.
    """

    codes: tuple[str, ...]
    places: np.ndarray
    of_parts: dict[str, str | None]


@kept.once
def councils(against: str) -> Councils:
    """Return the areas of a layer of `geo.regroup.AGAINST`."""
    places, codes = pd.factorize(regroup.parts()[against], sort=True)
    of_parts = {part: codes[place] if place >= 0 else None for part, place in zip(regroup.homes(), places, strict=True)}
    return Councils(tuple(codes), np.where(places < 0, len(codes), places), of_parts)


@dataclass(frozen=True)
class MapFit:
    """A map of STPs and how it fits the councils of a layer.

    Attributes
    ----------
    members : dict of str to list of str
        Parts by STP.
    places : dict of str to int
        Place of each STP among all, by code.
    shared : ndarray of int, shape (councils, STPs)
        Residents of each council in each STP.
    population : ndarray of int, shape (STPs,)
        Residents, also those outside the layer.
    fit_of_councils, fit_of_stps : list of str
        Classes of `geo.classes.AREA_CLASSES`.
    score : Score
        Of the whole map.
    """

    members: dict[str, list[str]]
    places: dict[str, int]
    shared: np.ndarray
    population: np.ndarray
    fit_of_councils: list[str]
    fit_of_stps: list[str]
    score: Score

    def stp(self, code: str) -> Stp:
        """Return an STP."""
        if code not in self.places:
            return Stp()
        inside, place = self.members[code], self.places[code]
        return Stp(
            int(self.population[place]),
            len({part.partition("-")[0] for part in inside}),
            int(np.count_nonzero(self.shared[:, place])),
            self.fit_of_stps[place],
            contiguity.pieces_of(inside, regroup.homes(), _islands()),
        )

    def council(self, place: int) -> Council:
        """Return a council by its place among all."""
        residents = zip(self.places, self.shared[place].tolist(), strict=True)
        stps = sorted((-people, code) for code, people in residents if people)
        return Council(tuple(code for _, code in stps), self.fit_of_councils[place])


def of(assigned: Mapping[str, str], against: str) -> MapFit:
    """Return how a map of STPs fits.

    Parameters
    ----------
    assigned : mapping
        STP by part, see `geo.regroup.assignment`.
    against : str
        Layer by which the fit is judged, one of `geo.regroup.AGAINST`.
    """
    layer, members = councils(against), contiguity.members(assigned)
    places = {code: place for place, code in enumerate(sorted(members))}
    of_parts = np.array([places[assigned[part]] for part in regroup.homes()])
    cells = (len(layer.codes) + 1) * len(places)
    sums = np.bincount(layer.places * len(places) + of_parts, _people(), cells)
    # Residents are whole numbers, far below what a float holds exactly.
    everybody = sums.astype(np.int64).reshape(-1, len(places))
    shared, population = everybody[:-1], everybody.sum(axis=0)
    whole = shared.sum(axis=1)
    split = np.count_nonzero(shared, axis=1) > 1
    return MapFit(
        members,
        places,
        shared,
        population,
        _fits(shared, whole, population),
        _fits(shared.T, population, whole),
        Score(len(places), int(split.sum()), int(whole[split].sum()), v_measure(everybody)[2]),
    )


@kept.once
def of_2017(against: str) -> MapFit:
    """Return how the map of 2017 fits."""
    return of(regroup.homes(), against)


@kept.once
def stps_of_2017(against: str) -> dict[str, Stp]:
    """Return the STPs of 2017 by code."""
    fit = of_2017(against)
    return {code: fit.stp(code) for code in fit.places}


@kept.once
def _people() -> np.ndarray:
    return np.array(list(regroup.people_of_parts().values()))


@kept.once
def _islands() -> dict[str, frozenset[str]]:
    return contiguity.islands_of(regroup.homes(), regroup.people_of_parts())


def _fits(shared: np.ndarray, areas: np.ndarray, partners: np.ndarray) -> list[str]:
    """Return the class of each area without tolerance, as `geo.classes.Fit` does from shares.

    Parameters
    ----------
    shared : ndarray of int, shape (areas, partners)
        Residents of each area in each of its partners.
    areas, partners : ndarray of int
        Residents of each, at least 1.
    """
    inside, taken = shared == areas[:, None], shared == partners
    classes = np.full(len(areas), "split", dtype=object)
    # What comes later goes before.
    classes[~shared.any(axis=1)] = "outside"
    classes[inside.any(axis=1)] = "within_one"
    classes[(shared * taken).sum(axis=1) == areas] = "union_of_whole"
    classes[(inside & taken).any(axis=1)] = "same"
    return classes.tolist()
