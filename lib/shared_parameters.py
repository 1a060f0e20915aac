"""Parameters of links that several pages share: areas, layers, ratings."""

from functools import partial

from lib import catalogue, fit
from lib.accountable_care import acs
from lib.parameters import alone, named, one_of, some_of

STP = named(partial(catalogue.resolve, "stp17"), "the code or name of an STP", partial(catalogue.why_not, "stp17"))
COUNCIL = named(
    partial(catalogue.resolve, "council17"), "the code or name of a council", partial(catalogue.why_not, "council17")
)
ACS = named(acs.resolve, "the code or name of an accountable care system or devolution area")

LAYER_ALIASES = {"council": "council17", "ccg": "ccg17", "stp": "stp17", "acs": "acs17", "district": "lad17"} | {
    "lad": "lad17",
    "icb": "icb22",
}
FIT_LAYER = one_of(fit.LAYERS, LAYER_ALIASES)

RATING_CLASSES = (
    "outstanding:published",
    "advanced:published",
    "advanced:inferred",
    "making_progress:published",
    "needs_most_improvement:published",
    "not_established",
)
RATING = some_of(
    alone(RATING_CLASSES)
    | {name: tuple(c for c in RATING_CLASSES if c.startswith(f"{name}:")) for name in catalogue.RATINGS}
)
