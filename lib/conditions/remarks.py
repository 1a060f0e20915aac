"""What a reader must know of the tests: how strong an association they can see, and how they were made."""

from math import comb, sqrt

from lib import catalogue
from lib.catalogue import LEAD_TYPES, PUBLISHED_RATINGS, RATINGS
from lib.conditions import association, family, ratings
from lib.conditions.measures import MEASURES
from lib.text import listed

LEVEL = 0.05
# Share of pairs that agree at which four of five tests pass, on their own and as the first of all after correction:
# simulated with normal values and equal steps between groups (tests/lib/test_conditions_statistics.py repeats it).
DETECTABLE = (0.76, 0.83)


def _sizes(scheme: str) -> tuple[int, ...]:
    return tuple(ratings.groups(scheme).dropna().value_counts().sort_index().tolist())


def reach(scheme: str) -> str:
    """Return in sentences how strong an association must be to be seen with these ratings."""
    sizes = _sizes(scheme)
    pairs = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    single, first = (
        (pairs + association.needed((1,) * sum(sizes), sizes, level)) // 2 for level in (LEVEL, LEVEL / len(MEASURES))
    )
    found, found_first = DETECTABLE
    return (
        f"Of the {pairs} pairs of footprints rated differently, at least {single} ({single / pairs:.0%}) must go the "
        f"same way for one test on its own to pass at {LEVEL:.0%}, and {first} ({first / pairs:.0%}) for the first of "
        f"{len(MEASURES)} after correction. "
        f"To be found four times out of five, the true share must be about {found:.0%}, or {found_first:.0%} after "
        f"correction. What is weaker than that, these ratings are likely to miss."
    )


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
    said = f"{some or 'None'} of the {len(kinds)} tests {passes} at {LEVEL:.0%} after correction"
    return f"{said}; before it {before}{' more' if some else ''} would." if before else f"{said}."


def missing() -> str:
    """Return in a sentence what the published totals say of the ratings not established."""
    codes, advanced = ratings.unknown()
    return (
        f"By the published totals {advanced} of the {len(codes)} ratings not established were advanced and "
        f"{len(codes) - advanced} making progress."
    )


def method() -> str:
    """Return the method as Markdown."""
    sizes, found = _sizes("three"), ratings.counts()
    groups, untied = listed([str(size) for size in sizes]), comb(sum(sizes), 2)
    pairs = untied - sum(comb(size, 2) for size in sizes)
    codes, advanced = ratings.unknown()
    totals = listed([f"{total} {RATINGS[name].lower()}" for name, total in PUBLISHED_RATINGS.items()])
    return f"""
**Claims.** NHS Providers, *STPs and accountable care: background briefing*, December 2017. The Health and Social Care
Committee reported in 2018 that areas with a history of working together and a clearer, more practical boundary had
started with an advantage
([chapter 4](https://publications.parliament.uk/pa/cm201719/cmselect/cmhealth/650/65007.htm), paragraph 54).
What is manageable is not measured: smaller is taken to be more so. Tests of order see whether more, or less, goes with
a better rating; a best size in between would escape them.

**Question.** Do footprints that were rated better in July 2017 have more, or less, of something? All tests are
two-sided, whatever a claim says.

**Ratings.** Main test: three ordered groups of {groups}, all fully published. Second test: four classes of the
{found["published"] + found["inferred"]} ratings that are published or inferred. These are no random part of the 44, so
the second test is less sure; it is marked wherever it is shown. Published totals for all {sum(sizes)}: {totals};
{catalogue.other_totals()}, which leaves the three groups as they are.

**Association.** Kendall's tau-b (SciPy). It rests on Kendall's S, as the Jonckheere–Terpstra test does: the number of
pairs rated differently in which the better-rated footprint has more of the measure, less those in which it has less.
With groups of {groups} and no ties in the measure, tau-b cannot exceed {sqrt(pairs / untied):.2f}; the shares of
pairs are easier to read.

**p-value.** Exact, without simulation: every way to deal the ratings out to the footprints counts once, ties as they
are; the p-value is twice the share of those that reach as far on the side seen. It asks whether chance in dealing out
the ratings could have done this, and needs no sample from a larger population.

**Interval.** 95%, for Somers' D (S over the number of pairs rated differently), put on the scale of tau-b with the
ties as they are: variance from leaving out each footprint in turn within its group, Fisher's transformation, Student's
t with Satterthwaite's degrees of freedom. In simulations of groups of 5, 34 and 5 (normal values, equal and unequal
spread) it covered the true value in 91% to 96% of cases. It treats the 44, which are all there were, as if drawn from
many that might have been. Neighbouring footprints are treated as independent, which they may not be; if so, intervals
are too narrow and p-values too small.

**Lead type** has no order: Cramér's V, and as its p-value the exact share of all ways to deal out the ratings in which
V is at least as large (probabilities of the tables with these totals from SciPy). V is biased upwards in small tables,
its p-value is not.

**Many measures.** Holm's correction over the {len(MEASURES)} tests of one choice of ratings, weight and tolerance;
the two choices of ratings are corrected apart. Several measures overlap (councils, straddled councils, split residents,
the two measures of fit): they do not count as separate evidence. Residents without tolerance is the choice to quote;
to try others until one passes is no test.

**Bounds.** {missing()} The bounds are the least and the greatest tau-b over all {comb(len(codes), advanced):,} ways to
share them out, found exactly.

**How strong an association can be seen.** The shares of pairs that a test needs are exact for measures without ties;
those that are found four times out of five are simulated (normal values, equal steps between neighbouring groups).

**What this cannot say.** Whether anything helps. The claims are about systems that progress, the ratings are a
baseline at one date; what else differs between footprints is not held constant; and what the claims mean by a
manageable population or a natural boundary may not be what is measured here.
"""
