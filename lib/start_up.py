"""What every reader shares: checked and loaded once for the server, before the first page is drawn."""

import gc

from geo import manifest
from lib import catalogue, finder, maps, measures


def load() -> list[str]:
    """Check the files and load what the first page needs; return what is wrong with them."""
    wrong = manifest.problems()
    if not wrong:
        maps.national(measures.theme("rating"), catalogue.footprints())
        finder.load()
        # What is loaded stays: the collector need not look at it again.
        gc.collect()
        gc.freeze()
    return wrong
