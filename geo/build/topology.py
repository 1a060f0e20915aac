"""Outlines for browsers as TopoJSON: a border between two areas is written once, on a grid of whole numbers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import topojson

from geo import coverage


@dataclass(frozen=True)
class Grid:
    """Whole numbers that stand for degrees.

    Attributes
    ----------
    origin : tuple of float
        Longitude and latitude of (0, 0).
    step : tuple of float
        Degrees of longitude and of latitude from one number to the next.
    """

    origin: tuple[float, float]
    step: tuple[float, float]

    def settle(self, polygons: np.ndarray) -> np.ndarray:
        """Move a coverage in degrees onto the grid, in whole numbers, so that it is still a coverage.

        Raises
        ------
        geo.coverage.CoverageError
            If an area vanishes or no sound rounding is found.
        """
        return coverage.settle(shapely.transform(polygons, lambda xy: (xy - self.origin) / self.step), 0)

    def whole(self, place: tuple[float, float]) -> list[int]:
        """Return the whole numbers nearest to a longitude and latitude."""
        return [round((at - zero) / step) for at, zero, step in zip(place, self.origin, self.step, strict=True)]


@dataclass(frozen=True)
class Topology:
    """Areas whose shared borders are kept once.

    Attributes
    ----------
    grid : Grid
        Of the coordinates.
    arcs : list of ndarray
        Each a line of whole numbers, shape (n, 2).
    geometries : dict of dict
        By code: TopoJSON geometry without id; its arcs are numbers of `arcs`.
    """

    grid: Grid
    arcs: list[np.ndarray]
    geometries: dict[str, dict[str, Any]]


def of(codes: np.ndarray, polygons: np.ndarray, grid: Grid) -> Topology:
    """Return the topology of a coverage that lies on a grid."""
    # Not to_dict, which copies every arc first.
    topology: Any = topojson.Topology(list(polygons), prequantize=False, shared_coords=True).output
    geometries = topology["objects"]["data"]["geometries"]
    kept = ("type", "arcs")
    return Topology(
        grid,
        [np.asarray(arc).round().astype(int) for arc in topology["arcs"]],
        {str(code): {key: item[key] for key in kept} for code, item in zip(codes, geometries, strict=True)},
    )


def written(topology: Topology, codes: list[str], name: str, places: dict[str, tuple[float, float]]) -> dict:
    """Return the TopoJSON of some of the areas of a topology.

    Two files of one topology write an arc that both need alike, so that who
    reads both can put them together again.

    Parameters
    ----------
    topology : Topology
        All areas.
    codes : list of str
        The areas to write, in this order.
    name : str
        Of the object that holds them.
    places : dict
        By code: longitude and latitude of the label.
    """
    numbers: dict[int, int] = {}

    def renumbered(item: Any) -> Any:
        if isinstance(item, list):
            return [renumbered(part) for part in item]
        own = numbers.setdefault(item if item >= 0 else ~item, len(numbers))
        return own if item >= 0 else ~own

    geometries = [
        {
            "type": topology.geometries[code]["type"],
            "id": code,
            "properties": {"at": topology.grid.whole(places[code])},
            "arcs": renumbered(topology.geometries[code]["arcs"]),
        }
        for code in codes
    ]
    arcs = [topology.arcs[number] for number in numbers]
    return {
        "type": "Topology",
        "transform": {"scale": list(topology.grid.step), "translate": list(topology.grid.origin)},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        # As the format has it: each place after the first of an arc as the way from the one before.
        "arcs": [[arc[0].tolist(), *np.diff(arc, axis=0).tolist()] for arc in arcs],
    }
