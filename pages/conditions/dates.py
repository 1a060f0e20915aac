"""All measures held against another outcome: when the STP as a whole became a system."""

from geo import kept
from lib.care import waves
from lib.conditions import systems, verdicts
from lib.conditions.association import Association
from lib.conditions.family import Result
from lib.conditions.measures import MEASURES
from lib.content.blocks import Block, Prose, Strong
from lib.text import counted, listed, small
from pages.conditions import tables


@kept.once
def blocks() -> tuple[Block, ...]:
    """Return what the tests show, what they rest on, and the table."""
    results = systems.results()
    sizes = systems.groups().value_counts()
    inferred = sum(step.inferred for step in waves.whole().values())
    groups = listed([f"{words} ({sizes[n]})" for n, words in reversed(list(enumerate(systems.GROUPS)))])
    return (
        Prose((Strong(_tally(results)), f" {_close(results)}")),
        Prose(
            f"Tested with residents and without tolerance, against three groups of dates on which the whole STP was "
            f"named as a system: {groups}. Of the dates {inferred} are inferred. Parts that were systems earlier do "
            f"not count. NHS England rated the areas and chose them, so the two outcomes may "
            f"not be independent. p-values are corrected for {_together(results)} tests, those against the "
            "ratings and those against the dates.",
            "caption",
        ),
        tables.dates(results),
    )


def _together(results: dict[str, Result]) -> int:
    return next(iter(results.values())).tests


def _tally(results: dict[str, Result]) -> str:
    passed = [MEASURES[key].title for key, result in results.items() if result.corrected < verdicts.LEVEL]
    tests = _together(results)
    if passed:
        return f"After correction for {tests} tests the date goes with {listed([small(title) for title in passed])}."
    return f"None of the {len(results)} measures goes with the date once corrected for {tests} tests."


def _close(results: dict[str, Result]) -> str:
    """Return what would pass on its own, with the direction in which it points."""
    close = [result for result in results.values() if result.p < verdicts.LEVEL <= result.corrected]
    if not close:
        return "Nor would any on its own."
    phrases = [_points(result) for result in close]
    return (
        f"On {'its' if len(close) == 1 else 'their'} own {counted(len(close), 'test')} would pass: footprints that "
        f"became a system earlier tended to have {listed(phrases)}. Among so many tests some pass by chance, and "
        "several of these overlap."
    )


def _points(result: Result) -> str:
    measure = MEASURES[result.key]
    if not isinstance(result.test, Association):
        return "another kind of lead"
    against = measure.direction and (result.test.tau > 0) != (measure.direction > 0)
    return f"{measure.more if result.test.tau > 0 else measure.less}{' (against the claim)' if against else ''}"
