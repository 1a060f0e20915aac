"""What a briefing is on."""

from dataclasses import dataclass, replace

from lib.parameters import holds, word
from lib.shared_parameters import ACS, COUNCIL, STP
from lib.text import quoted
from lib.what_if import moves


@dataclass(frozen=True)
class BriefingView:
    """A page to print on one thing: an STP, two STPs, a council, an ACS area or a what-if."""

    stp: str | None = holds(STP, None)
    council: str | None = holds(COUNCIL, None)
    acs: str | None = holds(ACS, None)
    moves: str | None = holds(word(), None)
    other: str | None = holds(STP, None, "with")

    def settled(self) -> tuple["BriefingView", list[str]]:
        """Return the view with one subject, the first that is given, and what was dropped."""
        written, unread = moves.read(self.moves)
        view, notices = replace(self, moves=written), list(unread)
        subjects = [name for name in ("stp", "council", "acs", "moves") if getattr(view, name)]
        for name in subjects[1:]:
            dropped = quoted(getattr(view, name))
            notices.append(f"`{name}`: {dropped}: a briefing is on one thing; it is on `{subjects[0]}`.")
            view = replace(view, **{name: None})
        if view.other and (view.stp is None or view.other == view.stp):
            reason = "the STP itself" if view.stp else "no STP is chosen to compare it with"
            notices.append(f"`with`: {quoted(view.other)}: {reason}; nothing is compared.")
            view = replace(view, other=None)
        return view, notices
