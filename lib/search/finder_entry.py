"""One thing that can be found, and how it lies to the STPs of 2017."""

from dataclasses import dataclass

from geo import blocks, kept
from geo.overlap import overlap
from lib.text import counted, percent

Shares = tuple[tuple[str, float | None], ...]
MOST_NAMED = 4


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes
    ----------
    kind, code, name, detail : str
        As in `lib.search.finder.Hit`.
    stps : tuple of (str, float or None)
        Codes of the STPs it is in with its share of residents there (0 to
        1), largest first; None where there is no share.
    target : tuple of (str, str)
        Kind of page, ``stp``, ``council``, ``acs``, ``board``, ``then`` or ``table``, and code.
    names, codes : tuple of str
        Other names, and codes and short forms beside `code`.
    ground : frozenset of str
        Pieces that it is made of; empty for what is no area, and where they are not known.
    by_name : bool
        Whether it is found by name, not by code alone.
    """

    kind: str
    code: str
    name: str
    detail: str
    stps: Shares
    target: tuple[str, str]
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ground: frozenset[str] = frozenset()
    by_name: bool = True


def where(stps: Shares, elsewhere: Shares = (), what: str = "residents") -> str:
    """Return in words how something lies to STPs: ``"in A"``, ``"split by residents: 60.0% in A; 40.0% in B"``."""
    names = blocks.names("stp17")
    places = [(names[code], share) for code, share in stps] + [*elsewhere]
    if len(places) == 1 or all(share is None for _, share in places):
        return f"in {_some([name for name, _ in places])}"
    parts = [f"in {name}" if share is None else f"{percent(share)} in {name}" for name, share in places]
    return f"split by {what}: {_some(parts)}"


def _some(names: list[str]) -> str:
    """List names, which have commas and "and" in themselves."""
    if len(names) > MOST_NAMED + 1:
        names = [*names[:MOST_NAMED], counted(len(names) - MOST_NAMED, "other")]
    return "; ".join(names)


@kept.once
def shares(layer: str) -> dict[str, Shares]:
    """Return the STPs of each area of a layer with its share of residents there, largest first, by code."""
    table = overlap(layer, "stp17").sort_values(["a_code", "share_of_a"], ascending=[True, False])
    by_code: dict[str, Shares] = {}
    for row in table.itertuples():
        by_code[row.a_code] = (*by_code.get(row.a_code, ()), (row.b_code, row.share_of_a))
    return by_code


def forms(short: dict[str, str], code: str) -> tuple[str, ...]:
    """Return the short forms of a code."""
    return tuple(form for form, meant in short.items() if meant == code)
