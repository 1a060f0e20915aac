"""The outlines that browsers draw: nothing lost on the whole-number grid, no gap, every border written once."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely

from geo import blocks, boundaries, manifest, paths
from geo.build import static_files, topology
from tests.geo.test_boundaries import CITY, SCILLY, sound, square_kilometres

STPS = tuple(blocks.names("stp17").index)


class Read:
    """A TopoJSON file, read without the code that wrote it."""

    def __init__(self, name):
        path = next(item["path"] for item in manifest.read()["static"] if item["name"] == name)
        content = json.loads((paths.ROOT / path).read_text(encoding="utf-8"))
        assert content["type"] == "Topology"
        self.step, self.origin = (np.array(content["transform"][key]) for key in ("scale", "translate"))
        self.arcs = [np.cumsum(arc, axis=0) for arc in content["arcs"]]
        ((self.object, collection),) = content["objects"].items()
        self.geometries = collection["geometries"]
        self.codes = [item["id"] for item in self.geometries]
        self.shapes = np.array([self._shape(item) for item in self.geometries])
        self.places = np.array([item["properties"]["at"] for item in self.geometries])

    def _shape(self, item):
        parts = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        # What is drawn is filled even-odd, so that it does not matter which way a ring runs.
        return shapely.orient_polygons(shapely.multipolygons([self._polygon(part) for part in parts]))

    def _polygon(self, rings):
        lines = [[self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in ring] for ring in rings]
        # Each arc begins where the one before it ends.
        shell, *holes = (np.concatenate([line[0][:1], *(arc[1:] for arc in line)]) for line in lines)
        return shapely.Polygon(shell, holes)

    def degrees(self):
        return shapely.transform(self.shapes, lambda xy: xy * self.step + self.origin)

    def segments(self):
        return Counter(
            tuple(sorted((tuple(a), tuple(b)))) for arc in self.arcs for a, b in pairwise(arc.tolist()) if a != b
        )


@pytest.fixture(scope="module")
def national():
    return {layer: Read(f"topo-{layer}") for layer in static_files.MAP_LAYERS}


UNITS = {"piece": "topo-", "fragment": "topo-fragments-"}


@pytest.fixture(scope="module", params=UNITS)
def unit(request):
    return request.param


@pytest.fixture(scope="module")
def by_stp(unit):
    return {stp: Read(f"{UNITS[unit]}{stp}") for stp in STPS}


@pytest.mark.parametrize("layer", static_files.MAP_LAYERS)
def test_every_area_of_a_layer_is_there_and_none_gapes(national, layer):
    read = national[layer]
    assert read.object == layer
    assert read.codes == sorted(blocks.names(layer).index)
    sound(read.shapes)
    drawn, overview = read.degrees(), boundaries.layer(layer, "overview").geometry.to_numpy()
    # A border moves by half a step of the grid at most; spits narrower than that go.
    moved = shapely.area(shapely.symmetric_difference(drawn, overview)) / shapely.length(overview)
    assert moved.max() < np.hypot(*read.step) / 2
    assert square_kilometres(drawn) == pytest.approx(square_kilometres(overview), rel=0.03)
    assert shapely.contains_xy(read.shapes, read.places[:, 0], read.places[:, 1]).all()


@pytest.mark.parametrize("layer", static_files.MAP_LAYERS)
def test_every_border_is_written_once(national, layer):
    read = national[layer]
    assert max(read.segments().values()) == 1
    rings = Counter()
    for shape in read.shapes:
        for part in shapely.get_parts(shape):
            for ring in (part.exterior, *part.interiors):
                ends = map(tuple, shapely.get_coordinates(ring).tolist())
                rings.update(tuple(sorted(pair)) for pair in pairwise(ends))
    assert set(rings.values()) <= {1, 2}, "a border lies between two areas, or between one and the sea"


def test_layers_meet_on_the_grid(national):
    """A border of STPs is one of their CCGs, and all layers have the same coast."""
    stps, ccgs = (shapely.multilinestrings(list(national[layer].segments())) for layer in ("stp17", "ccg17"))
    assert shapely.length(shapely.difference(stps, ccgs)) < 1e-6
    assert shapely.equals(shapely.union_all(national["lad17"].shapes), shapely.union_all(national["icb22"].shapes))


def test_the_smallest_councils_keep_their_size(national):
    read = national["council17"]
    drawn = read.degrees()
    scilly, city = square_kilometres(drawn[[read.codes.index(SCILLY), read.codes.index(CITY)]])
    # 16.4 and 2.9 square kilometres on the ground, drawn with generalised coasts and 60 m steps.
    assert 10 < scilly < 20 and 2.6 < city < 3.3


def test_files_of_the_pieces_of_an_stp(unit, by_stp):
    owners = blocks.load().groupby(unit, observed=True)["stp17"].first()
    detail = boundaries.units(unit, "detail")
    for stp, read in by_stp.items():
        assert read.object == unit
        assert read.codes == sorted(owners.index[owners == stp])
        # A step of 9 metres along the edge: next to nothing, even for the City of London.
        assert shapely.area(read.degrees()) == pytest.approx(
            shapely.area(detail[read.codes].to_numpy()), rel=0.02, abs=1e-6
        )
        assert shapely.contains_xy(read.shapes, read.places[:, 0], read.places[:, 1]).all()


def test_the_files_of_all_stps_fit_together(unit, by_stp):
    every = np.concatenate([read.shapes for read in by_stp.values()])
    assert len(every) == len(boundaries.units(unit, "detail"))
    sound(every)
    assert len({(*read.step, *read.origin) for read in by_stp.values()}) == 1, "one grid for all"


def test_two_stps_write_the_border_between_them_alike(by_stp):
    """Where two files meet, each has the same arcs: read together, every border is there once."""
    arcs = Counter(str(arc.tolist()) for read in by_stp.values() for arc in read.arcs)
    assert set(arcs.values()) == {1, 2}
    together = Counter()
    for text in arcs:
        together.update(tuple(sorted(map(tuple, pair))) for pair in pairwise(json.loads(text)) if pair[0] != pair[1])
    assert max(together.values()) == 1


def test_a_square_cut_in_two():
    """Two unit squares side by side, in steps of half a degree: three arcs, the middle one once."""
    grid = topology.Grid((10.0, 50.0), (0.5, 0.5))
    squares = grid.settle(np.array([shapely.box(10, 50, 11, 51), shapely.box(11, 50, 12.01, 51)]))
    found = topology.of(np.array(["a", "b"]), squares, grid)
    file = topology.written(found, ["b", "a"], "squares", {"a": (10.5, 50.5), "b": (11.6, 50.4)})
    assert file["transform"] == {"scale": [0.5, 0.5], "translate": [10.0, 50.0]}
    b, a = file["objects"]["squares"]["geometries"]
    assert (a["id"], b["id"]) == ("a", "b")
    assert (a["properties"], b["properties"]) == ({"at": [1, 1]}, {"at": [3, 1]})
    lines = [np.cumsum(arc, axis=0).tolist() for arc in file["arcs"]]
    assert sum([[2, 0], [2, 2]] in (line, line[::-1]) for line in lines) == 1
    shared = {n if n >= 0 else ~n for n in a["arcs"][0]} & {n if n >= 0 else ~n for n in b["arcs"][0]}
    assert len(shared) == 1
    only = topology.written(found, ["a"], "squares", {"a": (10.5, 50.5)})
    assert len(only["arcs"]) == 2, "no more than it needs"
