"""Whatever a reader uploads is a table or a sentence that says why not, and stays text wherever it is shown."""

import csv
import io
import json
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from lib import catalogue, tables
from lib.own_numbers.table import MOST_ROWS, UnreadableError
from pages.your_numbers import groups, show, strips
from pages.your_numbers.reader import columns, match, read, value_columns
from tests import hostile
from tests.app.test_pages import opened, written
from tests.hostile import MARK
from tests.lib import dressed_tables, own_tables
from tests.lib.content.test_html import Elements

CODES = list(catalogue.footprints())
# What would be more than letters in Markdown, HTML or a chart: with a mark, so that nothing of our own is meant.
LIVE = re.compile(
    rf"<(script|img|svg|!--|b>{MARK})|\]\(javascript:|!\[{MARK}|:red\[|(http://|www\.)example\.org|{MARK}@example|\$\\frac"
    rf"|\*\*{MARK}|`{MARK}"
)

cells = hostile.marked.map(lambda said: said[:3_000]) | st.sampled_from(
    [*CODES[:6], "1,5", "-3", "£4m", "", "1e400", "nan"]
)
grids = st.lists(st.lists(cells, max_size=6), max_size=12)
# A table that can be shown, with hostile words wherever words may stand.
showable = st.builds(
    lambda head, values, extra: [[head[0], head[1], *extra], *zip(CODES, map(str, values), strict=False)],
    st.tuples(hostile.marked.map(lambda said: said[:300]), hostile.marked.map(lambda said: said[:300])),
    st.lists(st.floats(-1e6, 1e6) | cells, min_size=3, max_size=44),
    st.lists(cells, max_size=2),
)


def as_csv(grid: list[list]) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows(grid)
    return made.getvalue().encode("utf-8", "replace")


def as_workbook(grid: list[list]) -> bytes:
    # A workbook cannot hold control characters.
    kept = [[re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", str(cell)) for cell in row] for row in grid]
    return own_tables.workbook(("Sheet", kept))


def shown(content: bytes, sheet: int = 0) -> None:
    """Read a file and make everything that the page makes of it."""
    try:
        table = read.read(content, sheet)
    except UnreadableError as error:
        assert str(error).endswith((".", "?", "!")) and len(str(error)) < 600
        return
    assert len(table.head) == len(set(table.head)) and len(table.rows) <= MOST_ROWS
    found = columns.find(table)
    if found is None or (values := value_columns.likely(table, found.column, found.layer)) is None:
        return
    matched = match.match(table, found.layer, found.column, values)
    if not len(matched.values):
        return
    for made in (show.ranking(matched), matched.left_out, groups.download(matched, "council17", 0.0)):
        heads, *rows = csv.reader(io.StringIO(tables.csv(made).decode("utf-8-sig"), newline=""))
        assert not [
            cell for row in [heads, *rows] for cell in row if cell[:1] in tuple("=@+\t\r\n＝") or cell[:2] == "-@"
        ]
    parts = groups.groups(matched, "rating")
    assert show.theme(matched) and strips.alt(matched, parts) and matched.sentence()
    assert not LIVE.search(json.dumps(strips.figure(matched, parts).to_plotly_json(), default=str))


@hostile.cases(short=150, long=4_000)
@given(
    st.binary(max_size=2_000)
    | st.builds(
        lambda start, rest: start + rest,
        st.sampled_from(
            [
                b"PK\x03\x04",
                b"\xef\xbb\xbf",
                b"\xff\xfe",
                b"\xfe\xff",
                b"sep=;\n",
                b'"',
                b"\xd0\xcf\x11\xe0",
                b"code,value\n",
                b"\0",
            ]
        ),
        st.binary(max_size=2_000),
    )
)
def test_any_bytes_are_a_table_or_a_sentence(content):
    shown(content)


@hostile.cases(short=60, long=2_000)
@given(
    grids | showable,
    st.sampled_from([as_csv, as_workbook]),
    # Places as they come: a workbook holds the time of its making, so that its length is not always the same.
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=3),
    st.floats(0, 1),
    st.sampled_from([0, 1, -1, 10**6]),
)
def test_any_table_with_any_damage_is_a_table_or_a_sentence(grid, write, damages, cut, sheet):
    content = bytearray(write(grid))
    shown(bytes(content))
    shown(bytes(content[: int(cut * len(content))]), sheet)
    for place, value in damages if content else []:
        content[place % len(content)] = value
    shown(bytes(content), sheet)


PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
BOOK = own_tables.workbook(("Sheet", [["code", "value"], *([code, 1.5] for code in CODES)]))


@hostile.cases(short=60, long=2_000)
@given(
    st.sampled_from(PARTS),
    st.lists(
        st.tuples(
            st.integers(0, 2**20),
            st.sampled_from(["", "<", ">", '"', "&", "-1", "9" * 20, "t='e'", "nan", "</row>", "\x01", "é"])
            | st.text(),
        ),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 30),
)
def test_a_workbook_with_damaged_parts_is_a_table_or_a_sentence(name, damages, gone):
    """The package is sound, so that what is in it is looked at: a spreadsheet that went wrong, or a trap."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as packed:
        part = packed.read(name).decode()
    for place, said in damages:
        part = part[: place % len(part)] + said + part[place % len(part) + gone :] or " "
    shown(own_tables.with_parts({name: part.encode("utf-8", "replace")}, BOOK))


FORMS = ("General", "0.00", '0.00"%"', "0.00\\%", "#,##0.00;[Red]-#,##0.00")


@hostile.cases(short=60, long=3_000)
@given(
    dressed_tables.tables,
    dressed_tables.dresses,
    st.sets(st.integers(0, 2), max_size=1),
    dressed_tables.marks,
    st.sampled_from([*",;\t", *FORMS]),
    st.booleans(),
    st.booleans(),
)
def test_a_table_reads_the_same_in_every_dress(table, dress, gone, mark, how, first, second):
    layer, rows = table
    values = [mark if n in gone else value for n, (_, value) in enumerate(rows)]
    lines = dressed_tables.written(dress, layer, rows, values)
    if how in FORMS:
        content = dressed_tables.as_workbook(lines, how, hidden=first, contents=second)
    else:
        content = dressed_tables.as_text(lines, how, decimal_commas=first)
    found = read.read(content)
    key = columns.find(found)
    assert (key.layer, key.areas) == (layer, len(rows)), found.notes
    shown = value_columns.likely(found, key.column, key.layer)
    assert found.head[shown].endswith(dressed_tables.MEASURE), (found.head, found.notes)
    held = match.match(found, key.layer, key.column, shown)
    expected = {code: value for n, (code, value) in enumerate(rows) if n not in gone}
    assert dict(held.values) == dict(sorted(expected.items()))
    assert len(held.left_out) == len(gone)


def live(element: object) -> bool:
    """Return whether words of a file are more than letters in an element: code, and what is escaped, is not."""
    said = element.proto.SerializeToString().decode("utf-8", "ignore")
    if element.type in ("arrow_data_frame", "dataframe", "selectbox", "download_button", "file_uploader"):
        return False
    said = re.sub(r"`[^`]*`", "", said)
    return bool(LIVE.search(re.sub(r"\\[^\w\s]", "", said)))


@hostile.cases(short=12, long=400)
@given(showable, hostile.marked.map(lambda said: re.sub(r"[/\\\x00-\x1f\ud800-\udfff]", "", said)[:80]))
def test_the_page_shows_any_file_as_text(grid, name):
    test = opened("your-numbers")
    test.file_uploader[0].set_value((f"{name}.csv", as_csv(grid), "text/csv")).run()
    assert not len(test.exception)
    shown = written(test)
    assert "<h1" in shown
    elements = Elements(shown).elements
    # The page itself has none of these, and no attribute that runs anything.
    assert not {tag for tag, _ in elements} & {"img", "script", "iframe", "svg", "object", "embed", "form", "style"}
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on")]
    assert not [found for _, found in elements if (found.get("href") or "").lower().startswith(("javascript", "data"))]
    parts = [part for part in test if getattr(part, "proto", None) is not None and part.type != "bidi_component"]
    assert [part.type for part in parts if live(part)] == []
