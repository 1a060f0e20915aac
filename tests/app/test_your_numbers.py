"""A reader's file on the page: shown, refused, forgotten, and never in another session or a link."""

import re
from html import unescape

import pytest

from geo import blocks, kept
from lib import links
from lib.own_numbers import examples
from pages.your_numbers.page import PAGE
from pages.your_numbers.view import YourNumbersView
from tests.app.test_pages import go, notices, opened, words, written
from tests.lib.own_tables import bomb, workbook

MARKER = "Zebrafinch"
STPS = blocks.names("stp17")
GOOD = f"code,{MARKER}\n" + "".join(f"{code},{n}\n" for n, code in enumerate(STPS.index)) + "England,9\n"


def bring(test, content: bytes | str, name: str = "numbers.csv"):
    content = content.encode() if isinstance(content, str) else content
    return test.file_uploader[0].set_value((name, content, "text/csv")).run()


def headings(test) -> list[str]:
    return [unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", written(test))]


def refusal(test) -> str:
    """Return the last notice: why a file is not shown."""
    return re.sub(r"<[^>]*>", "", notices(test)[-1])


def test_without_a_file_the_page_explains_itself_and_its_examples_work():
    test = opened("your-numbers")
    assert "What happens with a file" in headings(test)
    bring(test, examples.example())
    assert "All 44 STPs by Residents, mid-2017" in headings(test)
    assert "44 of 44 rows were used" in words(test)


def test_a_file_is_shown_and_stays_in_its_session():
    test = bring(opened("your-numbers"), GOOD)
    assert not test.exception
    assert f"All 44 STPs by {MARKER}" in headings(test)
    assert "44 of 45 rows were used" in words(test)
    assert "England or a total, not an STP" in words(test)
    test.selectbox(key="choose-area").select("E54000015").run()
    assert "<h3>Leicester, Leicestershire and Rutland</h3>" in written(test) or STPS["E54000015"] in headings(test)
    assert "rank 34 of 44" in words(test)
    assert dict(test.query_params) == links.query(YourNumbersView(area="E54000015"))
    # Another session has nothing of it.
    other = opened("your-numbers")
    assert headings(other)[0] == "What happens with a file"
    assert MARKER not in words(other)
    # It is still there after a look at another page, until it is taken away.
    for path in ("glossary", "your-numbers"):
        go(test, path)
        test.run()
    assert f"All 44 STPs by {MARKER}" in headings(test)
    test.button(key="own-numbers-forget").click().run()
    assert "What happens with a file" in headings(test)


def test_no_cache_that_sessions_share_knows_the_file():
    rows = "".join(f"{name} {MARKER},{n}\n" for n, name in enumerate(STPS))
    bring(opened("your-numbers"), GOOD + rows)
    asked = [repr(key) for holding in kept.everything() for key in holding.keys]
    assert len(asked) > 20
    assert any("stp17" in said for said in asked)
    assert not any(MARKER.lower() in said.lower() for said in asked)


def test_a_file_that_fits_another_kind_of_area_better_says_so():
    test = bring(opened("your-numbers", layer="ccg"), GOOD)
    assert "names 0 CCGs, but 44 STPs" in words(test)
    assert "What happens with a file" in headings(test)
    test.selectbox(key="choose-layer").select("stp17").run()
    assert f"All 44 STPs by {MARKER}" in headings(test)


def test_a_file_that_replaces_another_is_read_by_itself():
    test = bring(opened("your-numbers"), GOOD)
    before = [box._widget_state for box in (*test.selectbox, *test.slider)]
    assert len(before) > 5
    # For a moment there is none, and the browser goes on saying what the boxes said.
    test.file_uploader[0].set_value(None).run()
    test.file_uploader[0].set_value(("next.csv", b"council,spend\nLeicester,12\nSurrey,9\n", "text/csv"))
    states = test._tree.get_widget_states()
    states.widgets.extend(state for state in before if state.id not in {known.id for known in states.widgets})
    test._run(states)
    assert "All 152 councils by spend" in headings(test)
    assert not dict(test.query_params)


def test_choices_are_in_the_link_and_hold_for_the_next_file():
    test = opened("your-numbers", layer="district", values="c", partner="icb", tolerance="5")
    assert not notices(test)
    bring(test, "area,one,two\nLeicester,1,20\nRutland,2,30\nBlaby,3,40\n")
    assert "All 326 districts by two" in headings(test)
    assert "3 of 3 rows were used" in words(test)
    test.selectbox(key="choose-layer").select("council17").run()
    assert "All 152 councils by two" in headings(test)
    assert test.query_params["layer"] == "council17" and test.query_params["values"] == "C"
    assert "2 of 3 rows were used" in words(test)
    test.selectbox(key="choose-values").select("B").run()
    assert "All 152 councils by one" in headings(test)


def test_a_sheet_of_a_workbook_is_chosen():
    rows = [["code", "value"], *[[code, n] for n, code in enumerate(STPS.index)]]
    words_alone = [["Figures", "by area"], ["see", "next"]]
    content = workbook(("Title", [["Figures"], ["2017"]]), ("Read me", words_alone), ("Figures", rows))
    test = bring(opened("your-numbers"), content, "numbers.xlsx")
    assert "All 44 STPs by value" in headings(test)
    assert test.selectbox(key="choose-sheet").value == 3.0 and not dict(test.query_params)
    test.selectbox(key="choose-sheet").select(0.0).run()
    assert "one column only" in refusal(test)
    assert test.query_params["sheet"] == "0"
    test.selectbox(key="choose-sheet").select(2.0).run()
    assert "No column names areas" in refusal(test)
    test.selectbox(key="choose-sheet").select(3.0).run()
    assert "All 44 STPs by value" in headings(test)
    assert test.query_params["sheet"] == "3"


def test_the_row_of_headings_is_said_and_can_be_changed():
    rows = [["Beds", "of 2017"], ["STP", "open"], ["code", "value"], *[[code, n] for n, code in enumerate(STPS.index)]]
    content = workbook(("Figures", rows))
    test = bring(opened("your-numbers"), content, "numbers.xlsx")
    assert "All 44 STPs by value" in headings(test) and "Row 3 is taken for the headings" in words(test)
    box = test.selectbox(key="choose-head")
    assert box.value == 3 and box.options[:3] == ["Row 1: Beds · of 2017", "Row 2: STP · open", "Row 3: code · value"]
    box.select(2).run()
    assert "All 44 STPs by open" in headings(test) and "44 of 45 rows were used" in words(test)
    assert test.query_params["head"] == "2"
    test.selectbox(key="choose-head").select(0).run()
    assert "All 44 STPs by Column B" in headings(test)
    # A row that the file does not have is named.
    test = bring(opened("your-numbers", head="900"), content, "numbers.xlsx")
    assert any("row 900 of the file" in sentence for sentence in notices(test))
    assert "All 44 STPs by value" in headings(test)


def test_what_is_nearest_to_numbers_is_named_where_none_are_found():
    test = bring(opened("your-numbers"), "FID,stp,beds\n" + "".join(f"{n},{c},<5\n" for n, c in enumerate(STPS.index)))
    said = refusal(test)
    assert "Column A · FID only counts the rows" in said
    assert "In column C · beds 44 of 44 cells: the value is suppressed" in said
    # What it tells readers to do can be done.
    test.selectbox(key="choose-values").select("A").run()
    assert "All 44 STPs by FID" in headings(test)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("a,b\nx,y\n", "No column names areas"),
        ("code,name\nE54000015,Leicester\n", "No column was found with numbers"),
        (bomb(), "unpacks to far more"),
    ],
    ids=["empty", "no areas", "no numbers", "bomb"],
)
def test_a_bad_file_costs_a_sentence_and_the_next_one_is_shown(content, said):
    test = bring(opened("your-numbers"), content)
    assert not test.exception
    assert said in refusal(test)
    assert "What happens with a file" in headings(test)
    bring(test, GOOD)
    assert not notices(test)
    assert f"All 44 STPs by {MARKER}" in headings(test)


def test_columns_that_are_not_there_are_named_and_others_are_taken():
    test = bring(opened("your-numbers", key="Z", values="AA", sheet="4"), GOOD)
    said = notices(test)
    assert any("no column Z" in sentence for sentence in said) and any("no column AA" in sentence for sentence in said)
    assert any("`sheet`: the file has no sheets" in sentence for sentence in said)
    assert f"All 44 STPs by {MARKER}" in headings(test)


def test_words_of_the_file_are_shown_letter_by_letter():
    evil = "<img src=x onerror=alert(1)> **bold** [link](http://x.example) :red[x] $a$"
    test = bring(opened("your-numbers"), f'code,"{evil}"\nE54000015,3\n"{evil}",4\n', f"{evil}.csv")
    assert not test.exception
    assert f"All 44 STPs by {evil}" in headings(test)
    assert "<img" not in written(test) and 'href="http://x.example' not in written(test)
    # Nothing of it is left to Markdown.
    assert all("bold" not in str(element.value) for kind in ("markdown", "caption") for element in test.get(kind))


def test_an_area_of_another_kind_is_named_with_what_is_shown_instead():
    test = bring(opened("your-numbers", area="E38000008"), GOOD)
    (said,) = notices(test)
    assert "NHS Bassetlaw CCG, a CCG" in said and "part of South Yorkshire and Bassetlaw (7.7%" in said
    assert "The file is read as STPs: none is opened, all STPs are shown." in said
    assert "The greatest and the least" in words(test)
    # A council with the same ground is.
    test = bring(opened("your-numbers", area="E38000146"), "council,beds\nSheffield,3\nLeeds,4\n")
    (said,) = notices(test)
    assert "NHS Sheffield CCG" in said and "read as councils: Sheffield is opened instead" in said
    assert "Sheffield has 3: rank 2 of 2" in words(test)
    assert test.selectbox(key="choose-area").value == "E08000019"
    # One of another year is no area of the link, but said.
    test = bring(opened("your-numbers", area="E38000220"), GOOD)
    assert "Birmingham and Solihull CCG, a CCG of 2018 to 2021" in notices(test)[0]


def test_areas_of_other_years_are_put_together_when_asked():
    later = "council,beds\nCumberland,3\nWestmorland and Furness,4\nLeicester,6\nLeeds,1\nSurrey,2\n"
    test = bring(opened("your-numbers", layer="council"), later)
    assert "3 of 5 rows were used" in words(test)
    box = test.selectbox(key="choose-together")
    assert (box.label, box.value) == ("Put areas of other years together", "no")
    box.select("yes").run()
    assert test.query_params["together"] == "yes"
    assert "5 of 5 rows were used" in words(test) and "1 council is put together" in words(test)
    assert "their counts summed: Cumbria" in words(test)
    test.selectbox(key="choose-together").select("no").run()
    assert "3 of 5 rows were used" in words(test)
    # There is no box where there is nothing to put together.
    assert "choose-together" not in {box.key for box in bring(opened("your-numbers"), GOOD).selectbox}


def test_what_was_made_of_a_file_can_be_taken_along_and_stands_at_no_address():
    test = bring(opened("your-numbers"), GOOD)
    assert len(test.get("download_button")) == 3
    assert MARKER not in str(PAGE.document(YourNumbersView()))


PRACTICES = (
    f"Practice,Postcode,{MARKER} %,Patients\n"
    "A,LE1 6RX,80,100\nB,LE1 6ZZ,50,300\nC,M1 1AE,90,1000\nD,B33 8TH,70,20\nE,CF10 1AA,10,5\n"
)


def test_postcodes_are_added_up_to_the_layer_that_is_chosen():
    test = bring(opened("your-numbers"), PRACTICES)
    assert not test.exception
    # A column of counts goes before the rate that stands first.
    assert "All 44 STPs by Patients" in headings(test) and "4 of 5 rows were used" in words(test)
    assert "Rows are postcodes, summed to STPs" in words(test) and "In Wales" in words(test)
    assert (test.selectbox(key="choose-layer").value, test.selectbox(key="choose-to").value) == ("postcode", "stp17")
    assert not dict(test.query_params)
    test.selectbox(key="choose-to").select("icb26").run()
    assert "All 36 ICBs of 2026 by Patients" in headings(test) and "derived here" in words(test)
    assert test.query_params["to"] == "icb26" and test.query_params["values"] == "none"
    assert len(test.get("download_button")) == 3


def test_rates_are_refused_until_a_weight_column_is_named():
    test = bring(opened("your-numbers", values="c"), PRACTICES)
    assert "is not summed, since its heading says that it is a rate" in refusal(test) and "Weigh by" in refusal(test)
    assert "What happens with a file" in headings(test)
    box = test.selectbox(key="choose-weigh")
    assert box.options == ["D · Patients"]
    box.select("D").run()
    assert not notices(test) and test.query_params["weigh"] == "D"
    assert f"All 44 STPs by {MARKER} %, mean weighted by Patients" in headings(test)
    test.selectbox(key="choose-area").select("E54000015").run()
    # (80 x 100 + 50 x 300) / 400
    assert "has 57.5: rank" in words(test) and "It is the mean of 2 rows." in words(test)
    # Rows of areas with a map of their own have nothing to be weighed.
    assert "choose-weigh" not in {box.key for box in bring(opened("your-numbers"), GOOD).selectbox}


def test_a_layer_that_rows_cannot_be_added_up_to_is_named_with_the_reason():
    boards = "ICB,Beds\n" + "".join(f"{code},{n}\n" for n, code in enumerate(blocks.names("icb24").index))
    test = bring(opened("your-numbers", to="lad24"), boards)
    (said,) = notices(test)
    assert "most ICBs of 2024 lie in several districts of 2024" in said
    assert "All 42 ICBs of 2024 by Beds" in headings(test)
    test.selectbox(key="choose-to").select("icb26").run()
    assert "All 36 ICBs of 2026 by Beds" in headings(test) and "3 rows do not lie whole" in words(test)
    assert len(test.get("download_button")) == 3 and "3 rows were divided by residents: which and how" in words(test)


def test_nothing_of_what_is_added_up_is_kept_for_other_sessions():
    rows = "".join(f"{MARKER} {n},LE1 6R{letter},5\n" for n, letter in enumerate("ABDEFGHJ"))
    test = bring(opened("your-numbers"), f"Practice,Postcode,Patients\n{rows}")
    assert "All 44 STPs by Patients" in headings(test)
    asked = [repr(key) for holding in kept.everything() for key in holding.keys]
    assert any("postcode" in said for said in asked)
    assert not any("LE1 6R" in said or MARKER in said for said in asked)
