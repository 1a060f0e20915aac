"""How areas ended, where their residents are now, what they were in 2017: in words, held against sums over LSOAs."""

import json
import re

import pytest
from starlette.applications import Starlette

from geo import blocks
from lib import catalogue
from lib.content.formats import plain
from lib.facts import today
from lib.hosts.api import Api
from lib.hosts.web.answers import Answers
from pages import PAGES
from tests import sums
from tests.lib.hosts.asking import ask
from tests.tables import source

THEN = ("stp17", "ccg17", "council17", "lad17", "acs17", "icb22")
NOW = ("icb24", "icb26", "council24")
API = Starlette(routes=[Api(Answers()).mounted()])


def boards_of(told: str) -> str:
    """Return the part of a sentence that names boards."""
    (said,) = re.findall(r"integrated care boards?(?: of April 2026(?:, as derived[^:]*)?:)? (.*?)\.(?: |$)", told)
    return said.removesuffix(", as derived from announced successions")


@pytest.mark.parametrize("layer", [*THEN, "icb24", "council24"])
def test_the_boards_of_all_areas_are_those_of_their_lsoas(layer):
    parts, whole = sums.overlap(layer, "icb26"), sums.total(layer)
    names = {code: sums.short(name) for code, name in sums.names("icb26").items()}
    before = {row["icb24cd"] for row in source("icb26_successions")}
    for code in sums.names(layer):
        told = plain(today.now(layer, code))
        here = parts.loc[code].sort_values("weight", ascending=False)
        said = boards_of(told)
        if len(here) == 1:
            assert said == names[here.index[0]], told
        else:
            for board, row in here.iterrows():
                assert f"{names[board]} ({int(row['weight']):,}, {sums.percent(row['of_a'])})" in said, told
            assert said.count("%)") == len(here)
        # What was not there in 2024 is derived, and says so.
        assert ("as derived from announced successions" in told) == (not set(here.index) <= before), told
        if "its " in told and "residents are now in" in told:
            assert f"its {int(whole[code]):,} residents are now in " in told


@pytest.mark.parametrize("layer", NOW)
def test_areas_of_today_say_what_they_were_in_2017(layer):
    parts, whole = sums.overlap(layer, "stp17"), sums.total(layer)
    names, councils = sums.names("stp17"), sums.names("council17")
    starts = {(row["layer"], row["code"]): row["start"] for row in source("today_names")}
    for code in sums.names(layer):
        told = plain(today.was(layer, code))
        here = parts.loc[code]
        under = "one STP" if len(here) == 1 else f"{len(here)} STPs"
        assert f"Its {int(whole[code]):,} residents fell under {under} in 2017: " in told
        for stp, row in here.iterrows():
            share = "" if len(here) == 1 else f" ({int(row['weight']):,}, {sums.percent(row['of_a'])})"
            assert f"{names[stp]}{share}" in told
        assert (" began on " in told) == bool(starts[layer, code])
        if layer == "council24" and code not in councils:
            for council in sums.overlap(layer, "council17").loc[code].index:
                assert councils[council] in told.partition("In 2017 they were in")[2]
        elif layer == "council24":
            assert told.endswith("Its code and its area are those of 2017.")
        assert plain(today.answer(layer, code)).endswith(told)


@pytest.mark.parametrize(
    ("layer", "code", "told"),
    [
        ("stp17", "E54000015", "The STP ended on 30 June 2022; its 1,083,226 residents are now in one integrated "),
        (
            "stp17",
            "E54000047",
            "The STP ended on no day that is known here, between the lookups of 2017 and 2018; its ",
        ),
        ("ccg17", "E38000008", "The CCG ended on 30 June 2022; its 116,304 residents are now in one integrated care "),
        (
            "council17",
            "E10000006",
            "The council ended on 31 March 2023; its 498,375 residents are now in the councils ",
        ),
        ("lad17", "E07000190", "The district ended on 31 March 2019; its 117,423 residents are now in the council Som"),
        ("lad17", "E07000201", "The district ended on 31 March 2019; its 65,523 residents are now in the district We"),
        ("council17", "E10000030", "The council is to end on 31 March 2027. Today, since 1 April 2026, care for its "),
        ("council17", "E08000019", "The code of the council ended on 31 March 2025. Today, since 1 April 2026, care "),
        ("council17", "E10000018", "Today, since 1 April 2026, care for its residents is planned by the integrated "),
        ("icb24", "E54000034", "The ICB ended on 31 March 2026; its 739,365 residents are now in 3 integrated care bo"),
        ("icb22", "E54000053", "The code of the ICB ended on 31 March 2023. Today, since 1 April 2026, care for its "),
        ("acs17", "frimley", "The ACS area ended on no day that is known here; its 739,365 residents are now in 3 int"),
        ("icb26", "E54000070", "The ICB began on 1 April 2026. Its 2,111,864 residents fell under 2 STPs in 2017: "),
        ("pfa17", "E23000036", "Today, since 1 April 2026, care for its residents is planned by the integrated care b"),
    ],
)
def test_an_end_is_told_with_its_day_where_it_is_known(layer, code, told):
    assert plain(today.answer(layer, code)).startswith(told)


def test_a_district_of_today_says_of_which_districts_it_was_made():
    told = plain(today.was("lad24", "E07000244"))
    assert told.startswith("The district began on 1 April 2019. Its 246,913 residents fell under 2 STPs in 2017: ")
    assert told.endswith(
        "In 2017 they were in 2 districts: Suffolk Coastal (129,016, 52.3%) and Waveney (117,897, 47.7%)."
    )
    assert plain(today.was("lad24", "E07000203")).endswith("Its code and its area are those of 2017.")


SHOWN = [
    ("/footprint", {"stp": "E54000034"}, "stp17", "E54000034"),
    ("/council", {"council": "E10000006"}, "council17", "E10000006"),
    ("/acs", {"area": "frimley"}, "acs17", "frimley"),
    ("/acs", {"area": "greater-manchester"}, "stp17", "E54000007"),
    ("/then-and-now", {"stp": "E54000034"}, "stp17", "E54000034"),
    *(
        ("/coterminosity", {"a": layer, "b": "stp17" if layer != "stp17" else "council17", "area": code}, layer, code)
        for layer, code in (
            ("ccg17", "E38000008"),
            ("lad17", "E07000165"),
            ("icb22", "E54000053"),
            ("icb24", "E54000034"),
            ("icb26", "E54000070"),
            ("sicbl24", "E38000252"),
            ("council24", "E06000061"),
            ("lad24", "E07000245"),
            ("cauth25", "E47000001"),
            ("pfa17", "E23000036"),
            ("acs17", "frimley"),
        )
    ),
]


@pytest.mark.parametrize(("path", "asked", "layer", "code"), SHOWN)
def test_every_page_of_an_area_says_the_same_of_it(path, asked, layer, code):
    page = next(page for page in PAGES if f"/{page.path}" == path)
    document = page.document(page.view(**asked))
    told = today.now(layer, code) if path == "/then-and-now" else today.answer(layer, code)
    said = plain(document.lead) + "".join(plain(words) for words in _prose(document.blocks))
    assert plain(told) in said


def _prose(blocks_):
    for block in blocks_:
        if hasattr(block, "words"):
            yield block.words
        for name in ("blocks", "columns"):
            inner = getattr(block, name, ())
            for one in inner:
                yield from _prose(one if isinstance(one, tuple) else (one,))


@pytest.mark.parametrize("layer", [layer for layer in blocks.LAYERS if layer not in ("fra17", "cal17")])
def test_the_interface_says_the_same_of_an_area_of_each_layer(layer):
    code = str(blocks.names(layer).index[0])
    (answer,) = ask(API, f"/api/v1/areas/{layer}/{code}")
    assert json.loads(answer.body)["then_and_now"] == plain(today.answer(layer, code))
    assert catalogue.resolve(layer, code) == code
