"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from geo import blocks, lookup, names, place_lists, places
from lib import repairs
from lib.parameters import NONE, Parameter, alone, holds, some_of
from lib.text import counted, listed

MOST_IN_LINK = 50
MOST_LETTERS = 3_000
LONGEST_PLACE = names.LONGEST
LONGEST = 4_000
"""Letters that the box of the form takes: more than a link holds, so that what was cut off is refused, not answered."""
LAYERS = {layer: group for group, layers in blocks.GROUPS.items() for layer in layers}
"""Layers that can be chosen, each with its group."""
_BETWEEN = ";"
_WORDS = {"stp": "stp17", "ccg": "ccg17", "acs": "acs17", "council": "council17", "district": "lad17", "lad": "lad17"}


def fits(place_names: tuple[str, ...]) -> bool:
    """Return whether a link says places as they are: not if they are many, or if links lose some of their signs."""
    try:
        return _read(_BETWEEN.join(place_names)) == "\n".join(place_names)
    except ValueError:
        return False


def _read(text: str) -> str | None:
    if text.strip().lower() == NONE:
        return None
    # A link is mended wherever it is read, and is to mean the same each time.
    text = repairs.text("".join(one for one in place_lists.BETWEEN.sub(_BETWEEN, text) if one.isprintable()))
    place_names = place_lists.pasted(text, places.is_place)
    if any(len(place) > LONGEST_PLACE for place in place_names):
        raise ValueError(f"has a place of more than {LONGEST_PLACE} letters, which no name has")
    if len(place_names) > MOST_IN_LINK or sum(map(len, place_names)) + len(place_names) > MOST_LETTERS:
        raise ValueError(
            f"has {counted(len(place_names), 'place')}, and a link holds up to {MOST_IN_LINK} of {MOST_LETTERS:,} "
            f"letters together: paste them into the box, or choose a file, where up to {lookup.MOST_PLACES:,} are taken"
        )
    return "\n".join(place_names) or None


def _write(value: str | None) -> str:
    return _BETWEEN.join(line.strip() for line in (value or "").splitlines() if line.strip()) or NONE


@dataclass(frozen=True)
class LookupView:
    """Places, one a line, and the layers whose areas are asked for; without a layer it is all of them."""

    places: str | None = holds(Parameter(_read, _write), None)
    layers: tuple[str, ...] = holds(
        some_of(alone(LAYERS) | {word: (layer,) for word, layer in _WORDS.items()}),
        ("stp17", "icb26", "council17", "council24"),
    )

    @property
    def asked(self) -> tuple[str, ...]:
        """The places."""
        return tuple(self.places.split("\n")) if self.places else ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The layers whose areas are shown."""
        return self.layers or tuple(LAYERS)


def cited(view: LookupView) -> str:
    """Return a view in words."""
    what = counted(len(view.asked), "place") if view.places else "many places at once"
    return f"{what} looked up: {listed([blocks.layer(layer).vintage for layer in view.shown])}"
