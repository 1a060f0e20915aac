"""What-ifs that were asked or done: read off the later memberships, not typed in."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, regroup, sources, vintages
from lib.text import capital, listed

# What people call these parts of CCGs; the others go by their official names.
_CALLED = {"E38000182-E07000037": "Glossop", "E38000144-E08000025": "West Birmingham"}
_REVIEW, _MERGER = "2021-07-22", "2018-06-07"


@dataclass(frozen=True)
class Preset:
    """A what-if to start from.

    Attributes
    ----------
    name : str
        Words for its button.
    question : str
        The what-if as a question.
    moves : mapping of str to str
        New STP by unit.
    what : str
        What it is and what came of it, in a sentence.
    source : str
        A source cell.
    """

    name: str
    question: str
    moves: Mapping[str, str]
    what: str
    source: str


@kept.once
def presets() -> tuple[Preset, ...]:
    """Return the cases of the boundary review of 2021, one by one and together, and the merger of 2018."""
    review, lookups = _event(_REVIEW)["source"], "ONS lookups of 2021 and 2022"
    changes = _changes("stp21", "icb22")
    cases = []
    for unit, where in changes.items():
        inside = regroup.parts().loc[list(regroup.units()[unit])]
        board = blocks.names("icb22")[_pieces().set_index("part")["icb22"][inside.index[0]]]
        cases.append(
            Preset(
                capital(f"{called(unit)} to {regroup.stp_name(where)}"),
                f"What if {called(unit)} belonged to {regroup.stp_name(where)}?",
                {unit: where},
                f"{regroup.unit_name(unit)}, {inside['population'].sum():,} residents: since July 2022 in {board}.",
                f"{review} ; {lookups}",
            )
        )
    names = listed([called(unit) for unit in changes])
    cases.append(
        Preset(
            f"All {len(changes)} of these",
            f"What if the {len(changes)} changes of July 2022 had been made in 2017?",
            changes,
            f"{names}: all that changed sides between the systems of 2021 and the boards of 2022.",
            f"{review} ; {lookups}",
        )
    )
    merger, merged = _merger()
    cases.append(
        Preset(
            "Three north-eastern footprints merged",
            "What if the three north-eastern footprints were one?",
            merger,
            f"{'; '.join(merged)}: as one, the STP of 2018 that was called {blocks.names('stp18')[_merged_code()]}.",
            f"{_event(_MERGER)['source']} ; ONS lookup of April 2018",
        )
    )
    return tuple(cases)


def called(unit: str) -> str:
    """Return what a CCG or a part of one is called in short: ``"Glossop"``, ``"part of East Northamptonshire"``."""
    ccg, _, district = unit.partition("-")
    if unit in _CALLED:
        return _CALLED[unit]
    if district:
        name, people = blocks.names("lad17")[district], regroup.people_of_parts()
        whole = sum(residents for part, residents in people.items() if part.endswith(f"-{district}"))
        return name if people[unit] == whole else f"part of {name}"
    return vintages.plain_name(blocks.names("ccg17")[ccg])


def review() -> str:
    """Return what the timeline says of the review of 2021."""
    return _event(_REVIEW)["event"]


def _event(date: str) -> pd.Series:
    events = sources.read("events")
    return events[events["date"] == date].iloc[0]


def _main(a: str, b: str) -> pd.Series:
    """Return the area of b with most residents of each area of a."""
    people = _pieces().groupby([a, b])["population"].sum().reset_index()
    return people.sort_values("population").groupby(a)[b].last()


def _pieces() -> pd.DataFrame:
    """Return the pieces with the units that they are of."""
    return blocks.pieces().assign(part=blocks.part_of_piece())


def _changes(then: str, now: str) -> dict[str, str]:
    """Return the units that changed sides between two vintages, and the STP of 2017 that they came to."""
    pieces, heirs, home = _pieces(), _main(then, now), _main(now, "stp17")
    other = pieces[now] != pieces[then].map(heirs)
    # Boundaries that changed inside a part of a CCG cannot be asked for.
    whole = other.groupby(pieces["part"]).all()
    went = pieces.groupby("part")[now].first()[whole.index[whole]].map(home)
    assigned = regroup.assignment({})
    assigned.update(went.to_dict())
    return regroup.moves_of(assigned)


@kept.once
def _merged_code() -> str:
    """Return the STP of 2018 that takes in several STPs of 2017 as a whole."""
    heirs = _main("stp17", "stp18")
    return heirs.value_counts().index[0]


def _merger() -> tuple[dict[str, str], list[str]]:
    pieces, code = _pieces(), _merged_code()
    assigned = regroup.assignment({})
    assigned.update(dict.fromkeys(pieces["part"][pieces["stp18"] == code], "new-1"))
    heirs = _main("stp17", "stp18")
    return regroup.moves_of(assigned), [regroup.stp_name(stp) for stp in heirs.index[heirs == code]]
