"""A what-if in words and tables."""

from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from geo import adjacency, blocks, regroup
from geo.regroup import Consequences
from lib import fit, moves, presets
from lib.text import counted, listed, percent

MARK = "What if – not a real map"
"""What every view, link and file of a what-if says of itself."""
_MOST_TOLD, _MOST_ASKED = 6, 3
BETTER, WORSE, ELSE = "better", "worse", "else"


@dataclass(frozen=True)
class Change:
    """A change in words; `kind` is `BETTER`, `WORSE` or `ELSE`."""

    kind: str
    said: str


@lru_cache(maxsize=256)
def consequences(text: str | None) -> Consequences:
    """Return what the moves of a link change. Shared: do not change it."""
    return regroup.consequences(regroup.assignment(moves.parsed(text)))


def residents(unit: str) -> int:
    """Return how many people live in a CCG or a part of one."""
    return _units()[unit][0]


def home(unit: str) -> str:
    """Return the STP of 2017 of a CCG or of a part of one."""
    return _units()[unit][1]


@cache
def _units() -> dict[str, tuple[int, str]]:
    people, stps = regroup.parts()["population"].to_dict(), regroup.parts()["stp17"].to_dict()
    return {unit: (sum(people[part] for part in inside), stps[inside[0]]) for unit, inside in regroup.units().items()}


@lru_cache(maxsize=256)
def title(text: str | None) -> str:
    """Return a what-if as a question: ``"What if Bassetlaw belonged to Nottinghamshire?"``."""
    made = moves.parsed(text)
    if not made:
        return "What if"
    for preset in presets.presets():
        if dict(preset.moves) == made:
            return preset.question
    if len(made) <= 2:
        said = [f"{presets.called(unit)} belonged to {regroup.stp_name(stp)}" for unit, stp in made.items()]
        return f"What if {listed(said)}?"
    gone = consequences(text).emptied
    into = set(made.values())
    if len(into) == 1 and 0 < len(gone) <= _MOST_ASKED and {home(unit) for unit in made} == set(gone):
        names = [regroup.stp_name(stp) for stp in gone]
        (stp,) = into
        return f"What if {'; '.join(names)} {'was' if len(names) == 1 else 'were'} part of {regroup.stp_name(stp)}?"
    return f"What if {counted(len(made), 'move')} were made?"


def sentence(text: str | None) -> str:
    """Return how far a what-if is from the map of 2017, in a sentence."""
    found = consequences(text)
    if not found.moves:
        return "Nothing is moved: this is the map of April 2017."
    people = int(regroup.parts()["population"][list(found.moved)].sum())
    parts = sum("-" in unit for unit in found.moves)
    what = [counted(len(found.moves) - parts, "CCG")] if len(found.moves) > parts else []
    what += [counted(parts, "part of a CCG", "parts of CCGs")] if parts else []
    return f"{listed(what)} moved, {people:,} residents. Everything else is as in April 2017."


def move_table(text: str | None) -> pd.DataFrame:
    """Return the moves by unit: what, from where to where, and how many residents."""
    made = moves.parsed(text)
    return pd.DataFrame(
        {
            "CCG or part of it": [regroup.unit_name(unit) for unit in made],
            "From": [regroup.stp_name(home(unit)) for unit in made],
            "To": [regroup.stp_name(stp) for stp in made.values()],
            "Residents": [residents(unit) for unit in made],
        },
        index=pd.Index(list(made), name="unit"),
    )


def score_table(text: str | None) -> pd.DataFrame:
    """Return the scores of the whole map before and after, in words."""
    found = consequences(text)
    then, now = found.before, found.after
    england = int(regroup.parts()["population"].sum())

    def rows(score: regroup.Score) -> list[str]:
        return [
            f"{score.stps}",
            f"{score.split_councils} of {len(found.councils)}",
            f"{score.residents_in_split:,}",
            percent(score.residents_in_split / england),
            f"{score.v_measure:.4f}",
        ]

    changes = [
        signed(now.stps - then.stps),
        signed(now.split_councils - then.split_councils),
        signed(now.residents_in_split - then.residents_in_split),
        f"{signed((now.residents_in_split - then.residents_in_split) / england * 100, 2)} points",
        signed(now.v_measure - then.v_measure, 4),
    ]
    labels = [
        "STPs",
        "Councils split between STPs",
        "Residents of split councils",
        "Share of England's residents",
        "V-measure of councils and STPs",
    ]
    return pd.DataFrame({"Whole map": labels, "April 2017": rows(then), "What if": rows(now), "Change": changes})


def signed(number: float, decimals: int = 0) -> str:
    """Return a difference with its sign; what is nothing has none."""
    said = f"{number:+,.{decimals}f}".replace("-", "−")
    return said if any(digit in said for digit in "123456789") else "no change"


def class_words(name: str, layer: str = "council17") -> str:
    """Return a fit class in words, or a dash for an area that does not exist."""
    return fit.class_label(name, layer) if name else "–"


def stp_table(text: str | None, touched: bool = True) -> pd.DataFrame:
    """Return STPs before and after, by code; only those whose members change if `touched`."""
    table = consequences(text).stps
    table = table[table["touched"]] if touched else table
    shown = pd.DataFrame(index=table.index)
    shown["STP"] = table["name"]
    for column, label in (("population", "Residents"), ("ccgs", "CCGs"), ("councils", "Councils")):
        shown[f"{label} 2017"], shown[f"{label}, what if"] = table[f"{column}_before"], table[f"{column}_after"]
    shown["Fit with councils 2017"] = [class_words(name) for name in table["class_before"]]
    shown["Fit with councils, what if"] = [class_words(name) for name in table["class_after"]]
    shown["In pieces, what if"] = table["pieces_after"]
    shown["ONS code"] = [code if code.startswith("E") else "none" for code in table.index]
    return shown


def council_table(text: str | None, touched: bool = True) -> pd.DataFrame:
    """Return councils before and after, by code; only those for which something changes if `touched`."""
    table = consequences(text).councils
    table = table[table["touched"]].sort_values("population", ascending=False) if touched else table
    shown = pd.DataFrame(index=table.index)
    shown["Council"], shown["Residents"] = table["name"], table["population"]
    shown["Moved residents"] = table["moved"]
    for when, label in (("before", "2017"), ("after", "what if")):
        shown[f"STPs, {label}"] = [_stp_names(codes) for codes in table[f"partners_{when}"]]
    for when, label in (("before", "2017"), ("after", "what if")):
        shown[f"Fit, {label}"] = [class_words(name, "stp17") for name in table[f"class_{when}"]]
    return shown


def _stp_names(codes: tuple[str, ...]) -> str:
    return "; ".join(regroup.stp_name(code) for code in codes)


def warnings(text: str | None) -> list[str]:
    """Return a sentence for each STP that would fall into pieces or have no member, few enough to be read."""
    found = consequences(text)
    pieces = []
    for row in found.stps.loc[list(found.scattered)].itertuples():
        then = " (in 2017 it was in one)" if row.pieces_before == 1 else ""
        pieces.append(f"The STP {row.name} would be in {row.pieces_after} pieces that share no border{then}.")
    names = found.stps["name"][list(found.emptied)]
    gone = [f"The STP {name} would have no CCG left and cease to exist." for name in names]
    return _cut(pieces, "{} more STPs would be in pieces: see the table.") + _cut(gone, "So would {} more STPs.")


def _cut(said: list[str], more: str) -> list[str]:
    """Return at most as many sentences as can be read, and one with the number of the others."""
    if len(said) <= _MOST_TOLD + 1:
        return said
    return [*said[:_MOST_TOLD], more.format(len(said) - _MOST_TOLD)]


def changes(text: str | None, sizes: bool = True) -> list[Change]:
    """Return what would get better, what worse, and what else would change, in sentences with numbers.

    Better and worse are meant for one thing only: how far each council has
    one STP to deal with and each STP consists of whole councils. With `sizes`
    the residents of each STP are among it.
    """
    found = consequences(text)
    if not found.moves:
        return []
    return [*_of_councils(found), *_of_england(found), *_of_fit(found), *(_of_size(found) if sizes else [])]


def _of_councils(found: Consequences) -> list[Change]:
    said = []
    for row in found.councils[found.councils["touched"]].itertuples():
        people = f"The council {row.name} ({row.population:,} residents)"
        before, after = row.stps_before, row.stps_after
        if after == 1 < before:
            where = f"all of it would be in {_named(row.partners_after)}"
            said.append(Change(BETTER, f"{people} would no longer be split between STPs: {where}."))
        elif before == 1 < after:
            said.append(Change(WORSE, f"{people} would be split between STPs: {_named(row.partners_after)}."))
        elif before != after:
            kind = BETTER if after < before else WORSE
            said.append(Change(kind, f"{people} would be in {after} STPs instead of {before}."))
    return _shortened(said, "council")


def _named(codes: tuple[str, ...]) -> str:
    return listed([regroup.stp_name(code) for code in codes])


def _of_england(found: Consequences) -> list[Change]:
    then, now = found.before, found.after
    said = []
    people = now.residents_in_split - then.residents_in_split
    if people:
        than = f"{abs(people):,} {'more' if people > 0 else 'fewer'} residents would live in split councils"
        numbers = f"{now.residents_in_split:,} instead of {then.residents_in_split:,}"
        said.append(Change(WORSE if people > 0 else BETTER, f"{than}: {numbers}."))
    step = round(now.v_measure, 4) - round(then.v_measure, 4)
    numbers = f"from {then.v_measure:.4f} to {now.v_measure:.4f}"
    if abs(step) >= 5e-5:
        kind = BETTER if step > 0 else WORSE
        rise = "rise" if step > 0 else "fall"
        said.append(Change(kind, f"The V-measure of councils and STPs would {rise} {numbers}."))
    return said


def _of_fit(found: Consequences) -> list[Change]:
    said = []
    stps = found.stps
    both = stps[stps["touched"] & (stps["population_before"] > 0) & (stps["population_after"] > 0)]
    for row in both[both["class_before"] != both["class_after"]].itertuples():
        old, new = _made(row.class_before), _made(row.class_after)
        kind = BETTER if row.class_before == "split" else WORSE if row.class_after == "split" else ELSE
        said.append(Change(kind, f"The STP {row.name} would {_be(new)}; in 2017 it was {old}."))
    for row in stps[stps["population_before"] == 0].itertuples():
        said.append(Change(ELSE, f"{row.name} would {_be(_made(row.class_after))}."))
    for row in stps.loc[list(found.scattered)].itertuples():
        said.append(Change(WORSE, f"The STP {row.name} would be in {row.pieces_after} pieces that share no border."))
    return _shortened(said, "STP")


def _made(name: str) -> str:
    """Return what an STP is made of in words."""
    words = "not made of whole councils" if name == "split" else class_words(name)
    return words[0].lower() + words[1:]


def _be(made: str) -> str:
    return f"not be {made.removeprefix('not ')}" if made.startswith("not ") else f"be {made}"


def _of_size(found: Consequences) -> list[Change]:
    said = []
    for row in found.stps[found.stps["touched"]].itertuples():
        before, after = row.population_before, row.population_after
        if not after:
            said.append(Change(ELSE, f"The STP {row.name} ({before:,} residents) would cease to exist."))
        elif not before:
            said.append(Change(ELSE, f"{row.name} would have {after:,} residents."))
        elif before != after:
            by = f"{signed((after - before) / before * 100, 1)}%"
            said.append(Change(ELSE, f"The STP {row.name} would have {after:,} residents, not {before:,} ({by})."))
    return _shortened(said, "STP")


def _shortened(said: list[Change], one: str) -> list[Change]:
    """Return at most as many sentences of each kind as can be read, and one on the others."""
    kept = []
    for kind in (BETTER, WORSE, ELSE):
        these = [change.said for change in said if change.kind == kind]
        kept += [Change(kind, one) for one in _cut(these, f"The like for {{}} more {one}s.")]
    return kept


@lru_cache(maxsize=32)
def assignment_table(text: str | None) -> pd.DataFrame:
    """Return every CCG with its STP of 2017 and in the what-if, by unit.

    A CCG that the what-if divides has a row for each of its parts. Shared:
    do not change it.
    """
    made = moves.parsed(text)
    divided = {unit.partition("-")[0] for unit in made if "-" in unit}
    assigned, home = regroup.assignment(made).to_dict(), regroup.parts()["stp17"].to_dict()
    units = [unit for unit in regroup.units() if (unit.partition("-")[0] in divided) == ("-" in unit)]
    units.sort()
    first = [regroup.units()[unit][0] for unit in units]
    return pd.DataFrame(
        {
            "CCG": [blocks.names("ccg17")[unit.partition("-")[0]] for unit in units],
            "Part in district": [blocks.names("lad17").get(unit.partition("-")[2], "") for unit in units],
            "Residents": [residents(unit) for unit in units],
            "STP 2017": [regroup.stp_name(home[part]) for part in first],
            "STP, what if": [regroup.stp_name(assigned[part]) for part in first],
            "Moved": ["yes" if home[part] != assigned[part] else "no" for part in first],
            "CCG code": [unit.partition("-")[0] for unit in units],
            "District code": [unit.partition("-")[2] for unit in units],
            "STP code 2017": [home[part] for part in first],
            "STP code, what if": [assigned[part] for part in first],
        },
        index=pd.Index(units, name="unit"),
    )


def targets(unit: str, text: str | None) -> dict[str, str]:
    """Return the STPs that a unit can be moved to with their names: those that it borders on first, then a new one."""
    assigned = regroup.assignment(moves.parsed(text))
    own = assigned[regroup.units()[unit][0]]
    near = [stp for stp in regroup.neighbours_of(unit, assigned) if stp != own]
    used = {stp for stp in assigned if stp.startswith("new-")} | {regroup.next_new(assigned)}
    new = sorted(filter(None, used), key=lambda stp: int(stp.removeprefix("new-")))
    rest = sorted(blocks.names("stp17").index, key=regroup.stp_name)
    ordered = dict.fromkeys([*near, *new, *rest])
    return {stp: f"{regroup.stp_name(stp)}{' (neighbour)' if stp in near else ''}" for stp in ordered if stp != own}


def near(stp: str, text: str | None) -> set[str]:
    """Return the STPs that share a border with one in a what-if."""
    borders = adjacency.neighbours(regroup.labels(regroup.assignment(moves.parsed(text))))
    return set(borders["b"][borders["a"] == stp])
