"""Views: what each page can show, one frozen dataclass a page, and the words its parameters may take."""

from dataclasses import dataclass, replace
from functools import partial

from geo import blocks, codes, vintages
from geo.classes import AREA_CLASSES
from lib import catalogue, fit, glossary, provenance, timeline
from lib.accountable_care import acs
from lib.conditions import measures as what_helps
from lib.conditions import ratings as what_helps_ratings
from lib.facts import area_codes
from lib.own_numbers import keys as own_keys
from lib.own_numbers import table as own_table
from lib.parameters import ALL, NONE, alone, holds, named, number, one_of, several, some_of, unless, whole, word
from lib.text import quoted, slug
from lib.what_if import moves

_STP = named(partial(catalogue.resolve, "stp17"), "the code or name of an STP", partial(catalogue.why_not, "stp17"))
_COUNCIL = named(
    partial(catalogue.resolve, "council17"), "the code or name of a council", partial(catalogue.why_not, "council17")
)
_ACS = named(acs.resolve, "the code or name of an accountable care system or devolution area")
_UNITS = several(moves.unit, "the code or name of a CCG, or of a CCG and a district with a hyphen")

COLOURS = (
    "rating",
    "lead",
    "population",
    "share_65_plus",
    "density",
    "deprivation",
    "ccgs",
    "councils",
    "split",
    "gap",
)
OUTLINES = (NONE, "ccg17", "council17")
RATING_CLASSES = (
    "outstanding:published",
    "advanced:published",
    "advanced:inferred",
    "making_progress:published",
    "needs_most_improvement:published",
    "not_established",
)
_RATING = some_of(
    alone(RATING_CLASSES)
    | {name: tuple(c for c in RATING_CLASSES if c.startswith(f"{name}:")) for name in catalogue.RATINGS}
)


@dataclass(frozen=True)
class MapView:
    """The map of all footprints. Empty filters let everything through."""

    stp: str | None = holds(_STP, None)
    colour: str = holds(one_of(COLOURS), "rating")
    rating: tuple[str, ...] = holds(_RATING, ())
    lead: tuple[str, ...] = holds(some_of(alone(catalogue.LEAD_TYPES)), ())
    region: tuple[str, ...] = holds(some_of(alone(catalogue.REGIONS)), ())
    acs: tuple[str, ...] = holds(some_of(alone(catalogue.ACS_STATUSES)), ())
    outline: str = holds(one_of(OUTLINES, {"ccg": "ccg17", "council": "council17"}), NONE)


_LAYER_ALIASES = {"council": "council17", "ccg": "ccg17", "stp": "stp17", "acs": "acs17", "district": "lad17"} | {
    "lad": "lad17",
    "icb": "icb22",
}
_FIT_LAYER = one_of(fit.LAYERS, _LAYER_ALIASES)


@dataclass(frozen=True)
class CoterminosityView:
    """How layer a fits layer b; the tolerance is in per cent, an empty class filter lets everything through."""

    a: str = holds(_FIT_LAYER, "council17")
    b: str = holds(_FIT_LAYER, "stp17")
    weight: str = holds(one_of(blocks.WEIGHTS), "population")
    tolerance: float = holds(number(0, fit.MOST_TOLERANCE), 0.0)
    classes: tuple[str, ...] = holds(some_of(alone(AREA_CLASSES)), (), "class")
    area: str | None = holds(word(), None)
    within: str | None = holds(word(), None)

    def between(self, a: str, b: str) -> "CoterminosityView":
        """Return the view with other layers: one that is chosen on both sides changes places."""
        if a == b:
            a, b = (a, self.a) if a != self.a else (self.b, b)
        return replace(self, a=a, b=b, area=self.area if a == self.a else None)

    def settled(self) -> tuple["CoterminosityView", list[str]]:
        """Return the view with area and place resolved, and what could not be."""
        view, notices = self, []
        if view.a == view.b:
            other = "stp17" if view.a != "stp17" else "council17"
            many = blocks.layer(view.a).many
            notices.append(
                f"Both layers are the {many}; they are compared with the {blocks.layer(other).many} instead."
            )
            view = replace(view, b=other)
        if view.area:
            code = catalogue.resolve(view.a, view.area)
            if code is None:
                one, known = blocks.layer(view.a).one, catalogue.why_not(view.a, view.area)
                said = f"{one}: {known}" if known else one
                notices.append(f"`area`: {quoted(view.area)} is not the code or name of a {said}; none is opened.")
            view = replace(view, area=code)
        if view.within:
            region = slug(view.within).replace("-", "_")
            place = region if region in catalogue.REGIONS else catalogue.resolve("stp17", view.within)
            if place is None:
                notices.append(f"`within`: {quoted(view.within)} is neither an STP nor an NHS region; none is chosen.")
            view = replace(view, within=place)
        return view, notices


@dataclass(frozen=True)
class FootprintView:
    """Everything about one STP."""

    stp: str | None = holds(_STP, None)


@dataclass(frozen=True)
class CompareView:
    """Two STPs side by side."""

    a: str | None = holds(_STP, None)
    b: str | None = holds(_STP, None)


@dataclass(frozen=True)
class CouncilView:
    """One council and whom it has to deal with."""

    council: str | None = holds(_COUNCIL, None)


@dataclass(frozen=True)
class AcsView:
    """The accountable care systems, one of them, and another beside it; `parts` is what the close-up shows."""

    area: str | None = holds(_ACS, None)
    other: str | None = holds(_ACS, None, "with")
    parts: str = holds(one_of(("council17", "ccg17"), {"council": "council17", "ccg": "ccg17"}), "council17")

    def settled(self) -> tuple["AcsView", list[str]]:
        """Return the view without a comparison that makes no sense, and what was dropped."""
        if self.other is None or (self.area and self.area != self.other):
            return self, []
        said = "the area itself" if self.area else "no area is chosen to compare it with"
        return replace(self, other=None), [f"`with`: {quoted(self.other)}: {said}; nothing is compared."]


@dataclass(frozen=True)
class BriefingView:
    """A page to print on one thing: an STP, two STPs, a council, an ACS area or a what-if."""

    stp: str | None = holds(_STP, None)
    council: str | None = holds(_COUNCIL, None)
    acs: str | None = holds(_ACS, None)
    moves: str | None = holds(word(), None)
    other: str | None = holds(_STP, None, "with")

    def settled(self) -> tuple["BriefingView", list[str]]:
        """Return the view with one subject, the first that is given, and what was dropped."""
        written, unread = moves.read(self.moves)
        view, notices = replace(self, moves=written), list(unread)
        subjects = [name for name in ("stp", "council", "acs", "moves") if getattr(view, name)]
        for name in subjects[1:]:
            dropped = quoted(getattr(view, name))
            notices.append(f"`{name}`: {dropped}: a briefing is on one thing; it is on `{subjects[0]}`.")
            view = replace(view, **{name: None})
        if view.other and (view.stp is None or view.other == view.stp):
            said = "the STP itself" if view.stp else "no STP is chosen to compare it with"
            notices.append(f"`with`: {quoted(view.other)}: {said}; nothing is compared.")
            view = replace(view, other=None)
        return view, notices


@dataclass(frozen=True)
class GlossaryView:
    """The glossary opened at a term, and the timeline; an empty filter lets every kind of event through."""

    term: str | None = holds(named(glossary.resolve, "a term of the glossary"), None)
    kind: tuple[str, ...] = holds(some_of(alone(timeline.KINDS)), ())


@dataclass(frozen=True)
class SourcesView:
    """Where the tables come from, and one of them opened."""

    table: str | None = holds(named(provenance.resolve, "the name of a table"), None)


_EVERYBODY = 55_619_430


@dataclass(frozen=True)
class WhatIfView:
    """Footprints as they would be if some CCGs belonged to other STPs; `ccg`: those, or parts, chosen to be moved.

    The others ask for the best map: fewest and most residents of an STP (at first of the real map), tolerance in per
    cent, and seconds.
    """

    moves: str | None = holds(word(), None)
    ccg: tuple[str, ...] = holds(_UNITS, ())
    least: int = holds(whole(0, _EVERYBODY), 318_291)
    most: int = holds(whole(0, _EVERYBODY), 2_832_133)
    tolerance: float = holds(number(0, 10), 0.0)
    seconds: int = holds(whole(5, 60), 30)

    def settled(self) -> tuple["WhatIfView", list[str]]:
        """Return the view with its moves as they are written, and what was left out of them."""
        written, notices = moves.read(self.moves)
        return replace(self, moves=written, ccg=moves.apart(self.ccg)), list(notices)


_YEARS = tuple(str(year) for year in codes.YEARS[1:])
_YEAR = one_of(_YEARS, {layer: str(blocks.layer(layer).year) for layer in codes.LAYERS})
_CODE = named(area_codes.read, "the code or name of an STP, ICB or CCG")


@dataclass(frozen=True)
class ThenAndNowView:
    """How STPs or CCGs of one year became those of another, the story of one STP, and what a code meant.

    `stp` is an STP of 2017. In 2022 both STPs and CCGs had become ICBs.
    """

    stp: str | None = holds(_STP, None)
    kind: str = holds(one_of(vintages.SERIES), "stp")
    start: str = holds(_YEAR, _YEARS[0], "from")
    end: str = holds(_YEAR, _YEARS[-1], "to")
    flows: str = holds(one_of(("changed", ALL)), "changed")
    region: str = holds(one_of((ALL, *catalogue.REGIONS)), ALL)
    code: str | None = holds(_CODE, None)
    year: str = holds(one_of(("any", *map(str, codes.YEARS))), "any")

    def settled(self) -> tuple["ThenAndNowView", list[str]]:
        """Return the view with its years in order and one choice of place, and what was changed."""
        view, notices = self, []
        if view.start == view.end:
            view = replace(view, start=_YEARS[0], end=_YEARS[-1])
            notices.append(f"`from` and `to` are both {self.start}; shown instead: {view.start} to {view.end}.")
        elif view.start > view.end:
            view = replace(view, start=self.end, end=self.start)
            notices.append(f"`from` is after `to`; shown the other way round: {view.start} to {view.end}.")
        if view.stp and view.region != ALL:
            view = replace(view, region=ALL)
            notices.append("`region`: an STP is chosen already; no region is.")
        return view, notices

    @property
    def layers(self) -> tuple[str, str]:
        """The two vintages whose flows it shows."""
        return vintages.layer_of(self.kind, int(self.start)), vintages.layer_of(self.kind, int(self.end))

    def starting(self, year: str) -> "ThenAndNowView":
        """Return the view from another year on; the last year gives way."""
        return replace(self, start=year, end=self.end if year < self.end else _YEARS[-1])


@dataclass(frozen=True)
class ConditionsView:
    """Whether what is said to help a footprint shows in the ratings; empty filters let everything through."""

    measure: str = holds(one_of(what_helps.MEASURES), "population")
    ratings: str = holds(one_of(what_helps_ratings.SHOWN), "three")
    weight: str = holds(one_of(blocks.WEIGHTS), "population")
    tolerance: float = holds(number(0, fit.MOST_TOLERANCE), 0.0)
    stp: str | None = holds(_STP, None)
    lead: tuple[str, ...] = holds(some_of(alone(catalogue.LEAD_TYPES)), ())
    fit: tuple[str, ...] = holds(some_of(alone(AREA_CLASSES[:-1])), ())
    rating: tuple[str, ...] = holds(_RATING, ())


_COLUMN = named(
    lambda said: None if (place := own_table.place(said)) is None else own_table.letter(place),
    f"the letter of a column, A to {own_table.letter(own_table.MOST_COLUMNS - 1)}",
)
_OWN_LAYERS = (own_keys.AUTO, *own_keys.LAYERS)


@dataclass(frozen=True)
class YourNumbersView:
    """How a reader's own table is read and shown: the table itself is in no link.

    What is ``auto`` or none follows from the table. Sheet 1 is the first that
    can be seen and names areas, 0 the very first, 2 the second; row 0 of
    headings is a table without any. Put together are counts of rows that are
    exactly one area between them.
    """

    layer: str = holds(one_of(_OWN_LAYERS, {name: n for name, n in _LAYER_ALIASES.items() if n in _OWN_LAYERS}), "auto")
    sheet: float = holds(number(0, own_table.MOST_SHEETS), 1.0)
    head: int | None = holds(unless(own_keys.AUTO, whole(0, own_table.MOST_LINES)), None)
    key: str | None = holds(_COLUMN, None)
    values: str | None = holds(_COLUMN, None)
    together: str = holds(one_of(("no", "yes")), "no")
    partner: str = holds(one_of((own_keys.AUTO, *fit.LAYERS), _LAYER_ALIASES), "auto")
    tolerance: float = holds(number(0, fit.MOST_TOLERANCE), 0.0)
    area: str | None = holds(
        named(
            own_keys.anywhere,
            "the code or name of an STP, CCG, council or district of April 2017",
            own_keys.of_another_year,
        ),
        None,
    )

    def settled(self) -> tuple["YourNumbersView", list[str]]:
        """Return the view without choices that make no sense, and what was dropped."""
        view, notices = self, []
        if view.partner != own_keys.AUTO and view.partner == view.layer:
            many = blocks.layer(view.layer).many
            notices.append(f"`partner`: the {many} are held against themselves; another kind of area is taken instead.")
            view = replace(view, partner=own_keys.AUTO)
        if view.key and view.key == view.values:
            notices.append(f"`values`: {quoted(view.key)} is the column with the areas; another one is shown.")
            view = replace(view, values=None)
        return replace(view, sheet=float(round(view.sheet))), notices
