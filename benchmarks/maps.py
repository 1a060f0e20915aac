"""Processor time of maps out of the browser: ``python -m benchmarks.maps | python -m benchmarks.record maps``."""

import time
from collections.abc import Callable

from benchmarks.baseline import maps as baseline
from geo import kept
from lib import catalogue, fit
from lib.accountable_care import acs
from lib.accountable_care import figures as acs_figures
from lib.figures import fit as fit_figures
from lib.figures import national, outlines, paths, png, sheets, svg
from lib.figures.maps import PIECE, Map
from lib.footprint import figures as footprint_figures
from lib.what_if import figures as what_if_figures
from tests import servers

ROUNDS = 9
_DOTS = png.DPI / 72


def maps() -> dict[str, Map]:
    """Return the maps that are measured."""
    stps = list(catalogue.footprints())
    districts = fit.theme("lad17", "ccg17", "population", 0.0).keys
    return {
        "ratings of 44 STPs, outlines of 152 councils": national.by_measure("rating", stps, "council17", stps[0]),
        "ratings of 44 STPs": national.by_measure("rating", stps),
        "fit of 326 districts with 207 CCGs": fit_figures.england("lad17", "ccg17", "population", 0.0, districts),
        "a what-if of England": what_if_figures.england("E38000182-E07000037:E54000012"),
        "close-up of Leicester's STP": footprint_figures.stp("E54000015", outlined=True),
        "close-up of Buckinghamshire's STP": footprint_figures.stp("E54000044", outlined=True),
        "close-up of Surrey": fit_figures.close_up("council17", "stp17", "E10000030", outlined=True),
        "close-up of an ACS area": acs_figures.close_up(acs.areas()["berkshire-west"], "council17", outlined=True),
        "close-up of a what-if": what_if_figures.close_up("E38000008:E54000014", "after"),
    }


def measured(make: Callable[[], object], before: Callable[[], None] = lambda: None) -> float:
    """Return the least processor time of some rounds, milliseconds: what other work adds to memory's is left out."""
    times = []
    for _ in range(ROUNDS + 1):
        before()
        start = time.process_time()
        make()
        times.append((time.process_time() - start) * 1e3)
    return min(times)


def _new_frame() -> None:
    """Forget what only holds for a size of the frame; the projected outlines stay."""
    for made in (paths.areas, paths.outline, outlines.within, outlines.border):
        kept.forget(made)


def main() -> None:
    """Print a table."""
    print(servers.setting())
    print()
    print("| map | SVG, new frame | SVG, again | before | PNG, 300 dpi | before | PNG, card |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, drawn in maps().items():
        sheet = sheets.printed([drawn], drawn.title)
        ((box, _),) = sheet.frames
        first = measured(lambda drawn=drawn: svg.element(drawn, 640, 640), _new_frame)
        again = measured(lambda drawn=drawn: svg.element(drawn, 640, 640))
        paper = measured(lambda sheet=sheet: png.printed(sheet), _new_frame)
        card = measured(lambda drawn=drawn: png.screen(sheets.card(drawn)), _new_frame)
        old = ["–", "–"]
        if drawn.areas[0].layer == PIECE:
            slow = measured(lambda drawn=drawn: baseline.svg(drawn, 640, 640))
            size = box.width, box.height, _DOTS
            painted = measured(lambda drawn=drawn, size=size: baseline.png(drawn, *size))
            old = [f"{slow:.0f}, {slow / first:.0f} times", f"{painted:.0f}, {painted / paper:.1f} times"]
        print(f"| {name} | {first:.1f} | {again:.1f} | {old[0]} | {paper:.0f} | {old[1]} | {card:.0f} |")


if __name__ == "__main__":
    main()
