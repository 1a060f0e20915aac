"""Tables of the boards of April 2026."""

from dataclasses import replace

from geo import blocks, endings, sources
from lib import fit, links
from lib.content.blocks import Column, Table
from lib.facts import parliament, today
from lib.text import dated, listed
from pages.today import boards

_COUNCILS = "council24"
_RESIDENTS = "ONS mid-2017 estimates, summed from LSOAs."
_BOARDS = (
    Column("board", "ICB of April 2026"),
    Column("residents", "Residents", "count", note=_RESIDENTS),
    Column("region", "NHS region"),
    Column("predecessors", "ICBs of 2024", "count", note="How many it has residents of.", in_file_only=True),
    Column("stps", "STPs of 2017", "count", note="How many it has residents of."),
    Column("councils", "Councils of today", "count", note="How many have residents in it."),
    Column("since", "Since", note="First day of code and area.", in_file_only=True),
    Column("code", "Code", "code", note="ONS code.", in_file_only=True),
    Column("ods_code", "ODS code", "code", in_file_only=True),
)
_PARTS = (
    Column("residents", "Residents inside", "count", note=_RESIDENTS),
    Column("share_of_board", "Share of the ICB", "share"),
    Column("share_of_area", "Share of the area", "share", note="Its residents in the ICB by all its residents."),
    Column("code", "Code", "code", note="ONS code.", in_file_only=True),
)
_SPLIT = (
    Column("council", "Council"),
    Column("boards", "ICBs", note="With shares of the council's residents."),
    Column("outside", "Outside its main ICB", "share"),
    Column("residents", "Residents", "count", note=_RESIDENTS),
    Column("code", "Code", "code", note="ONS code of December 2024.", in_file_only=True),
)
_INSIDE = Column("residents", "Residents in the ICB", "count", note=f"{_RESIDENTS} Best fit: each LSOA counts whole.")
_OF_CONSTITUENCY = Column("share_of_constituency", "Share of the constituency", "share", note="Best fit.")
_MEMBERS = {column.key: column for column in parliament.IN_OFFICE if column.key != "share_of_area"} | {
    column.key: column for column in (_INSIDE, _OF_CONSTITUENCY)
}
_TO_COME = (
    Column("district", "District of today"),
    Column("new_council", "Council to come"),
    Column("vesting", "From"),
    Column("status", "Status", note="Legislated: an order is made. Announced: not yet through Parliament."),
    Column("as_of", "As of"),
    Column("note", "Note"),
    Column("source", "Source"),
)
_CLUSTERS = (
    Column("cluster", "Cluster of 2025"),
    Column("board", "ICB of 2024"),
    Column("part", "Whole or part"),
    Column("became", "ICB of April 2026", note="Empty where the ICBs go on side by side."),
    Column("date", "As of"),
    Column("source", "Source"),
)


def all_boards() -> Table:
    """Return the boards in the order of their names."""
    pieces = blocks.pieces().groupby(boards.LAYER)
    counts = {layer: pieces[layer].nunique() for layer in ("icb24", "stp17", "council24")}
    table = boards.successions().drop_duplicates("icb26cd").set_index("icb26cd")
    rows = tuple(
        (
            name,
            boards.residents()[code],
            boards.regions()[code],
            *(int(counts[layer][code]) for layer in counts),
            "1 April 2026" if code in boards.new() else "2024 or before",
            code,
            table["icb26_ods"][code],
        )
        for code, name in boards.names().items()
    )
    ways = tuple(links.to("today", board=code) for code in boards.names())
    return Table("boards", "All 36 boards", _BOARDS, rows, ways, tuple(boards.names()))


def parts(code: str, layer: str, key: str, head: str, page: str = "", field: str = "") -> Table:
    """Return how the areas of a layer lie in a board, most residents first.

    Parameters
    ----------
    code : str
        Of the board.
    layer : str
        A layer of `geo.blocks`.
    key, head : str
        Of the table, and of its first column.
    page, field : str
        Where an area of the layer has a page, its path and the parameter that takes the code.
    """
    table = fit.parts(boards.LAYER, layer, code, "population", 0.0)
    rows = tuple(
        (boards.short(row.name), int(row.weight), float(row.share_of_a), float(row.share_of_b), area)
        for area, row in zip(table.index, table.itertuples(index=False), strict=True)
    )
    ways = tuple(links.to(page, **{field: area}) for area in table.index) if page else ()
    return Table(key, head, (Column(key, head), *_PARTS), rows, ways)


def councils(code: str) -> Table:
    """Return the councils of today in a board, most residents first, each with what it was in 2017."""
    table = parts(code, _COUNCILS, "councils", "Councils of today")
    codes = [str(row[-1]) for row in table.rows]
    rows = tuple((*row[:-1], _in_2017(council), row[-1]) for row, council in zip(table.rows, codes, strict=True))
    columns = (*table.columns[:-1], Column("in_2017", "In 2017"), table.columns[-1])
    # A council has its page under the code of 2017.
    ways = tuple(links.to("council", council=today.rows(_COUNCILS, council, "council17")[0][0]) for council in codes)
    return replace(table, columns=columns, rows=rows, links=ways)


def _in_2017(council: str) -> str:
    """Return what a council of today was in 2017, and when that ended."""
    then = [code for code, *_ in today.rows(_COUNCILS, council, "council17")]
    if council in then:
        return "The same council"
    ends = {end.day for code in then if (end := endings.end("council17", code))}
    return f"{listed([blocks.names('council17')[code] for code in then])}, until {listed([*map(dated, sorted(ends))])}"


def split_councils() -> Table:
    """Return the councils of today with residents in several boards."""
    rows = []
    for code, row in boards.split_councils().iterrows():
        cut = fit.parts("council24", boards.LAYER, code, "population", 0.0)
        shares = ", ".join(f"{boards.short(part.name)} {part.share_of_a:.1%}" for part in cut.itertuples(index=False))
        rows.append((row["name"], shares, 1 - float(row["share_in_partner"]), int(row["weight"]), code))
    return Table("split-councils", "Councils of today with residents in several ICBs", _SPLIT, tuple(rows))


def members(code: str) -> Table:
    """Return the constituencies of a board with their members."""
    places = [n for n, column in enumerate(parliament.IN_OFFICE) if column.key in _MEMBERS]
    rows = tuple(tuple(row[n] for n in places) for row in parliament.in_office(boards.LAYER, code))
    return Table("members", "Members of Parliament", tuple(_MEMBERS.values()), rows)


def to_come(code: str = "") -> Table:
    """Return districts whose council is to change, of one board or of all."""
    table = boards.councils_to_come(code).fillna("")
    columns = ["lad24nm", "new_council", "vesting", "status", "source_date", "note", "source"]
    return Table("to-come", "Councils decided or announced", _TO_COME, tuple(table[columns].itertuples(False, None)))


def clusters() -> Table:
    """Return the clusters of 2025."""
    table = sources.read("icb_clusters_2025").fillna("")
    rows = tuple(
        (
            row.cluster,
            boards.short(row.icb24nm),
            row.part,
            boards.name(row.became_icb26cd) if row.became_icb26cd else "",
            row.date,
            row.source,
        )
        for row in table.itertuples()
    )
    return Table("clusters", "Clusters of ICBs, 2025", _CLUSTERS, rows)
