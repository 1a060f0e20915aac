"""Where one or two STPs lie among the 44: strips of dots, and the same as a table."""

from functools import partial
from typing import Any

from geo import kept
from lib import alternatives, catalogue, charts, links, measures
from lib.content.blocks import Chart, Column, Strip, Table
from lib.footprint import profile

_KEYS = ("a", "b")


def chart(codes: tuple[str, ...]) -> Chart:
    """Return the strips, one a measure, one or two STPs marked; a dot opens the footprint that it stands for."""
    return Chart(
        "standing-strips",
        partial(_figure, codes),
        alternatives.standing(codes),
        charts.height_of_strips(len(_strips())),
        link=links.to("footprint", stp="{code}"),
        caption="Each strip runs from the least to the greatest of the 44; rank 1 is the greatest. "
        "Point at a dot for its name.",
    )


def _figure(codes: tuple[str, ...]) -> dict[str, Any]:
    return charts.dot_strips(_strips(), codes)


@kept.once
def _strips() -> tuple[charts.Strip, ...]:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    return tuple(
        charts.strip(one.measure.title, one.values, measures.theme(one.measure.key).values, names)
        for one in profile.standing(next(iter(names)))
    )


def strip(codes: tuple[str, ...], measure: str) -> Strip | None:
    """Return where one or two STPs lie by a measure, as a small picture; None where the page of an STP has no rank."""
    if measure not in profile.STANDING:
        return None
    places, ticks = _places(measure)
    return Strip(ticks, tuple(places.get(code) for code in codes))


@kept.once
def _places(measure: str) -> tuple[dict[str, float], tuple[float, ...]]:
    """Return where each STP lies between the least and the greatest by a measure, 0 to 1, and the same in order."""
    values = profile.values(measure)
    low, high = min(values.values()), max(values.values())
    places = {code: round((value - low) / (high - low), 3) for code, value in values.items()}
    return places, tuple(sorted(places.values()))


def table(codes: tuple[str, ...]) -> Table:
    """Return the value and the rank of one or two STPs by each measure."""
    names = catalogue.stp_table()["name"]
    columns = [Column("measure", "Measure")]
    for key, code in zip(_KEYS, codes, strict=False):
        columns += [
            Column(f"value_{key}", names[code], note="With its unit."),
            Column(f"rank_{key}", "Rank", note="Among the STPs that have a value, from the greatest."),
        ]
    by_code = [profile.standing(code) for code in codes]
    rows = []
    for same in zip(*by_code, strict=True):
        measure = same[0].measure
        values = measures.theme(measure.key).values
        cells = [cell for code, place in zip(codes, same, strict=True) for cell in (values[code], place.words or None)]
        rows.append((measure.title, *cells))
    return Table("standing", "Among the 44", tuple(columns), tuple(rows))
