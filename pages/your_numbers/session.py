"""What only the live page can do: take a file, and let the reader say how it is to be read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo import blocks
from lib import fit, tables
from lib.content.blocks import Code, Strong, Words
from lib.content.controls import ChooseNumber, ChooseOne, more
from lib.hosts.live import boxes
from lib.own_numbers import keys, row_kinds
from lib.own_numbers.table import MOST_BYTES, MOST_ROWS, MOST_SMALL_ROWS, Table, letter
from lib.text import capital, listed
from pages.your_numbers import file as files
from pages.your_numbers import groups, show
from pages.your_numbers.file import File, Given, Unread
from pages.your_numbers.reader import adding, columns, match, together, value_columns
from pages.your_numbers.reader.columns import Found
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.view import YourNumbersView

_PROMISE = (
    "It is never stored: it stays in the memory of this session, on no disk and in no link, and is gone when you take "
    "it away or close the tab. Do not choose files with personal data."
)
_KEPT = "It stays in the memory of this session alone until you take it away or close the tab."
_FILE, _BOX = "own-numbers-file", "own-numbers-upload"


def session(view: YourNumbersView) -> Given | None:
    """Show where a file is chosen and how it is read; return what was made of it, or None without a file."""
    file, beside = _chosen()
    if file is None:
        return None
    table = files.opened(file, view)
    if len(table.sheets) > 1:
        _sheet_box(view, table)
    if isinstance(table, Unread):
        refusal = (Strong("The file"), " ", Code(file.name), " ", Strong("cannot be shown."), f" {table.sentence}")
        return Given(file, refusal=refusal)
    given = _understood(view, file, table)
    if given.matched is not None and len(given.matched.values):
        with beside:
            _downloads(view, given.matched)
    return given


def _chosen() -> tuple[File | None, DeltaGenerator]:
    """Show the box for a file.

    Returns
    -------
    File or None
        The file that is in it, or that was before another page was looked at.
    DeltaGenerator
        The row below it, for what can be done with the file.
    """
    with st.container(key="not-on-paper-upload"):
        chosen = st.file_uploader(
            f"A CSV file or an Excel workbook (.xlsx), up to {MOST_BYTES >> 20} MB and {MOST_ROWS:,} rows "
            f"({MOST_SMALL_ROWS:,} of postcodes or LSOAs)",
            key=_BOX,
            on_change=_taken_away,
        )
        if chosen is not None:
            _take(chosen)
        file = st.session_state.get(_FILE)
        if file is not None and chosen is None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"Still open from before: {file.name}")
                st.button("Forget it", on_click=_forget, key="own-numbers-forget")
        # Once a file is there, the map is wanted in the first screen.
        beside = st.container(horizontal=True, vertical_alignment="center")
        beside.caption(_PROMISE if file is None else _KEPT, width="stretch")
    return file, beside


def _taken_away() -> None:
    """Forget the file that was taken out of the box; on another page the box is empty, too, and the file stays."""
    if st.session_state[_BOX] is None:
        _forget()


def _take(chosen: UploadedFile) -> None:
    """Keep what is in the box for this session.

    On every run, not only when the box changed: one file in place of another
    is two changes within a moment, and a run that is overtaken may end before
    it said what has changed.
    """
    last = st.session_state.get(_FILE)
    if last is None or last.upload != chosen.file_id:
        st.session_state[_FILE] = File(chosen.name, chosen.getvalue(), chosen.file_id)


def _forget() -> None:
    st.session_state.pop(_FILE, None)


def _sheet_box(view: YourNumbersView, table: Table | Unread) -> None:
    """Let the reader say which sheet is meant."""
    sheets = {(n + 1.0 if n else 0.0): name for n, name in enumerate(table.sheets)}
    place = table.sheet if isinstance(table, Table) else files.sheet(view) or 0
    choice = place + 1.0 if 0 < place < len(sheets) else 0.0
    boxes.row(replace(view, sheet=choice), [ChooseOne("sheet", "Sheet", sheets, width=300, adopt=_on_sheet)])


def _on_sheet(view: YourNumbersView, sheet: float) -> YourNumbersView:
    return replace(view, sheet=sheet, head=None, key=None, values=None, layer=keys.AUTO)


def _understood(view: YourNumbersView, file: File, table: Table) -> Given:
    """Show how the table is read, with boxes to change it; return what came of it."""
    given = Given(file, table)
    asked = (view.sheet, view.head, view.layer, view.key)
    layer = None if view.layer == keys.AUTO else view.layer
    key, values = files.column(table, view.key), files.column(table, view.values)
    key_column = file.keep("columns", asked, partial(columns.find, table, layer, key))
    if key_column is None or key_column.doubtful:
        _key_box(view, table)
        return replace(
            given, columns=key_column, refusal=_no_areas(table) if key_column is None else _doubtful(key_column)
        )
    to = files.target(view, key_column.layer)
    adds = to != key_column.layer
    weight = files.column(table, view.weigh) if adds else None
    look = partial(value_columns.measures, table, key_column.column, key_column.layer)
    measures = file.keep("measures", (*asked, key_column.column), look)
    guess = partial(_first_shown, table, [place for place in measures if place != weight], adds and weight is None)
    value_column = file.keep("values", (*asked, adds, weight), guess) if values in (None, key_column.column) else values
    weight = None if weight in (key_column.column, value_column) else weight
    given = replace(given, columns=key_column, hint="" if view.together == "yes" else _hint(key_column))
    boxes_shown = partial(_boxes, view, table, key_column, value_column, measures if adds else ())
    if value_column is None:
        boxes_shown()
        return replace(given, refusal=_no_numbers(table, key_column.column))
    count = partial(together.why_no_count, table, value_column)
    if adds and weight is None and (why := file.keep("no count", (*asked, value_column), count)):
        boxes_shown()
        return replace(
            given, refusal=(Strong("Not added up."), adding.why_not(table, key_column.layer, to, value_column, why))
        )
    summed = view.together == "yes"
    if adds:
        held = partial(
            adding.add_up, table, key_column.layer, to, (key_column.column, value_column), weight, key is not None
        )
    else:
        held = partial(match.match, table, to, key_column.column, value_column, key is not None, summed)
    matched = file.keep(
        "matched", (*asked, key_column.layer, key_column.column, value_column, summed, to, weight), held
    )
    boxes_shown(offered=summed or any(offer.layer == key_column.layer for offer in matched.offers))
    return replace(given, matched=matched)


def _first_shown(table: Table, measures: Sequence[int], counts: bool) -> int | None:
    """Return the column to show first: where numbers are summed, the first that may be."""
    may_be = (place for place in measures if not (counts and together.why_no_count(table, place)))
    return next(may_be, next(iter(measures), None))


def _no_areas(table: Table) -> Words:
    more = " and more" if len(table.head) > 12 else ""
    return (
        Strong("No column names areas."),
        " One column must have codes or names of STPs, CCGs, councils or districts of April 2017, of boards or "
        "constituencies, or postcodes or codes of LSOAs. The file has these columns: "
        f"{listed(list(table.head[:12]))}{more}. Whole numbers are footprint numbers only under a heading "
        "that says so, such as “Footprint number”. Choose the column if one of them names areas all the same; below "
        "are files to fill in.",
    )


def _doubtful(key_column: Found) -> Words:
    return Strong("The keys do not fit."), f" {key_column.doubtful} Choose the column if they are meant."


def _hint(key_column: Found) -> str:
    more = max(key_column.by_layer, key=key_column.by_layer.__getitem__, default=key_column.layer)
    if key_column.by_layer.get(more, 0) <= key_column.areas:
        return ""
    taken, others = (
        f"{key_column.by_layer.get(kind, 0):,} {row_kinds.many(kind)}" for kind in (key_column.layer, more)
    )
    return f"The file names {taken}, but {others}: choose them under “Rows are” if those are meant."


def _no_numbers(table: Table, key: int) -> Words:
    """Say why no column is shown, what is nearest to one, and what to do that can be done."""
    why = "".join(f"{sentence} " for sentence in value_columns.why_none(table, key))
    how = "Choose one under “Numbers” if it is meant, or add" if len(table.head) > 1 else "Add"
    return Strong("No column was found with numbers to show."), f" {why}{how} one to the file and choose it again."


def _head_box(table: Table) -> ChooseOne:
    """Let the reader say which row of the file holds the headings."""
    rows = {number: f"Row {number}: {words}" for number, words in table.head_rows.items()}
    return ChooseOne("head", "Headings", rows | {0: "No headings: columns go by letters"}, width=200)


def _key_box(view: YourNumbersView, table: Table) -> None:
    """Let the reader say which column names areas."""
    names = _lettered(table)
    key = ChooseOne("key", "Areas stand in column", names, "Choose a column", width=300)
    with st.container(key="filters"):
        boxes.row(replace(view, head=table.head_row), [_head_box(table), key])


def _lettered(table: Table) -> dict[str, str]:
    return {letter(n): f"{letter(n)} · {name}" for n, name in enumerate(table.head)}


def _boxes(
    view: YourNumbersView,
    table: Table,
    key_column: Found,
    value_column: int | None,
    weights: Sequence[int],
    offered: bool = False,
) -> None:
    """Show how a table is read; `weights` are columns to weigh by, `offered` says if areas can be put together."""
    key, names, to = letter(key_column.column), _lettered(table), files.target(view, key_column.layer)
    areas, one = dict(blocks.names(to)), keys.an(blocks.layer(to).one)
    usual = groups.partner(keys.AUTO, to)
    others = {keys.AUTO: f"{capital(row_kinds.many(usual))}, as usual"}
    others |= {name: words for name, words in fit.choices().items() if name not in (to, usual)}
    numbers = {column: name for column, name in names.items() if column != key}
    read_as = replace(
        view,
        head=table.head_row,
        layer=key_column.layer,
        key=key,
        values=None if value_column is None else letter(value_column),
        to=to,
        weigh=view.weigh if view.weigh in {letter(place) for place in weights} else None,
        area=files.area(view, to),
        partner=view.partner if view.partner in others else keys.AUTO,
    )
    sums = {"no": "No", "yes": "Yes: counts are summed"}
    together_box = ChooseOne("together", "Put areas of other years together", sums, width=260)
    weighs = {letter(place): names[letter(place)] for place in weights if place != value_column}
    weigh_box = ChooseOne("weigh", "Weigh by", weighs, "Nothing, sums", width=220)
    unfolded = [
        _head_box(table),
        ChooseOne("layer", "Rows are", _kinds(key_column), width=250),
        ChooseOne("key", "Areas stand in column", names, width=200),
        ChooseOne("values", "Numbers", numbers, "Choose a column", width=240),
        _target_box(key_column),
        *([weigh_box] if weighs else []),
        ChooseOne("area", f"Open {one}", areas, "Choose or type a name", width=240),
    ]
    folded = [
        *([together_box] if offered else []),
        ChooseOne("partner", "Fit held against", others, width=180),
        ChooseNumber("tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=240),
    ]
    with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        for control in unfolded:
            boxes.box(read_as, control)
        # It keeps its place when its words change, and so stays open under a reader's hand.
        with st.popover(more(read_as, folded)):
            for control in folded:
                boxes.box(read_as, control)


def _kinds(key_column: Found) -> dict[str, str]:
    """Return what rows may be of: what the file names, and areas of 2017."""
    kinds = [
        kind for kind in row_kinds.KINDS if kind in (*keys.LAYERS, key_column.layer) or key_column.by_layer.get(kind)
    ]
    named = {kind: f"{key_column.by_layer[kind]:,}" if key_column.by_layer.get(kind) else "none" for kind in kinds}
    return {kind: f"{capital(row_kinds.many(kind))} ({named[kind]})" for kind in kinds}


def _target_box(key_column: Found) -> ChooseOne:
    """Let the reader say for which areas the numbers are shown."""
    words = {layer: fit.choices()[layer] for layer in row_kinds.layers(key_column.layer)}
    if key_column.layer in words:
        words[key_column.layer] += ", as they are"
    grouped = {name: tuple(one for one in group if one in words) for name, group in blocks.GROUPS.items()}
    return ChooseOne("to", "Add up to", words, width=240, groups=grouped)


def _downloads(view: YourNumbersView, matched: Matched) -> None:
    """Offer what was made of the file: no address has it."""
    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        "Ranking (CSV)": (
            f"your-numbers-{matched.layer}.csv",
            lambda: tables.csv(show.ranking(matched), decimals=None),
        ),
        "By rating, lead type and fit (CSV)": ("your-numbers-by-class.csv", lambda: _by_class(view, matched)),
    }
    if matched.added is not None and len(divided := matched.added.divided):
        made["Rows divided (CSV)"] = ("your-numbers-divided.csv", lambda: tables.csv(divided, decimals=None))
    if len(matched.left_out):
        made["Rows not used (CSV)"] = ("your-numbers-not-used.csv", lambda: tables.csv(matched.left_out, decimals=None))
    with st.popover("Take your numbers along", key="own-downloads"):
        for label, (name, content) in made.items():
            st.download_button(label, content, name, "text/csv", on_click="ignore", key=f"download-{name}")


def _by_class(view: YourNumbersView, matched: Matched) -> bytes:
    partner = groups.partner(view.partner, matched.layer)
    return tables.csv(groups.download(matched, partner, view.tolerance), decimals=None)
