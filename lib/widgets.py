"""Controls that pages repeat: filters that live in the URL, the clickable map, Copy link."""

import re
import weakref
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st

from lib import in_words, links, maps, tables
from lib.kept import Kept

View = TypeVar("View")
_figures = Kept(128)
# What the browser gets of a table that many ask for: kept as long as the table itself.
_sent: dict[tuple[int, frozenset], tuple[weakref.ref, pa.Table, dict[str, Any]]] = {}
_PAGE, _VIEW = "page-shown", "view-shown"
# What is carried from page to page: what means nothing need not be.
_PLAIN = re.compile(r"[A-Za-z_]{1,30}")


def current_view(page: type[View]) -> tuple[View, list[str]]:
    """Return the view that the URL names, and what could not be understood of it."""
    view, notices = links.parse(page, {name: st.query_params.get_all(name) for name in st.query_params})
    st.session_state[_PAGE], st.session_state[_VIEW] = page, view
    st.set_page_config(page_title=in_words.title(view))
    return view, notices


def shown_view() -> Any:
    """Return the view that this run shows."""
    return st.session_state[_VIEW]


def go_to(view: Any) -> None:
    """Write a view to the URL; the page shows it in the same run or the next one."""
    st.query_params.from_dict(links.query(view) | _frame_parameters())


def _frame_parameters() -> dict[str, str]:
    """Return the parameters that say how a page is framed, not what it shows."""
    said = {name: st.query_params[name] for name in links.FRAME if name in st.query_params}
    return {name: value for name, value in said.items() if _PLAIN.fullmatch(value)}


def address() -> str:
    """Return where the reader reaches the app, or nothing if the browser does not say."""
    here = urlsplit(st.context.url or "")
    if here.scheme not in ("http", "https") or not here.netloc:
        return ""
    path = here.path.removesuffix("/")
    app, _, page = path.rpartition("/")
    return f"{here.scheme}://{here.netloc}{app if links.page_at(page) else path}"


def part_shown() -> str:
    """Return which part of the page the URL asks for: ``all``, ``map`` or ``table``."""
    said = st.query_params.get("view", "all").strip().lower()
    return said if said in links.PARTS else "all"


def change(page: type, **changes: Any) -> None:
    """Go to the current view with some of its values changed."""
    view, _ = current_view(page)
    go_to(replace(view, **changes))


PAGE_FILES = {page: f"app_pages/{path.replace('-', '_') or 'map'}.py" for path, page in links.PAGES.items()}


def moved_page(path: str) -> Callable[[], None]:
    """Return a page for a path that printed links may still have: it leads to where the page is today."""

    def go() -> None:
        said = {name: st.query_params.get_all(name) for name in st.query_params}
        st.switch_page(PAGE_FILES[links.page_at(path)], query_params=said)

    go.__name__ = f"moved_{path}"
    return go


def link_to(view: Any, label: str) -> None:
    """Show a link to a view, all its parameters with it.

    A link to the page that it stands on is a button: Streamlit would show the
    new view and leave the old address.
    """
    if st.session_state.get(_PAGE) is type(view):
        key = f"go-{label}-{links.link(view)}"
        st.button(f"{label} →", key=key, type="tertiary", on_click=go_to, args=(view,))
    else:
        st.page_link(PAGE_FILES[type(view)], label=f"{label} →", query_params=links.query(view) | _frame_parameters())


def _box(view: Any, name: str, value: Any, choose: Callable[[Any], None]) -> dict[str, Any]:
    """Let a box say what the view says; return its key and what it calls when a reader chooses.

    A box that is away for one run still stands in the browser for a moment.
    The browser then repeats what it said, which Streamlit takes for a choice:
    a file that replaced another was read as the reader had read the first.
    """
    key, known = f"choose-{name}", f"known-{type(view).__name__}-{name}"
    # Set on every run: a value that was only set when different got lost on page changes.
    st.session_state[key] = st.session_state[known] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if chosen != st.session_state.get(known):
            st.session_state[known] = chosen
            choose(chosen)

    return {"key": key, "on_change": changed}


def choose_one(
    view: Any,
    name: str,
    label: str,
    options: Mapping[Any, str],
    placeholder: str | None = None,
    width: int = 220,
    adopt: Callable[[Any, Any], Any] | None = None,
) -> None:
    """Show a select box for one value of a view.

    Parameters
    ----------
    view : dataclass
        The current view.
    name : str
        Field that the box sets.
    label, placeholder : str
        Words above and in the box; with a placeholder, no choice is a choice.
    options : mapping
        Values and their words.
    width : int
        Pixels.
    adopt : callable, optional
        View and chosen value to the new view, where more than one field changes.
    """
    adopt = adopt or (lambda current, value: replace(current, **{name: value}))
    st.selectbox(
        label,
        list(options),
        format_func=options.get,
        index=None if placeholder else 0,
        placeholder=placeholder,
        width=width,
        **_box(view, name, getattr(view, name), lambda chosen: go_to(adopt(current_view(type(view))[0], chosen))),
    )


def choose_number(view: Any, name: str, label: str, most: float, step: float, unit: str, width: int = 260) -> None:
    """Show a slider from 0 for a number of a view."""
    st.slider(
        label,
        0.0,
        most,
        step=step,
        format=f"%g{unit.replace('%', '%%')}",
        width=width,
        **_box(view, name, getattr(view, name), lambda chosen: change(type(view), **{name: chosen})),
    )


def choose_some(
    view: Any, name: str, label: str, options: Mapping[str, str], placeholder: str, width: int = 220
) -> None:
    """Show a box for a filter of a view; nothing chosen means that everything passes."""

    def choose(chosen: list[str]) -> None:
        change(type(view), **{name: tuple(option for option in options if option in chosen)})

    st.multiselect(
        label,
        list(options),
        # A browser may send what is no option, or no longer one.
        format_func=lambda option: options.get(option, str(option)),
        placeholder=placeholder,
        width=width,
        **_box(view, name, list(getattr(view, name)), choose),
    )


@dataclass(frozen=True)
class Drawn:
    """What a chart in the browser shows, so that it is drawn anew only when it must be.

    Streamlit takes a changed figure for a new chart, which loses zoom and
    clicks. A click therefore leaves the figure as it is: the browser marks
    the area itself. Any other change of the selection draws it anew.

    Attributes
    ----------
    epoch : int
        Number of the drawing, part of the chart's key.
    options : tuple
        What the figure was drawn from, besides the selection.
    drawn : str or None
        Area that the figure marks.
    marked : str or None
        Area that the browser marks: `drawn`, or what was clicked since.
    """

    epoch: int = 0
    options: tuple = ()
    drawn: str | None = None
    marked: str | None = None

    def shows(self, options: tuple, selected: str | None) -> "Drawn":
        """Return the drawing that shows `selected`: this one if it already does, else the next."""
        if options == self.options and selected == self.marked:
            return self
        return Drawn(self.epoch + 1, options, selected, selected)

    def clicked(self, code: str | None) -> "Drawn":
        """Return the drawing after a click that chose `code`, or cleared the choice."""
        # A double click can leave a mark behind on a cleared map: draw it anew.
        return replace(self, marked=code) if code else replace(self, options=())


# A drag that ends on an area is no click on it, and only one area is chosen at a time.
_steady = st.components.v2.component(
    "footprints_steady_clicks",
    js="""
export default function () {
  if (window.footprintsSteady) return
  window.footprintsSteady = true
  let x = 0, y = 0
  window.addEventListener("pointerdown", (event) => { x = event.clientX; y = event.clientY }, true)
  window.addEventListener("click", (event) => {
    if (!event.target.closest?.(".js-plotly-plot .geolayer, .js-plotly-plot .draglayer")) return
    if (event.shiftKey || Math.hypot(event.clientX - x, event.clientY - y) > 4) event.stopImmediatePropagation()
  }, true)
}
""",
)


def clickable_map(
    name: str,
    draw: Callable[[str | None], go.Figure],
    options: tuple,
    selected: str | None,
    on_choice: Callable[[str | None], None],
    alt: str,
    shared: bool = False,
    height: str = "stretch",
    config: Mapping[str, Any] = maps.CONFIG,
) -> None:
    """Show a map, or a chart of dots, on which a click chooses an area.

    Parameters
    ----------
    name : str
        Name of the map in the session.
    draw : callable
        Gives the figure with an area marked.
    options : tuple
        What the figure depends on, besides the marked area.
    selected : str or None
        Code of the chosen area.
    on_choice : callable
        Called with the code that a click chose, or None.
    alt : str
        The map in words; like the figure it must not depend on the choice.
    shared : bool
        Whether everybody who asks for the same options may be shown the same
        figure: it is then drawn once. Not for what a reader brings along.
    height : str
        ``"stretch"`` to fill the container, ``"content"`` for the figure's own height.
    config : mapping
        Settings of the chart library.
    """
    if part_shown() == "table":
        return
    _steady(key=f"steady-{name}")
    memory = f"drawn-{name}"
    drawn = st.session_state.get(memory, Drawn()).shows(options, selected)
    st.session_state[memory] = drawn
    key = f"{name}-{drawn.epoch}"

    def clicked() -> None:
        code = maps.choice(st.session_state[key])
        st.session_state[memory] = st.session_state[memory].clicked(code)
        on_choice(code)

    make = partial(draw, drawn.drawn)
    st.plotly_chart(
        _figures.get((name, options, drawn.drawn), make) if shared else make(),
        key=key,
        on_select=clicked,
        selection_mode="points",
        config=config,
        theme=None,
        alt=alt,
        height=height,
    )


def small_table(table: pd.DataFrame, words: Mapping[str, Callable[[Any], str]]) -> None:
    """Show a short table without scroll bars, numbers to the right.

    Parameters
    ----------
    table : DataFrame
        Text that is not the project's own must be escaped.
    words : mapping
        How to write the numbers, by column.
    """
    written = [
        [words[name](value) if name in words else str(value) for value in table[name].tolist()] for name in table
    ]
    _small_table(table, words, [list(table.columns), *written])


@st.cache_data(show_spinner=False, max_entries=500)
def _small_table(_table: pd.DataFrame, _words: Mapping[str, Callable[[Any], str]], written: list[list[str]]) -> None:
    """Show a table, known by what is written in it: to style one takes longer than most pages."""
    st.table(_table.style.format(_words), hide_index=True, border="horizontal")


def drawer(label: str, key: str) -> AbstractContextManager | None:
    """Show what a reader can open and return its inside once it is open: what it holds is made and sent only then."""
    box = st.expander(label, key=key, on_change="rerun")
    return box if box.open else None


# A table with more rows scrolls.
_ROWS_IN_SIGHT = 10
NUMBER_FORMATS = {"localized": ("residents", "Population", "Outside partner"), "%.1f": (", %", "Deprivation")}


def _columns(table: pd.DataFrame, formats: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return how the columns of a table are shown: as `formats` says, otherwise by what their heads say."""
    config: dict[str, Any] = {table.columns[0]: st.column_config.TextColumn(pinned=True, width=180)}
    for column in table.select_dtypes("number"):
        form = next((form for form, ends in NUMBER_FORMATS.items() if any(end in column for end in ends)), None)
        form = (formats or {}).get(column, form)
        if table[column].dtype == "float64":
            config[column] = st.column_config.NumberColumn(format=form or "%.0f")
        else:
            config[column] = st.column_config.NumberColumn(format="localized")
    return config


def _shown(table: pd.DataFrame, leave_out: Collection[str] = ()) -> tuple[pa.Table, dict[str, Any]]:
    key = id(table), frozenset(leave_out)
    of, *shown = _sent.get(key, (lambda: None,))
    if of() is not table:
        on_screen = table.drop(columns=[name for name in leave_out if name in table])
        shown = [tables.sent(on_screen), _columns(on_screen)]
        _sent[key] = weakref.ref(table, lambda _: _sent.pop(key, None)), *shown
    return tuple(shown)


def table_with_download(table: pd.DataFrame, file_name: str, in_file_only: Collection[str] = ()) -> None:
    """Show a table with a button that downloads it as CSV, some columns in the file only."""
    with _grid(table, file_name):
        shown, columns = _shown(table, in_file_only)
        st.dataframe(shown, hide_index=True, placeholder="–", column_config=columns)
    _download(table, file_name, _label(table, in_file_only))


def _grid(table: pd.DataFrame, name: str) -> AbstractContextManager:
    """Return the place of a table that scrolls; a printer would cut a long one off without a word."""
    if len(table) <= _ROWS_IN_SIGHT:
        return nullcontext()
    with st.container(key=f"only-on-paper-{name}"):
        st.caption(f"The table has {len(table)} rows: see the page, or download it there.")
    return st.container(key=f"not-on-paper-{name}")


def _label(table: pd.DataFrame, in_file_only: Collection[str]) -> str:
    return f"Download as CSV, all {table.shape[1]} columns" if in_file_only else "Download as CSV"


def _download(table: pd.DataFrame, file_name: str, label: str, decimals: int | None = 4) -> None:
    # The file is made when it is asked for.
    made = partial(tables.csv, table, decimals)
    st.download_button(label, made, file_name, "text/csv", on_click="ignore", key=f"download-{file_name}")


def selectable_table(
    table: pd.DataFrame,
    key: str,
    file_name: str,
    on_choice: Callable[[str], None],
    formats: Mapping[str, str] | None = None,
    in_file_only: Collection[str] = (),
) -> None:
    """Show a table in which selecting a row chooses the area that indexes it, and a button that downloads it.

    `formats` says by column how to write numbers that their heads say nothing of, `in_file_only` which columns
    only the file has.
    """
    if formats:
        # Numbers of a reader's own keep their digits.
        shown, columns = table.reset_index(drop=True), _columns(table, formats)
    else:
        shown, columns = _shown(table, in_file_only)

    def selected() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] in range(len(table)):
            on_choice(table.index[rows[0]])

    with _grid(table, file_name):
        st.dataframe(
            shown,
            hide_index=True,
            key=key,
            on_select=selected,
            selection_mode="single-row",
            placeholder="–",
            column_config=columns,
        )
    _download(table, file_name, _label(table, in_file_only), None if formats else 4)
