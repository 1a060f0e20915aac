"""The rows of a reader's table held against the areas of a layer: what was used, what was not, and why."""

from collections.abc import Mapping

import pandas as pd

from geo import blocks
from geo.area_words import an
from lib.own_numbers.keys import LAYERS, numbers_are_keys, of_other_years
from lib.own_numbers.row_kinds import code_of, why_not
from lib.own_numbers.table import Table
from lib.text import counted, listed
from pages.your_numbers.reader import together
from pages.your_numbers.reader.matched import Matched, decimals, number_of, report, unit
from pages.your_numbers.reader.numbers import Number

_MOST_ROWS_NAMED = 4


def match(table: Table, layer: str, key: int, value: int, numbers: bool = False, summed: bool = False) -> Matched:
    """Hold a table against the areas of a layer.

    Parameters
    ----------
    table : Table
        What a reader brought.
    layer : str
        Kind of area.
    key, value : int
        Places of the columns with the areas and with the numbers.
    numbers : bool
        Whether the reader chose the column with the areas, so that bare
        numbers in it are footprints whatever its heading says, if nothing
        else in it names areas.
    summed : bool
        Whether counts of rows that are together exactly one area are summed.

    Returns
    -------
    Matched
        Nothing else is summed: an area with several rows has a value if all
        of them say the same, otherwise it is a gap.
    """
    cells = dict.fromkeys(table.column(key))
    numbers = numbers_are_keys(table.head[key]) or (numbers and not any(code_of(layer, cell) for cell in cells))
    known = {cell: code_of(layer, cell, numbers) for cell in cells}
    of_2017 = layer in LAYERS
    other, mistaken = of_other_years(layer, known) if of_2017 else ((), {})
    known |= dict.fromkeys(mistaken)
    no_count = together.why_no_count(table, value) or ""
    put = together.Sums()
    if summed and of_2017 and not no_count:
        put = together.sums(table, layer, (key, value), known, mistaken)
    why = {cell: why_not(layer, cell) for cell, code in known.items() if code is None} | mistaken
    by_area: dict[str, list[tuple[int, Number]]] = {}
    left_out: dict[int, str] = {}
    reasons = dict(put.gaps)
    for place, row in enumerate(table.rows):
        if place in put.used:
            continue
        code, amount = known[row[key]], number_of(table, place, value)
        if not code:
            left_out[place] = "; ".join(filter(None, (why[row[key]], put.why.get(place))))
        elif isinstance(amount, Number):
            by_area.setdefault(code, []).append((place, amount))
        else:
            left_out[place] = amount
            reasons.setdefault(code, amount)
    read, twice = _agreed(table, by_area, left_out, reasons)
    read |= put.numbers
    sign, mixed = unit(list(read.values()))
    notices = [*other, mixed]
    if summed and no_count:
        notices.append(f"Nothing is put together: the column {table.head[value]} is not summed, since {no_count}.")
    elif summed and of_2017 and not put.numbers:
        notices.append(f"Nothing is put together: no rows are together exactly {an(blocks.layer(layer).one)}.")
    if twice:
        many = f"{counted(twice, 'row repeats', 'rows repeat')} an area with the same value"
        notices.append(f"{many}; the value is used once.")
    if sum(why.startswith("duplicate") for why in left_out.values()) > len(table.rows) / 2:
        notices.append(
            "Most areas have several rows with different values, one a year or one a group perhaps. Nothing is summed: "
            "keep one row for each area, and choose the file again."
        )
    gaps = {code: reasons.get(code, "no row") for code in blocks.names(layer).index if code not in read}
    return Matched(
        layer=layer,
        title=table.head[value],
        values=pd.Series({code: item.value for code, item in sorted(read.items())}, dtype="float64"),
        unit=sign,
        decimals=decimals(list(read.values())),
        rows=len(table.rows),
        used=len(table.rows) - len(left_out),
        left_out=report(table, key, value, left_out),
        gaps=pd.Series(gaps, dtype="str"),
        notices=tuple(filter(None, notices)),
        parts=put.parts,
        offers=() if put.parts or not of_2017 else together.offers(layer, known, mistaken),
        no_count=no_count,
        notes=blocks.notes([layer]),
    )


def _agreed(
    table: Table, by_area: Mapping[str, list[tuple[int, Number]]], left_out: dict[int, str], reasons: dict[str, str]
) -> tuple[dict[str, Number], int]:
    """Return the number of each area whose rows all say the same, and how many rows repeat one.

    The others are added to the rows that are left out, and to the reasons why areas have no value.
    """
    read, twice = {}, 0
    for code, entries in by_area.items():
        if len({item.value for _, item in entries}) == 1:
            read[code] = entries[0][1]
            twice += len(entries) - 1
            continue
        rows = _rows([table.numbers[place] for place, _ in entries])
        reasons[code] = f"{rows} name this area with different values"
        for place, _ in entries:
            left_out[place] = f"duplicate: {rows} name the same area with different values, so none of them is used"
    return read, twice


def _rows(numbers: list[int]) -> str:
    named = [f"{number:,}" for number in numbers[:_MOST_ROWS_NAMED]]
    if len(numbers) > _MOST_ROWS_NAMED:
        named.append(f"{len(numbers) - _MOST_ROWS_NAMED:,} more")
    return f"rows {listed(named)}"
