"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass, replace

from geo import blocks, codes, vintages
from lib import catalogue
from lib.facts import area_codes
from lib.parameters import ALL, holds, named, one_of
from lib.shared_parameters import STP
from lib.text import listed

_YEARS = tuple(str(year) for year in codes.YEARS[1:])
START, END, TODAY = _YEARS[0], str(blocks.layer("icb22").year), _YEARS[-1]
"""The years that a link without years compares, and the last one."""
_YEAR = one_of(_YEARS, {layer: str(blocks.layer(layer).year) for layer in codes.LAYERS})
_CODE = named(area_codes.read, "the code or name of an STP, ICB or CCG")


@dataclass(frozen=True)
class ThenAndNowView:
    """How STPs, CCGs or councils of one year became those of another, the story of one STP, and what a code meant.

    `stp` is an STP of 2017. In 2022 both STPs and CCGs had become ICBs. Of councils two years are known.
    """

    stp: str | None = holds(STP, None)
    kind: str = holds(one_of(vintages.SERIES), "stp")
    start: str = holds(_YEAR, START, "from")
    end: str = holds(_YEAR, END, "to")
    flows: str = holds(one_of(("changed", ALL)), "changed")
    region: str = holds(one_of((ALL, *catalogue.REGIONS)), ALL)
    code: str | None = holds(_CODE, None)
    year: str = holds(one_of(("any", *map(str, codes.YEARS))), "any")

    def settled(self) -> tuple["ThenAndNowView", list[str]]:
        """Return the view with its years in order and one choice of place, and what was changed."""
        view, notices = self, []
        known = view.years
        if not {view.start, view.end} <= set(known):
            view = replace(view, start=known[0], end=known[-1])
            # Who asks for nothing but the areas has asked for no years.
            if (self.start, self.end) != (START, END):
                notices.append(
                    f"`from` and `to`: councils are known of {listed(known)} only; shown instead: "
                    f"{view.start} to {view.end}."
                )
        if view.start == view.end:
            view = replace(view, start=known[0], end=END if END in known else known[-1])
            notices.append(f"`from` and `to` are both {self.start}; shown instead: {view.start} to {view.end}.")
        elif view.start > view.end:
            view = replace(view, start=self.end, end=self.start)
            notices.append(f"`from` is after `to`; shown the other way round: {view.start} to {view.end}.")
        if view.stp and view.region != ALL:
            view = replace(view, region=ALL)
            notices.append("`region`: an STP is chosen already; no region is.")
        return view, notices

    @property
    def years(self) -> tuple[str, ...]:
        """The years of its series of areas."""
        return tuple(str(blocks.layer(layer).year) for layer in vintages.SERIES[self.kind])

    @property
    def boards(self) -> str:
        """The vintage of ICBs that an STP is held against: those of the year it goes to, but at least the first."""
        return vintages.layer_of("stp", int(max(self.end, END)))

    @property
    def layers(self) -> tuple[str, str]:
        """The two vintages whose flows it shows."""
        return vintages.layer_of(self.kind, int(self.start)), vintages.layer_of(self.kind, int(self.end))

    def starting(self, year: str) -> "ThenAndNowView":
        """Return the view from another year on; the last year gives way."""
        return replace(self, start=year, end=self.end if year < self.end else END if year < END else TODAY)

    def of_kind(self, kind: str) -> "ThenAndNowView":
        """Return the view with other areas, and with the years that it opens with where its own are not known."""
        view = replace(self, kind=kind)
        if {view.start, view.end} <= set(view.years):
            return view
        return replace(view, start=view.years[0], end=END if END in view.years else view.years[-1])


def cited(view: ThenAndNowView) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    areas = " to ".join(blocks.layer(layer).vintage for layer in view.layers)
    description = f"flows of residents from {areas}"
    if view.stp:
        description = f"{catalogue.footprints()[view.stp].name} year by year, {description}"
    elif view.region != ALL:
        description += f", {catalogue.REGIONS[view.region]}"
    if view.code:
        description += f"; what {view.code} meant" + ("" if view.year == "any" else f" in {view.year}")
    return description
