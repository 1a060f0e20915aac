"""What can be chosen on the page: the list, and the layers whose areas are given."""

from geo import blocks
from lib.content.controls import ChooseSome, Control, EnterText
from lib.text import capital
from pages.lookup.view import LAYERS, LONGEST, LookupView

LIST = EnterText("places", "Postcodes, LSOAs or names, one a line", "HG1 1DY", LONGEST, 460, lines=6)


def layers() -> ChooseSome:
    """Return the box with the layers, in groups."""
    words = {layer: capital(blocks.layer(layer).vintage) for layer in LAYERS}
    return ChooseSome("layers", "Areas of these layers", words, "All layers", width=960, groups=blocks.GROUPS)


def controls(_: LookupView) -> tuple[Control, ...]:
    """Return the boxes of the form; on the live page the session shows them."""
    return LIST, layers()
