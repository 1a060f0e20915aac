"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass, replace

from geo import regroup
from lib.parameters import holds, number, one_of, several, whole, word
from lib.what_if import moves, regrouping

_UNITS = several(moves.unit, "the code or name of a CCG, or of a CCG and a district with a hyphen")
_EVERYBODY = 55_619_430


@dataclass(frozen=True)
class WhatIfView:
    """Footprints as they would be if some CCGs belonged to other STPs; `ccg`: those, or parts, chosen to be moved.

    `against` is the layer by which the fit is judged. The others ask for the best map: fewest and most residents of an
    STP (at first of the real map), tolerance in per cent, and seconds.
    """

    moves: str | None = holds(word(), None)
    ccg: tuple[str, ...] = holds(_UNITS, ())
    against: str = holds(one_of(regroup.AGAINST), regroup.COUNCILS)
    least: int = holds(whole(0, _EVERYBODY), 318_291)
    most: int = holds(whole(0, _EVERYBODY), 2_832_133)
    tolerance: float = holds(number(0, 10), 0.0)
    seconds: int = holds(whole(5, 60), 30)

    def settled(self) -> tuple["WhatIfView", list[str]]:
        """Return the view with its moves as they are written, and what was left out of them."""
        written, notices = moves.read(self.moves)
        return replace(self, moves=written, ccg=moves.apart(self.ccg)), list(notices)


def cited(view: WhatIfView) -> str:
    """Return a view in words."""
    return regrouping.cited(view.moves, view.against) if view.moves else "what if CCGs belonged to other STPs"
