"""The ten areas against numbers that were summed from the raw tables without this project's code."""

import json
from dataclasses import dataclass, field

import pytest

from geo import blocks, paths, sources
from lib import links
from lib.accountable_care import accountability, acs, figures, trusts
from lib.footprint import compare
from pages.acs.view import AcsView


@dataclass(frozen=True)
class Expected:
    """What the tables of LSOAs, CCGs and districts say of an area, summed by hand."""

    residents: int
    share: float  # of the STP, per cent
    ccgs: int
    councils: int
    districts: int
    divided: dict[str, tuple[int, int]] = field(default_factory=dict)  # residents inside and outside
    trusts: int = 0


AREAS = {
    "frimley": Expected(
        739_365, 100, 5, 5, 6, {"Hampshire": (167_587, 1_203_141), "Surrey": (152_493, 1_032_828)}, trusts=3
    ),
    "south-yorkshire-bassetlaw": Expected(1_509_749, 100, 5, 5, 1, {"Nottinghamshire": (116_304, 701_547)}, trusts=9),
    "nottinghamshire": Expected(1_030_756, 100, 6, 2, 6, {"Nottinghamshire": (701_547, 116_304)}, trusts=2),
    "blackpool-fylde-coast": Expected(309_751, 18.5, 2, 2, 2, {"Lancashire": (169_881, 1_031_974)}, trusts=1),
    "dorset": Expected(770_689, 100, 1, 3, 6, trusts=5),
    "luton-mk-beds": Expected(938_429, 100, 3, 5, 1, {"Buckinghamshire": (6_308, 529_610)}, trusts=3),
    "berkshire-west": Expected(486_528, 28.7, 4, 3, 0, trusts=2),
    "buckinghamshire": Expected(
        538_438, 31.8, 2, 2, 5, {"Buckinghamshire": (529_610, 6_308), "Oxfordshire": (8_828, 673_616)}, trusts=1
    ),
    "greater-manchester": Expected(2_832_133, 100, 10, 11, 1, {"Derbyshire": (33_334, 758_632)}, trusts=7),
    "surrey-heartlands": Expected(848_094, 100, 3, 1, 10, {"Surrey": (848_094, 337_227)}, trusts=2),
}
PARTS = {
    "blackpool-fylde-coast": {"NHS Blackpool CCG": 139_870, "NHS Fylde & Wyre CCG": 169_881},
    "berkshire-west": {
        "NHS Newbury and District CCG": 108_581,
        "NHS North & West Reading CCG": 99_699,
        "NHS South Reading CCG": 113_268,
        "NHS Wokingham CCG": 164_980,
    },
    "buckinghamshire": {"NHS Aylesbury Vale CCG": 213_821, "NHS Chiltern CCG": 324_617},
}
each_area = pytest.mark.parametrize("code", AREAS)


def test_there_are_eight_systems_and_two_devolution_areas():
    assert list(acs.areas()) == list(AREAS)
    raw = json.loads((paths.SOURCES / "acs_areas.json").read_text())["areas"]
    for item, area in zip(raw, acs.areas().values(), strict=True):
        assert (area.code, area.name, area.kind, area.stp) == tuple(item[k] for k in ("id", "name", "kind", "stp17cd"))
        assert (list(area.ccgs), area.whole, area.basis) == tuple(
            item[k] for k in ("ccg17cds", "whole_stp", "membership_basis")
        )
        assert area.lead == (item["lead"] or "")
    assert "".join(area.mark for area in acs.areas().values()) == "12345678AB"
    assert [area.code for area in acs.areas().values() if not area.whole] == list(PARTS)


@each_area
def test_residents_members_and_who_is_left_out(code):
    area, expected = acs.areas()[code], AREAS[code]
    found = accountability.governance(area)
    assert found.residents == expected.residents
    assert acs.share_of_stp(area) * 100 == pytest.approx(expected.share, abs=0.05)
    assert (found.ccgs, found.councils, found.districts) == (expected.ccgs, expected.councils, expected.districts)
    assert set(acs.members(area, "ccg17").index) == set(area.ccgs)
    across = acs.straddling(area)
    assert {council.name: (council.residents, council.outside) for council in across} == expected.divided
    assert found.in_straddling == sum(inside for inside, _ in expected.divided.values())
    assert found.whole_councils == expected.councils - len(expected.divided)


@each_area
def test_shares_add_up_and_say_what_they_are_of(code):
    area = acs.areas()[code]
    for layer in ("ccg17", "council17", "lad17", "stp17"):
        table = acs.members(area, layer)
        assert table["residents"].sum() == AREAS[code].residents
        assert table["share_of_area"].sum() == pytest.approx(1)
        whole = table["residents"] / table["share_of_member"]
        assert list((table["residents"] + table["outside"]).round(3)) == list(whole.round(3))
    assert (acs.members(area, "ccg17")["outside"] == 0).all()


@pytest.mark.parametrize("code", PARTS)
def test_parts_of_stps_have_the_right_ccgs(code):
    area = acs.areas()[code]
    table = acs.ccg_table(area)
    assert dict(zip(table["CCG"], table["Residents"], strict=True)) == PARTS[code]
    assert table["Share of the STP, %"].sum() == pytest.approx(AREAS[code].share, abs=0.05)


def test_the_early_focus_of_nottinghamshire():
    area = acs.areas()["nottinghamshire"]
    early = acs.members(area, "ccg17").loc[list(area.focus)]
    assert early["residents"].sum() == 709_738
    assert list(acs.ccg_table(area).query("`Early focus` == 'no'")["CCG"]) == [
        "NHS Mansfield and Ashfield CCG",
        "NHS Newark & Sherwood CCG",
    ]


@pytest.mark.parametrize(
    ("code", "exact", "tolerant"),
    [
        ("frimley", "Split between councils", "Split between councils"),
        ("dorset", "Made of whole councils", "Made of whole councils"),
        ("luton-mk-beds", "Split between councils", "Made of whole councils"),
        ("buckinghamshire", "Split between councils", "The same area as one council"),
        ("greater-manchester", "Split between councils", "Made of whole councils"),
        ("surrey-heartlands", "Inside one council", "Inside one council"),
    ],
)
def test_fit_with_councils(code, exact, tolerant):
    assert (acs.fit_class(acs.areas()[code]), acs.fit_class(acs.areas()[code], 5.0)) == (exact, tolerant)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *(("berkshire-west", "berkshire-west"), (" Berkshire West ", "berkshire-west")),
        *(("E54000024", "luton-mk-beds"), ("luton, with milton keynes & bedfordshire", "luton-mk-beds")),
        *(("E54000007", "greater-manchester"), ("frimley health", "frimley"), ("nottinghamshire", "nottinghamshire")),
        *(("E54000044", None), ("devon", None), ("", None)),
    ],
)
def test_names_and_codes_of_areas(said, code):
    assert acs.resolve(said) == code


@each_area
def test_trusts_by_place_and_by_name(code):
    area = acs.areas()[code]
    table = trusts.partners(area)
    assert len(table) == AREAS[code].trusts == accountability.governance(area).trusts
    assert (table["named_as_partner"] == "yes").sum() == len(area.trusts)
    if area.whole:  # the list of trusts says in which STP a trust is: an independent witness
        listed = sources.read("acute_trusts").query("stp17cd == @area.stp")["trust_name"]
        assert sorted(listed) == sorted(table[table["head_office"] == "inside"]["trust"])


def test_a_partner_from_elsewhere_is_named_as_such():
    table = trusts.partners(acs.areas()["south-yorkshire-bassetlaw"]).set_index("trust")
    assert table.loc["Chesterfield Royal Hospital NHS Foundation Trust", "head_office"] == "in Derbyshire"
    assert table.loc["Yorkshire Ambulance Service NHS Trust", "head_office"] == "not established"
    # A part of an STP has the trusts of its own ground only.
    bucks = trusts.inside(acs.areas()["buckinghamshire"])
    assert list(bucks["name"]) == ["Buckinghamshire Healthcare NHS Trust"]


def test_sentences():
    frimley, berkshire, surrey = (acs.areas()[c] for c in ("frimley", "berkshire-west", "surrey-heartlands"))
    assert accountability.sentence(frimley) == (
        "Frimley Health has 739,365 residents and is the whole of the STP Frimley Health. "
        "It is made of 5 CCGs and takes in 3 whole councils and parts of 2 more."
    )
    assert accountability.left_out(frimley)[1] == (
        "Surrey: 12.9% of its residents (152,493) are inside, 1,032,828 are left out."
    )
    assert accountability.answer(frimley) == (
        "Its residents elect 5 councils with social care duties, and under them 6 district councils. Of these, "
        "Hampshire and Surrey lie only partly inside: 320,080 residents of the area (43.3%) live there."
    )
    assert "28.7% of its residents" in accountability.sentence(berkshire)
    assert accountability.made_of(berkshire) == "3 whole councils"
    assert accountability.left_out(berkshire) == []
    assert "no one's council is divided" in accountability.answer(berkshire)
    assert accountability.made_of(surrey) == "part of one council"
    assert accountability.made_of(acs.areas()["buckinghamshire"]) == "parts of 2 councils"


def test_statutory_bodies_are_counted_once_each():
    found = accountability.governance(acs.areas()["frimley"])
    assert (found.ccgs, found.trusts, found.councils, found.districts) == (5, 3, 5, 6)
    assert found.bodies == 19


@each_area
def test_what_is_not_established_says_so(code):
    area = acs.areas()[code]
    found = {item.what: item for item in accountability.agreed(area)}
    assert found["Funding of this area alone"].words == accountability.NOT_ESTABLISHED
    assert found["Announcement"].when == ("2015" if code == "greater-manchester" else "15 June 2017")
    assert all(bool(item.source) == (item.words != accountability.NOT_ESTABLISHED) for item in found.values())
    common = [what for what in found if "all eight" in what or "first systems" in what]
    # What was announced for the eight systems is not said of the devolution areas.
    assert len(common) == (3 if area.kind == "acs" else 0)
    assert ("Freedoms" in found) == (area.kind == "devolution")


def test_the_freedoms_are_those_of_the_source():
    freedoms = accountability.agreed(acs.areas()["dorset"])[3].words
    for freedom in sources.acs_common().freedoms:
        assert freedom[1:] in freedoms


@each_area
@pytest.mark.parametrize("layer", ["council17", "ccg17"])
def test_a_close_up_is_built_from_the_areas_own_pieces(code, layer):
    area, table = acs.areas()[code], blocks.pieces()
    shown = figures.detail(area, layer)
    own = {piece for piece, owner in shown.owners.items() if shown.categories[owner].mark}
    assert own == set(table.index[table["ccg17"].isin(area.ccgs)])
    around = {piece for piece, owner in shown.owners.items() if owner == figures.REST}
    assert around <= set(table.index[table["stp17"] == area.stp]) - own
    assert bool(around) == (not area.whole)
    left = {piece for piece, owner in shown.owners.items() if owner == figures.ELSEWHERE}
    assert bool(left) == (layer == "council17" and bool(AREAS[code].divided))
    assert table.loc[sorted(left), "population"].sum() == (
        sum(outside for _, outside in AREAS[code].divided.values()) if left else 0
    )


def test_compared_keeps_order_and_shows_what_is_missing():
    rows = compare.compared({"a": "1", "b": "2"}, {"b": "2", "c": "3"})
    assert rows == (("a", "1", "–"), ("b", "2", "2"), ("c", "–", "3"))
    assert [row.same for row in rows] == [False, True, False]


def test_a_comparison_needs_two_different_areas():
    view, notices = links.parse(AcsView, {"area": ["dorset"], "with": ["dorset"]})
    assert view == AcsView("dorset")
    assert notices == ["`with`: `dorset`: the area itself; nothing is compared."]
    view, notices = links.parse(AcsView, {"with": ["dorset"]})
    assert (view, len(notices)) == (AcsView(), 1)
