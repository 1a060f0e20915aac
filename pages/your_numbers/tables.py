"""A reader's numbers in tables: what was not used, the ranking, the ends of it, and the groups."""

from dataclasses import replace
from functools import partial

from geo import blocks
from lib import charts, links
from lib.content import frames
from lib.content.blocks import Block, Chart, Column, Link, Prose, Section, Table, Words
from lib.own_numbers import keys, row_kinds
from lib.own_numbers.table import Table as Sheet
from lib.text import capital, counted, listed
from pages.your_numbers import groups, show, strips
from pages.your_numbers.file import Read
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.reader.together import Offer
from pages.your_numbers.view import YourNumbersView

# Rows that stand open, and rows that are shown at all.
_MOST_OPEN, _MOST_SHOWN = 12, 200
_MOST_NAMED = 4
_ROW = (
    Column("row", "Row", note="Number of the row in the file."),
    Column("area", "Area", note="As the file has it."),
    Column("value", "Value", note="As the file has it."),
)
_UNUSED = (*_ROW, Column("why", "Why"))
_DIVIDED = (*_ROW, Column("among", "Divided among", note="Estimates: shares of its residents of mid-2017."))


def notes(sheet: Sheet) -> tuple[Block, ...]:
    """Say how the file was read."""
    return (Prose(" ".join(sheet.notes), "caption"),) if sheet.notes else ()


def report(matched: Matched) -> tuple[Block, ...]:
    """Say what is to be known of the values; how many rows were used is the answer, see `Matched.sentence`."""
    notices = (_put_together(matched), *matched.notices) if matched.parts else matched.notices
    return tuple(Prose(sentence) for sentence in notices)


def _put_together(matched: Matched) -> str:
    names, layer, many = blocks.names(matched.layer), blocks.layer(matched.layer), len(matched.parts)
    some = [names[code] for code in list(matched.parts)[:_MOST_NAMED]]
    some += [counted(many - len(some), "other")] if many > len(some) else []
    return (
        f"{counted(many, f'{layer.one} is', f'{layer.many} are')} put together from other areas of the file, their "
        f"counts summed: {listed(some)}."
    )


def together(view: YourNumbersView, key: str, matched: Matched) -> tuple[Block, ...]:
    """Return what was put together and from what; where nothing was, what could be.

    Parameters
    ----------
    view : YourNumbersView
        What the link says.
    key : str
        Letters of the column with the areas.
    matched : Matched
        What became of the rows.
    """
    if not matched.parts:
        return tuple(Prose(_offered(view, key, matched, offer)) for offer in matched.offers)
    names, many = blocks.names(matched.layer), len(matched.parts)
    layer = blocks.layer(matched.layer)
    kinds = layer.one if many == 1 else layer.many
    rows = tuple(
        (names[code], matched.values[code].item(), listed(parts), code) for code, parts in matched.parts.items()
    )
    columns = (
        Column("area", capital(layer.one)),
        Column("value", show.value_head(matched), "number", decimals=matched.decimals),
        Column("parts", "The sum of", note="Areas of the file that are exactly this area between them."),
        Column("code", "Code", "code"),
    )
    table = Table("together", "Areas put together", columns, rows, codes=tuple(matched.parts))
    back = Link("Leave them apart", links.link(replace(view, together="no")))
    sentence = "Each is exactly the areas of the file that are named with it; their counts are summed. "
    title = f"{many} {kinds} {'was' if many == 1 else 'were'} put together from other areas: which and how"
    return (Section(title, (Prose((sentence, back)), table), "together", folded=many > _MOST_OPEN),)


def _offered(view: YourNumbersView, key: str, matched: Matched, offer: Offer) -> Words:
    """Say what could be put together, with the link that does it."""
    names, layer = blocks.names(offer.layer), blocks.layer(offer.layer)
    if offer.layer == matched.layer:
        some = [names[code] for code in offer.codes[:_MOST_NAMED]]
        more = len(offer.codes) - len(some)
        some += [counted(more, "other")] if more else []
        sentence = f"Rows of areas of other years are together exactly {listed(some)}. "
        words, to = "Put areas of other years together", replace(view, together="yes")
    else:
        many = f"{offer.areas} of the {len(names)} {layer.many}"
        sentence = f"With areas of other years, the rows are together exactly {many}. "
        words = f"Put areas of other years together as {layer.many}"
        to = replace(view, layer=offer.layer, key=key, together="yes", to=keys.AUTO, area=None)
    if matched.no_count:
        return f"{sentence}But {matched.title} is not summed, since {matched.no_count}: choose a column with counts."
    return sentence, Link(words, links.link(to)), ": counts are summed. Rates must not be."


def unused(matched: Matched) -> tuple[Block, ...]:
    """Return which rows were not used, and why."""
    many = len(matched.left_out)
    if not many:
        return ()
    rows = frames.rows(matched.left_out.head(_MOST_SHOWN))
    more = f"The first {_MOST_SHOWN} of {many:,}; the download has all." if many > _MOST_SHOWN else ""
    table = Table("not-used", "Rows that were not used", _UNUSED, rows, caption=more)
    title = f"{counted(many, 'row was', 'rows were')} not used: which and why"
    return (Section(title, (table,), "not-used", folded=many > _MOST_OPEN),)


def divided(matched: Matched) -> tuple[Block, ...]:
    """Return which rows were divided, and among what."""
    if matched.added is None or not len(rows := matched.added.divided):
        return ()
    more = f"The first {_MOST_SHOWN} of {len(rows):,}; the download has all." if len(rows) > _MOST_SHOWN else ""
    table = Table("divided", "Rows that were divided", _DIVIDED, frames.rows(rows.head(_MOST_SHOWN)), caption=more)
    title = f"{counted(len(rows), 'row was', 'rows were')} divided by residents: which and how"
    return (Section(title, (table,), "divided", folded=len(rows) > _MOST_OPEN),)


def ranking(view: YourNumbersView, matched: Matched) -> Table:
    """Return all areas from the greatest value to the least."""
    table = show.ranking(matched)
    value = Column("value", show.value_head(matched), "number", decimals=matched.decimals)
    known = {
        "Rank": Column("rank", "Rank", "count", note="From the greatest value; the same value, the same rank."),
        show.value_head(matched): value,
        "Why no value": Column("why_no_value", "Why no value"),
        "Rows": Column("rows", "Rows", "count", note="Rows of the file in the value."),
        "Estimated share": Column(
            "estimated",
            "Estimated share",
            "share",
            note="By rows that do not lie whole in one area and were divided by residents of mid-2017.",
            in_file_only=matched.added is None or not len(matched.added.divided),
        ),
        "How exact": Column("how_exact", "How exact", in_file_only=True),
        # Above it stands a table with these alone.
        "Sum of": Column("sum_of", "Sum of", note="Areas of the file that are put together.", in_file_only=True),
        "Code": Column("code", "Code", "code"),
    }
    keys = iter(("area", "stp", "rating", "lead_type") if matched.layer != "stp17" else ("area", "rating", "lead_type"))
    columns = tuple(known[head] if head in known else Column(next(keys), head) for head in table)
    codes = tuple(table["Code"])
    ways = tuple(links.link(replace(view, area=code)) for code in codes)
    many = row_kinds.many(matched.layer)
    chosen = frozenset({view.area} if view.area else ())
    return Table("ranking", f"{capital(many)} by value", columns, frames.rows(table), ways, codes, chosen=chosen)


def ends(matched: Matched) -> Table:
    """Return the areas with the greatest and the least values."""
    table = show.ends(matched)
    rank, area, value = table.columns
    columns = (Column("rank", rank, "count"), Column("area", area), Column("value", value, "number"))
    # The rank stands first, the area names the row.
    rows = tuple((name, place, words) for place, name, words in frames.rows(table))
    return Table("ends", "The greatest and the least", (columns[1], columns[0], columns[2]), rows)


def group(read: Read, by: str, partner: str = "", tolerance: float = 0.0) -> tuple[Block, ...]:
    """Return the values in groups: a table, and a strip of dots for each."""
    matched, asked = read.matched, (read.matched, partner, tolerance)
    parts = read.file.keep(f"groups-{by}", asked, partial(groups.groups, matched, by, partner, tolerance))
    figure = read.file.keep(f"strips-{by}", asked, partial(strips.figure, matched, parts))
    columns = (
        Column("class", "Class"),
        Column("with_a_value", "With a value", "count"),
        Column("without", "Without", "count"),
        *(Column(name.lower(), name, "number") for name in ("Median", "Least", "Greatest")),
    )
    table = Table(
        f"by-{by}",
        "Values by class",
        columns,
        groups.in_words(matched, parts),
        swatches=tuple(part.category for part in parts),
    )
    return table, Chart(f"strips-{by}", partial(charts.data, figure), strips.alt(matched, parts), figure.layout.height)
