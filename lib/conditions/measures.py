"""What is measured of the footprints, and the claim that each measure belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from geo import kept
from lib import catalogue
from lib.conditions import ways
from lib.measures import MEASURES as MAPPED

LEAD = "lead"


@dataclass(frozen=True)
class Claim:
    """Something said about what helps.

    Attributes
    ----------
    title : str
        The claim in a few words.
    sentence : str
        Who says what, in a sentence.
    """

    title: str
    sentence: str


_BRIEFING = "NHS Providers (December 2017): systems progressing at pace often have"
CLAIMS = {
    "manageable": Claim(
        "A more manageable population",
        f"{_BRIEFING} a more manageable population. Smaller is taken to be more manageable here.",
    ),
    "fewer": Claim("Fewer organisations", f"{_BRIEFING} fewer organisations."),
    "coterminous": Claim("Coterminous boundaries", f"{_BRIEFING} coterminous boundaries."),
    "natural": Claim("A natural boundary", f"{_BRIEFING} a natural boundary."),
    "nature": Claim(
        "The nature of the population",
        "NHS Providers (December 2017): the size and nature of the population matters. It names no direction.",
    ),
    "money": Claim(
        "The money", "Not among the briefing's claims; added because the plans were made to close this gap."
    ),
    "history": Claim(
        "A history of joint work",
        "Health and Social Care Committee (2018): areas with a history of working together had started with an "
        "advantage. Vanguards and pioneers, all chosen before 2016, stand for it here.",
    ),
    "hospitals": Claim(
        "How A&E was doing",
        "Not among the briefing's claims; added because the ratings were made largely of hospital indicators. An "
        "association would not be a surprise, and no condition for progress.",
    ),
    "lead": Claim("The kind of lead", "Others ask whether it matters who leads. No direction is claimed."),
}


@dataclass(frozen=True)
class Measure:
    """A measure of the footprints.

    Attributes
    ----------
    key, title : str
        Word in links; heading.
    claim : str
        Key of `CLAIMS`.
    direction : int
        1 if the claim is that footprints with more of it do better, -1 if
        those with less do, 0 if it names no direction.
    more, less : str
        What a footprint has that has more, or less, of it than another.
    note : str
        What is counted, as of when, from where.
    ways : tuple of str
        Names of the ways to measure it, the usual one first.
    values : callable
        Way, weight and tolerance (per cent) to a Series by STP code, missing
        where there is no comparable figure.
    uses : tuple of str
        Which of ``weight`` and ``tolerance`` make a difference.
    words : callable
        Value to text, where values are numbers.
    log : bool
        Whether charts draw it on a logarithmic axis.
    """

    key: str
    title: str
    claim: str
    direction: int
    more: str
    less: str
    note: str
    ways: tuple[str, ...]
    values: Callable[[str, str, float], pd.Series]
    uses: tuple[str, ...] = ()
    words: Callable[[float], str] = "{:,.0f}".format
    log: bool = False


_PERCENT, _USUAL, _LIST = "{:.1%}".format, ("as usual",), "NHS Digital's partner list of 3 April 2019, not 2017."

MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            *("population", "Population", "manageable", -1, "a larger population", "a smaller population"),
            "Residents, ONS mid-2017 estimates. Other weights count other groups, or the extent.",
            *(_USUAL, ways.size, ("weight",)),
        ),
        Measure(
            *("ccgs", "Number of CCGs", "fewer", -1, "more CCGs", "fewer CCGs"),
            *("CCGs of April 2017 (ONS).", _USUAL, partial(ways.mapped, "ccgs")),
        ),
        Measure(
            *("councils", "Number of councils", "fewer", -1, "more councils", "fewer councils"),
            "Upper-tier councils with residents inside, small parts below the tolerance left out.",
            *(_USUAL, ways.councils, ("weight", "tolerance")),
        ),
        Measure(
            *("trusts", "Number of trusts", "fewer", -1, "more trusts", "fewer trusts"),
            f"NHS trusts and foundation trusts on {_LIST}",
            *(("trusts", "acute trusts"), ways.partners),
        ),
        Measure(
            *("partners", "Number of all partners", "fewer", -1, "more partners", "fewer partners"),
            f"CCGs, councils, trusts and other bodies on {_LIST} Some STPs list districts, others do not.",
            *(("all entries", "without districts"), ways.partners),
        ),
        Measure(
            *("split", "Residents in split councils", "coterminous", -1),
            *("a larger share of residents in split councils", "a smaller share of residents in split councils"),
            "Share of residents whose council is split between STPs at the tolerance.",
            *(_USUAL, ways.split, ("weight", "tolerance"), _PERCENT),
        ),
        Measure(
            *(
                "fit",
                "Fit with whole councils",
                "coterminous",
                1,
                "a better fit with whole councils",
                "a worse fit with whole councils",
            ),
            "Residents in both the STP and the councils mostly inside it, over residents in either (Jaccard). "
            "100% if the STP is exactly those councils.",
            *(_USUAL, ways.agreement, ("weight",), _PERCENT),
        ),
        Measure(
            *("inside", "Own council inside", "coterminous", 1),
            *("more of each resident's council inside", "less of each resident's council inside"),
            "Averaged over residents: how much of their council lies in the same STP. 100% if no council is split.",
            *(("share of a resident's council",), ways.agreement, ("weight",), _PERCENT),
        ),
        Measure(
            *("straddled", "Councils straddled", "coterminous", -1),
            *("more straddled councils", "fewer straddled councils"),
            "Councils that lie partly inside and partly outside, small parts below the tolerance left out.",
            *(_USUAL, ways.straddled, ("weight", "tolerance")),
        ),
        Measure(
            *("compactness", "Compactness of boundary", "natural", 1),
            *("a more compact boundary", "a less compact boundary"),
            "Polsby–Popper: area over that of a circle with the same perimeter, from super-generalised outlines "
            "(ONS, December 2011) on the British National Grid. Coasts lengthen a perimeter and lower it. "
            "A stand-in: nothing here records what a natural boundary is.",
            *(("Polsby–Popper", "Reock", "share of the convex hull"), ways.compactness, (), "{:.2f}".format),
        ),
        Measure(
            *("density", "Population density", "nature", 0, "a denser population", "a sparser population"),
            "Residents a square kilometre; ONS mid-2017 estimates over the area of the generalised outline.",
            *(("as the area has it", "as the average resident lives it"), ways.density, (), "{:,.0f}".format, True),
        ),
        Measure(
            *("share_65_plus", "Share aged 65 and over", "nature", 0, "an older population", "a younger population"),
            "Residents aged 65 and over, per cent of all; ONS mid-2017 estimates.",
            *(("65 and over", "85 and over", "under 18"), ways.ages, (), _PERCENT),
        ),
        Measure(
            *("deprivation", "Deprivation", "nature", 0),
            *("a more deprived population", "a less deprived population"),
            MAPPED["deprivation"].note,
            *(("mean score", "residents in the most deprived fifth"), ways.deprivation, (), "{:.1f}".format),
        ),
        Measure(
            *("gap", "Projected gap per head", "money", 0, "a larger projected gap", "a smaller projected gap"),
            MAPPED["gap"].note,
            *(("per head", "GBP million"), ways.gap, (), "£{:,.0f}".format),
        ),
        Measure(
            *("history", "Vanguards and pioneers", "history", 1),
            *("more vanguards and pioneers", "fewer vanguards and pioneers"),
            "Integrated care pioneers of 2013 and 2015 and vanguards of 2015 that are known to lie in the STP; one of "
            "several STPs counts in each. Five vanguards have no STP of their own.",
            *(("number", "any or none"), ways.history),
        ),
        Measure(
            *("emergency", "Major A&E within four hours, 2016/17", "hospitals", 0),
            *("more of A&E within four hours", "less of A&E within four hours"),
            MAPPED["emergency_2016"].note,
            *(_USUAL, partial(ways.mapped, "emergency_2016"), (), _PERCENT),
        ),
        Measure(
            *(LEAD, "Lead type", "lead", 0, "", ""),
            "Kind of organisation that the lead came from. Sources speak for dates from 2016 to 2019.",
            *(_USUAL, partial(ways.mapped, "lead")),
        ),
    )
}
NUMBERS = tuple(key for key in MEASURES if key != LEAD)
"""Measures that order the footprints."""


def choices(key: str, weight: str, tolerance: float) -> tuple[str, float]:
    """Return weight and tolerance, each as it is by default where it makes no difference to a measure."""
    uses = MEASURES[key].uses
    return weight if "weight" in uses else "population", tolerance if "tolerance" in uses else 0.0


def values(key: str, weight: str = "population", tolerance: float = 0.0, way: str | None = None) -> pd.Series:
    """Return what a measure says of each STP.

    Parameters
    ----------
    key : str
        One of `MEASURES`.
    weight : str
        One of `geo.blocks.WEIGHTS`.
    tolerance : float
        Per cent.
    way : str, optional
        One of the measure's ways; by default the usual one.

    Returns
    -------
    Series
        By code, in the order of footprint numbers; missing where there is no
        comparable figure.
    """
    return _values(key, *choices(key, weight, tolerance), way or MEASURES[key].ways[0])


@kept.within(1)
def _values(key: str, weight: str, tolerance: float, way: str) -> pd.Series:
    series = MEASURES[key].values(way, weight, tolerance)
    series.index = series.index.astype(str)
    series = series.reindex(list(catalogue.footprints()))
    # Where nothing is counted there is none of it; where nothing is known there is a gap.
    return series if key in ("gap", LEAD) else series.fillna(0)
