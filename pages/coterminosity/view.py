"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass, replace

from geo import blocks
from geo.classes import AREA_CLASSES
from lib import catalogue, fit
from lib.parameters import alone, holds, number, one_of, some_of, word
from lib.shared_parameters import FIT_LAYER
from lib.text import listed, quoted, slug, small


@dataclass(frozen=True)
class CoterminosityView:
    """How layer a fits layer b; the tolerance is in per cent, an empty class filter lets everything through."""

    a: str = holds(FIT_LAYER, "council17")
    b: str = holds(FIT_LAYER, "stp17")
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
            many = fit.areas_word(view.a)
            notices.append(f"Both layers are the {many}; they are compared with the {fit.areas_word(other)} instead.")
            view = replace(view, b=other)
        if view.area:
            code = catalogue.resolve(view.a, view.area)
            if code is None:
                one, known = fit.area_word(view.a), catalogue.why_not(view.a, view.area)
                description = f"{one}: {known}" if known else one
                notices.append(
                    f"`area`: {quoted(view.area)} is not the code or name of a {description}; none is opened."
                )
            view = replace(view, area=code)
        if view.within:
            region = slug(view.within).replace("-", "_")
            place = region if region in catalogue.REGIONS else catalogue.resolve("stp17", view.within)
            if place is None:
                notices.append(f"`within`: {quoted(view.within)} is neither an STP nor an NHS region; none is chosen.")
            view = replace(view, within=place)
        return view, notices


def cited(view: CoterminosityView) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    description = f"Fit of {fit.areas_word(view.a)} with {fit.areas_word(view.b)}"
    if view.area:
        description = f"{blocks.names(view.a)[view.area]}: {small(description)}"
    description += f", counted in {blocks.WEIGHTS[view.weight]}, tolerance {view.tolerance:g}%"
    if view.classes:
        description += f"; classes: {listed([small(fit.class_label(name, view.b)) for name in view.classes], 'or')}"
    return description
