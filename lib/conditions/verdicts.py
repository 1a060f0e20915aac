"""Results in plain words: what the data show of a claim, and what they do not."""

import math

from lib.conditions.association import CONFIDENCE, Association
from lib.conditions.contingency import TableTest
from lib.conditions.family import Result
from lib.conditions.measures import MEASURES, Measure
from lib.text import small

LEVEL = 0.05
KINDS = {
    "as_claimed": "Shown, in the direction claimed",
    "opposite": "Shown, against the direction claimed",
    "some": "An association is shown",
    "before_correction": "Not shown once corrected",
    "not_shown": "Not shown",
}
"""Verdicts in a word or two."""


def kind(result: Result) -> str:
    """Return which of `KINDS` a result is."""
    if result.corrected < LEVEL:
        direction = MEASURES[result.key].direction
        if not direction or isinstance(result.test, TableTest):
            return "some"
        return "as_claimed" if (result.test.tau > 0) == (direction > 0) else "opposite"
    return "before_correction" if result.p < LEVEL else "not_shown"


def sentence(result: Result) -> str:
    """Return what the data show of the claim that a measure belongs to."""
    measure, verdict = MEASURES[result.key], kind(result)
    if isinstance(result.test, TableTest):
        what = "rating and lead type go together"
        if verdict == "some":
            return f"In July 2017 {what} in a way that chance alone seldom brings about. {_NO_CAUSE}"
    else:
        what = _claimed(measure, result.test)
        if verdict in ("as_claimed", "opposite", "some"):
            has = measure.more if result.test.tau > 0 else measure.less
            against = " That is the opposite of what is claimed." if verdict == "opposite" else ""
            return f"In July 2017 better-rated footprints tended to have {has}.{against} {_NO_CAUSE}"
    text = f"The data do not show that {what}."
    if verdict == "before_correction":
        return (
            f"{text} On its own the test would pass, but it is one of {result.tests}, and among so many one or another "
            f"passes by chance."
        )
    return f"{text} Nor do they show that it makes no difference: {_reach(result.test)}"


_NO_CAUSE = "This says neither why nor which came first."


def _claimed(measure: Measure, test: Association) -> str:
    if not measure.direction:
        title = small(measure.title)
        return f"rating and {title} go together"
    has = measure.more if measure.direction > 0 else measure.less
    return f"better-rated footprints tended to have {has}"


def _reach(test: Association | TableTest) -> str:
    if isinstance(test, TableTest):
        return "with so few footprints in most cells only a strong association could be seen."
    if math.isnan(test.low):
        return "with so few footprints only a strong association could be seen."
    return f"values of tau-b from {interval(test)} are compatible with them."


def pairs(result: Result) -> str:
    """Return a result as a count of pairs of footprints, which needs no statistics to be understood."""
    test, measure = result.association, MEASURES[result.key]
    same = f", and in {test.same} the two are equal" if test.same else ""
    return (
        f"Of the {test.pairs:,} pairs of footprints that were rated differently, the better-rated one had "
        f"{measure.more} in {test.more} ({test.more / test.pairs:.0%}), {measure.less} in {test.less} "
        f"({test.less / test.pairs:.0%}){same}."
    )


def number(value: float) -> str:
    """Return a coefficient with two decimals: ``"0.17"``, ``"−0.08"``; a dash where it is missing."""
    text = f"{value:.2f}".replace("-", "−")
    return "–" if math.isnan(value) else text.removeprefix("−") if text == "−0.00" else text


def chance(p: float) -> str:
    """Return a p-value in words: ``"0.19"``, ``"0.004"``, ``"<0.001"``, ``"1"``."""
    if p < 0.001:
        return "<0.001"
    return f"{p:.3f}" if p < 0.0995 else f"{p:.2f}" if p < 0.995 else "1.00"


def interval(test: Association) -> str:
    """Return the interval of a test in words."""
    return "–" if math.isnan(test.low) else f"{number(test.low)} to {number(test.high)}"


def numbers(result: Result) -> dict[str, str]:
    """Return a result's figures by name, for a short table."""
    test = result.test
    rows = {"Footprints": str(footprints(test))}
    if isinstance(test, TableTest):
        rows |= {"Cramér's V": f"{test.v:.2f}", "Exact p-value of V": chance(test.p)}
    else:
        rows |= {
            "Kendall's tau-b": number(test.tau),
            f"{CONFIDENCE:.0%} interval": interval(test),
            "Exact p-value, two-sided": chance(test.p),
        }
    return rows | {f"p-value corrected for {result.tests} tests": chance(result.corrected)}


def claimed(measure: Measure) -> str:
    """Return in a few words what is claimed of a measure."""
    return {1: "more is better", -1: "less is better", 0: "no direction claimed"}[measure.direction]


def footprints(test: Association | TableTest) -> int:
    """Return how many footprints a test rests on."""
    return sum(map(sum, test.table)) if isinstance(test, TableTest) else test.n
