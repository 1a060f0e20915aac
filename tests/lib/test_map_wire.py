"""What the browser gets of a map: everything of the specification, small, and files that are there."""

import gzip
import json

import pytest

from geo import blocks, manifest
from lib import catalogue
from lib.browser import assets
from lib.figures import fit, maps, national, wire
from lib.figures.maps import Areas, Map, Outline, Place
from lib.themes import Category

STATIC = {item["path"].rpartition("/")[2]: item for item in manifest.read()["static"]}
CLASSES = (Category("x", "An <x>", "#111111", "#eeeeee", "X"), Category("y", "y", "#222222", "#dddddd", "", "gap"))


def areas(**changes) -> Areas:
    given = {"class_of": {"a": "y", "b": "x"}, "names": {"a": "Aa", "b": "Bb", "c": "not drawn"}}
    return Areas(**{"layer": "stp17", "classes": CLASSES} | given | changes)


def test_what_is_as_by_default_is_left_out():
    sent = wire.data(Map("T", "D", (areas(),)))
    assert set(sent) == {"title", "description", "files", "areas", "extent"}
    (found,) = sent["areas"]
    assert found == {
        "layer": "stp17",
        "classes": [["x", "An <x>", "#111111", "#eeeeee", "X", ""], ["y", "y", "#222222", "#dddddd", "", "gap"]],
        "codes": ["a", "b"],
        "class_of": [1, 0],
        "names": ["Aa", "Bb"],
        "edge": "#ffffff",
    }


def test_everything_else_is_sent():
    full = areas(
        values={"b": "one\ntwo"}, marks={"a": "1"}, faded=frozenset("b"), link="/?stp={code}", link_codes={"a": ""}
    )
    sent = wire.data(
        Map(
            **{"title": "T", "description": "D", "areas": (full,), "outlines": (Outline("ccg17", None, dotted=True),)},
            **{"chosen": ("a",), "clear": "/", "several": "/?s={codes}", "inset": maps.LONDON, "scale_bar": True},
            **{"places": (Place("Trust", 0.5, 51.0),), "note": "N", "made_up": True, "source": "S"},
        )
    )
    (found,) = sent["areas"]
    assert (found["values"], found["marks"], found["faded"]) == (["", "one\ntwo"], ["1", ""], [1])
    assert (found["link"], found["link_codes"]) == ("/?stp={code}", {"a": ""})
    assert sent["outlines"] == [{"layer": "ccg17", "colour": "#425563", "width": 0.7, "dotted": True}]
    assert sent["places"] == [["Trust", 0.5, 51.0]]
    assert sent["inset_label"] == "London, enlarged"
    rest = {key: sent[key] for key in ("chosen", "clear", "several", "scale_bar", "note", "made_up", "source")}
    assert rest == {
        **{"chosen": ("a",), "clear": "/", "several": "/?s={codes}", "scale_bar": True},
        **{"note": "N", "made_up": True, "source": "S"},
    }


def test_the_files_of_all_that_is_drawn_are_named_once():
    sent = wire.data(Map("T", "D", (areas(),), (Outline("ccg17"), Outline("stp17"))))
    assert list(sent["files"]) == ["stp17", "ccg17"]
    assert all(names and set(names) <= set(STATIC) for names in sent["files"].values())


def test_pieces_come_with_the_files_of_their_stps():
    """North Yorkshire (E10000023) lies in four STPs; what is near it is drawn pale."""
    drawn = fit.close_up("council17", "stp17", "E10000023", outlined=True)
    (names,) = wire.data(drawn)["files"].values()
    table = blocks.pieces()
    stps = {name.removeprefix("topo-").partition(".")[0] for name in names}
    assert stps == set(table.loc[list(drawn.areas[0].class_of), "stp17"])
    assert set(table.loc[table["council17"] == "E10000023", "stp17"]) < stps


def test_a_layer_without_outlines_is_refused():
    with pytest.raises(KeyError):
        wire.data(Map("T", "D", (areas(layer="lsoa"),)))


def test_the_first_map_costs_at_most_75_kilobytes():
    """Scripts, style sheet and outlines as they are compressed, and what a session is told of the map."""
    sent = wire.data(national.by_measure("rating", list(catalogue.footprints()), link="/?stp={code}", clear="/"))
    scripts = [name for name in assets.files() if name.startswith(("map", "vendor", "links"))]
    # Saving comes with the first picture that is saved.
    scripts.remove("map/saving.js")
    packed = sum(len(gzip.compress(assets.files()[name], 9, mtime=0)) for name in scripts)
    (outlines,) = sent["files"]["stp17"]
    packed += len(gzip.compress((manifest.paths.STATIC / outlines).read_bytes(), 9, mtime=0))
    packed += len(gzip.compress(json.dumps(sent, separators=(",", ":")).encode(), 9, mtime=0))
    assert packed < 75_000
