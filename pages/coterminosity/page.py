"""How councils, CCGs, STPs and other layers fit each other."""

from collections.abc import Collection
from dataclasses import replace

from geo import area_words, blocks
from lib import catalogue, fit, glossary, links, themes
from lib.content.blocks import Block, Group, Link, Links, MapFigure, Prose, Section
from lib.content.controls import ChooseOne, ChooseSome, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import parliament, partner_list, today
from lib.figures import fit as maps
from lib.hosts.takeaway import file_address
from lib.text import capital, listed
from pages.coterminosity import curve, grid, tables, words
from pages.coterminosity.view import CoterminosityView, cited

_SOURCES = (
    "Membership: ONS lookups of April 2017, ICBs of July 2022.",
    "Residents: ONS mid-2017 estimates.",
    "Published partner list: NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019.",
)


def _controls(view: CoterminosityView) -> tuple[Control, ...]:
    layers, groups = fit.choices(), blocks.GROUPS
    weights = {name: capital(label) for name, label in blocks.WEIGHTS.items()}
    names = catalogue.options(view.a)
    classes = {category.key: category.label for category in _theme(view).categories}
    classes |= {name: fit.class_label(name, view.b) for name in view.classes}
    return (
        ChooseOne("a", "Show", layers, width=230, groups=groups, adopt=lambda v, chosen: v.between(chosen, v.b)),
        ChooseOne(
            "b", "Compared with", layers, width=230, groups=groups, adopt=lambda v, chosen: v.between(v.a, chosen)
        ),
        ChooseOne("weight", "Counted in", weights, width=150),
        ChooseOne("tolerance", "Ignore parts smaller than", fit.tolerances(view.tolerance), width=165),
        ChooseOne("area", f"Open {area_words.an(fit.area_word(view.a))}", names, "Choose or type a name", width=215),
        ChooseSome("classes", "Show classes", classes, "All classes", width=300, folded=True),
        ChooseOne(
            "within", "One place as a grid", grid.places(), "Choose an STP or NHS region", width=380, folded=True
        ),
    )


def document(view: CoterminosityView) -> Document:
    """Return how many areas of a layer the other one splits, which, and of the chosen one how and where."""
    definition, finding = words.definition(view), words.finding(view)
    theme = _theme(view)
    passing = [code for code, name in theme.keys.items() if not view.classes or name in view.classes]
    codes = passing or list(theme.keys)
    notices = () if passing else ("No area is in the chosen classes, so all are shown.",)
    place = grid.section(view)
    overview = Group(((_england(view, codes),), _split(view, codes)), (55, 45))
    first: tuple[Block, ...] = (overview, Prose(words.introduction(), "caption"))
    if view.area:
        first = (*_chosen(view, view.area), Section(finding, (Prose(definition), *first), "all"))
    return Document(
        title=words.title(view) if view.area else finding,
        description=_sentence(view) if view.area else f"{finding}. {definition}",
        lead=_sentence(view) if view.area else (definition, *words.at_another_tolerance(view)),
        blocks=(
            *_grades(view),
            *first,
            *((place,) if view.within else ()),
            Section("More", _more(view, () if view.within else (place,)), "more"),
            _table(view, codes),
        ),
        notices=notices,
        sources=(*_SOURCES, *parliament.terms((view.a, view.b)), *blocks.notes((view.a, view.b))),
        own=bool(view.classes) or not fit.is_offered(view.tolerance),
    )


def _grades(view: CoterminosityView) -> tuple[Block, ...]:
    """Return what must be said of areas that are derived or a best fit: in a line that opens, before the map."""
    notes = blocks.notes((view.a, view.b))
    if not notes:
        return ()
    graded = [blocks.layer(name) for name in dict.fromkeys((view.a, view.b))]
    grades = [
        f"the {item.vintage} are {'derived' if item.derived else 'a best fit of LSOAs'}"
        for item in graded
        if item.derived or item.best_fit
    ]
    return (Section(f"How sure: {listed(grades)}", tuple(Prose(note) for note in notes), "grades", folded=True),)


def _theme(view: CoterminosityView) -> themes.Theme:
    return fit.theme(view.a, view.b, view.weight, view.tolerance)


def _sentence(view: CoterminosityView) -> str:
    assert view.area
    return fit.sentence(view.a, view.b, view.area, view.weight, view.tolerance)


def _england(view: CoterminosityView, codes: Collection[str]) -> MapFigure:
    theme, one = _theme(view), fit.area_word(view.b)
    drawn = maps.england(
        *(view.a, view.b, view.weight, view.tolerance),
        codes,
        chosen=view.area,
        link=links.link(replace(view, area=links.CODE)),
        clear=links.link(replace(view, area=None)),
    )
    return MapFigure(
        "england",
        drawn,
        tuple(themes.legend(theme, codes)),
        theme.title,
        capital(fit.areas_word(view.a)),
        (
            f"Dark lines are the {fit.areas_word(view.b)}. A split area carries the share of it that lies outside "
            f"its main {one}. ",
            glossary.link("tolerance"),
            f": {view.tolerance:g}%.",
        ),
    )


def _split(view: CoterminosityView, codes: Collection[str]) -> tuple[Block, ...]:
    bars = tables.split(view, codes)
    many_a, many_b = fit.areas_word(view.a), fit.areas_word(view.b)
    if not bars.items:
        return (Prose(f"None of the {many_a} shown here is split. Choose one on the map to see what it is made of."),)
    number = _number_split(view, codes)
    which = f"The {number} split {many_a}" if number <= tables.MOST_BARS else f"The {tables.MOST_BARS} most split"
    rest = (Prose((Link(f"All {number} stand in the table.", "#areas"),), "caption"),)
    return (
        Section(which, (bars, *(rest if number > tables.MOST_BARS else ())), "split"),
        Prose(f"Bars are parts by {many_b}; open one for names and shares.", "caption"),
    )


def _number_split(view: CoterminosityView, codes: Collection[str]) -> int:
    classes = _theme(view).keys
    return [classes[code] for code in codes].count("split")


def _chosen(view: CoterminosityView, code: str) -> tuple[Block, ...]:
    name, one = blocks.names(view.a)[code], fit.area_word(view.b)
    drawn = maps.close_up(*(view.a, view.b, code, view.weight, view.tolerance), link=tables.other_way(view, links.CODE))
    cut = blocks.unit([view.a, view.b]) == blocks.FRAGMENT
    share = "a CCG, a district and constituencies" if cut else "a CCG and a district"
    caption = f"{name}, coloured and numbered by {one}. A piece is what {share} share."
    opened = CoterminosityView(view.a, view.b, area=code)
    elsewhere, pieces = tables.elsewhere(opened), tables.pieces(opened)
    folded = [Section("The pieces it is made of", (pieces,), folded=True)]
    if elsewhere:
        folded.insert(0, Section(f"The {elsewhere.title}", (elsewhere,), folded=True))
    beside = (tables.parts(view), Prose(today.answer(view.a, code)), _ways(view))
    return (
        Group(((MapFigure("area", drawn, caption=caption),), beside), (45, 55)),
        *folded,
    )


def _ways(view: CoterminosityView) -> Links:
    ways = [Link(f"All {fit.areas_word(view.a)}", links.link(replace(view, area=None)))]
    if view.a == "council17":
        ways.append(Link("Whom this council has to deal with", links.to("council", council=view.area)))
    elif view.a == "stp17":
        ways.append(Link("Everything about this STP", links.to("footprint", stp=view.area)))
        ways.append(Link("This STP on the map", links.to("", stp=view.area)))
    return Links(tuple(ways))


def _table(view: CoterminosityView, codes: Collection[str]) -> Section:
    total, many = len(blocks.names(view.a)), fit.areas_word(view.a)
    split = _number_split(view, _theme(view).keys)
    files = [("All", total, replace(view, classes=()))]
    if len(codes) < total:
        files.insert(0, ("These", len(codes), view))
    elif split:
        files.insert(0, ("The split", split, replace(view, classes=("split",))))
    ways = Links(
        tuple(Link(f"{which} {number}", file_address(PAGE, of, "csv", "areas")) for which, number, of in files),
        "Download as CSV:",
    )
    head = f"All {total} {many} as a table" if len(codes) == total else f"{len(codes)} of {total} {many} as a table"
    return Section(head, (tables.areas(view, codes), ways), "areas")


def _more(view: CoterminosityView, place: tuple[Section, ...]) -> tuple[Section, ...]:
    many, measured = capital(fit.areas_word(view.a)), tables.measured(view)
    v_measure = (
        glossary.link("v-measure"),
        ": how well the two maps fit as a whole, from 0 to 1; 1 if they are the same.",
    )
    published = ()
    if {view.a, view.b} == {"council17", "stp17"}:
        published = (Section("What the published list says", partner_list.differences(), folded=True),)
    return (
        Section(f"{many} split, by tolerance", (curve.chart(measured),), folded=True),
        Section("Measures of fit", (curve.scores(measured), Prose(v_measure, "caption")), folded=True),
        *place,
        *published,
        Section("Method and sources", tuple(Prose(paragraph) for paragraph in words.METHOD), folded=True),
    )


PAGE = Page(
    path="coterminosity",
    name="Coterminosity",
    answers="How councils, STPs, the clinical commissioning groups (CCGs) they are made of and other layers fit each "
    "other, and where and why they do not.",
    view=CoterminosityView,
    document=document,
    controls=_controls,
    cited=cited,
    top=True,
)
