"""Where NHS Digital's published list of partners and the geography disagree on councils."""

from geo import kept
from lib import councils
from lib.content.blocks import Column, Prose, Table

_COLUMNS = (
    Column("council", "Council"),
    Column("stp", "STP"),
    Column("difference", "Difference", note="What geography and list say of the pair."),
    Column("residents", "Residents", "count", note="Of the council, in an STP in which it is not listed; mid-2017."),
    Column("share_of_council", "Share of the council", "share", note="These residents by all of the council."),
)


@kept.once
def differences() -> tuple[Prose, Table]:
    """Return in how many pairs of council and STP the list agrees with where residents live, and the others."""
    table = councils.differences()
    pairs = councils.pairs_listed()
    words = (
        f"NHS Digital's partner list (edition of April 2019) agrees with where residents live for "
        f"{pairs - len(table)} of {pairs} pairs of council and STP. The other {len(table)}:"
    )
    rows = tuple(
        (council, stp, difference, residents, share / 100)
        for council, stp, difference, residents, share in table.itertuples(index=False, name=None)
    )
    return Prose(words), Table("partner_list", "Differences", _COLUMNS, rows, file_name="partner-list-differences")
