"""Kinds of slips that no sentence of the project may make, looked for in what is said of every area."""

import ast
import re
from collections.abc import Iterator

import pytest

from geo import blocks, paths
from lib import catalogue, councils, fit, provenance
from lib.accountable_care import accountability, acs
from lib.conditions import remarks
from lib.content.formats import plain
from lib.footprint import peers, profile
from lib.text import listed
from pages.conditions import method
from pages.then_and_now import words as vintage_words
from tests.tables import source

# "1 councils"; not "11 councils", "0.1 points", "part 1 is" or "group 1 has".
ONE_OF_MANY = re.compile(
    r"(?<![\d.,−–-])1 (?:other |more |further |whole )?(?!(?:as|is|was|has|does|his|its)\b)[a-z]+s\b"
)
OTHERS = re.compile(
    r"no change points|\bnone have\b|\b0 of them\b|\bICB [^.]*\) and |, (?:City|County) of(?:,| and) [A-Z]"
)


def of_stp(code: str) -> Iterator[str]:
    stp = catalogue.footprints()[code]
    yield profile.membership(stp)
    yield from profile.list_sentences(code)
    yield from (item.words for item in profile.standing(code))
    yield from (vintage_words.headline(code), vintage_words.ccg_sentence(code))
    yield from (
        fit.sentence("stp17", layer, code, "population", t) for layer in ("council17", "icb22") for t in (0.0, 5.0)
    )
    for other in peers.peers(code):
        yield from peers.differences(code, other)


def of_council(code: str) -> Iterator[str]:
    yield from (councils.report(code), councils.agreement(code))
    yield from (fit.sentence("council17", "stp17", code, "population", t) for t in (0.0, 5.0))


@pytest.mark.parametrize("code", catalogue.footprints())
def test_sentences_on_every_footprint(code):
    assert [said for said in of_stp(code) if ONE_OF_MANY.search(said) or OTHERS.search(said)] == []


def test_sentences_on_every_council():
    said = [one for code in blocks.names("council17").index for one in of_council(code)]
    assert [one for one in said if ONE_OF_MANY.search(one) or OTHERS.search(one)] == []


def test_sentences_on_accountable_care_conditions_and_sources():
    areas = acs.areas().values()
    said = [f(area) for area in areas for f in (accountability.sentence, accountability.answer)]
    said += [one for area in areas for one in accountability.left_out(area)]
    said += [acs.one_council(), remarks.reach("three"), remarks.leads("three"), remarks.missing()]
    said += [plain(words) for words in method.paragraphs()]
    said += [item.says for item in provenance.caveats()]
    assert [one for one in said if ONE_OF_MANY.search(one) or OTHERS.search(one)] == []


def test_the_patterns_find_what_they_are_for():
    for slip in ("1 other bodies", "1 councils", "no change points", "Bristol, City of and North Somerset"):
        assert ONE_OF_MANY.search(slip) or OTHERS.search(slip)


def test_lists_of_names_that_hold_commas_or_and():
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["Bristol, City of", "North Somerset"]) == "Bristol, City of; and North Somerset"
    assert listed(["Bath and Wiltshire", "Dorset", "Devon"]) == "Bath and Wiltshire; Dorset; and Devon"
    assert listed(["1,234 in Kent", "5 in Devon"]) == "1,234 in Kent and 5 in Devon"
    assert listed(["not A or B", "C"], "or") == "not A or B; or C"
    assert listed(["Bristol, City of"]) == "Bristol, City of"
    assert "Bristol, City of; South Gloucestershire; and North Somerset." in profile.membership(
        catalogue.footprints()["E54000039"]
    )


def test_districts_the_list_leaves_out_are_named_beside_the_councils():
    # The list of Frimley names districts of Surrey, but not Runnymede.
    listed_codes = {row["ons_code"] for row in source("stp_partners") if row["stp17cd"] == "E54000034"}
    ccgs = {row["ccg17cd"] for row in source("ccg17") if row["stp17cd"] == "E54000034"}
    people = sum(
        int(row["population"]) for row in source("lsoa") if row["ccg17cd"] in ccgs and row["lad17cd"] == "E07000212"
    )
    assert "E07000212" not in listed_codes and people == 12_120
    said = " ".join(profile.list_sentences("E54000034"))
    assert "every council with social care duties and residents here is listed" in said
    assert "Of the districts of Surrey the list names some, but not Runnymede (12,120 residents here)" in said


# Where a number of a number is no figure of ours: words of the time, terms, the number of a rank that a code describes.
COUNTED_BY_OTHERS = ("glossary.py", "timeline.py")
FIGURE = re.compile(r"\b\d[\d,]* of (?:the )?\d|\b\d[\d,.]*%? (?:of|instead of|against) \d|\bat least \d+%")


def test_no_figure_is_typed_into_a_sentence():
    found = []
    for folder in ("lib", "app_pages", "pages"):
        for path in (paths.ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            notes = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            for node in ast.walk(tree):
                text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
                if text and path.name not in COUNTED_BY_OTHERS and FIGURE.search(node.value):
                    found.append((path.name, FIGURE.search(node.value)[0]))
    assert found == []
