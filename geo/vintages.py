"""How the areas of one year became those of another: flows of residents between two vintages.

What an area became is told by its LSOAs, not by its code: a code ends when a
boundary moves by one LSOA, and codes of STPs were handed on to ICBs. Any LSOA
counts; there is no tolerance.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo import blocks, kept, names

STPS = ("stp17", "stp18", "stp19", "stp20", "stp21", "icb22")
CCGS = ("ccg17", "ccg18", "ccg19", "ccg20", "ccg21", "icb22")
TODAY = ("icb24", "icb26")
"""The ICBs after 2022: those of April 2023 and later, and those of April 2026, which are derived."""
SERIES = {"stp": (*STPS, *TODAY), "ccg": (*CCGS, *TODAY), "council": ("council17", "council24")}
"""Layers in the order of time; in 2022 the ICBs took over from both STPs and CCGs."""

FLOW_KINDS = ("same", "kept", "merged", "moved")


class Flow(NamedTuple):
    """A row of `flows`, which says what its columns are."""

    a_code: str
    a_name: str
    b_code: str
    b_name: str
    residents: int
    lsoas: int
    share_of_a: float
    share_of_b: float
    kind: str


def layer_of(kind: str, year: int) -> str:
    """Return the layer of a series (``stp``, ``ccg`` or ``council``) in a year, for example ``stp17``.

    Raises
    ------
    UnknownNameError
        If the series or the year does not exist.
    """
    if kind not in SERIES:
        raise blocks.UnknownNameError("series", kind, list(SERIES))
    by_year = _by_year(kind)
    if year not in by_year:
        raise blocks.UnknownNameError("year", year, [str(known) for known in by_year])
    return by_year[year]


@kept.once
def _by_year(kind: str) -> dict[int, str]:
    return {blocks.layer(name).year: name for name in SERIES[kind]}


def plain_name(name: str) -> str:
    """Return a name without what all of its kind begin and end with: ``"NHS Devon Integrated Care Board"``, Devon."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board").removesuffix(" CCG")


def bare_name(name: str) -> str:
    """Return a name without kind of body, signs and capital letters: equal for two spellings of one name."""
    words = names.plain(name)
    return words.removeprefix("nhs ").removesuffix(" integrated care board").removesuffix(" icb").removesuffix(" ccg")


def same_name(one: str, other: str) -> bool:
    """Return whether two names are the same but for the kind of body, signs and capital letters."""
    return bare_name(one) == bare_name(other)


@kept.once
def totals(layer: str) -> pd.DataFrame:
    """Return ``name``, ``residents`` and ``lsoas`` of a layer's areas, by code."""
    sums = blocks.fragments().groupby(blocks.layer(layer).name)[["population", "lsoas"]].sum()
    sums = sums.rename(columns={"population": "residents"}).rename_axis("code")
    sums.insert(0, "name", blocks.names(layer))
    return sums


@kept.within(4)
def flows(a: str, b: str) -> pd.DataFrame:
    """Return how many residents of each area of one vintage are in each area of another.

    Parameters
    ----------
    a, b : str
        Layers, the former vintage and the latter.

    Returns
    -------
    DataFrame
        One row for each pair that has an LSOA in common, sorted by code:
        codes and names of both, ``residents`` (mid-2017) and ``lsoas`` of
        what they share, ``share_of_a`` and ``share_of_b`` of the residents
        (0 to 1), ``kind``. Residents and LSOAs add up to England's.

        The main part of a former area is the one with most residents; all
        its other parts ``moved``. The main part is the ``same`` area if it
        is the whole of both; it ``merged`` if the main parts of other areas
        went to the same area; otherwise it ``kept`` to itself while the
        boundary changed.

    Raises
    ------
    UnknownNameError
        If a layer does not exist.
    """
    before, after, fragments = totals(a), totals(b), blocks.fragments()
    places_a, places_b = _places(a), _places(b)
    inside = (places_a >= 0) & (places_b >= 0)
    pairs, part = np.unique(places_a[inside] * len(after) + places_b[inside], return_inverse=True)
    former, latter = np.divmod(pairs, len(after))
    residents, lsoas = (
        np.bincount(part, fragments[name].to_numpy()[inside]).astype(np.int64) for name in ("population", "lsoas")
    )
    whole_a, whole_b = before.iloc[former], after.iloc[latter]
    ranked = np.lexsort((latter, -lsoas, -residents, former))
    main = np.zeros(len(pairs), dtype=bool)
    main[ranked[np.diff(former[ranked], prepend=-1) > 0]] = True
    together = np.bincount(latter[main], minlength=len(after))[latter] > 1
    same = (lsoas == whole_a["lsoas"].to_numpy()) & (lsoas == whole_b["lsoas"].to_numpy())
    return pd.DataFrame(
        {
            "a_code": whole_a.index,
            "a_name": whole_a["name"].to_numpy(),
            "b_code": whole_b.index,
            "b_name": whole_b["name"].to_numpy(),
            "residents": residents,
            "lsoas": lsoas,
            "share_of_a": residents / whole_a["residents"].to_numpy(),
            "share_of_b": residents / whole_b["residents"].to_numpy(),
            "kind": np.select([~main, same, together], ["moved", "same", "merged"], "kept"),
        },
        columns=list(Flow._fields),
    )


@kept.once
def _places(layer: str) -> np.ndarray:
    """Return the place of each fragment's area among the codes of a layer; -1 outside of it."""
    return totals(layer).index.get_indexer(blocks.fragments()[blocks.layer(layer).name])


@kept.within(4)
def rows(a: str, b: str) -> tuple[Flow, ...]:
    """Return the rows of `flows` in their order."""
    table = flows(a, b)
    return tuple(map(Flow, *(table[name].tolist() for name in Flow._fields)))


def parts(a: str, b: str, code: str) -> tuple[Flow, ...]:
    """Return the flows from one area of layer a to those of layer b, most residents first."""
    return _parts(a, b).get(code, ())


@kept.within(2)
def _parts(a: str, b: str) -> dict[str, tuple[Flow, ...]]:
    by_code: dict[str, list[Flow]] = {}
    for row in sorted(rows(a, b), key=lambda row: -row.residents):
        by_code.setdefault(row.a_code, []).append(row)
    return {code: tuple(there) for code, there in by_code.items()}


@dataclass(frozen=True)
class Summary:
    """What changed on the whole map between two vintages, in numbers of areas.

    Attributes
    ----------
    before, after : int
        Areas in each.
    same, kept, merged : int
        Former areas by what became of their main part, see `flows`.
    renamed : int
        Areas among the same and kept ones whose name changed.
    new_codes : int
        Codes of the latter that the former did not have.
    moved_lsoas, moved_residents : int
        In parts that moved.
    """

    before: int
    after: int
    same: int
    kept: int
    merged: int
    renamed: int
    new_codes: int
    moved_lsoas: int
    moved_residents: int


@kept.within(1)
def summary(a: str, b: str) -> Summary:
    """Return what changed between two vintages."""
    flows_of = {kind: [row for row in rows(a, b) if row.kind == kind] for kind in FLOW_KINDS}
    alone, moved = (*flows_of["same"], *flows_of["kept"]), flows_of["moved"]
    return Summary(
        before=len(totals(a)),
        after=len(totals(b)),
        same=len(flows_of["same"]),
        kept=len(flows_of["kept"]),
        merged=len(flows_of["merged"]),
        renamed=sum(not same_name(row.a_name, row.b_name) for row in alone),
        new_codes=len(totals(b).index.difference(totals(a).index)),
        moved_lsoas=sum(row.lsoas for row in moved),
        moved_residents=sum(row.residents for row in moved),
    )
