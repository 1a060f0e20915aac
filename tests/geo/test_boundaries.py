"""The outlines as they are written: every layer a coverage, every area there and of its size."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from geo import blocks, boundaries
from geo.__main__ import main

SCILLY, CITY = "E06000053", "E09000001"


def square_kilometres(shapes):
    """Areas on the ellipsoid, not in the projection that the blocks were measured in."""
    ellipsoid = pyproj.Geod(ellps="WGS84")
    return np.array([abs(ellipsoid.geometry_area_perimeter(shape)[0]) for shape in shapes]) / 1e6


def sound(shapes):
    assert set(shapely.get_type_id(shapes)) <= {3, 6}
    assert not shapely.is_empty(shapes).any()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@pytest.mark.parametrize("detail", boundaries.DETAILS)
@pytest.mark.parametrize("unit", ["piece", "fragment"])
def test_pieces_and_fragments_are_a_coverage(unit, detail):
    pieces = boundaries.units(unit, detail)
    sound(pieces.to_numpy())
    assert set(pieces.index) == set(blocks.load()[unit])
    assert pieces.crs == "EPSG:4326"
    west, south, east, north = pieces.total_bounds
    assert (-6.5 < west < -6.3) and (49.8 < south < 50) and (1.7 < east < 1.8) and (55.7 < north < 55.9)


@pytest.mark.parametrize("detail", boundaries.DETAILS)
@pytest.mark.parametrize("layer", blocks.LAYERS)
def test_every_layer_is_a_coverage_of_whole_pieces_or_fragments(layer, detail):
    unit = "fragment" if layer in ("pcon10", "pcon24") else "piece"
    areas = boundaries.layer(layer, detail)
    sound(areas["geometry"].to_numpy())
    table = blocks.load()
    assert areas["code"].tolist() == sorted(table[layer].dropna().unique())
    assert (areas["name"] == areas["code"].map(blocks.names(layer))).all()
    members = table[[unit, layer]].dropna().drop_duplicates().astype(str).set_index(unit)[layer]
    assert members.index.is_unique
    # Square degrees: enough to see a piece that is missing or counted twice.
    outlines = boundaries.units(unit, detail)
    pieces = pd.Series(shapely.area(outlines), index=outlines.index)
    expected = pieces.groupby(members).sum()
    assert expected.index.tolist() == areas["code"].tolist()
    assert shapely.area(areas["geometry"].to_numpy()) == pytest.approx(expected.to_numpy(), rel=1e-9)


def test_fragments_cut_pieces_without_moving_their_borders():
    fragments, pieces = boundaries.units("fragment", "detail"), boundaries.pieces("detail")
    owners = blocks.load().drop_duplicates("fragment").set_index("fragment")["piece"].astype("str")
    together = fragments.groupby(owners[fragments.index].to_numpy()).apply(shapely.union_all).loc[pieces.index]
    moved = shapely.area(shapely.symmetric_difference(together.to_numpy(), pieces.to_numpy()))
    # A step of a metre along the edge.
    assert (moved / shapely.length(pieces.to_numpy())).max() < 1e-5


@pytest.mark.parametrize("layer", ["ccg17", "lad17", "pcon24"])
def test_detail_outlines_measure_what_the_blocks_say(layer):
    """Equal within 0.2 per cent: the British National Grid stretches by up to 0.1 per cent."""
    areas = boundaries.layer(layer, "detail").set_index("code")
    measured = dict(zip(areas.index, square_kilometres(areas.geometry), strict=True))
    assert measured == pytest.approx(blocks.load().groupby(layer, observed=True)["area"].sum().to_dict(), rel=2e-3)


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_the_smallest_councils_keep_their_size(detail):
    councils = boundaries.layer("council17", detail).set_index("code").geometry
    scilly, city = square_kilometres(councils[[SCILLY, CITY]])
    # 16.4 and 2.9 square kilometres on the ground, drawn with generalised coasts and 9 m steps.
    assert 10 < scilly < 20 and 2.6 < city < 3.3
    assert -6.5 < councils[SCILLY].centroid.x < -6.2 and 49.8 < councils[SCILLY].centroid.y < 50
    assert councils[CITY].distance(shapely.Point(-0.0922, 51.5155)) == 0


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_export_to_standard_output(detail, capsys):
    assert main(["export", "ccg17", "--detail", detail, "--format", "geojson"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    content = json.loads(out)
    assert set(content) <= {"type", "features", "bbox"}, "RFC 7946 knows no other reference system than WGS 84"
    frame = gpd.read_file(out)
    assert frame.crs == "EPSG:4326"
    assert dict(zip(frame["code"], frame["name"], strict=True)) == blocks.names("ccg17").to_dict()
    assert set(frame.columns) == {"code", "name", "geometry"}
    sound(frame.geometry.to_numpy())
    parts = shapely.get_parts(frame.geometry.to_numpy())
    assert all(part.exterior.is_ccw for part in parts)
    assert not any(ring.is_ccw for part in parts for ring in part.interiors)


@pytest.mark.parametrize(
    ("name", "options", "start"),
    [
        ("acs.geojson", (), b"{"),
        ("acs.json", (), b"{"),
        ("ACS.GPKG", (), b"SQLite format 3"),
        ("acs.gpkg", ("--format", "gpkg"), b"SQLite format 3"),
        ("acs", (), b"{"),
        ("acs.txt", ("--format", "geojson"), b"{"),
    ],
)
def test_export_to_a_file_in_the_format_of_its_ending(name, options, start, tmp_path, capsys):
    file = tmp_path / name
    assert main(["export", "acs17", *options, "--output", str(file)]) == 0
    assert capsys.readouterr() == ("", "")
    assert file.read_bytes().startswith(start)
    frame = gpd.read_file(file)
    assert frame.crs == "EPSG:4326"
    assert dict(zip(frame["code"], frame["name"], strict=True)) == blocks.names("acs17").to_dict()
    written = boundaries.layer("acs17").geometry
    assert all(shapely.equals(frame.geometry, written))


def test_label_points_and_extents():
    table = blocks.areas()
    for layer in blocks.LAYERS:
        rows = table[table["layer"] == layer].set_index("code")
        outlines = boundaries.layer(layer, "overview").set_index("code").geometry
        assert rows.index.tolist() == outlines.index.tolist()
        inside = shapely.contains_xy(outlines.to_numpy(), rows["lon"].to_numpy(), rows["lat"].to_numpy())
        assert inside.all(), rows.index[~inside].tolist()
        assert rows[["west", "south", "east", "north"]].to_numpy() == pytest.approx(
            outlines.bounds.to_numpy(), abs=1e-9
        )


def test_unknown_names_are_refused():
    with pytest.raises(blocks.UnknownNameError, match="unknown detail 'fine'"):
        boundaries.layer("stp17", "fine")
    with pytest.raises(blocks.UnknownNameError, match="unknown layer 'lsoa'"):
        boundaries.layer("lsoa")
