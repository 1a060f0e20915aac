"""Pieces of the page on a reader's own numbers.

The file stays in the reader's session: in no cache that sessions share, on no
disk and in no link.
"""

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from geo import blocks
from lib import catalogue, charts, fit, glossary, maps, panels, tables, themes, views, widgets
from lib.own_numbers import columns, examples, groups, keys, match, numbers, read, show, strips
from lib.own_numbers.match import Matched
from lib.own_numbers.table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Table, UnreadableError, letter, place
from lib.text import counted, escaped, listed, quoted

View = views.YourNumbersView
_FILE = "own-numbers-file"
_NAMES = {name: blocks.layer(name).many for name in keys.LAYERS}
_TITLES = {
    "rating": "By rating of the STP, July 2017",
    "lead": "By lead type of the STP",
    "fit": "By fit",
}


@dataclass(frozen=True)
class _Refused:
    """Why a file cannot be shown, and the sheets of it if it is a workbook."""

    sentence: str
    sheets: tuple[str, ...]


@dataclass
class _File:
    """A reader's file with what was last made of it, so that a click does not read it again."""

    name: str
    content: bytes
    number: int
    made: dict[str, tuple[Any, Any]]

    def keep(self, what: str, asked: tuple, make: partial) -> Any:
        """Return what was made for the same question last time, or make it."""
        if self.made.get(what, (None,))[0] != asked:
            self.made[what] = (asked, make())
        return self.made[what][1]


def _taken(key: str) -> None:
    """Keep the file that was chosen for this session, or forget the one that was taken away."""
    chosen, last = st.session_state[key], st.session_state.get(_FILE)
    if chosen is None:
        st.session_state.pop(_FILE, None)
    else:
        number = last.number + 1 if last else 1
        st.session_state[_FILE] = _File(chosen.name, chosen.getvalue(), number, {})


def _forget() -> None:
    st.session_state.pop(_FILE, None)


def file_box(view: View) -> Table | None:
    """Show where a file is chosen; return its table, or say why there is none."""
    key = "own-numbers-upload"
    with st.container(key="upload"):
        chosen = st.file_uploader(
            f"A CSV file or an Excel workbook (.xlsx), up to {MOST_BYTES >> 20} MB and {MOST_ROWS:,} rows",
            key=key,
            on_change=_taken,
            args=(key,),
        )
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
        found = file.keep("table", (view.sheet,), partial(_table, file.content, int(view.sheet) - 1))
        if len(found.sheets) > 1:
            sheets = {n + 1.0: name for n, name in enumerate(found.sheets)}
            current = replace(view, sheet=view.sheet if view.sheet in sheets else 1.0)
            widgets.choose_one(current, "sheet", "Sheet", sheets, width=300, adopt=_on_sheet)
        if isinstance(found, Table):
            return found
    with st.container(key="refusal"):
        st.error(f"**The file {quoted(file.name)} cannot be shown.** {escaped(found.sentence)}")
    return None


def _table(content: bytes, sheet: int) -> Table | _Refused:
    try:
        return read.read(content, sheet)
    except UnreadableError as error:
        return _Refused(str(error), error.sheets)


def _on_sheet(view: View, sheet: float) -> View:
    return replace(view, sheet=sheet, key=None, values=None, layer=keys.AUTO)


def choices(view: View, table: Table) -> Matched | None:
    """Show how the table is understood, with boxes to change it; return the matched numbers."""
    file = st.session_state[_FILE]
    asked = (view.sheet, view.layer, view.key)
    layer = None if view.layer == keys.AUTO else view.layer
    key, values = _column(table, view.key), _column(table, view.values)
    found = file.keep("columns", asked, partial(columns.find, table, layer, key))
    if found is None:
        with st.container(key="refusal"):
            st.error(
                "**No column names areas.** One column must have codes or names of STPs, CCGs, councils or districts "
                f"of April 2017. The file has these columns: {listed([escaped(name) for name in table.head[:12]])}"
                f"{' and more' if len(table.head) > 12 else ''}. Below are files to fill in."
            )
        return None
    guess = partial(columns.likely_values, table, found.column, found.layer)
    shown = file.keep("values", (*asked, found.column), guess) if values in (None, found.column) else values
    _boxes(view, table, found, shown)
    if shown is None:
        with st.container(key="refusal"):
            st.error(
                "**No column has numbers.** Choose one under “Numbers”, or add one to the file and choose it again."
            )
        return None
    held = partial(match.match, table, found.layer, found.column, shown)
    return file.keep("matched", (*asked, found.layer, found.column, shown), held)


def misfits(view: View, table: Table | None) -> list[str]:
    """Return what the link asks of the file that it does not have, and what is shown instead."""
    if table is None:
        return []
    said = []
    if view.sheet > max(len(table.sheets), 1):
        has = counted(len(table.sheets), "sheet") if table.sheets else "no sheets"
        said.append(f"`sheet`: the file has {has}; the first is shown.")
    for name in ("key", "values"):
        letters = getattr(view, name)
        if letters and place(letters) >= len(table.head):
            said.append(f"`{name}`: the file has no column {letters}; another one is taken.")
    return said


def _column(table: Table, letters: str | None) -> int | None:
    """Return the place of a column that the link names, if the file has it."""
    column = place(letters) if letters else None
    return column if column is not None and column < len(table.head) else None


def _boxes(view: View, table: Table, found: columns.Found, shown: int | None) -> None:
    key = letter(found.column)
    effective = replace(view, layer=found.layer, key=key, values=None if shown is None else letter(shown))
    names = {letter(n): f"{letter(n)} · {name}" for n, name in enumerate(table.head)}
    with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {name: f"{many[0].upper()}{many[1:]} ({_named(found, name)})" for name, many in _NAMES.items()}
        widgets.choose_one(effective, "layer", "Areas are", kinds, width=230)
        widgets.choose_one(effective, "key", "Areas stand in column", names, width=230)
        others = {column: name for column, name in names.items() if column != key}
        widgets.choose_one(effective, "values", "Numbers", others, placeholder="Choose a column", width=300)
        areas = dict(blocks.names(found.layer))
        chosen = replace(effective, area=view.area if view.area in areas else None)
        one = blocks.layer(found.layer).one
        widgets.choose_one(
            chosen, "area", f"Open {keys.an(one)}", areas, placeholder="Choose or type a name", width=300
        )


def _named(found: columns.Found, layer: str) -> str:
    many = found.by_layer.get(layer, 0)
    return f"{many} named" if many else "none named"


def report(table: Table, found: Matched) -> None:
    """Say how the file was read, how many rows were used, and which were not and why."""
    with st.container(key="report"):
        st.markdown(f"**{escaped(found.sentence())}** {escaped(' '.join(table.notes))}")
        for said in found.notices:
            st.markdown(escaped(said))
        if len(found.left_out):
            many = counted(len(found.left_out), "row was", "rows were")
            with st.expander(f"{many} not used: which and why", expanded=len(found.left_out) <= 12):
                widgets.table_with_download(found.left_out, "your-numbers-not-used.csv")


def the_map(view: View, found: Matched) -> None:
    """Show the values on the map."""
    file = st.session_state[_FILE]
    theme = file.keep("theme", (found,), partial(show.theme, found))
    area = view.area if view.area in theme.names else None
    with st.container(key="map"):
        panels.legend(theme, theme.keys)
        with st.container(key="map-frame"):
            widgets.clickable_map(
                "map-of-your-numbers",
                draw=lambda marked: maps.national(theme, theme.keys, selected=marked),
                options=(file.number, view.sheet, found.layer, found.title, tuple(found.values.items())),
                selected=area,
                on_choice=lambda code: widgets.change(View, area=code),
                alt=themes.described(theme, theme.keys),
            )
    gaps = {"stp17": "Striped areas have no value."}.get(found.layer, "Grey areas have no value.")
    st.caption(f"Up to five classes with about as many areas each. {gaps if len(found.gaps) else ''}")


def panel(view: View, found: Matched) -> None:
    """Show the chosen area, or what the values are like."""
    names = blocks.names(found.layer)
    if view.area not in names.index:
        st.header(escaped(found.title))
        st.markdown(escaped(show.summary(found)))
        st.markdown("Choose an area on the map, in the box or in the table to see its value and rank.")
        ends = show.ends(found)
        st.table(ends.map(escaped), hide_index=True, border="horizontal")
        return
    st.header(names[view.area])
    st.markdown(f"{escaped(found.title)}: {escaped(show.place(found, view.area))}")
    home = catalogue.footprints()[show.homes(found.layer)[view.area]]
    if found.layer != "stp17":
        most = "It lies in the STP" if found.layer == "ccg17" else "Most of its residents live in the STP"
        st.markdown(f"{most} {escaped(home.name)}.")
    st.markdown(
        f"Rating of the STP, July 2017: **{catalogue.rating_words(home)}**  \n"
        f"Lead type of the STP: **{catalogue.LEAD_TYPES[home.lead.kind]}**"
    )
    if found.layer == "council17":
        widgets.link_to(views.CouncilView(view.area), "Whom this council has to deal with")
    widgets.link_to(views.FootprintView(home.code), f"Everything about {home.name}")


def ranking(found: Matched) -> None:
    """Show all areas from the greatest value to the least."""
    file = st.session_state[_FILE]
    form = "localized" if not found.decimals else f"%.{found.decimals}f"
    with st.container(key="table"):
        widgets.selectable_table(
            show.ranking(found),
            key=f"table-{file.number}-{found.layer}-{len(found.values)}",
            file_name=f"your-numbers-{found.layer}.csv",
            on_choice=lambda code: widgets.change(View, area=code),
            formats={show.value_head(found): form},
        )


def crossed(view: View, found: Matched) -> None:
    """Show the values by rating, lead type and fit."""
    partner = _partner(view, found.layer)
    st.markdown(escaped(groups.attribution(found.layer)))
    st.caption(
        "Groups of a few areas differ by chance alone; a difference here is a question to ask, not a cause. Dark lines "
        "are medians."
    )
    left, right = st.columns(2, gap="large")
    with left:
        _group(found, "rating", groups.groups(found, "rating"))
    with right:
        _group(found, "lead", groups.groups(found, "lead"))
    st.subheader(f"By fit with {blocks.layer(partner).many}")
    st.markdown(f"How {glossary.explained('coterminous', 'coterminous')} each area is, counted in residents.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        effective = replace(view, partner=partner)
        others = {name: blocks.layer(name).many for name in fit.LAYERS if name != found.layer}
        others = {name: f"{many[0].upper()}{many[1:]}" for name, many in others.items()}
        widgets.choose_one(effective, "partner", "Held against", others, width=180)
        widgets.choose_number(effective, "tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=240)
    left, right = st.columns(2, gap="large")
    with left:
        _group(found, "fit", groups.groups(found, "fit", partner, view.tolerance), heading=False)
    with right:
        widgets.link_to(
            views.CoterminosityView(a=found.layer, b=partner, tolerance=view.tolerance), "This fit on the map"
        )
        st.download_button(
            "Download all three as CSV",
            lambda: tables.csv(groups.download(found, partner, view.tolerance)),
            "your-numbers-by-class.csv",
            "text/csv",
            on_click="ignore",
            key="download-own-by-class",
        )


def _partner(view: View, layer: str) -> str:
    if view.partner not in (keys.AUTO, layer):
        return view.partner
    return "council17" if layer == "stp17" else "stp17"


def _group(found: Matched, by: str, parts: list[groups.Group], heading: bool = True) -> None:
    if heading:
        st.subheader(_TITLES[by])
    words = {"With a value": "{:,}".format, "Without": "{:,}".format}
    write = lambda value: "–" if math.isnan(value) else found.words(value)  # noqa: E731
    words |= dict.fromkeys(("Median", "Least", "Greatest"), write)
    with st.container(key=f"by-{by}"):
        # Not widgets.small_table, which keeps what it shows for others.
        st.table(groups.table(parts).style.format(words), hide_index=True, border="horizontal")
        if widgets.part_shown() != "table":
            st.plotly_chart(
                strips.figure(found, parts),
                key=f"strips-{by}",
                config=charts.CONFIG,
                theme=None,
                alt=strips.alt(found, parts),
            )


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
    st.markdown("A file needs a head and two columns, in any order; others are left alone:")
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
