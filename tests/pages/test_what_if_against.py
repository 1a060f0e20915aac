"""A what-if judged by other layers than the councils of 2017, held against sums over the LSOAs."""

import csv
import io
from collections import defaultdict

import pandas as pd
import pytest

from geo import blocks, effects, regroup
from geo.__main__ import main
from lib import links
from lib.content import html
from lib.content.blocks import Facts, MapFigure, Table
from lib.content.document import Document
from lib.what_if import changes
from pages.what_if.page import PAGE
from pages.what_if.view import WhatIfView
from tests import sums

BASSETLAW = "E38000008:E54000014"
OTHERS = [layer for layer in regroup.AGAINST if layer != regroup.COUNCILS]


def lsoas(moved: bool) -> pd.DataFrame:
    """Return the LSOAs with the STP that each would be in."""
    found = sums.lsoas()
    stps = found["stp17"].mask(found["ccg17"] == "E38000008", "E54000014") if moved else found["stp17"]
    return found.assign(stp=stps)


def counted(layer: str, moved: bool) -> tuple[int, int]:
    """Return how many areas of a layer are in more than one STP, and their residents."""
    found = lsoas(moved)
    stps = found.groupby(layer)["stp"].nunique()
    split = set(stps.index[stps > 1])
    return len(split), int(found["population"][found[layer].isin(split)].sum())


def facts(document: Document) -> dict[str, float]:
    return {fact.key: fact.value for block in document.all_of(Facts) for fact in block.items}


def table(document: Document, key: str) -> Table:
    (found,) = (one for one in document.tables() if one.key == key)
    return found


@pytest.mark.parametrize("layer", regroup.AGAINST)
def test_split_areas_and_their_residents_are_those_of_their_lsoas(layer):
    found = effects.consequences(regroup.assignment({"E38000008": "E54000014"}), layer)
    for score, moved in ((found.before, False), (found.after, True)):
        assert (score.split_councils, score.residents_in_split) == counted(layer, moved)
        joint = lsoas(moved).fillna({layer: ""}).groupby([layer, "stp"])["population"].sum()
        assert score.v_measure == pytest.approx(sums.entropies(joint)[2])
    document = PAGE.document(WhatIfView(BASSETLAW, against=layer))
    shown = facts(document)
    assert (shown["split_councils"], shown["residents_in_split"]) == counted(layer, True)
    assert shown["v_measure"] == pytest.approx(found.after.v_measure, abs=5e-5)


@pytest.mark.parametrize("layer", regroup.AGAINST)
def test_the_areas_that_change_stand_in_the_table_with_their_stps(layer):
    stps = [defaultdict(set), defaultdict(set)]
    for moved in (False, True):
        for row in lsoas(moved).dropna(subset=layer)[[layer, "stp"]].drop_duplicates().itertuples(index=False):
            stps[moved][row[0]].add(row.stp)
    other = {area for area in stps[0] if stps[0][area] != stps[1][area]}
    whole = sums.lsoas().groupby(layer)["population"].sum()
    rows = table(PAGE.document(WhatIfView(BASSETLAW, against=layer)), "councils")
    keys = [column.key for column in rows.columns]
    told = {row[keys.index("code")]: row for row in rows.rows}
    # An area may change its class alone: it has the same STPs, one of which is now the same area.
    assert other <= set(told)
    for code, row in told.items():
        names = ({sums.names("stp17")[stp] for stp in found[code]} for found in stps)
        for key, right in zip(("stps_2017", "stps_what_if"), names, strict=True):
            assert set(row[keys.index(key)].split("; ")) == right
        assert row[keys.index("residents")] == whole[code]
    assert rows.columns[0].label.lower() == blocks.layer(layer).one.lower()


@pytest.mark.parametrize("layer", OTHERS)
def test_it_says_everywhere_by_what_it_is_judged(layer):
    view = WhatIfView(BASSETLAW, against=layer)
    document, vintage = PAGE.document(view), blocks.layer(layer).vintage
    said = html.rendered(document.blocks)
    assert f"Fit is judged here by the {vintage}" in said and vintage in PAGE.cited(view)
    assert ("do not cover England" in said) == (layer == "cauth25")
    many = blocks.layer(layer).many
    assert f"{many[0].upper()}{many[1:]} of " in said and f"split {many}" in said
    # Nothing speaks of councils where others are meant.
    if many != "councils":
        told = " ".join(change.sentence for change in changes.changes(BASSETLAW, against=layer))
        assert many in told and "council" not in told
    borders = {frozenset(one.codes) for map_ in document.all_of(MapFigure) for one in map_.map.outlines if one.dotted}
    assert borders <= {frozenset(group) for group in blocks.pieces().groupby(layer).groups.values()}
    assert bool(borders) == (f"Dotted lines: {many} in more than one STP" in said)


def test_a_link_without_a_choice_is_judged_by_the_councils_of_2017_and_keeps_what_is_chosen():
    plain, notices = links.parse(WhatIfView, {"moves": [BASSETLAW]})
    assert (plain.against, notices) == ("council17", [])
    said = html.rendered(PAGE.document(plain).blocks)
    assert "Fit is judged here" not in said and "of 2017)" not in PAGE.cited(plain)
    chosen, notices = links.parse(WhatIfView, {"moves": [BASSETLAW], "against": ["pfa17"]})
    assert (chosen.against, notices) == ("pfa17", []) and "&against=pfa17&" in links.link(chosen)
    # Whatever is chosen next, by it the fit is judged.
    assert html.rendered(PAGE.document(chosen).blocks).count("against=pfa17") > 20
    wrong, notices = links.parse(WhatIfView, {"moves": [BASSETLAW], "against": ["icb26"]})
    assert wrong == plain and "icb26" in notices[0]


def test_the_command_judges_by_a_layer_as_well(capsys):
    assert main(["regroup", BASSETLAW, "--against", "pfa17", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    england = {row["measure"]: (row["before"], row["after"]) for row in rows if row["layer"] == "england"}
    for moved in (False, True):
        split, people = counted("pfa17", moved)
        assert (int(england["split_councils"][moved]), int(england["residents_in_split"][moved])) == (split, people)
    assert {row["code"] for row in rows if row["layer"] == "council"} == {"E23000019", "E23000011"}
    with pytest.raises(SystemExit):
        main(["regroup", BASSETLAW, "--against", "icb26"])
