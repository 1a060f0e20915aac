"""Rows of places that lie in the areas of a layer, added up to them: counts summed, rates only with a weight."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import apportionment, blocks
from geo.apportionment import POSTCODE, Shares
from lib.own_numbers import row_kinds
from lib.own_numbers.keys import LAYERS, numbers_are_keys, of_other_years
from lib.own_numbers.table import Table
from lib.text import counted, listed, percent
from pages.your_numbers.reader.matched import Added, Matched, decimals, number_of, report, rows_of, unit
from pages.your_numbers.reader.numbers import Number

_MOST_NAMED = 4
_CERTAIN = {
    POSTCODE: "Postcodes lie where the ONS list of May 2022 has them, by LSOA, a best fit",
    row_kinds.LSOA: "LSOAs lie whole in one area of each layer",
}


@dataclass(frozen=True)
class _Row:
    """A row that is added up: its place, its place on the ground, number and weight, and where it lies."""

    place: int
    code: str
    value: Number
    weight: float
    shares: Shares

    @property
    def divided(self) -> bool:
        """Whether it does not lie whole in one area."""
        return self.shares[0][1] < 1

    def size(self, weighed: bool) -> float:
        """Return what it counts for in a mean, or in a sum without its sign."""
        return self.weight if weighed else abs(self.value.value)


def add_up(
    table: Table, kind: str, layer: str, columns: tuple[int, int], weight: int | None = None, numbers: bool = False
) -> Matched:
    """Add the rows of a table up to the areas of a layer.

    Parameters
    ----------
    table : Table
        What a reader brought.
    kind : str
        What its rows are of, one of `lib.own_numbers.row_kinds.KINDS`.
    layer : str
        One of `lib.own_numbers.row_kinds.layers` of that kind.
    columns : tuple of int
        Places of the column with the keys and of the one with the numbers.
    weight : int, optional
        Place of the column by which a mean is weighted. Without one the
        numbers are summed: they must be counts, see `together.why_no_count`.
    numbers : bool
        As for `match.match`.

    Returns
    -------
    Matched
        All rows of a place count. A row that does not lie whole in one area
        is divided by residents, as an estimate. An area has no value while a
        part of it has no number, except of postcodes and LSOAs: of these a
        table seldom has all.
    """
    key, value = columns
    known, why, notices = _keys(table, kind, key, numbers)
    lies = apportionment.lies_in(kind, layer)
    left_out: dict[int, str] = {}
    lacking: dict[str, str] = {}
    rows: list[_Row] = []
    for place, cells in enumerate(table.rows):
        code = known[cells[key]]
        amount, size = number_of(table, place, value), _weight(table, place, weight)
        if code is None:
            left_out[place] = why[cells[key]]
        elif not isinstance(amount, Number) or isinstance(size, str):
            left_out[place] = lacking[code] = str(size if isinstance(amount, Number) else amount)
        elif not lies[code]:
            left_out[place] = f"it lies in no {row_kinds.one(layer)}"
        else:
            rows.append(_Row(place, code, amount, size, lies[code]))
    gaps = _gaps(kind, layer, {row.code for row in rows}, lacking)
    for row in rows:
        if all(area in gaps for area, _ in row.shares):
            left_out[row.place] = f"{blocks.names(layer)[row.shares[0][0]]} has no value: {gaps[row.shares[0][0]]}"
    rows = [row for row in rows if row.place not in left_out]
    sign, mixed = unit([row.value for row in rows])
    file_decimals = max((row.value.decimals for row in rows), default=0) + (weight is not None)
    values, estimated, many = _values(rows, gaps, file_decimals, weight is not None)
    weighed = "" if weight is None else table.head[weight]
    grade = _grade(kind, layer, rows, weighed)
    partly = "" if kind not in row_kinds.SMALL else _partly(kind, layer, rows, [lies[code] for code in lacking])
    title = f"{table.head[value]}, mean weighted by {weighed}" if weighed else table.head[value]
    return Matched(
        layer=layer,
        title=title,
        values=values,
        unit=sign,
        decimals=decimals([Number(number, "", file_decimals) for number in values]),
        rows=len(table.rows),
        used=len(table.rows) - len(left_out),
        left_out=report(table, key, value, left_out),
        gaps=pd.Series(gaps | _empty(layer, values, gaps), dtype="str"),
        notices=tuple(filter(None, [grade, partly, _several(kind, rows), *notices, mixed])),
        notes=row_kinds.notes(kind, layer),
        added=Added(kind, weighed, many, estimated, _divided(table, columns, layer, rows), grade),
    )


def _keys(
    table: Table, kind: str, key: int, numbers: bool
) -> tuple[dict[str | float, str | None], dict[str | float, str], tuple[str, ...]]:
    """Return what each key means, why it means nothing, and what else is to be known of the keys."""
    cells = dict.fromkeys(table.column(key))
    known = {cell: row_kinds.code_of(kind, cell) for cell in cells}
    if numbers_are_keys(table.head[key]) or (numbers and not any(known.values())):
        known = {cell: row_kinds.code_of(kind, cell, True) for cell in cells}
    notices, mistaken = of_other_years(kind, known) if kind in LAYERS else ((), {})
    known |= dict.fromkeys(mistaken)
    why = {cell: row_kinds.why_not(kind, cell) for cell, code in known.items() if code is None} | mistaken
    return known, why, notices


def _weight(table: Table, place: int, weight: int | None) -> float | str:
    """Return the weight of a row, 1 where there are none; in words why it has none."""
    if weight is None:
        return 1.0
    amount = number_of(table, place, weight)
    if isinstance(amount, str):
        return f"the weight: {amount}"
    return amount.value if amount.value >= 0 else "the weight is less than 0"


def _gaps(kind: str, layer: str, with_rows: set[str], lacking: Mapping[str, str]) -> dict[str, str]:
    """Return why areas have no value, by code: those of which a part has no row, or none with a number."""
    gaps = {}
    parts, beyond = apportionment.made_of(kind, layer), apportionment.beyond(kind, layer)
    called = row_kinds.called(kind)
    for area in blocks.names(layer).index:
        places_of_it = parts.get(area, ())
        if with_rows.isdisjoint(places_of_it):
            gaps[area] = next((lacking[code] for code in places_of_it if code in lacking), "no row")
            continue
        if area in beyond:
            gaps[area] = f"not added up: part of it lies in no {row_kinds.one(kind)}"
            continue
        without = [code for code in places_of_it if code in lacking or code not in with_rows]
        if kind not in row_kinds.SMALL and without:
            some = [called[code] for code in without[:_MOST_NAMED]]
            some += [f"{len(without) - _MOST_NAMED:,} more"] if len(without) > _MOST_NAMED else []
            gaps[area] = f"not added up: {listed(some)} {'has' if len(without) == 1 else 'have'} no number"
    return gaps


def _values(
    rows: list[_Row], gaps: Mapping[str, str], file_decimals: int, weighed: bool
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return by code the sums or means, the share of each that is estimated, and how many rows are in it."""
    amounts: dict[str, list[float]] = {}
    weights: dict[str, list[float]] = {}
    unsure: dict[str, list[float]] = {}
    for row in rows:
        for area, share in row.shares:
            if area not in gaps:
                amounts.setdefault(area, []).append(row.value.value * row.weight * share)
                weights.setdefault(area, []).append(row.weight * share)
                unsure.setdefault(area, []).append(row.size(weighed) * share if row.divided else 0.0)
    results, estimated = {}, {}
    for area in sorted(amounts):
        total, by, doubtful = math.fsum(amounts[area]), math.fsum(weights[area]), math.fsum(unsure[area])
        if weighed and not by:
            continue
        whole = by if weighed else math.fsum(map(abs, amounts[area]))
        estimated[area] = doubtful / whole if whole else 0.0
        # One more than the file has where it is an estimate: sums of shares are then close to the whole.
        results[area] = round(total / by if weighed else total, file_decimals + (2 if weighed else int(doubtful > 0)))
    many = {area: len(amounts[area]) for area in results}
    return (
        pd.Series(results, dtype="float64"),
        pd.Series(estimated, dtype="float64"),
        pd.Series(many, dtype="int64"),
    )


def _empty(layer: str, values: pd.Series, gaps: Mapping[str, str]) -> dict[str, str]:
    """Return why areas whose rows weigh nothing have no value."""
    without = set(blocks.names(layer).index) - set(values.index) - set(gaps)
    return dict.fromkeys(sorted(without), "the weights of its rows are 0")


def _grade(kind: str, layer: str, rows: list[_Row], weighed: str) -> str:
    """Say how exact the values are."""
    done = f"; shown is their mean by {row_kinds.one(layer)}, weighted by {weighed}" if weighed else ""
    sentences = [f"Rows are {row_kinds.many(kind)}{done or f', summed to {row_kinds.many(layer)}'}."]
    cut = [row for row in rows if row.divided]
    part, total = (math.fsum(row.size(bool(weighed)) for row in some) for some in (cut, rows))
    if cut:
        share = percent(part / total) if total else percent(0)
        sentences.append(
            f"{counted(len(cut), 'row does', 'rows do')} not lie whole in one {row_kinds.one(layer)} and "
            f"{'is' if len(cut) == 1 else 'are'} divided by residents of mid-2017: estimates, as if numbers followed "
            f"residents, for {share} of the {'weight' if weighed else 'total'}."
        )
    elif kind in _CERTAIN:
        sentences.append(f"{_CERTAIN[kind]}: none is divided.")
    elif rows:
        sentences.append(f"Each lies whole in one {row_kinds.one(layer)}: none is divided.")
    return " ".join(sentences)


def _partly(kind: str, layer: str, rows: list[_Row], lacking: list[Shares]) -> str:
    """Say of postcodes and LSOAs that the file has not all, and what is missing in the sums."""
    sentences = []
    if kind == row_kinds.LSOA and rows:
        with_rows, all_of = len({row.code for row in rows}), len(apportionment.lsoas())
        sentences.append(f"{with_rows:,} of England’s {all_of:,} LSOAs have a row; others count as if they had none.")
    if lacking:
        areas = {area for shares in lacking for area, _ in shares}
        where = counted(len(areas), row_kinds.one(layer), row_kinds.many(layer))
        sentences.append(f"Some rows of places that are known have no number: the values of {where} are without them.")
    return " ".join(sentences)


def _several(kind: str, rows: list[_Row]) -> str:
    """Say that places have several rows."""
    if kind == POSTCODE:
        return ""
    many = pd.Series([row.code for row in rows], dtype="str").value_counts()
    if not (several := int((many > 1).sum())):
        return ""
    have = counted(several, f"{row_kinds.one(kind)} has", f"{row_kinds.many(kind)} have")
    return f"{have} several rows, and all are counted: if they are of several years, keep those of one."


def _divided(table: Table, columns: tuple[int, int], layer: str, rows: list[_Row]) -> pd.DataFrame:
    """Return the rows that were divided."""
    names, cut = blocks.names(layer), [row for row in rows if row.divided]

    def among(row: _Row) -> str:
        parts = [f"{names[area]} ({percent(share)})" for area, share in row.shares]
        outside = 1 - math.fsum(share for _, share in row.shares)
        return listed([*parts, *([f"no {row_kinds.one(layer)} ({percent(outside)})"] if outside > 1e-9 else [])])

    return rows_of(table, columns, [row.place for row in cut], "Divided among", [among(row) for row in cut])


def why_not(table: Table, kind: str, layer: str, place: int, why: str) -> str:
    """Return in sentences why a column is not summed, and what can be done."""
    own = f", or {row_kinds.many(kind)} under “Add up to”" if kind in row_kinds.layers(kind) else ""
    return (
        f" The rows are {row_kinds.many(kind)}, to be summed to {row_kinds.many(layer)}, and the column "
        f"{table.head[place]} is not summed, since {why}. For a mean, name a weight column under “Weigh by”: what it "
        f"is a rate of, such as patients. Or choose a column with counts under “Numbers”{own}."
    )
