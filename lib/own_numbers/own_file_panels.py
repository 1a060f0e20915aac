"""A reader's file on a page: chosen, kept for the session, read, and how it is understood.

The file stays in the reader's session: in no cache that sessions share, on no
disk and in no link.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo import blocks
from lib import glossary, views, widgets
from lib.own_numbers import columns, examples, keys, match, numbers, read, value_columns
from lib.own_numbers.match import Matched
from lib.own_numbers.table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Table, UnreadableError, letter, place
from lib.text import counted, escaped, listed, quoted

View = views.YourNumbersView
_FILE = "own-numbers-file"
_NAMES = {name: blocks.layer(name).many for name in keys.LAYERS}


@dataclass(frozen=True)
class _Refused:
    """Why a file cannot be shown, and the sheets of it if it is a workbook."""

    sentence: str
    sheets: tuple[str, ...]


@dataclass
class File:
    """A reader's file with what was last made of it, so that a click does not read it again."""

    name: str
    content: bytes
    upload: str
    made: dict[str, tuple[Any, Any]]

    def keep(self, what: str, asked: tuple, make: partial) -> Any:
        """Return what was made for the same question last time, or make it."""
        if self.made.get(what, (None,))[0] != asked:
            self.made[what] = (asked, make())
        return self.made[what][1]


def kept() -> File:
    """Return the file of this session; only to be asked for after `file_box` gave a table."""
    return st.session_state[_FILE]


def _taken_away(key: str) -> None:
    """Forget the file that was taken out of the box; on another page the box is empty, too, and the file stays."""
    if st.session_state[key] is None:
        _forget()


def _take(chosen: UploadedFile) -> None:
    """Keep what is in the box for this session.

    On every run, not only when the box changed: one file in place of another
    is two changes within a moment, and a run that is overtaken may end before
    it said what has changed.
    """
    last = st.session_state.get(_FILE)
    if last is None or last.upload != chosen.file_id:
        st.session_state[_FILE] = File(chosen.name, chosen.getvalue(), chosen.file_id, {})


def _forget() -> None:
    st.session_state.pop(_FILE, None)


def file_box(view: View) -> Table | None:
    """Show where a file is chosen; return its table, or say why there is none."""
    key = "own-numbers-upload"
    with st.container(key="not-on-paper-upload"):
        chosen = st.file_uploader(
            f"A CSV file or an Excel workbook (.xlsx), up to {MOST_BYTES >> 20} MB and {MOST_ROWS:,} rows",
            key=key,
            on_change=_taken_away,
            args=(key,),
        )
        if chosen is not None:
            _take(chosen)
        st.caption(
            "It is never stored: it stays in the memory of this session, on no disk and in no link, and is gone when "
            "you take it away or close the tab. Do not choose files with personal data."
        )
        file = st.session_state.get(_FILE)
        if file is None:
            return None
        if chosen is None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"Still open from before: {quoted(file.name)}")
                st.button("Forget it", on_click=_forget, key="own-numbers-forget")
        found = file.keep("table", (view.sheet, view.head), partial(_table, file.content, _sheet(view), view.head))
        if len(found.sheets) > 1:
            _sheet_box(view, found)
        if isinstance(found, Table):
            return found
    with st.container(key="refusal"):
        st.error(f"**The file {quoted(file.name)} cannot be shown.** {escaped(found.sentence)}")
    return None


def _sheet(view: View) -> int | None:
    """Return the place of the sheet that the reader chose; None if the one that is meant is to be found."""
    return None if view.sheet == 1 else max(int(view.sheet) - 1, 0)


def _table(content: bytes, sheet: int | None, head: int | None) -> Table | _Refused:
    try:
        return read.read(content, sheet, head)
    except UnreadableError as error:
        return _Refused(str(error), error.sheets)


def _sheet_box(view: View, found: Table | _Refused) -> None:
    """Let the reader say which sheet is meant."""
    sheets = {(n + 1.0 if n else 0.0): name for n, name in enumerate(found.sheets)}
    place = found.sheet if isinstance(found, Table) else _sheet(view) or 0
    shown = place + 1.0 if 0 < place < len(sheets) else 0.0
    widgets.choose_one(replace(view, sheet=shown), "sheet", "Sheet", sheets, width=300, adopt=_on_sheet)


def _head_box(view: View, table: Table) -> None:
    """Let the reader say which row of the file holds the headings."""
    rows = {number: f"Row {number}: {words}" for number, words in table.head_rows.items()}
    options = rows | {0: "No headings: columns go by letters"}
    widgets.choose_one(replace(view, head=table.head_row), "head", "Headings", options, width=200)


def _on_sheet(view: View, sheet: float) -> View:
    return replace(view, sheet=sheet, head=None, key=None, values=None, layer=keys.AUTO)


def choices(view: View, table: Table) -> Matched | None:
    """Show how the table is understood, with boxes to change it; return the matched numbers."""
    file = kept()
    asked = (view.sheet, view.head, view.layer, view.key)
    layer = None if view.layer == keys.AUTO else view.layer
    key, values = _column(table, view.key), _column(table, view.values)
    found = file.keep("columns", asked, partial(columns.find, table, layer, key))
    if found is None:
        with st.container(key="refusal"):
            st.error(
                "**No column names areas.** One column must have codes or names of STPs, CCGs, councils or districts "
                f"of April 2017. The file has these columns: {listed([escaped(name) for name in table.head[:12]])}"
                f"{' and more' if len(table.head) > 12 else ''}. Whole numbers are footprint numbers only under a "
                "heading that says so, such as “Footprint number”. Choose the column if one of them names areas "
                "all the same; below are files to fill in."
            )
        _key_box(view, table)
        return None
    if found.doubtful:
        with st.container(key="refusal"):
            st.error(f"**The keys do not fit.** {escaped(found.doubtful)} Choose the column if they are meant.")
        _key_box(view, table)
        return None
    more = max(found.by_layer, key=found.by_layer.get, default=found.layer)
    guess = partial(value_columns.likely, table, found.column, found.layer)
    shown = file.keep("values", (*asked, found.column), guess) if values in (None, found.column) else values
    _boxes(view, table, found, shown)
    if found.by_layer.get(more, 0) > found.areas:
        said = f"The file names {found.areas} {_NAMES[found.layer]}, but {found.by_layer[more]} {_NAMES[more]}"
        st.markdown(f"{said}: choose them under “Areas are” if those are meant.")
    if shown is None:
        with st.container(key="refusal"):
            st.error(_no_numbers(table, found.column))
        return None
    held = partial(match.match, table, found.layer, found.column, shown, key is not None)
    return file.keep("matched", (*asked, found.layer, found.column, shown), held)


def _no_numbers(table: Table, key: int) -> str:
    """Say why no column is shown, what is nearest to one, and what to do that can be done."""
    why = "".join(f"{escaped(said)} " for said in value_columns.why_none(table, key))
    how = "Choose one under “Numbers” if it is meant, or add" if len(table.head) > 1 else "Add"
    return f"**No column was found with numbers to show.** {why}{how} one to the file and choose it again."


def misfits(view: View, table: Table | None) -> list[str]:
    """Return what the link asks of the file that it does not have, and what is shown instead."""
    if table is None:
        return []
    said = []
    if view.sheet > max(len(table.sheets), 1):
        has = counted(len(table.sheets), "sheet") if table.sheets else "no sheets"
        said.append(f"`sheet`: the file has {has}; the first that names areas is shown.")
    if view.head not in (None, table.head_row):
        said.append(f"`head`: row {view.head} of the file cannot be that of the headings; another one is taken.")
    for name in ("key", "values"):
        letters = getattr(view, name)
        if letters and place(letters) >= len(table.head):
            said.append(f"`{name}`: the file has no column {letters}; another one is taken.")
    return said


def _column(table: Table, letters: str | None) -> int | None:
    """Return the place of a column that the link names, if the file has it."""
    column = place(letters) if letters else None
    return column if column is not None and column < len(table.head) else None


def _key_box(view: View, table: Table) -> None:
    """Let the reader say which column names areas."""
    names = {letter(n): f"{letter(n)} · {name}" for n, name in enumerate(table.head)}
    with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        _head_box(view, table)
        widgets.choose_one(view, "key", "Areas stand in column", names, placeholder="Choose a column", width=300)


def _boxes(view: View, table: Table, found: columns.Found, shown: int | None) -> None:
    key = letter(found.column)
    effective = replace(view, layer=found.layer, key=key, values=None if shown is None else letter(shown))
    names = {letter(n): f"{letter(n)} · {name}" for n, name in enumerate(table.head)}
    with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {name: f"{many[0].upper()}{many[1:]} ({_named(found, name)})" for name, many in _NAMES.items()}
        _head_box(view, table)
        widgets.choose_one(effective, "layer", "Areas are", kinds, width=200)
        widgets.choose_one(effective, "key", "Areas stand in column", names, width=200)
        others = {column: name for column, name in names.items() if column != key}
        widgets.choose_one(effective, "values", "Numbers", others, placeholder="Choose a column", width=260)
        areas = dict(blocks.names(found.layer))
        chosen = replace(effective, area=view.area if view.area in areas else None)
        one = blocks.layer(found.layer).one
        widgets.choose_one(
            chosen, "area", f"Open {keys.an(one)}", areas, placeholder="Choose or type a name", width=260
        )


def _named(found: columns.Found, layer: str) -> str:
    many = found.by_layer.get(layer, 0)
    return f"{many} named" if many else "none named"


def explanation() -> None:
    """Show what the page does with a file, a small example, and files to start from."""
    st.header("What happens with a file")
    st.markdown(
        "1. **Matched.** The column with areas is found and each row is matched to an "
        f"{glossary.explained('stp', 'STP')}, {glossary.explained('ccg', 'CCG')}, council or district of April 2017, "
        "by ONS code, ODS code, footprint number or name. Rows that match nothing are listed with the reason.\n"
        "2. **Mapped and ranked.** Your numbers on the map, in five classes, and as a table that can be downloaded.\n"
        "3. **Cross-tabulated.** By rating, by lead type, and by how the areas fit others."
    )
    st.markdown(
        "A file needs a row of headings and two columns, in any order; lines above and other columns are left alone:"
    )
    st.table(examples.small(), hide_index=True, border="horizontal", width="content")
    st.caption(
        f"At most {MOST_COLUMNS} columns. A link to this page keeps how a file is read and shown, not the file: who "
        "opens the link chooses a file of their own."
    )
    downloads()


def downloads() -> None:
    """Offer an example and a file to fill in for each kind of area."""
    st.markdown("**Files to start from**: an example that works, and all codes and names with an empty column.")
    with st.container(horizontal=True):
        files = {"Example": ("example", examples.example)}
        files |= {f"All {many}": (name, partial(examples.template, name)) for name, many in _NAMES.items()}
        for label, (name, content) in files.items():
            st.download_button(
                label, content(), f"your-numbers-{name}.csv", "text/csv", on_click="ignore", key=f"download-own-{name}"
            )


def method() -> None:
    """Say how cells, keys and duplicates are read."""
    st.markdown(
        f"**Numbers.** {escaped(numbers.RULES)}\n\n"
        "**Headings.** The last row above the areas that has words where the rows have numbers; ages, years and "
        "months are headings, too, if their row names no area. Groups named above it stand in front: “2016/17: Rate”. "
        "Lines above that are shown, not read. Columns that count the rows or hold years are not shown first. Hidden "
        "rows are left out; of several sheets the first is read that can be seen and names areas.\n\n"
        "**Areas.** Codes and names of April 2017, in any case, with or without words such as council or CCG; codes "
        "of 2016 lead to those that replaced them. A name that several areas have is not guessed. A code that STPs of "
        "2017 and ICBs of 2022 share means the same ground in both; ICBs with another code are not on the map.\n\n"
        "**Several rows for one area.** If all say the same, the value is used once. If they differ, none is used and "
        "the area is a gap: nothing is summed or averaged.\n\n"
        "**Classes.** Up to five with about as many areas each; a value that most areas share is a class of its own. "
        "**Ranks** go from the greatest value; areas with the same value share a rank.\n\n"
        f"**Limits.** {MOST_BYTES >> 20} MB, {MOST_ROWS:,} rows, {MOST_COLUMNS} columns. Formulas are not calculated: "
        "the value that the spreadsheet last saved counts."
    )
