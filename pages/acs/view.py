"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass, replace

from lib.accountable_care import acs
from lib.care import joint_work
from lib.parameters import NONE, holds, one_of
from lib.shared_parameters import ACS
from lib.text import listed, quoted


@dataclass(frozen=True)
class AcsView:
    """The accountable care systems, one of them, and another beside it.

    `parts` is what the close-up shows; `outline` what is drawn over the map of all.
    """

    area: str | None = holds(ACS, None)
    other: str | None = holds(ACS, None, "with")
    parts: str = holds(one_of(("council17", "ccg17"), {"council": "council17", "ccg": "ccg17"}), "council17")
    outline: str = holds(one_of((NONE, *joint_work.GROUPS)), NONE)

    def settled(self) -> tuple["AcsView", list[str]]:
        """Return the view without a comparison that makes no sense, and what was dropped."""
        if self.other is None or (self.area and self.area != self.other):
            return self, []
        reason = "the area itself" if self.area else "no area is chosen to compare it with"
        return replace(self, other=None), [f"`with`: {quoted(self.other)}: {reason}; nothing is compared."]


def cited(view: AcsView) -> str:
    """Return a view in words."""
    over = f"; {joint_work.GROUPS[view.outline]}" if view.outline != NONE else ""
    if not view.area:
        return f"Accountable care systems{over}"
    return listed([acs.areas()[code].name for code in (view.area, view.other) if code]) + over
