"""Sheets as people have them: where the headings, the areas and the numbers stand, and what is said of it."""

import csv
import io

import openpyxl
import pytest

from lib.own_numbers.table import Table, UnreadableError
from pages.your_numbers.reader import columns, match, read, value_columns
from tests.lib.own_tables import workbook

COUNCILS = ["Leicester", "Rutland", "Nottingham", "Derby", "Lincolnshire"]
RATES = [2.5, 4.0, 3.25, 8.0, 6.5]


def as_text(rows: list[list], separator: str) -> bytes:
    """Return rows as a text file."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue().encode()


WRITERS = {
    "commas": lambda rows: as_text(rows, ","),
    "semicolons": lambda rows: as_text(rows, ";"),
    "tabs": lambda rows: as_text(rows, "\t"),
    "workbook": lambda rows: workbook(("Figures", rows)),
}


@pytest.fixture(params=WRITERS.values(), ids=WRITERS)
def written(request):
    """Return what writes rows as a file, once for each kind of file."""
    return request.param


def proposed(table: Table) -> str:
    """Return the name of the column that is shown first."""
    found = columns.find(table)
    return table.head[value_columns.likely(table, found.column, found.layer)]


def values(table: Table, column: str | None = None) -> dict[str, float]:
    """Return what is read of each area: of the column that is shown first, or of one by name."""
    found = columns.find(table)
    place = table.head.index(column or proposed(table))
    return dict(match.match(table, found.layer, found.column, place).values)


CODES = ["E06000016", "E06000017", "E06000018", "E06000015", "E10000019"]
BY_RATE = dict(sorted(zip(CODES, RATES, strict=True)))


@pytest.mark.parametrize("many", [1, 4, 11])
def test_lines_of_title_and_period_are_shown_and_not_read_as_headings(written, many):
    above = [["Collected by:", "the councils"], ["Period", "Quarter 2 of 2017/18"]] * many
    table = read.read(
        written([*above, [], ["Council", "Visits", "Visits per head"], *zip(COUNCILS, range(5), RATES, strict=True)])
    )
    assert table.head == ("Council", "Visits", "Visits per head")
    assert table.head_row == 2 * many + 2 and len(table.rows) == 5
    assert "“Collected by: the councils”" in table.notes[-1]
    assert values(table, "Visits per head") == BY_RATE


def test_lines_above_a_table_as_narrow_as_they_are(written):
    above = [["Source:", "a survey"], ["Period:", "May 2017"]]
    table = read.read(written([*above, ["Council", "Score"], *map(list, zip(COUNCILS, RATES, strict=True))]))
    assert table.head == ("Council", "Score") and values(table) == BY_RATE


def test_a_title_that_names_an_area_itself_is_no_row(written):
    rows = [["Leicestershire", "2017"], ["District", "Rate"], *map(list, zip(COUNCILS, RATES, strict=True))]
    assert read.read(written(rows)).head == ("District", "Rate")


def test_a_row_of_groups_stands_in_front_of_the_names_below_it(written):
    rows = [[council, n, rate, n + 1, rate] for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True))]
    heads = [["", "Men", "", "Women", ""], ["Council", "Number", "Rate", "Number", "Rate"]]
    table = read.read(written([*heads, *rows]))
    assert table.head == ("Council", "Men: Number", "Men: Rate", "Women: Number", "Women: Rate")
    assert "Rows 1 and 2 are taken for the headings" in table.notes[-1]
    assert values(table, "Women: Rate") == BY_RATE


@pytest.mark.parametrize(
    ("above", "below", "head"),
    [
        # The names of the keys stand in the upper row, over nothing.
        (
            ["Council", "Beds", "", ""],
            ["", "All", "Free", "Rate"],
            ("Council", "Beds: All", "Beds: Free", "Beds: Rate"),
        ),
        # The lower row holds units.
        (
            ["Council", "Spend", "Beds", "Share"],
            ["", "£000s", "", "%"],
            ("Council", "Spend: £000s", "Beds", "Share: %"),
        ),
        # The lower row holds years.
        (
            ["", "Beds", "", "Share"],
            ["Council", "2015", "2016", "2016"],
            ("Council", "Beds: 2015", "Beds: 2016", "Share: 2016"),
        ),
    ],
)
def test_two_rows_of_headings_are_read_together(written, above, below, head):
    rows = [[council, n, n + 7, rate] for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True))]
    table = read.read(written([above, below, *rows]))
    assert table.head == head and values(table, head[-1]) == BY_RATE


def test_three_rows_of_headings_under_a_title(written):
    rows = [[council, n, rate] for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True))]
    heads = [["", "Hospitals"], ["", "2016/17"], ["Council", "Beds", "Rate"]]
    table = read.read(written([["Table 3: beds"], [], *heads, *rows]))
    assert table.head == ("Council", "Hospitals: 2016/17: Beds", "Hospitals: 2016/17: Rate")
    assert "“Table 3: beds”" in table.notes[-1] and table.head_row == 5


@pytest.mark.parametrize(
    "names",
    [
        ["0", "1", "2", "85+"],
        [201604, 201605, 201606, 201607],
        ["18", "25", "45", "65"],
        ["2014", "2015", "2016", "2017"],
    ],
    ids=["ages", "months", "first ages", "years"],
)
@pytest.mark.parametrize("key", ["Council", "Where they live"])
def test_numbers_are_headings_where_the_first_of_them_names_no_area(written, names, key):
    rows = [[council, n, n + 1, n + 2, rate] for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True))]
    table = read.read(written([[key, *names], *rows]))
    assert table.head == (key, *map(str, names))
    assert values(table, str(names[-1])) == BY_RATE


def test_a_file_that_begins_with_england_has_no_headings_and_one_row_more(written):
    table = read.read(written([["England", 5], *map(list, zip(COUNCILS, RATES, strict=True))]))
    assert table.head == ("Column A", "Column B") and len(table.rows) == 6
    assert values(table) == BY_RATE


def test_rows_that_match_nothing_are_not_taken_for_headings(written):
    rows = [
        ["E06000099", "Nowhere", 3],
        ["E06000098", "Elsewhere", 4],
        *map(list, zip(CODES, COUNCILS, RATES, strict=True)),
    ]
    table = read.read(written([["Code", "Name", "Score"], *rows]))
    assert table.head == ("Code", "Name", "Score") and table.numbers[0] == 2


@pytest.mark.parametrize("head", [["council", "rate"], ["ons_code", "rate"], ["authority", "per_head"]])
def test_headings_that_are_one_short_belong_one_further_to_the_right(written, head):
    rows = [[n, council, rate] for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True), start=1)]
    table = read.read(written([head, *rows]))
    assert table.head == ("Column A", *head)
    assert "taken to belong to columns B to C" in table.notes[-1]
    assert proposed(table) == head[1] and values(table) == BY_RATE


def test_keys_that_are_the_names_of_rows_leave_the_headings_one_short(written):
    table = read.read(written([["rate", "beds"], *map(list, zip(COUNCILS, RATES, range(5), strict=True))]))
    assert table.head == ("Column A", "rate", "beds") and values(table) == BY_RATE


@pytest.mark.parametrize("remark", ["provisional", "see note 3"])
def test_a_remark_beside_the_table_costs_no_row(written, remark):
    rows = [
        [council, rate, *([remark] if n % 2 else [])]
        for n, (council, rate) in enumerate(zip(COUNCILS, RATES, strict=True))
    ]
    table = read.read(written([["Council", "Rate"], *rows]))
    assert table.head == ("Council", "Rate", "Column C") and not table.too_wide
    assert "2 rows have something beside the table, in column C" in table.notes[-1]
    assert values(table) == BY_RATE


@pytest.mark.parametrize("parts", [("1", "234"), ("12", "500"), ("1", "5")])
def test_a_comma_in_a_number_is_never_read_as_two_cells(parts):
    text = "council,value\n" + "".join(f"{council},{','.join(parts)}\n" for council in COUNCILS)
    table = read.read(text.encode())
    assert table.too_wide == frozenset(range(2, 7)) and not values(table, "value")
    # Where tabs or semicolons part the cells, a comma cannot.
    assert not read.read(text.replace(",", ";").encode()).too_wide


COUNTERS = {
    "without a heading, from 0": ("", range(5)),
    "without a heading, from 1": ("", range(1, 6)),
    "without a heading, with gaps": ("", (2, 3, 7, 8, 20)),
    "FID": ("FID", (4, 2, 9, 7, 1)),
    "OBJECTID": ("OBJECTID", range(1, 6)),
    "Unnamed: 0": ("Unnamed: 0", range(5)),
    "index": ("index", range(5)),
    "with any name": ("Position", range(1, 6)),
}
PERIODS = {
    "year": ("Year", [2015, 2016, 2016, 2017, 2017]),
    "quarter": ("Quarter", [1, 2, 3, 4, 1]),
    "month": ("Month", [201704, 201705, 201706, 201707, 201708]),
    "financial year": ("Financial year", [201516, 201617, 201718, 201516, 201617]),
    "years under another name": ("Edition", [2015, 2016, 2016, 2017, 2017]),
}


@pytest.mark.parametrize(("name", "cells"), (COUNTERS | PERIODS).values(), ids=COUNTERS | PERIODS)
@pytest.mark.parametrize("first", [True, False])
def test_what_counts_rows_or_says_when_is_not_shown_first(written, name, cells, first):
    rows = [["Council", "Rate"], *map(list, zip(COUNCILS, RATES, strict=True))]
    added = [row.insert(0 if first else 1, cell) for row, cell in zip(rows, [name, *cells], strict=True)]
    assert len(added) == 6
    table = read.read(written(rows))
    assert proposed(table) == "Rate" and values(table) == BY_RATE


@pytest.mark.parametrize(("name", "cells"), [COUNTERS["FID"], COUNTERS["without a heading, from 1"], PERIODS["year"]])
def test_it_is_never_proposed_for_want_of_anything_else(written, name, cells):
    table = read.read(written([["Council", name], *map(list, zip(COUNCILS, cells, strict=True))]))
    assert value_columns.likely(table, 0, "council17") is None
    (said,) = value_columns.why_none(table, 0)
    assert "only counts the rows" in said or "says when" in said


def test_a_measure_that_happens_to_count_is_shown_where_it_is_the_only_one_or_under_a_period(written):
    table = read.read(written([["Council", "Deaths"], *map(list, zip(COUNCILS, range(5), strict=True))]))
    assert proposed(table) == "Deaths"
    table = read.read(written([["Council", "2015", "2016"], *map(list, zip(COUNCILS, range(5), RATES, strict=True))]))
    assert proposed(table) == "2015"


PERCENT = {
    "0.0%": (0.125, "12.5%"),
    '0.0"%"': (12.5, "12.5%"),
    "0.0\\%": (12.5, "12.5%"),
    '0.0" %"': (12.5, "12.5%"),
    '#,##0.0 "% of all"': (12.5, "12.5%"),
    '0.0"per cent (%)"': (12.5, "12.5%"),
    "0.0%;[Red]-0.0%": (-0.125, "-12.5%"),
    '[<1]0.0"%";0.0"%"': (12.5, "12.5%"),
    "0.0": (12.5, 12.5),
    "General": (12.5, 12.5),
    "[$£-809]#,##0": (12.5, "£12.5"),
    '"£"#,##0.0,,"m"': (1200000.0, "£1200000.0"),
}


@pytest.mark.parametrize(("form", "stored", "shown"), [(form, *cells) for form, cells in PERCENT.items()])
def test_a_number_is_multiplied_for_a_real_per_cent_sign_only(form, stored, shown):
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (["Council", "Share"], ["Leicester", stored], ["Rutland", stored]):
        book.active.append(row)
    for row in (2, 3):
        book.active.cell(row, 2).number_format = form
    book.save(content)
    table = read.read(content.getvalue())
    assert table.column(1) == [shown, shown]
    assert set(values(table).values()) == {float(str(shown).strip("£%"))}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1234,5", "12,25", "7", "1.234,5", "-3,5"], [1234.5, 12.25, 7, 1234.5, -3.5]),
        (["12,5%", "7,25 %", "*", "", "1,125%"], [12.5, 7.25, None, None, 1.125]),
        (["1234,567", "1,500", "2,500", "3,500", "4,500"], [1234.567, 1.5, 2.5, 3.5, 4.5]),
        # What can be thousands in every row is.
        (["1,234", "12,500", "7", "100,000", "1,000"], [1234, 12500, 7, 100000, 1000]),
        # One that can be nothing but a decimal point, or two commas: the others are reported, not guessed.
        (["12,5", "12.5", "7", "8", "9"], [None, 12.5, 7, 8, 9]),
        (["12,5", "1,234,567", "7", "8", "9"], [None, 1234567, 7, 8, 9]),
    ],
)
def test_decimal_commas_are_read_where_the_whole_column_shows_them(written, cells, numbers):
    table = read.read(written([["Council", "Rate"], *map(list, zip(COUNCILS, cells, strict=True))]))
    expected = {code: number for code, number in zip(CODES, numbers, strict=True) if number is not None}
    assert values(table, "Rate") == dict(sorted(expected.items()))
    converted = numbers[0] == float(numbers[0] or 0) and cells[0].replace(",", ".") in str(table.column(1)[0])
    assert any("decimal commas" in said for said in table.notes) == bool(converted)


@pytest.mark.parametrize(
    "head", [["[Council Code]", "[Rate]"], ["Councils[Code]", "[Rate]"], ["{Council}", "{Rate}"], ["[2016]", "[2017]"]]
)
def test_headings_in_brackets_are_no_json(written, head):
    table = read.read(written([head, *map(list, zip(COUNCILS, RATES, strict=True))]))
    assert table.head == tuple(head) and values(table) == BY_RATE


@pytest.mark.parametrize("said", ['{"a": 1}', '[{"a": 1}, {"a"', '{"a": 1}\n{"a": 2}', "[[1, 2], [3, 4]]", "[1, 2]"])
def test_json_is_still_called_by_its_name(said):
    with pytest.raises(UnreadableError, match="It is JSON"):
        read.read(said.encode())


def test_the_headings_are_where_the_reader_says_they_are(written):
    rows = [["Beds", "all"], ["Council", "Rate"], *map(list, zip(COUNCILS, RATES, strict=True))]
    table = read.read(written(rows), head=1)
    assert table.head == ("Beds", "all") and len(table.rows) == 6 and table.head_row == 1
    assert read.read(written(rows), head=0).head == ("Column A", "Column B")
    # A row that cannot be it, the last or none of the file, is not taken.
    assert read.read(written(rows), head=7).head_row == read.read(written(rows), head=99).head_row == 2
    assert list(table.head_rows.items())[:2] == [(1, "Beds · all"), (2, "Council · Rate")]


@pytest.mark.parametrize("mark", ["<5", "[low]", "s", "1 to 4", "*", ".."])
def test_a_column_with_many_suppressed_values_is_still_shown(written, mark):
    cells = [mark, mark, mark, mark, 6.5]
    table = read.read(written([["Council", "Rate"], *map(list, zip(COUNCILS, cells, strict=True))]))
    assert values(table) == {"E10000019": 6.5}


def test_decimals_with_a_comma_do_not_make_a_separator_of_it():
    remarks = ["", ";revised", "", "", ";revised"]
    rows = "".join(f"{code};{n},5{remark}\n" for n, (code, remark) in enumerate(zip(CODES, remarks, strict=True)))
    table = read.read(f"Code;Rate\n{rows}".encode())
    assert table.column(1) == ["0.5", "1.5", "2.5", "3.5", "4.5"]


def test_a_mark_for_a_number_that_is_kept_back_does_not_hide_decimals_with_a_comma():
    rows = "".join(f'{code},"{said}"\n' for code, said in zip(CODES, ["<5", "0,5", "1,5", "12,25"], strict=False))
    assert read.read(f"Code,Rate\n{rows}".encode()).column(1) == ["<5", "0.5", "1.5", "12.25"]
