"""Tables: all areas of a layer, and of one of them its parts, pieces and the LSOAs outside its main part."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo import blocks, coterminosity, kept
from geo import parts as parts_of_areas
from lib import fit, links
from lib.content.blocks import Bar, Bars, Cell, Column, Link, Part, Table
from lib.text import capital, percent
from lib.themes import Category
from pages.coterminosity.view import CoterminosityView

MOST_BARS = 20
_ORDER = ("split", "outside", "union_of_whole", "within_one", "same")
_CODE = 10
"""Place of the code in a row of `areas`."""
_IGNORED = ("#e3e7ea", "#231f20")
_INSIDE = Column(
    "inside",
    "Inside the border",
    "share",
    note="Share of these residents inside the constituency’s border: LSOAs divided by their residents of mid-2019.",
)
_COUNTS_AS = {"main part": "main part", "real part": "part", "sliver": "small, ignored"}


def measured(view: CoterminosityView) -> CoterminosityView:
    """Return what of a view the figures follow from: layers, weight and tolerance."""
    return replace(view, area=None, classes=(), within=None)


def parts_counted(view: CoterminosityView) -> list[int]:
    """Return the number of parts of each area at the tolerance, what lies outside the other layer being one."""
    return parts_of_areas.of(view.a, view.b, view.weight).counted(view.tolerance / 100).tolist()


def amount(weight: str, key: str, label: str, note: str) -> Column:
    """Return a column that holds a weight."""
    if weight == "area":
        return Column(key, label, "number", decimals=1, note=f"{note} In square kilometres.")
    return Column(key, label, "count", note=note)


def areas(view: CoterminosityView, codes: Collection[str]) -> Table:
    """Return the areas of layer a that pass the filter, split ones first."""
    one_a, one_b, unit = fit.area_word(view.a), fit.area_word(view.b), blocks.WEIGHTS[view.weight]
    counted = ", small ones ignored" if view.tolerance else ""
    columns = (
        Column("area", capital(one_a)),
        Column("class", "Class", note="How it lies to the other layer at the tolerance."),
        Column("main", f"Main {one_b}", note=f"The {one_b} with the largest part of it."),
        Column("share_outside_main", f"Outside main {one_b}", "share", note="Share of it outside that one."),
        Column("parts", f"Parts{counted}", "count", note="Parts that are not ignored at the tolerance."),
        amount(view.weight, "weight", f"All {unit}", "Weight of the area."),
        amount(view.weight, "weight_outside_main", f"{capital(unit)} outside", f"What lies outside its main {one_b}."),
        Column("share_in_main", f"Share in main {one_b}", "share", in_file_only=True, note="Share of it inside."),
        Column("share_of_main", f"Share of main {one_b}", "share", in_file_only=True, note="Share of that one in it."),
        Column("touched", f"All {fit.areas_word(view.b)}", "count", in_file_only=True, note="Sharing an LSOA."),
        Column("code", "Code", "code", in_file_only=True),
        Column("main_code", f"Code of main {one_b}", "code", in_file_only=True),
    )
    chosen = set(codes)
    rows = tuple(row for row in _rows(measured(view)) if row[_CODE] in chosen)
    listed = tuple(str(row[_CODE]) for row in rows)
    many, total, way = (
        fit.areas_word(view.a),
        len(blocks.names(view.a)),
        links.link(replace(view, area=links.CODE)),
    )
    return Table(
        "areas",
        f"{len(rows)} of {total} {many}" if len(rows) < total else f"All {total} {many}",
        columns,
        rows,
        links.filled(way, listed),
        listed,
        chosen=frozenset({view.area} if view.area else ()),
        file_name=f"coterminosity-{view.a}-{view.b}",
    )


@kept.within(4)
def _rows(view: CoterminosityView) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of `areas`: split areas first, those with most outside their main one on top.

    Of a view that is `measured`.
    """
    labels = {name: fit.class_label(name, view.b) for name in _ORDER}
    areas = zip(
        fit.classes(view.a, view.b, view.weight, view.tolerance),
        parts_counted(view),
        _cells(view.a, view.b, view.weight),
        strict=True,
    )
    ordered = sorted(areas, key=lambda area: (_ORDER.index(area[0]), -area[2].outside if area[0] == "split" else 0.0))
    return tuple((*cells[:1], labels[key], *cells[1:3], number, *cells[3:]) for key, number, cells in ordered)


class _Cells(NamedTuple):
    """Those cells of a row of `areas` that no tolerance changes."""

    name: str
    main: str | None
    outside: float
    weight: float
    weight_outside_main: float
    share_in_main: float
    share_of_main: float
    touched: int
    code: str
    main_code: str | None


@kept.within(3)
def _cells(a: str, b: str, weight: str) -> tuple[_Cells, ...]:
    """Return the cells of each area."""
    table = coterminosity.fit(a, b, weight).areas
    names, mains, codes, main_codes = (
        table[name].to_numpy(dtype=object, na_value=None) for name in ("name", "partner_name", "code", "partner_code")
    )
    numbers = ("weight", "weight_outside_partner", "share_in_partner", "share_of_partner", "partners")
    columns = (table[name].tolist() for name in numbers)
    outside = (1 - table["share_in_partner"]).tolist()
    return tuple(map(_Cells, names, mains, outside, *columns, codes, main_codes))


def split(view: CoterminosityView, codes: Collection[str]) -> Bars:
    """Return the first split areas that pass the filter, each in its parts."""
    a, b, weight = view.a, view.b, view.weight
    every, chosen, way = parts_of_areas.of(a, b, weight), set(codes), links.link(replace(view, area=links.CODE))
    ignored = every.ignored(view.tolerance / 100).tolist()
    areas = zip(_cells(a, b, weight), fit.classes(a, b, weight, view.tolerance), strict=True)
    split = [cells for cells, key in areas if key == "split" and cells.code in chosen]
    bars = tuple(
        Bar(
            cells.name,
            f"{percent(cells.outside)} outside",
            tuple(
                grey if small else part
                for (part, grey), small in zip(
                    _parts(a, b, weight, cells.code), ignored[every.areas[cells.code]], strict=True
                )
            ),
            Link(f"{cells.name} in detail", way.replace(links.CODE, cells.code)),
            cells.code,
        )
        for cells in sorted(split, key=lambda cells: -cells.outside)[:MOST_BARS]
    )
    return Bars(f"Split {fit.areas_word(a)}, most outside first", bars)


@kept.within(2)
def _parts(a: str, b: str, weight: str, code: str) -> tuple[tuple[Part, Part], ...]:
    """Return the parts of an area with their colours, each in grey too, as it is where it is ignored."""
    every = parts_of_areas.of(a, b, weight)
    here = every.areas[code]
    return tuple(
        (Part(category, share), Part(Category(category.key, category.label, *_IGNORED, category.mark), share))
        for category, share in zip(fit.categories(b, every.codes[here]), every.in_a[here].tolist(), strict=True)
    )


def parts(view: CoterminosityView) -> Table:
    """Return the parts of the chosen area with two-way shares, the largest one first."""
    assert view.area
    every = fit.each_part(view.a, view.b, view.area, view.weight, view.tolerance)
    one_a, one_b, inside = fit.area_word(view.a), fit.area_word(view.b), _inside(view)
    unit = capital(blocks.WEIGHTS[view.weight])
    columns = (
        Column("part", "Part"),
        amount(view.weight, "weight", unit, "Weight of the part."),
        Column("share_of_area", f"Of the {one_a}", "share"),
        Column("share_of_other", f"Of the {one_b}", "share", note=f"Share of the {one_b} that the part is."),
        *((Column("lsoas", "LSOAs", "count"),) if view.weight != "lsoas" else ()),
        *((_INSIDE,) if inside else ()),
        Column("ignored_above", "Ignored above", "share", note="Tolerance above which it counts as small."),
        Column("counts_as", "Counts as", note="Main part, part, or small and ignored at the tolerance."),
        Column("number", "No. on the map", "count", in_file_only=True),
        Column("code", "Code", "code", in_file_only=True),
    )
    rows = tuple(
        (
            *(part.name, part.weight, part.share_of_a, part.share_of_b or None),
            *((part.lsoas,) if view.weight != "lsoas" else ()),
            *((inside[part.code],) if inside else ()),
            None if part.kind == "main part" else part.sliver_from / 100,
            *(_COUNTS_AS[part.kind], number, part.code or None),
        )
        for number, part in enumerate(every, start=1)
    )
    codes, way = [part.code for part in every], other_way(view, links.CODE)
    return Table(
        "parts",
        f"Parts of {blocks.names(view.a)[view.area]}",
        columns,
        rows,
        tuple(link if code else "" for code, link in zip(codes, links.filled(way, codes), strict=True)),
        swatches=fit.categories(view.b, codes),
        file_name=f"parts-{view.a}-{view.b}-{view.area}",
    )


def _inside(view: CoterminosityView) -> dict[str, float]:
    """Return of each part the share of its residents inside the border of a constituency, where that is known."""
    if "pcon24" not in (view.a, view.b):
        return {}
    table = blocks.load()
    here = table[table[view.a] == view.area]
    part, people = here[view.b].astype("str").fillna(fit.OUTSIDE), here["population"]
    return ((people * here["pcon24_share"]).groupby(part).sum() / people.groupby(part).sum()).to_dict()


def other_way(view: CoterminosityView, code: str | None) -> str:
    """Return the link that holds layer b against layer a, opened at an area of b."""
    return links.link(replace(view, a=view.b, b=view.a, area=code, classes=()))


@kept.once
def _lsoas(layer: str) -> dict[str, np.ndarray]:
    """Return the places of an area's LSOAs among those of `geo.blocks.load`, by code."""
    return blocks.load().groupby(layer, observed=True).indices


@kept.once
def _codes(layer: str) -> np.ndarray:
    """Return the area of a layer that each LSOA belongs to, as codes; `lib.fit.OUTSIDE` where it is in none."""
    return blocks.load()[layer].astype("str").fillna(fit.OUTSIDE).to_numpy(object)


def _named(layer: str, codes: Iterable[str], outside: str = "") -> list[str]:
    """Return the names of areas; `outside` for what is none."""
    names = blocks.name_by_code(layer)
    return [names.get(code, outside) for code in codes]


@kept.within(4)
def elsewhere(view: CoterminosityView) -> Table | None:
    """Return the LSOAs of the chosen area that lie outside its main part, by residents; None if there are none."""
    assert view.area
    every = parts_of_areas.of(view.a, view.b)
    main = every.codes[every.areas[view.area].start]
    inside = _lsoas(view.a)[view.area]
    outside = inside[_codes(view.b)[inside] != main]
    if not len(outside):
        return None
    one = fit.area_word(view.b)
    lsoas = {
        "lsoa": blocks.load()["lsoa11cd"].to_numpy()[outside].tolist(),
        "where": _named(view.b, _codes(view.b)[outside], f"outside every {one}"),
        **{layer: _named(layer, _codes(layer)[outside]) for layer in ("ccg17", "lad17")},
        "residents": blocks.load()["population"].to_numpy()[outside].tolist(),
    }
    # CCG or district may be the other layer itself: it is told once.
    columns = {
        "lsoa": Column("lsoa", "LSOA", "code"),
        "where": Column(view.b, capital(one)),
        "ccg17": Column("ccg17", "CCG"),
        "lad17": Column("lad17", "District"),
        "residents": Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
    }
    columns = {name: column for name, column in columns.items() if name != view.b}
    order = sorted(range(len(outside)), key=lambda n: (lsoas["where"][n], lsoas["lsoa"][n]))
    rows = tuple(tuple(lsoas[name][n] for name in columns) for n in order)
    title = f"{len(rows):,} LSOAs outside its largest part"
    return Table("lsoas", title, tuple(columns.values()), rows, file_name=f"lsoas-{view.a}-{view.b}-{view.area}")


@kept.once
def _by_residents(kind: str) -> pd.DataFrame:
    """Return `geo.blocks.units`, those with most residents first."""
    return blocks.units(kind).sort_values("population", ascending=False)


@kept.once
def _column(kind: str, name: str) -> np.ndarray:
    """Return a column of `_by_residents`."""
    return _by_residents(kind)[name].to_numpy(copy=True)


@kept.once
def _units(kind: str, layer: str) -> dict[str, np.ndarray]:
    """Return the places of an area's units in `_by_residents`, by the code of the area."""
    return _by_residents(kind).groupby(layer).indices


@kept.within(2)
def pieces(view: CoterminosityView) -> Table:
    """Return the pieces of the chosen area: CCG and district, area of the other layer; most residents first."""
    assert view.area
    kind = blocks.unit([view.a, view.b])
    inside = _units(kind, view.a)[view.area]
    outside = f"Outside every {fit.area_word(view.b)}"
    columns = (
        Column("ccg17", "CCG"),
        Column("lad17", "District"),
        Column("part", "Part", note="Area of the other layer."),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        Column("lsoas", "LSOAs", "count"),
    )
    names = (_named(layer, _column(kind, layer)[inside], outside) for layer in ("ccg17", "lad17", view.b))
    counts = (_column(kind, weight)[inside].tolist() for weight in ("population", "lsoas"))
    rows = tuple(zip(*names, *counts, strict=True))
    return Table("pieces", "Pieces", columns, rows, file_name=f"pieces-{view.a}-{view.b}-{view.area}")
