"""The boards of April 2026 against the STPs of 2017, the councils of today and the constituencies of 2024."""

from dataclasses import replace

from geo import blocks
from lib import fit, links, themes
from lib.content.blocks import Block, Fact, Facts, Group, Link, Links, Listing, MapFigure, Prose, Section
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import parliament, today
from lib.figures import fit as close_ups
from lib.figures import sources
from lib.figures.national import national
from lib.text import counted, listed, percent
from pages.today import boards, tables
from pages.today.view import TodayView, cited

_SOURCES = (
    "Boards of April 2026: ODS successions of 1 April 2026 through rcpch/rcpch-nhs-organisations; ONS codes through "
    "ajdench/dmsGIS.",
    "Councils: ONS code history; orders on legislation.gov.uk.",
    *parliament.SOURCES[:1],
    "Residents: ONS mid-2017 estimates, summed from LSOAs.",
)


def _controls(view: TodayView) -> tuple[Control, ...]:
    board = ChooseOne("board", "Board", boards.names(), "Choose or type a name", width=380)
    if view.board:
        return (board,)
    return (board, ChooseOne("colour", "Colour by", boards.TITLES, width=280))


def document(view: TodayView) -> Document:
    """Return all boards, or one and what it is made of."""
    return _one(view, view.board) if view.board else _all(view)


def _all(view: TodayView) -> Document:
    fresh, total, split = len(boards.new()), len(boards.names()), len(boards.split_councils())
    before = total - fresh
    councils = len(blocks.names("council24"))
    answer = (
        f"Since 1 April 2026 {total} integrated care boards (ICBs) plan care in England: {before} have the code and "
        f"the area of 2024, {fresh} took the place of {boards.ended()}. {split} of the {councils} councils of today "
        "have residents in more than one."
    )
    return Document(
        title="Who plans care here today",
        description=answer,
        lead=answer,
        blocks=(
            Group(((_map(view),), (tables.all_boards(),)), (1, 1)),
            Prose(blocks.DERIVED, "caption"),
            Section("Councils split between boards", (tables.split_councils(),), "split"),
            Section(
                "Councils to come",
                (
                    tables.to_come(),
                    Prose(
                        "Surrey is complete and legislated. Elsewhere only districts that go whole to one council are "
                        "listed, as announced; those that are to be divided are not. No decision was found for other "
                        "areas.",
                        "caption",
                    ),
                ),
                "to-come",
                folded=True,
            ),
            Section(
                "Clusters of 2025",
                (
                    Prose(
                        "Boards of 2024 that shared their leadership. Trade press, pages of boards and one statement."
                    ),
                    tables.clusters(),
                ),
                "clusters",
                folded=True,
            ),
            Section("Sources and terms", (Listing(_SOURCES),), "terms", folded=True),
            _ways(),
        ),
        sources=_SOURCES,
    )


def _map(view: TodayView) -> MapFigure:
    theme = boards.theme(view.colour)
    drawn = national(
        theme,
        list(theme.keys),
        themes.described(theme, list(theme.keys)),
        title=f"The 36 ICBs of April 2026: {theme.title}",
        outline=boards.LAYER,
        link=links.link(replace(view, board=links.CODE)),
        source=sources.line("Areas of April 2026 derived from announced successions."),
    )
    return MapFigure(
        "boards-map",
        drawn,
        tuple(themes.legend(theme, list(theme.keys))),
        theme.title,
        "ICBs",
        "Choose a board to see what it was made of, its councils and who represents its residents.",
    )


def _one(view: TodayView, code: str) -> Document:
    name, stps = boards.name(code), fit.parts(boards.LAYER, "stp17", code, "population", 0.0)
    total = boards.residents()[code]
    plain = listed([f"{row.name} ({percent(row.share_of_a)})" for row in stps.itertuples(index=False)])
    coming = tables.to_come(code)
    return Document(
        title=name,
        about=name,
        description=f"{name}, integrated care board of April 2026: {total:,} residents; in 2017 {plain}.",
        lead=today.was(boards.LAYER, code),
        blocks=(
            Prose(_became(code)),
            Group(
                (
                    (_close_up(code),),
                    (
                        Facts(_facts(code)),
                        tables.parts(code, "stp17", "stps", "STPs of 2017", "footprint", "stp"),
                        tables.parts(code, "icb24", "predecessors", "ICBs of 2024"),
                    ),
                ),
                (45, 55),
            ),
            Prose(blocks.DERIVED, "caption"),
            Section(
                "Councils of today",
                (
                    tables.councils(code),
                    *((coming,) if coming.rows else ()),
                ),
                "councils",
            ),
            Section(
                "Who represents its residents",
                (
                    Prose(
                        "Constituencies are best fit: an LSOA counts whole for the one with most of its residents. "
                        "How many of them really live inside stands in the last column."
                    ),
                    tables.members(code),
                ),
                "members",
            ),
            Section("Sources and terms", (Listing(_SOURCES),), "terms", folded=True),
            _ways(),
        ),
        sources=_SOURCES,
    )


def _became(code: str) -> str:
    table = boards.successions()
    rows = table[table["icb26cd"] == code]
    if code not in boards.new():
        return "Code and area are those of 2024."
    predecessors = [
        f"{boards.short(row.icb24nm)}{'' if row.part == 'whole' else f' ({percent(row.share_of_predecessor)} of it)'}"
        for row in rows.itertuples()
    ]
    return (
        f"New or enlarged on 1 April 2026, out of {counted(len(predecessors), 'board', 'boards')} of 2024: "
        f"{listed(predecessors)}."
    )


def _facts(code: str) -> tuple[Fact, ...]:
    clusters = boards.clusters(code)
    return (
        Fact("residents", "Residents", boards.residents()[code], "count", detail="mid-2017"),
        Fact("region", "NHS region", boards.regions()[code], as_of="2026-04-01"),
        *((Fact("cluster", "Cluster of 2025", "; ".join(clusters)),) if clusters else ()),
    )


def _close_up(code: str) -> MapFigure:
    drawn = close_ups.close_up(boards.LAYER, "stp17", code, link=links.to("footprint", stp=links.CODE))
    return MapFigure("board", drawn, caption="The board, coloured and numbered by STP of 2017; choose one to open it.")


def _ways() -> Block:
    return Links(
        (
            Link("The map of 2017", links.to("")),
            Link("How STPs became boards, year by year", links.to("then-and-now", end="2026")),
            Link("Look up many places at once", links.to("lookup")),
            Link("All tables and their sources", links.to("sources", table="lsoa_today")),
        )
    )


PAGE = Page(
    path="today",
    name="Today",
    answers="Who plans care here today: the 36 integrated care boards of April 2026, what they were made of, their "
    "councils and Members of Parliament.",
    view=TodayView,
    document=document,
    controls=_controls,
    cited=cited,
    memberships="April 2026, derived",
    top=True,
)
