"""The URL grammar: what is written is read back, and nothing that is read can break a page."""

from dataclasses import fields
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import blocks, codes, regroup
from geo.classes import AREA_CLASSES
from lib import catalogue, fit, glossary, links, provenance, timeline
from lib.accountable_care import acs
from lib.briefing.view import BriefingView
from lib.conditions import crosstab, ratings
from lib.conditions import measures as what_helps
from lib.own_numbers import keys as own_keys
from lib.own_numbers import table as own_table
from lib.shared_parameters import RATING_CLASSES
from lib.what_if import moves
from pages.acs.view import AcsView
from pages.claims import register
from pages.claims.view import ClaimsView
from pages.compare.view import CompareView
from pages.conditions.view import ConditionsView
from pages.coterminosity.view import CoterminosityView
from pages.council.view import CouncilView
from pages.footprint.view import FootprintView
from pages.glossary.view import GlossaryView
from pages.lookup import view as lookup_view
from pages.map.view import COLOURS, OUTLINES, MapView
from pages.sources.view import SourcesView
from pages.then_and_now.view import ThenAndNowView
from pages.today.view import TodayView
from pages.what_if.view import WhatIfView
from pages.your_numbers.view import YourNumbersView


def some(options) -> st.SearchStrategy:
    """Return strategies for filters, written in the order of the options."""
    options = list(options)
    return st.sets(st.sampled_from(options)).map(lambda chosen: tuple(o for o in options if o in chosen))


UNITS = st.sampled_from(sorted(regroup.units()))
STPS = st.sampled_from([*sorted(catalogue.footprints()), "new-1", "new-12"])
MOVES = st.dictionaries(UNITS, STPS, max_size=30).map(
    lambda made: moves.write(regroup.moves_of(regroup.assignment(made)))
)
YEARS = [str(year) for year in codes.YEARS[1:]]
VIEWS = {
    ThenAndNowView: st.lists(st.sampled_from(YEARS), min_size=2, max_size=2, unique=True).flatmap(
        lambda years: st.builds(
            ThenAndNowView,
            stp=st.just(None),
            kind=st.sampled_from(["stp", "ccg"]),
            start=st.just(min(years)),
            end=st.just(max(years)),
            flows=st.sampled_from(["changed", "all"]),
            region=st.sampled_from(["all", *catalogue.REGIONS]),
            code=st.none()
            | st.sampled_from([*codes.known(), *codes.CODES_OF_2016, *codes.ods_codes(), "E10000018", "Devon"]),
            year=st.sampled_from(["any", *map(str, codes.YEARS)]),
        )
    )
    | st.builds(ThenAndNowView, stp=st.sampled_from(sorted(catalogue.footprints())), kind=st.just("ccg")),
    ConditionsView: st.builds(
        ConditionsView,
        measure=st.sampled_from(list(what_helps.MEASURES)),
        ratings=st.sampled_from(ratings.SHOWN),
        weight=st.sampled_from(list(blocks.WEIGHTS)),
        tolerance=st.integers(0, 200).map(lambda tenths: tenths / 10),
        stp=st.none() | st.sampled_from(sorted(catalogue.footprints())),
        lead=some(catalogue.LEAD_TYPES),
        fit=some(crosstab.FITS),
        rating=some(RATING_CLASSES),
    ),
    MapView: st.builds(
        MapView,
        stp=st.none() | st.sampled_from(sorted(catalogue.footprints())),
        colour=st.sampled_from(COLOURS),
        rating=some(RATING_CLASSES),
        lead=some(catalogue.LEAD_TYPES),
        region=some(catalogue.REGIONS),
        acs=some(catalogue.ACS_STATUSES),
        outline=st.sampled_from(OUTLINES),
    ),
    CoterminosityView: st.permutations(fit.LAYERS).flatmap(
        lambda layers: st.builds(
            CoterminosityView,
            a=st.just(layers[0]),
            b=st.just(layers[1]),
            weight=st.sampled_from(list(blocks.WEIGHTS)),
            tolerance=st.integers(0, 200).map(lambda tenths: tenths / 10),
            classes=some(AREA_CLASSES),
            area=st.none() | st.sampled_from(sorted(blocks.names(layers[0]).index)),
            within=st.none() | st.sampled_from([*catalogue.REGIONS, *catalogue.footprints()]),
        )
    ),
    TodayView: st.builds(
        TodayView,
        board=st.none() | st.sampled_from(sorted(blocks.names("icb26").index)),
        colour=st.sampled_from(["change", "region"]),
    ),
    lookup_view.LookupView: st.builds(
        lookup_view.LookupView,
        places=st.none()
        | st.lists(
            st.sampled_from(["HG1 1DY", "E01000001", "Leeds", "Bath & NES", "x, y"]), min_size=1, max_size=50
        ).map("\n".join),
        layers=some(lookup_view.LAYERS),
    ),
    ClaimsView: st.builds(
        ClaimsView,
        claim=st.none() | st.sampled_from(sorted(register.numbers())),
        document=some(register.documents()),
        kind=some(register.KINDS),
        verdict=some(register.VERDICTS),
    ),
    FootprintView: st.builds(FootprintView, stp=st.none() | st.sampled_from(sorted(catalogue.footprints()))),
    CompareView: st.builds(
        CompareView,
        a=st.none() | st.sampled_from(sorted(catalogue.footprints())),
        b=st.none() | st.sampled_from(sorted(catalogue.footprints())),
    ),
    CouncilView: st.builds(CouncilView, council=st.none() | st.sampled_from(sorted(blocks.names("council17").index))),
    AcsView: st.one_of(st.permutations(list(acs.areas())), st.just([None, None])).flatmap(
        lambda codes: st.builds(
            AcsView,
            area=st.just(codes[0]),
            other=st.none() | st.just(codes[1]),
            parts=st.sampled_from(["council17", "ccg17"]),
        )
    ),
    BriefingView: st.one_of(
        st.just(BriefingView()),
        st.builds(BriefingView, council=st.sampled_from(sorted(blocks.names("council17").index))),
        st.builds(BriefingView, acs=st.sampled_from(list(acs.areas()))),
        st.builds(BriefingView, moves=MOVES),
        st.permutations(sorted(catalogue.footprints())).flatmap(
            lambda codes: st.builds(BriefingView, stp=st.just(codes[0]), other=st.none() | st.just(codes[1]))
        ),
    ),
    GlossaryView: st.builds(
        GlossaryView, term=st.none() | st.sampled_from(list(glossary.TERMS)), kind=some(timeline.KINDS)
    ),
    SourcesView: st.builds(SourcesView, table=st.none() | st.sampled_from(list(provenance.tables()))),
    WhatIfView: st.builds(
        WhatIfView,
        moves=MOVES,
        ccg=st.sets(UNITS, max_size=5).map(lambda units: moves.apart(sorted(units))),
        least=st.integers(0, 55_619_430),
        most=st.integers(0, 55_619_430),
        tolerance=st.integers(0, 100).map(lambda tenths: tenths / 10),
        seconds=st.integers(5, 60),
    ),
    YourNumbersView: st.permutations(fit.LAYERS).flatmap(
        lambda layers: st.builds(
            YourNumbersView,
            layer=st.sampled_from(["auto", *(name for name in layers[:1] if name in own_keys.LAYERS)]),
            sheet=st.integers(0, own_table.MOST_SHEETS).map(float),
            head=st.none() | st.integers(0, own_table.MOST_LINES),
            key=st.none() | st.integers(0, 99).map(own_table.letter),
            values=st.none() | st.integers(100, own_table.MOST_COLUMNS - 1).map(own_table.letter),
            together=st.sampled_from(["no", "yes"]),
            partner=st.sampled_from(["auto", *layers[1:]]),
            tolerance=st.integers(0, 200).map(lambda tenths: tenths / 10),
            area=st.none() | st.sampled_from([c for name in own_keys.LAYERS for c in blocks.names(name).index]),
        )
    ),
}


NAMES = sorted({name for page in links.PAGES.values() for name in links.query(page())})


def test_every_page_has_a_strategy():
    assert set(VIEWS) == {page for page in links.PAGES.values() if fields(page)}


@given(st.one_of(VIEWS.values()))
def test_a_link_gives_back_its_view_without_a_notice(view):
    address = urlsplit(links.link(view))
    assert links.PAGES[address.path.removeprefix("/")] is type(view)
    assert links.parse(type(view), parse_qs(address.query)) == (view, [])


@given(st.one_of(VIEWS.values()))
def test_a_link_is_written_in_full(view):
    assert len(links.query(view)) == len(type(view).__dataclass_fields__)
    assert all(links.query(view).values())


@given(
    st.sampled_from(sorted(links.PAGES)),
    st.dictionaries(
        st.text(max_size=12) | st.sampled_from(NAMES),
        st.lists(st.text() | st.sampled_from(["all", "none", "E54000015", "provider,", ","]), max_size=3),
        max_size=6,
    ),
)
def test_no_link_breaks_a_page(path, parameters):
    page = links.PAGES[path]
    view, notices = links.parse(page, parameters)
    assert links.parse(page, {name: [value] for name, value in links.query(view).items()}) == (view, [])
    assert all(isinstance(notice, str) and "\n" not in notice for notice in notices)


@pytest.mark.parametrize(
    "said",
    [
        *("E54000015", "e54000015", "  E54000015 ", "QK1", "qk1", "15", "015"),
        "Leicester, Leicestershire and Rutland",
        "leicester-leicestershire-and-rutland",
        "LEICESTER-LEICESTERSHIRE-AND-RUTLAND",
    ],
)
def test_all_names_of_an_stp_lead_to_its_code(said):
    assert links.parse(MapView, {"stp": [said]}) == (MapView(stp="E54000015"), [])


# From the list of codes that the April 2017 lookup replaced.
@pytest.mark.parametrize(
    ("old", "name"),
    [
        ("E54000001", "Northumberland, Tyne and Wear and North Durham"),
        ("E54000002", "West, North and East Cumbria"),
        ("E54000003", "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby"),
        ("E54000004", "Lancashire and South Cumbria"),
    ],
)
def test_codes_of_2016_lead_to_those_of_2017(old, name):
    view, notices = links.parse(MapView, {"stp": [old]})
    assert blocks.names("stp17")[view.stp] == name
    assert notices == []


def test_nhs_england_names_lead_to_the_code():
    view, _ = links.parse(MapView, {"stp": ["West Yorkshire & Harrogate"]})
    assert view.stp == "E54000005"


def test_a_rating_without_evidence_means_all_evidence():
    view, notices = links.parse(MapView, {"rating": ["Advanced,not_established"]})
    assert view.rating == ("advanced:published", "advanced:inferred", "not_established")
    assert notices == []


def test_what_is_not_understood_is_named_with_what_is_shown_instead():
    view, notices = links.parse(
        MapView, {"stp": ["E54000099"], "lead": ["ccg,wizard"], "colour": ["pink"], "size": ["9"]}
    )
    assert view == MapView(lead=("ccg",))
    assert notices == [
        "`stp`: `E54000099` is not the code or name of an STP; shown instead: none.",
        "`colour`: `pink` is not one of rating, lead, population, share_65_plus, density, deprivation, ccgs, councils, "
        "split, gap, vanguards, pioneer, system, emergency_2016 or emergency_2017; shown instead: rating.",
        "`lead` does not know `wizard`; shown instead: ccg.",
        "The link also gives `size`, which this page does not know; ignored.",
    ]


def test_repeated_parameters_count_once_and_say_so():
    view, notices = links.parse(MapView, {"stp": ["QK1", "QUA"]})
    assert view.stp == "E54000016"
    assert notices == ["The link gives `stp` 2 times; the last one is used."]


def test_trackers_embeds_and_empty_values_are_no_news():
    given_with = {"utm_source": ["mail"], "fbclid": ["x"], "embed": ["true"], "stp": [""], "lead": [" "]}
    assert links.parse(MapView, given_with) == (MapView(), [])


def test_endless_values_are_not_read():
    view, notices = links.parse(MapView, {"lead": ["ccg," * 100_000]})
    assert view == MapView()
    assert notices == ["`lead` is too long to be read; shown instead: all."]


@pytest.mark.parametrize("said", ["abc", "-1", "1e9", "NaN", "inf", "20.01", "5 %", "٥x"])
def test_wrong_tolerances_are_named_and_none_is_shown(said):
    view, notices = links.parse(CoterminosityView, {"tolerance": [said]})
    assert view == CoterminosityView()
    assert notices == [f"`tolerance`: `{said}` is not a number from 0 to 20; shown instead: 0."]


def test_wrong_layers_weights_and_classes_are_named():
    given_with = {"a": ["borough"], "b": ["stp"], "weight": ["money"], "class": ["split,torn"], "area": ["Narnia"]}
    view, notices = links.parse(CoterminosityView, given_with)
    assert view == CoterminosityView(classes=("split",))
    assert len(notices) == 4
    for notice, wrong in zip(notices, ("borough", "money", "torn", "Narnia"), strict=True):
        assert f"`{wrong}`" in notice


def test_a_layer_is_not_held_against_itself():
    view, notices = links.parse(CoterminosityView, {"a": ["stp17"], "b": ["stp"]})
    assert (view.a, view.b) == ("stp17", "council17")
    assert notices == ["Both layers are the STPs; they are compared with the councils instead."]


def test_choosing_a_layer_that_stands_on_the_other_side_swaps_them():
    view = CoterminosityView(a="council17", b="stp17", area="E10000030")
    assert view.between("stp17", "stp17") == CoterminosityView(a="stp17", b="council17")
    assert view.between("council17", "council17") == CoterminosityView(a="stp17", b="council17")
    assert view.between("council17", "ccg17") == CoterminosityView(a="council17", b="ccg17", area="E10000030")
    assert view.between("ccg17", "stp17") == CoterminosityView(a="ccg17", b="stp17")


def test_a_briefing_is_on_one_thing():
    given_with = {"stp": ["15"], "council": ["surrey"], "acs": ["frimley"], "with": ["15"]}
    view, notices = links.parse(BriefingView, given_with)
    assert view == BriefingView(stp="E54000015")
    assert notices == [
        "`council`: `E10000030`: a briefing is on one thing; it is on `stp`.",
        "`acs`: `frimley`: a briefing is on one thing; it is on `stp`.",
        "`with`: `E54000015`: the STP itself; nothing is compared.",
    ]
    view, notices = links.parse(BriefingView, {"acs": ["frimley"], "with": ["15"]})
    assert view == BriefingView(acs="frimley")
    assert notices == ["`with`: `E54000015`: no STP is chosen to compare it with; nothing is compared."]


def test_an_area_is_looked_for_in_the_first_layer():
    view, notices = links.parse(CoterminosityView, {"a": ["ccg"], "area": ["02Q"], "within": ["QF7"]})
    assert (view.area, view.within, notices) == ("E38000008", "E54000009", [])


def test_columns_of_a_reader_s_file_are_letters_and_areas_of_any_kind():
    given_with = {"layer": ["ccg"], "key": ["a"], "values": ["gs"], "area": ["04C"], "partner": ["ccg17"]}
    view, notices = links.parse(YourNumbersView, given_with)
    assert view == YourNumbersView(layer="ccg17", key="A", area="E38000097")
    assert notices == [
        "`values`: `gs` is not the letter of a column, A to GR; shown instead: none.",
        "`partner`: the CCGs are held against themselves; another kind of area is taken instead.",
    ]
    view, notices = links.parse(YourNumbersView, {"key": ["B"], "values": ["b"]})
    assert view == YourNumbersView(key="B")
    assert notices == ["`values`: `B` is the column with the areas; another one is shown."]
