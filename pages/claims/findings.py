"""What the tables say of claims that can be worked out from them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from geo import blocks, sources
from lib import catalogue, fit, links
from lib.accountable_care import acs
from lib.conditions import family, verdicts
from lib.shared_parameters import RATING_CLASSES
from lib.text import counted, listed

LEICESTER = "E54000015"
SOMERSET = "E54000038"
_HOSPITALS = "RWE"
_SCHEME = "three"
_BY_TEST = {
    "as_claimed": "holds",
    "some": "in_part",
    "opposite": "does_not_hold",
    "before_correction": "open",
    "not_shown": "open",
}


@dataclass(frozen=True)
class Finding:
    """What is found: a verdict, a sentence with the figures, and the view that shows them."""

    verdict: str
    says: str
    link: str


def _if(true: bool) -> str:
    return "holds" if true else "does_not_hold"


def footprints() -> Finding:
    """Return whether there are 44 STPs."""
    number = len(blocks.names("stp17"))
    return Finding(_if(number == 44), f"The lookup of April 2017 has {number} STPs.", links.to(""))


def systems() -> Finding:
    """Return whether eight places became accountable care systems."""
    number = sum(area.kind == "acs" for area in acs.areas().values())
    return Finding(_if(number == 8), f"Eight were named in June 2017; the table has {number}.", links.to("acs"))


def rated(key: str) -> Finding:
    """Return how many of the printed number of a rating have a name."""
    claimed, label = catalogue.PUBLISHED_RATINGS[key], catalogue.RATINGS[key].lower()
    table = sources.read("stp_ratings")
    here = table[table["rating"] == key]
    published = int((here["evidence"] == "published").sum())
    says = f"{len(here)} of {claimed} rated {label} have a name here, {published} of them published by name."
    verdict = "holds" if published == claimed else "does_not_hold" if len(here) > claimed else "in_part"
    return Finding(verdict, says, links.to("", colour="rating", rating=_classes(key)))


def _classes(key: str) -> tuple[str, ...]:
    return tuple(name for name in RATING_CLASSES if name.startswith(f"{key}:"))


def led(key: str) -> Finding:
    """Return whether as many leads are of a type as were printed."""
    claimed = catalogue.PUBLISHED_LEADS[key]
    number = sum(stp.lead.kind == key for stp in catalogue.footprints().values())
    says = f"{number} of the 44 leads here are of this type, as of the dates of their sources, 2016 to 2019."
    if number != claimed:
        says += " The count of December 2017 cannot be repeated: which lead it counted otherwise is not known."
    return Finding("holds" if number == claimed else "open", says, links.to("", colour="lead", lead=(key,)))


def smaller_than_an_stp() -> Finding:
    """Return whether systems were more likely smaller than an STP than as large as one."""
    eight = [area for area in acs.areas().values() if area.kind == "acs"]
    whole = sum(area.whole for area in eight)
    says = f"Of the eight of June 2017 {whole} are whole STPs, {len(eight) - whole} are parts of one."
    return Finding(_if(len(eight) - whole > whole), says, links.to("acs"))


def left_over() -> Finding:
    """Return whether 36 areas were left beside the eight systems."""
    within = {area.stp for area in acs.areas().values() if area.kind == "acs"}
    left = len(blocks.names("stp17")) - len(within)
    says = f"44 less 8 is 36, but the eight lie in {len(within)} STPs: {left} STPs had no system."
    return Finding(_if(left == 36), says, links.to("", acs=("devolution", "none")))


def progress_with_a_system() -> Finding:
    """Return how the STPs with a system were rated."""
    within = {area.stp for area in acs.areas().values() if area.kind == "acs"}
    stps = [catalogue.footprints()[code] for code in sorted(within)]
    counts = {key: sum(stp.rating.value == key for stp in stps) for key in catalogue.RATINGS}
    tally = [f"{number} {catalogue.RATINGS[key].lower()}" for key, number in counts.items() if number]
    unknown = len(stps) - sum(counts.values())
    tally += [f"{unknown} not established"] if unknown else []
    good = counts["outstanding"] + counts["advanced"]
    inferred = sum(stp.rating.grade == "inferred" for stp in stps)
    verdict = "holds" if good == len(stps) and not inferred else "in_part" if 2 * good > len(stps) else "does_not_hold"
    says = f"Of the {len(stps)} STPs with one of the eight: {listed(tally)}"
    says += f"; {counted(inferred, 'rating is', 'ratings are')} inferred." if inferred else "."
    return Finding(verdict, says, links.to("", acs=("whole", "part")))


def councils_of_leicester() -> Finding:
    """Return whether three councils have residents in the STP."""
    names = list(fit.parts("stp17", "council17", LEICESTER, "population", 0.0)["name"])
    says = f"{counted(len(names), 'council has', 'councils have')} residents in it: {listed(sorted(names))}."
    return Finding(_if(len(names) == 3), says, links.to("footprint", stp=LEICESTER))


def organisations_of_leicester() -> Finding:
    """Return whether the STP has nine organisations."""
    table = sources.read("stp_partners")
    number = int((table["stp17cd"] == LEICESTER).sum())
    return Finding(
        _if(number == 9), f"The published partner list names {number}.", links.to("footprint", stp=LEICESTER)
    )


def gap_of_leicester() -> Finding:
    """Return where the gap of the STP is known from."""
    gap = catalogue.footprints()[LEICESTER].gap
    says = f"Our table has GBP {gap.value:.0f} million, and has it from this article: that proves nothing."
    return Finding("open", says, links.to("footprint", stp=LEICESTER))


def rating_of_leicester() -> Finding:
    """Return whether the STP was rated advanced."""
    rating = catalogue.footprints()[LEICESTER].rating
    says = f"Its rating of July 2017: {catalogue.rating_words(catalogue.footprints()[LEICESTER])}."
    return Finding(_if(rating.value == "advanced"), says, links.to("footprint", stp=LEICESTER))


def lead_of_somerset() -> Finding:
    """Return whether the lead of Somerset came from a council."""
    lead = catalogue.footprints()[SOMERSET].lead
    says = f"Its lead here, {lead.fact.value}, is of the type {catalogue.LEAD_TYPES[lead.kind].lower()}."
    return Finding(_if(lead.kind == "local_authority"), says, links.to("footprint", stp=SOMERSET))


def emergency_care_of_leicester() -> Finding:
    """Return the rank of the hospitals of Leicester among acute trusts."""
    table = sources.read("trust_ae_four_hour")
    year = table[(table["year"] == "2016/17") & table["type1_share_within_four_hours"].notna()]
    shares = year.set_index("ods_code")["type1_share_within_four_hours"]
    own = float(shares[_HOSPITALS])
    rank = int((shares < own).sum()) + 1
    says = (
        f"University Hospitals of Leicester saw {own:.1%} within four hours at its major departments in 2016/17: "
        f"number {rank} from the bottom of {len(shares)} acute trusts."
    )
    verdict = "holds" if rank <= len(shares) / 10 else "in_part" if rank <= len(shares) / 4 else "does_not_hold"
    return Finding(verdict, says, links.to("sources", table="trust_ae_four_hour"))


def goes_with_ratings(*keys: str) -> Finding:
    """Return what the ratings say of something that is said to help."""
    results = [family.results(_SCHEME)[key] for key in keys]
    kinds = [verdicts.kind(result) for result in results]
    outcomes = {_BY_TEST[kind] for kind in kinds}
    verdict = outcomes.pop() if len(outcomes) == 1 else "in_part" if "holds" in outcomes else "open"
    says = " ".join(dict.fromkeys(verdicts.sentence(result) for result in results))
    return Finding(verdict, says, links.to("conditions", measure=keys[0]))


FINDINGS: dict[int, Callable[[], Finding]] = {
    14: systems,
    40: footprints,
    49: partial(goes_with_ratings, "population"),
    50: partial(goes_with_ratings, "fit", "inside"),
    51: partial(goes_with_ratings, "ccgs", "councils", "partners"),
    53: partial(goes_with_ratings, "history"),
    60: partial(rated, "outstanding"),
    61: partial(rated, "advanced"),
    62: partial(rated, "making_progress"),
    63: partial(rated, "needs_most_improvement"),
    64: partial(led, "provider"),
    65: partial(led, "ccg"),
    66: partial(led, "local_authority"),
    67: partial(led, "independent"),
    100: lead_of_somerset,
    102: smaller_than_an_stp,
    158: progress_with_a_system,
    223: left_over,
    234: councils_of_leicester,
    236: gap_of_leicester,
    239: emergency_care_of_leicester,
    243: rating_of_leicester,
    256: organisations_of_leicester,
}
"""What is worked out, by the number of the claim."""
