"""Two things side by side: one table, whatever is compared."""

from collections.abc import Mapping
from typing import NamedTuple

MISSING = "–"


class Compared(NamedTuple):
    """What two things are compared by, each one's value in words, and whether both are the same."""

    name: str
    a: str
    b: str

    @property
    def same(self) -> bool:
        """Whether both have the same value."""
        return self.a == self.b


def compared(facts_a: Mapping[str, str], facts_b: Mapping[str, str]) -> tuple[Compared, ...]:
    """Put the facts of two things side by side.

    Parameters
    ----------
    facts_a, facts_b : mapping of str to str
        What each thing is described by, and its value in words.

    Returns
    -------
    tuple of Compared
        In the order of the first, then those that only the second has; what one of them lacks is `MISSING`.
    """
    names = dict.fromkeys([*facts_a, *facts_b])
    return tuple(Compared(name, facts_a.get(name, MISSING), facts_b.get(name, MISSING)) for name in names)
