"""What is done with a file, how it is read, and files to start from."""

from lib import glossary, links
from lib.content import frames
from lib.content.blocks import Block, Column, Link, Links, Listing, Prose, Section, Strong, Table
from lib.hosts import library
from lib.own_numbers import examples
from lib.own_numbers.table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_SMALL_ROWS
from pages.your_numbers.reader import numbers

_SMALL = (Column("code", "code"), Column("name", "name"), Column("value", "value"), Column("read", "how it is read"))


def what_happens() -> tuple[Block, ...]:
    """Return what the page does with a file, a small example, and files to start from."""
    return (
        Section(
            "What happens with a file",
            (
                Listing(
                    (
                        (
                            Strong("Matched."),
                            " The column with areas is found and each row is matched to an ",
                            glossary.link("stp", "STP"),
                            ", ",
                            glossary.link("ccg", "CCG"),
                            ", council or district of April 2017, an ICB, sub-ICB location or constituency, by ONS "
                            "code, ODS code, footprint number or name; or to a postcode or LSOA. Rows that match "
                            "nothing are listed with the reason.",
                        ),
                        (
                            Strong("Added up,"),
                            " if you choose so, to any other layer, then or now; postcodes and LSOAs to STPs at once. "
                            "Counts are summed, rates only averaged by a column that you name as their weight. What "
                            "does not lie whole in one area is divided by residents and marked as an estimate.",
                        ),
                        (
                            Strong("Mapped and ranked."),
                            " Your numbers on the map, in five classes, and as a table that can be downloaded.",
                        ),
                        (
                            Strong("Cross-tabulated."),
                            " By rating, by lead type, and by how the areas fit others.",
                        ),
                    ),
                    ordered=True,
                ),
                Prose(
                    "A file needs a row of headings and two columns, in any order; lines above and other columns are "
                    "left alone:"
                ),
                Table("small", "A file that can be read", _SMALL, frames.rows(examples.small())),
                Prose(
                    f"At most {MOST_COLUMNS} columns. A link to this page keeps how a file is read and shown, not the "
                    "file: who opens the link chooses a file of their own.",
                    "caption",
                ),
                *files(),
                ways(),
            ),
            "what-happens",
        ),
    )


def files() -> tuple[Block, ...]:
    """Return an example and a file to fill in for each kind of area."""
    ways = tuple(Link(words, library.address(name)) for name, words in library.STARTS.items())
    return (
        Prose(
            (
                Strong("Files to start from"),
                ": an example that works, and all codes and names with an empty column.",
            )
        ),
        Links(ways),
    )


def ways() -> Links:
    """Return what can be done with places that have no numbers."""
    return Links((Link("Look up the areas of many places at once", links.to("lookup")),))


def method() -> Section:
    """Say how cells, keys and duplicates are read."""
    rules = (
        ("Numbers.", numbers.RULES),
        (
            "Headings.",
            "The last row above the areas that has words where the rows have numbers; ages, years and months are "
            "headings, too, if their row names no area. Groups named above it stand in front: “2016/17: Rate”. Lines "
            "above that are shown, not read. Columns that count the rows or hold years are not shown first. Hidden "
            "rows are left out; of several sheets the first is read that can be seen and names areas.",
        ),
        (
            "Areas.",
            "Codes and names of April 2017, in any case, with or without words such as council or CCG; codes of 2016 "
            "lead to those that replaced them. A name that several areas have is not guessed. A code that STPs of 2017 "
            "and ICBs of 2022 share means the same ground in both. Rows are taken for areas of another kind, for "
            "postcodes or for LSOAs where these are clearly more; “Rows are” says for which.",
        ),
        (
            "Several rows for one area.",
            "If all say the same, the value is used once. If they differ, none is used and the area is a gap: they are "
            "neither summed nor averaged.",
        ),
        (
            "Areas of other years.",
            "One that had the same ground in April 2017 is taken for it. If you ask for it, others are put together: "
            "where rows are exactly one area between them, by all its LSOAs and each once, their counts are summed. "
            "It needs a number for every part. Rates, averages and ranks are never summed; what the heading calls "
            "one, has a per cent sign or is neither whole nor money is taken for one.",
        ),
        (
            "Added up.",
            "A row counts for the area that it lies whole in; all rows of a place are summed. One that lies in several "
            "is divided by residents of mid-2017, LSOA by LSOA, and what of each value rests on that stands beside it. "
            "Layers of which most places have only a part are not offered. A postcode lies in the LSOA that the ONS "
            "list of May 2022 gives it by best fit, and with it whole in one area of each layer. An area has no value "
            "while a part of it has no number, except that of postcodes and LSOAs what the file has is summed. Under "
            "“Weigh by”, the mean of the values is weighted by another column, as patients for a rate of patients.",
        ),
        (
            "Classes.",
            "Up to five with about as many areas each; a value that most areas share is a class of its own.",
        ),
        ("Ranks", "go from the greatest value; areas with the same value share a rank."),
        (
            "Limits.",
            f"{MOST_BYTES >> 20} MB, {MOST_ROWS:,} rows ({MOST_SMALL_ROWS:,} of postcodes or LSOAs), {MOST_COLUMNS} "
            "columns. Formulas are not calculated: the value that the spreadsheet last saved counts.",
        ),
    )
    return Section(
        "How a file is read", tuple(Prose((Strong(term), f" {words}")) for term, words in rules), folded=True
    )
