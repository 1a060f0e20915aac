"""A what-if: what it is called, what it changes, and what can be moved where."""

from geo import blocks, contiguity, effects, kept, regroup
from geo.effects import Consequences
from lib.text import counted, listed, small
from lib.what_if import moves, presets

MARK = "What if – not a real map"
"""What every view, link and file of a what-if says of itself."""
_MOST_ASKED = 3


def assigned(text: str | None) -> dict[str, str]:
    """Return the STP of every part after the moves of a link, see `geo.regroup.assignment`."""
    return regroup.assignment(moves.parsed(text))


def consequences(text: str | None, against: str = regroup.COUNCILS) -> Consequences:
    """Return what the moves of a link change, judged by a layer of `geo.regroup.AGAINST`."""
    return _consequences(text, against)


# The same however it is called: by one argument or by two.
@kept.within(6)
def _consequences(text: str | None, against: str) -> Consequences:
    return effects.consequences(assigned(text), against)


def residents_of_changed(text: str, when: str) -> dict[str, int]:
    """Return the residents of each STP whose members change, ``before`` or ``after``; 0 where it does not exist."""
    return {code: getattr(stp, when).population for code, stp in consequences(text).stps.items()}


def residents(unit: str) -> int:
    """Return how many people live in a CCG or a part of one."""
    return _units()[unit][0]


def home(unit: str) -> str:
    """Return the STP of 2017 of a CCG or of a part of one."""
    return _units()[unit][1]


@kept.once
def _units() -> dict[str, tuple[int, str]]:
    people, stps = regroup.people_of_parts(), regroup.homes()
    return {unit: (sum(people[part] for part in inside), stps[inside[0]]) for unit, inside in regroup.units().items()}


def by_layer(against: str) -> str:
    """Return by what the fit is judged, where that is not the councils of 2017; else nothing."""
    if against == regroup.COUNCILS:
        return ""
    outside = ", which do not cover England" if against in blocks.PARTIAL else ""
    return f"Fit is judged here by the {blocks.layer(against).vintage}{outside}, not by the councils of 2017."


@kept.within(1)
def title(text: str | None) -> str:
    """Return a what-if as a question: ``"What if Bassetlaw belonged to Nottinghamshire?"``."""
    made = moves.parsed(text)
    if not made:
        return "What if"
    for preset in presets.presets():
        if dict(preset.moves) == made:
            return preset.question
    if len(made) <= 2:
        clauses = [f"{presets.called(unit)} belonged to {regroup.stp_name(stp)}" for unit, stp in made.items()]
        return f"What if {listed(clauses)}?"
    gone = consequences(text).emptied
    into = set(made.values())
    if len(into) == 1 and 0 < len(gone) <= _MOST_ASKED and {home(unit) for unit in made} == set(gone):
        names = [regroup.stp_name(stp) for stp in gone]
        (stp,) = into
        return f"What if {'; '.join(names)} {'was' if len(names) == 1 else 'were'} part of {regroup.stp_name(stp)}?"
    return f"What if {counted(len(made), 'move')} were made?"


def cited(text: str | None, against: str = regroup.COUNCILS) -> str:
    """Return a what-if in words for a citation: its question, that it is no real map, what moves, what judges it."""
    judged = f"; fit with the {blocks.layer(against).vintage}" if by_layer(against) else ""
    return f"{title(text)} ({small(MARK)}; {sentence(text).partition('.')[0]}{judged})"


def sentence(text: str | None) -> str:
    """Return how far a what-if is from the map of 2017, in a sentence."""
    outcome = consequences(text)
    if not outcome.moves:
        return "Nothing is moved: this is the map of April 2017."
    people = sum(map(regroup.people_of_parts().__getitem__, outcome.moved))
    parts = sum("-" in unit for unit in outcome.moves)
    what = [counted(len(outcome.moves) - parts, "CCG")] if len(outcome.moves) > parts else []
    what += [counted(parts, "part of a CCG", "parts of CCGs")] if parts else []
    return f"{listed(what)} moved, {people:,} residents. Everything else is as in April 2017."


@kept.within(1)
def targets(units: tuple[str, ...], text: str | None) -> dict[str, str]:
    """Return the STPs that units can be moved to together with their names.

    Those that they border on come first, then new ones, then all others; the one that all of them are in is none.
    """
    stps = assigned(text)
    own = {stps[part] for unit in units for part in regroup.units()[unit]}
    own = own if len(own) == 1 else set()
    near = neighbours(units, text)
    used = {stp for stp in stps.values() if stp.startswith("new-")} | {regroup.next_new(stps)}
    new = sorted(filter(None, used), key=lambda stp: int(stp.removeprefix("new-")))
    rest = sorted(blocks.names("stp17").index, key=regroup.stp_name)
    ordered = dict.fromkeys([*near, *new, *rest])
    return {stp: f"{regroup.stp_name(stp)}{' (neighbour)' if stp in near else ''}" for stp in ordered if stp not in own}


def neighbours(units: tuple[str, ...], text: str | None) -> list[str]:
    """Return the STPs that units border on together, those that they are part of first."""
    return regroup.neighbours_of(units, assigned(text))


def near(stp: str, text: str | None) -> set[str]:
    """Return the STPs that share a border with one in a what-if."""
    return contiguity.neighbours(assigned(text)).get(stp, set())
