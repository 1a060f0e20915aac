"""Where every table comes from, how sure it is, and everything for download."""

from geo import manifest
from lib import provenance
from lib.content.blocks import Block, Code, Copyable, Link, Links, Listing, Prose, Section, Strong, Words
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import partner_list
from lib.hosts import library
from pages.sources import tables
from pages.sources.view import SourcesView, cited

_INTRODUCTION = (
    "Every table and column with its source, its date and its licence; what is not known; and all of it to take away."
)
_SECTIONS = {
    "all-tables": "All tables",
    "downloads": "Downloads",
    "how-sure-we-are": "How sure we are",
    "known-conflicts-and-gaps": "Known conflicts and gaps",
    "how-the-areas-changed": "How the areas changed",
    "method": "Method",
    "add-a-rating-or-a-lead": "Add a rating or a lead",
}
_METHOD: tuple[tuple[str, str], ...] = (
    (
        "One idea.",
        " England is 32,844 LSOAs. Every area is a group of them, so a population or a share is a sum over LSOAs; "
        "polygons are never cut for it.",
    ),
    (
        "Memberships",
        " are those of the ONS lookups of April 2017, later ones as their year says. Residents are ONS mid-2017 "
        "estimates; deprivation is the Index of Multiple Deprivation 2015, averaged over residents.",
    ),
    (
        "Outlines",
        " are dissolved from super-generalised LSOAs, cleaned and simplified as a whole, so that neighbours fit.",
    ),
    (
        "Ratings, leads and gaps",
        " come row by row from the page that the row names. What no source states is not established: it is not "
        "guessed, averaged or filled.",
    ),
    ("Version.", " It ends with a checksum over all files: as long as it stays the same, so do the numbers."),
)
_CONTRIBUTE: tuple[Words, ...] = (
    (
        "Edit ",
        Code("data/sources/stp_ratings.csv"),
        " (or ",
        Code("stp_leads.csv"),
        "): in the row of the area fill in the rating, set the evidence to ",
        Code("published"),
        ", and put the page that says so under ",
        Code("source"),
        ".",
    ),
    (
        "Run ",
        Code("python -m geo build"),
        ". It checks all tables and builds the files anew; the map then shows the area as published instead of not "
        "established.",
    ),
    "Send the change together with the page that you took the fact from.",
)
_REFUSED = "stp_ratings.csv, row 2: a rating needs a source\ngeo build: nothing was written"


def _controls(_: SourcesView) -> tuple[Control, ...]:
    titles = {name: item["title"] for name, item in provenance.tables().items()}
    return (ChooseOne("table", "Open a table", titles, "Choose or type a name", width=480),)


def document(view: SourcesView) -> Document:
    """Return the chosen table, all tables, what can be taken away, and what is in doubt."""
    opened = tables.opened(view.table) if view.table else ()
    title = provenance.tables()[view.table]["title"] if view.table else "Sources and downloads"
    return Document(
        title=title,
        description=f"{title}: where it comes from, its columns, licence and rows." if view.table else _INTRODUCTION,
        lead=(f"{_INTRODUCTION} Data version ", Strong(manifest.read()["version"]), "."),
        blocks=(
            *opened,
            Links(tuple(Link(words, f"#{key}") for key, words in _SECTIONS.items()), "On this page:"),
            _section("all-tables", tables.overview(view)),
            _section("downloads", *_downloads()),
            _section(
                "how-sure-we-are",
                tables.evidence(),
                Section("Held against the published totals", (tables.totals(),)),
            ),
            _section(
                "known-conflicts-and-gaps",
                Listing(tuple((Strong(f"{item.about}."), f" {item.says}") for item in provenance.caveats())),
                Section("Financial gaps for which another figure was printed", (tables.conflicts(),), folded=True),
                Section(
                    "Where partner list and geography disagree on councils", partner_list.differences(), folded=True
                ),
            ),
            _section(
                "how-the-areas-changed",
                Prose(
                    "44 STPs became 42 in 2018, when the three of the north-east and Cumbria were merged. CCGs merged "
                    "from year to year; in July 2022 integrated care boards took over."
                ),
                tables.changes(),
                Prose(
                    "Areas are those of April, ICBs those of July 2022; CCGs ended on 1 April. The three of 2017 are "
                    "no longer among the 207. A new code can mean a merger or a changed line; residents are those of "
                    "mid-2017.",
                    "caption",
                ),
            ),
            _section("method", Listing(tuple((Strong(term), words) for term, words in _METHOD))),
            _section(
                "add-a-rating-or-a-lead",
                Prose("Anyone can add a rating or a lead that they can source."),
                Listing(_CONTRIBUTE, ordered=True),
                Prose("A row without a source is refused, and nothing is built:"),
                Copyable(_REFUSED, "What the build says of a row without a source"),
            ),
        ),
    )


def _section(key: str, *blocks: Block) -> Section:
    return Section(_SECTIONS[key], blocks, key)


def _downloads() -> tuple[Block, ...]:
    layers = tuple(
        Links(
            tuple(
                Link(
                    f"{words.partition(':')[0]} as {label}", library.address(library.outlines_name(layer, detail, form))
                )
                for detail, words in provenance.outlines().items()
                for form, label in library.FORMATS.items()
            ),
            f"{library.layer_words(layer)}:",
        )
        for layer in library.AREA_SETS
    )
    return (
        Section(
            "Everything",
            (
                Prose(
                    "All tables, all outlines, the workbook, a dictionary of every column, licences and checksums. "
                    "Making it takes some seconds."
                ),
                Links((Link("Download all (zip)", library.address(library.archive_name())),)),
                Prose("The fact tables as an Excel workbook, with a sheet of notes."),
                Links((Link("Download workbook (Excel)", library.address(library.WORKBOOK)),)),
            ),
        ),
        Section(
            "One table",
            (
                Prose("Each table of facts and of areas as CSV, with all its columns and decimals."),
                Links(
                    tuple(
                        Link(provenance.tables()[name]["title"], library.address(f"{name}.csv"))
                        for name in provenance.readable()
                    )
                ),
            ),
            folded=True,
        ),
        Section(
            "Outlines",
            (
                *layers,
                Prose("; ".join(f"{words}" for words in provenance.outlines().values()) + ".", "caption"),
            ),
            folded=True,
        ),
        Prose(
            (
                "Software can ask for areas, overlap, fit, postcodes and facts as JSON: ",
                Link("interface for software", "/api"),
                ".",
            )
        ),
        Prose(
            "Outlines are in longitude and latitude (WGS 84), with code and name. In tables, text that a spreadsheet "
            "would take for a formula has an apostrophe before it.",
            "caption",
        ),
    )


PAGE = Page(
    path="sources",
    name="Sources",
    answers="Where every table and column comes from, what is not known, and all of it for download.",
    view=SourcesView,
    document=document,
    controls=_controls,
    cited=cited,
)
