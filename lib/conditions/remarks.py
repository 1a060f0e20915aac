"""What a reader must know of the tests: how strong an association they can see, and what stands out."""

from geo import kept
from lib.catalogue import LEAD_TYPES
from lib.conditions import association, family, ratings
from lib.conditions.measures import MEASURES
from lib.text import listed

LEVEL = 0.05
# Share of pairs that agree at which four of five tests pass, on their own and as the first of all after correction:
# simulated with normal values and equal steps between groups (tests/lib/test_conditions_statistics.py repeats it).
DETECTABLE = (0.76, 0.83)


@kept.once
def sizes(scheme: str) -> tuple[int, ...]:
    """Return how many footprints are in each group of ratings, worst first."""
    return tuple(ratings.groups(scheme).dropna().value_counts().sort_index().tolist())


@kept.once
def reach(scheme: str) -> str:
    """Return in sentences how strong an association must be to be seen with these ratings."""
    groups = sizes(scheme)
    pairs = (sum(groups) ** 2 - sum(size**2 for size in groups)) // 2
    single, first = (
        (pairs + association.needed((1,) * sum(groups), groups, level)) // 2 for level in (LEVEL, LEVEL / len(MEASURES))
    )
    share, share_first = DETECTABLE
    return (
        f"Of the {pairs} pairs of footprints rated differently, at least {single} ({single / pairs:.0%}) must go the "
        f"same way for one test on its own to pass at {LEVEL:.0%}, and {first} ({first / pairs:.0%}) for the first of "
        f"{len(MEASURES)} after correction. "
        f"To be found four times out of five, the true share must be about {share:.0%}, or {share_first:.0%} after "
        f"correction. What is weaker than that, these ratings are likely to miss."
    )


@kept.once
def leads(scheme: str) -> str:
    """Return in sentences what stands out in the table of lead types, and why that is no test."""
    table = family.lead_table(scheme)
    totals = table.sum(axis=1)
    best, worst = (
        listed([f"{n} of {total} {title}" for n, total, title in zip(column, totals, LEAD_TYPES.values(), strict=True)])
        for column in (table[:, -1], table[:, 0])
    )
    return (
        f"Outstanding: {best}. Needs most improvement: {worst}. To pick a cell after seeing the table, and then to "
        "test it on the same table, is no test. Nor does the table say what came first: several sources name a lead "
        "of a later date than the rating, and a struggling place may have been given a certain kind of lead."
    )


def tally(kinds: list[str]) -> str:
    """Return in a sentence how many measures show something."""
    some = sum(kind in ("as_claimed", "opposite", "some") for kind in kinds)
    before = kinds.count("before_correction")
    if not some and not before:
        return f"None of the {len(kinds)} tests passes at {LEVEL:.0%}, corrected or not."
    passes = "passes" if some < 2 else "pass"
    sentence = f"{some or 'None'} of the {len(kinds)} tests {passes} at {LEVEL:.0%} after correction"
    return f"{sentence}; before it {before}{' more' if some else ''} would." if before else f"{sentence}."


@kept.once
def missing() -> str:
    """Return in a sentence what the published totals say of the ratings not established."""
    codes, advanced = ratings.unknown()
    return (
        f"By the published totals {advanced} of the {len(codes)} ratings not established were advanced and "
        f"{len(codes) - advanced} making progress."
    )
