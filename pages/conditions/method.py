"""How the claims are tested, and what the tests cannot say."""

from math import comb, sqrt

from geo import kept
from lib import catalogue
from lib.catalogue import PUBLISHED_RATINGS, RATINGS
from lib.conditions import family, ratings, remarks, verdicts
from lib.conditions.measures import MEASURES
from lib.content.blocks import Link, Strong, Words
from lib.text import listed


@kept.once
def paragraphs() -> tuple[Words, ...]:
    """Return the method, a paragraph a question, and of each measure what is counted."""
    return (*_tests(), *_measures())


def _measures() -> tuple[Words, ...]:
    results = family.results("three")
    return tuple(
        (Strong(measure.title), f" (n = {verdicts.footprints(results[key].test)}). {measure.note}")
        for key, measure in MEASURES.items()
    )


def _tests() -> tuple[Words, ...]:
    sizes, counts = remarks.sizes("three"), ratings.counts()
    groups, untied = listed([str(size) for size in sizes]), comb(sum(sizes), 2)
    pairs = untied - sum(comb(size, 2) for size in sizes)
    codes, advanced = ratings.unknown()
    totals = listed([f"{total} {RATINGS[name].lower()}" for name, total in PUBLISHED_RATINGS.items()])
    return (
        (
            Strong("Claims."),
            " NHS Providers, STPs and accountable care: background briefing, December 2017. The Health and Social"
            " Care Committee reported in 2018 that areas with a history of working together and a clearer, more "
            "practical boundary had started with an advantage (",
            Link("chapter 4", "https://publications.parliament.uk/pa/cm201719/cmselect/cmhealth/650/65007.htm"),
            ", paragraph 54). What is manageable is not measured: smaller is taken to be more so. Tests of order "
            "see whether more, or less, goes with a better rating; a best size in between would escape them.",
        ),
        (
            Strong("Question."),
            " Do footprints that were rated better in July 2017 have more, or less, of something? All tests are "
            "two-sided, whatever a claim says.",
        ),
        (
            Strong("Ratings."),
            f" Main test: three ordered groups of {groups}, all fully published. Second test: four classes of the "
            f"{counts['published'] + counts['inferred']} ratings that are published or inferred. These are no random"
            " part of the 44, so the second test is less sure; it is marked wherever it is shown. Published "
            f"totals for all {sum(sizes)}: {totals}; {catalogue.other_totals()}, which leaves the three groups as "
            "they are.",
        ),
        (
            Strong("Association."),
            " Kendall's tau-b (SciPy). It rests on Kendall's S, as the Jonckheere–Terpstra test does: the number "
            "of pairs rated differently in which the better-rated footprint has more of the measure, less those "
            f"in which it has less. With groups of {groups} and no ties in the measure, tau-b cannot exceed "
            f"{sqrt(pairs / untied):.2f}; the shares of pairs are easier to read.",
        ),
        (
            Strong("p-value."),
            " Exact, without simulation: every way to deal the ratings out to the footprints counts once, ties as"
            " they are; the p-value is twice the share of those that reach as far on the side seen. It asks "
            "whether chance in dealing out the ratings could have done this, and needs no sample from a larger "
            "population.",
        ),
        (
            Strong("Interval."),
            " 95%, for Somers' D (S over the number of pairs rated differently), put on the scale of tau-b with "
            "the ties as they are: variance from leaving out each footprint in turn within its group, Fisher's "
            "transformation, Student's t with Satterthwaite's degrees of freedom. In simulations of groups of 5, "
            "34 and 5 (normal values, equal and unequal spread) it covered the true value in 91% to 96% of cases."
            " It treats the 44, which are all there were, as if drawn from many that might have been. "
            "Neighbouring footprints are treated as independent, which they may not be; if so, intervals are too "
            "narrow and p-values too small.",
        ),
        (
            Strong("Lead type"),
            " has no order: Cramér's V, and as its p-value the exact share of all ways to deal out the ratings in"
            " which V is at least as large (probabilities of the tables with these totals from SciPy). V is "
            "biased upwards in small tables, its p-value is not.",
        ),
        (
            Strong("Many measures."),
            f" Holm's correction over the {len(MEASURES)} tests of one choice of ratings, weight and tolerance; "
            "the two choices of ratings are corrected apart. The tests against the date of becoming a system are "
            "corrected together with the main tests. Several measures overlap (councils, straddled "
            "councils, split residents, the two measures of fit): they do not count as separate evidence. "
            "Residents without tolerance is the choice to quote; to try others until one passes is no test.",
        ),
        (
            Strong("Bounds."),
            f" {remarks.missing()} The bounds are the least and the greatest tau-b over all "
            f"{comb(len(codes), advanced):,} ways to share them out, found exactly.",
        ),
        (
            Strong("How strong an association can be seen."),
            " The shares of pairs that a test needs are exact for measures without ties; those that are found "
            "four times out of five are simulated (normal values, equal steps between neighbouring groups).",
        ),
        (
            Strong("What this cannot say."),
            " Whether anything helps. The claims are about systems that progress, the ratings are a baseline at "
            "one date; what else differs between footprints is not held constant; and what the claims mean by a "
            "manageable population or a natural boundary may not be what is measured here.",
        ),
    )
