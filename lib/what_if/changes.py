"""What a what-if changes, in sentences."""

from dataclasses import dataclass

from geo import blocks, regroup
from geo.blocks import Layer
from geo.effects import Consequences
from lib.text import listed, small
from lib.what_if.regrouping import consequences
from lib.what_if.tables import class_words, signed

_MOST_TOLD = 6
# How far an STP consists of whole councils, the least first.
_FITS = ("outside", "split", "within_one", "union_of_whole", "same")
BETTER, WORSE, ELSE = "better", "worse", "else"


@dataclass(frozen=True)
class Change:
    """A change in words; `kind` is `BETTER`, `WORSE` or `ELSE`."""

    kind: str
    sentence: str


def warnings(text: str | None) -> list[str]:
    """Return a sentence for each STP that would fall into pieces or have no member, few enough to be read."""
    outcome = consequences(text)
    pieces = []
    for stp in map(outcome.stps.__getitem__, outcome.scattered):
        then = " (in 2017 it was in one)" if stp.before.pieces == 1 else ""
        pieces.append(f"The STP {stp.name} would be in {stp.after.pieces} pieces that share no border{then}.")
    names = [outcome.stps[code].name for code in outcome.emptied]
    gone = [f"The STP {name} would have no CCG left and cease to exist." for name in names]
    return _cut(pieces, "{} more STPs would be in pieces: see the table.") + _cut(gone, "So would {} more STPs.")


def _cut(sentences: list[str], more: str) -> list[str]:
    """Return at most as many sentences as can be read, and one with the number of the others."""
    if len(sentences) <= _MOST_TOLD + 1:
        return sentences
    return [*sentences[:_MOST_TOLD], more.format(len(sentences) - _MOST_TOLD)]


def changes(text: str | None, sizes: bool = True, against: str = regroup.COUNCILS) -> list[Change]:
    """Return what would get better, what worse, and what else would change, in sentences with numbers.

    Better and worse are meant for one thing only: how far each council has
    one STP to deal with and each STP consists of whole councils. With `sizes`
    the residents of each STP are among it. Councils are the areas of the
    layer `against`, of `geo.regroup.AGAINST`.
    """
    outcome, layer = consequences(text, against), blocks.layer(against)
    if not outcome.moves:
        return []
    judged = (*_of_councils(outcome, layer), *_of_england(outcome, layer), *_of_fit(outcome, layer))
    return [*judged, *(_of_size(outcome) if sizes else [])]


def _of_councils(outcome: Consequences, layer: Layer) -> list[Change]:
    lines = []
    for council in outcome.councils.values():
        people = f"The {layer.one} {council.name} ({council.population:,} residents)"
        before, after = len(council.before.stps), len(council.after.stps)
        if after == 1 < before:
            where = f"all of it would be in {_named(council.after.stps)}"
            lines.append(Change(BETTER, f"{people} would no longer be split between STPs: {where}."))
        elif before == 1 < after:
            lines.append(Change(WORSE, f"{people} would be split between STPs: {_named(council.after.stps)}."))
        elif before != after:
            kind = BETTER if after < before else WORSE
            lines.append(Change(kind, f"{people} would be in {after} STPs instead of {before}."))
    return _shortened(lines, layer.many)


def _named(codes: tuple[str, ...]) -> str:
    return listed([regroup.stp_name(code) for code in codes])


def _of_england(outcome: Consequences, layer: Layer) -> list[Change]:
    then, now = outcome.before, outcome.after
    lines = []
    people = now.residents_in_split - then.residents_in_split
    if people:
        than = f"{abs(people):,} {'more' if people > 0 else 'fewer'} residents would live in split {layer.many}"
        numbers = f"{now.residents_in_split:,} instead of {then.residents_in_split:,}"
        lines.append(Change(WORSE if people > 0 else BETTER, f"{than}: {numbers}."))
    step = round(now.v_measure, 4) - round(then.v_measure, 4)
    numbers = f"from {then.v_measure:.4f} to {now.v_measure:.4f}"
    if abs(step) >= 5e-5:
        kind = BETTER if step > 0 else WORSE
        rise = "rise" if step > 0 else "fall"
        lines.append(Change(kind, f"The V-measure of {layer.many} and STPs would {rise} {numbers}."))
    return lines


def _of_fit(outcome: Consequences, layer: Layer) -> list[Change]:
    lines = []
    for name, before, after in outcome.stps.values():
        if before.population and after.population and before.fit != after.fit:
            kind = BETTER if _FITS.index(after.fit) > _FITS.index(before.fit) else WORSE
            old, new = _made(before.fit, layer), _made(after.fit, layer)
            lines.append(Change(kind, f"The STP {name} would {_be(new)}; in 2017 it was {old}."))
    for name, before, after in outcome.stps.values():
        if not before.population:
            kind = {"outside": WORSE, "split": WORSE, "within_one": ELSE}.get(after.fit, BETTER)
            lines.append(Change(kind, f"{name} would {_be(_made(after.fit, layer))}."))
    for name, _, after in map(outcome.stps.__getitem__, outcome.scattered):
        lines.append(Change(WORSE, f"The STP {name} would be in {after.pieces} pieces that share no border."))
    return _shortened(lines, "STPs")


def _made(name: str, layer: Layer) -> str:
    """Return what an STP is made of in words."""
    words = f"not made of whole {layer.many}" if name == "split" else class_words(name, layer.name)
    return small(words)


def _be(made: str) -> str:
    return f"not be {made.removeprefix('not ')}" if made.startswith("not ") else f"be {made}"


def _of_size(outcome: Consequences) -> list[Change]:
    lines = []
    for stp in outcome.stps.values():
        before, after = stp.before.population, stp.after.population
        if not after:
            lines.append(Change(ELSE, f"The STP {stp.name} ({before:,} residents) would cease to exist."))
        elif not before:
            lines.append(Change(ELSE, f"{stp.name} would have {after:,} residents."))
        elif before != after:
            by = signed((after - before) / before * 100, 0, 1, unit="%")
            lines.append(Change(ELSE, f"The STP {stp.name} would have {after:,} residents, not {before:,} ({by})."))
    return _shortened(lines, "STPs")


def _shortened(changes: list[Change], many: str) -> list[Change]:
    """Return at most as many sentences of each kind as can be read, and one on the others."""
    kept = []
    for kind in (BETTER, WORSE, ELSE):
        these = [change.sentence for change in changes if change.kind == kind]
        kept += [Change(kind, one) for one in _cut(these, f"The like for {{}} more {many}.")]
    return kept
