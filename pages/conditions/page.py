"""What is said to help a footprint, held against the ratings."""

from geo import blocks, kept
from lib import catalogue, fit, glossary, links
from lib.catalogue import LEAD_TYPES
from lib.conditions import crosstab, family, multiverse, ratings, remarks, verdicts
from lib.conditions.measures import CLAIMS, LEAD, MEASURES, values
from lib.content import formats
from lib.content.blocks import Block, Group, Link, Links, Listing, Prose, Section, Strong, Words
from lib.content.controls import ChooseOne, ChooseSome, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.text import capital, counted, listed
from pages.conditions import cells, charts, dates, method, shown, tables
from pages.conditions.view import ConditionsView, cited

_SOURCES = (
    "Claims: NHS Providers, STPs and accountable care: background briefing, December 2017.",
    "Ratings: NHS England, STP progress dashboard, baseline of July 2017.",
    "Membership: ONS lookups of April 2017. Residents: ONS mid-2017 estimates.",
)
_TERMS = ("kendalls-tau", "confidence-interval", "permutation-test", "many-tests")


def _controls(view: ConditionsView) -> tuple[Control, ...]:
    titles = {key: measure.title for key, measure in MEASURES.items()}
    schemes = {key: ratings.SCHEMES[key].title for key in ratings.SHOWN}
    weights = {name: capital(words) for name, words in blocks.WEIGHTS.items()}
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    return (
        ChooseOne("measure", "Measure", titles, width=290),
        ChooseOne("ratings", "Ratings", schemes, width=330),
        ChooseOne("stp", "Footprint", names, "Choose or type a name", width=290),
        ChooseOne("weight", "Counted in", weights, width=250, folded=True),
        ChooseOne("tolerance", "Ignore parts smaller than", fit.tolerances(view.tolerance), width=220, folded=True),
        ChooseSome("lead", "Lead type", LEAD_TYPES, "All lead types", width=230, folded=True),
        ChooseSome("fit", "Fit with councils", crosstab.FIT_LABELS, "All classes", width=280, folded=True),
        ChooseSome("rating", "Rating", crosstab.RATINGS, "All ratings", width=260, folded=True),
    )


def document(view: ConditionsView) -> Document:
    """Return what the data show of a claim, the dots, and all claims together."""
    result = family.results(view.ratings, view.weight, view.tolerance)[view.measure]
    claim, verdict = CLAIMS[MEASURES[view.measure].claim], verdicts.sentence(result)
    return Document(
        title="Do the claims hold?",
        description=f"{claim.title}. {verdict}",
        lead=verdict,
        blocks=(
            Group(((charts.by_rating(view), tables.marks(view)), (*_chosen(view), *_claim(view, result))), (64, 36)),
            Section("What to keep in mind", (Listing(_caveats()),), "caveats"),
            Section("The tests", _tests(view), "tests"),
            Section("All values as a table", (tables.all_values(view),), "values", folded=True),
            Section("All claims at once", _claims(view), "claims"),
            Section("Another outcome: when it became a system", dates.blocks(), "systems"),
            Section("How much hangs on the choices", _ways(view), "ways"),
            cells.section(view),
            Section("Method and sources", tuple(Prose(words) for words in method.paragraphs()), "method", folded=True),
            Prose(_introduction(), "caption"),
        ),
        sources=_SOURCES,
        own=bool(view.lead or view.fit or view.rating) or not fit.is_offered(view.tolerance),
    )


@kept.once
def _introduction() -> Words:
    return (
        "A briefing of December 2017 (NHS Providers, STPs and accountable care) says that systems progressing at pace "
        "often have a more manageable population, ",
        glossary.link("coterminous", "coterminous"),
        " boundaries, fewer organisations and a natural boundary, and that the size and nature of the population "
        "matters. Others ask whether the kind of lead matters.",
    )


@kept.once
def _caveats() -> tuple[Words, ...]:
    counts, sizes = ratings.counts(), ratings.groups("three").value_counts()
    return (
        (
            Strong("44 footprints"),
            f", {sizes[2]} of them outstanding and {sizes[0]} needing most improvement: only a strong association "
            "could show. If none shows, that does not say that there is none.",
        ),
        (
            Strong("The ratings are a baseline"),
            " of July 2017, made largely of hospital indicators. They are not a measure of how fast a partnership "
            "moves.",
        ),
        (
            Strong("Evidence"),
            f": {counts['published']} ratings are published area by area, {counts['inferred']} inferred, "
            f"{counts['not_established']} not established. The main test uses only what is fully published: "
            f"outstanding, needs most improvement, and all {sizes[1]} between.",
        ),
        (
            Strong("Areas are not people"),
            ": what holds between footprints need not hold inside them (",
            glossary.link("ecological-fallacy", "ecological fallacy"),
            "). And an association is no cause.",
        ),
    )


def _chosen(view: ConditionsView) -> tuple[Block, ...]:
    """Return the chosen footprint and the way to everything about it."""
    if not view.stp:
        return ()
    stp = catalogue.footprints()[view.stp]
    value = shown.in_words(view.measure, values(view.measure, view.weight, view.tolerance)[stp.code], view.weight)
    words = (
        f"{MEASURES[view.measure].title}: ",
        Strong(value),
        ". Rating, July 2017: ",
        Strong(catalogue.rating_words(stp)),
        ".",
    )
    way = Link("Everything about it", links.to("footprint", stp=stp.code))
    return (Section(stp.name, (Prose(words), Links((way,))), "chosen"),)


def _claim(view: ConditionsView, result: family.Result) -> tuple[Block, ...]:
    """Return who claims what, and what the pairs of footprints say of it."""
    measure = MEASURES[view.measure]
    sentence = remarks.leads(view.ratings) if view.measure == LEAD else verdicts.pairs(result)
    idle = [
        words
        for name, words in (("weight", "what is counted"), ("tolerance", "the tolerance"))
        if name not in measure.uses
    ]
    none = (
        f"{measure.title} does not depend on {listed(idle, 'or on')}; other measures and the fit in the last table do."
    )
    chosen = view.weight != "population" or view.tolerance
    return (
        Section(
            CLAIMS[measure.claim].title,
            (
                Prose(CLAIMS[measure.claim].sentence, "caption"),
                Prose(sentence),
                *((Prose(none, "caption"),) if idle and chosen else ()),
            ),
            "claim",
        ),
    )


def _tests(view: ConditionsView) -> tuple[Block, ...]:
    """Return the figures of the tests with each choice of ratings, and what they rest on."""
    notes: list[Words] = [("What these are: ", *formats.listed([glossary.link(key) for key in _TERMS]), ".")]
    notes += [(Strong(ratings.SCHEMES[scheme].title), f": {ratings.evidence(scheme)}") for scheme in ratings.SHOWN]
    if missing := int(values(view.measure).isna().sum()):
        notes.append(f"{counted(missing, 'footprint')} without a comparable figure are in neither test.")
    if view.measure != LEAD:
        low, high = family.tau_bounds(view.measure, view.weight, view.tolerance)
        notes.append(
            (
                Strong("Bounds"),
                f": {remarks.missing()} Whichever they were, tau-b over all footprints that have a figure, in four "
                f"classes, lies between {verdicts.number(low)} and {verdicts.number(high)}, if the inferred are right.",
            )
        )
    return (tables.tests(view), *(Prose(words, "caption") for words in notes))


def _claims(view: ConditionsView) -> tuple[Block, ...]:
    """Return the verdicts on all measures and their tau-b with intervals."""
    results = family.results(view.ratings, view.weight, view.tolerance)
    tally = remarks.tally([verdicts.kind(result) for result in results.values()])
    return (
        Prose((Strong(tally), f" {remarks.reach(view.ratings)}")),
        Prose((Strong(ratings.SCHEMES[view.ratings].title), f": {ratings.evidence(view.ratings)}"), "caption"),
        charts.intervals(view),
        tables.claims(view),
    )


def _ways(view: ConditionsView) -> tuple[Block, ...]:
    """Return how the answer on one measure changes with the choices behind it."""
    return (
        Prose(multiverse.summary(view.measure, verdicts.LEVEL)),
        charts.ways(view.measure),
        Section("All ways as a table", (tables.ways(view.measure),), folded=True),
    )


PAGE = Page(
    path="conditions",
    name="Do the claims hold?",
    answers="Whether what is said to help a footprint shows in the ratings: dots, exact tests, every choice open.",
    view=ConditionsView,
    document=document,
    controls=_controls,
    cited=cited,
)
