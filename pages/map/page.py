"""The map of England's 44 footprints: coloured, filtered, chosen from."""

from dataclasses import replace

import pandas as pd

from geo.overlap import overlap
from lib import catalogue, fit, glossary, links, measures, parameters, themes
from lib.care import joint_work
from lib.catalogue import Footprint
from lib.content.blocks import (
    Block,
    Column,
    Facts,
    Group,
    Inline,
    Link,
    Links,
    Listing,
    MapFigure,
    Prose,
    Section,
    Strong,
    Table,
    Words,
)
from lib.content.controls import ChooseOne, ChooseSome, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import claims, footprints, totals
from lib.facts import joint_work as facts
from lib.figures import national
from lib.text import counted, listed, small
from pages.map import table, words
from pages.map.view import MapView, cited

_FILTERS = ("rating", "lead", "region", "acs")
_COUNCILS = (
    Column("council", "Council"),
    Column("residents", "Residents inside", "count", note="ONS mid-2017 estimates."),
    Column("share_of_council", "Share of the council", "share"),
    Column("share_of_stp", "Share of the STP", "share"),
)
_PASSING = (
    Column("stp", "Footprint"),
    Column("lead", "Lead"),
    Column("organisation", "Organisation"),
    Column("rating", "Rating"),
)


def _controls(_: MapView) -> tuple[Control, ...]:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    titles = {key: measure.title for key, measure in measures.MEASURES.items()}
    outlines = {parameters.NONE: "None", "ccg17": "CCGs", "council17": "Councils", **facts.labels()}
    ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
    return (
        ChooseOne("stp", "Footprint", names, "Choose or type a name", width=380),
        ChooseOne("colour", "Colour by", titles, width=280),
        ChooseOne("outline", "Outlines", outlines, width=240, folded=True),
        ChooseSome("lead", "Lead type", catalogue.LEAD_TYPES, "All lead types", width=200, folded=True),
        ChooseSome("rating", "Rating", ratings, "All ratings", width=230, folded=True),
        ChooseSome("region", "NHS region", catalogue.REGIONS, "All regions", width=190, folded=True),
        ChooseSome("acs", "Accountable care system", catalogue.ACS_STATUSES, "With and without", 210, folded=True),
    )


def document(view: MapView) -> Document:
    """Return the map with the chosen footprint, those that pass the filters, or what the map has to say."""
    passing = catalogue.passing({name: getattr(view, name) for name in _FILTERS})
    filtered = any(getattr(view, name) for name in _FILTERS)
    codes = passing or list(catalogue.footprints())
    chosen = catalogue.footprints()[view.stp] if view.stp else None
    beside = (
        _chosen(chosen) if chosen else (*_passing(view, passing), *_overview()) if filtered and passing else _overview()
    )
    return Document(
        title=chosen.name if chosen else words.title(view, passing if filtered else []),
        about=chosen.name if chosen else "",
        description=_description(view, chosen),
        lead=footprints.answer(chosen) if chosen else words.lead(view, passing if filtered else []),
        blocks=(
            *_result(view, passing, filtered),
            Group(((_map(view, codes),), beside), (58, 42)),
            *totals.published(view.colour),
            Links((Link("What helps a footprint get on? Testing the claims", links.to("conditions", stp=view.stp)),)),
            Section(
                f"{'All 44' if len(codes) == 44 else len(codes)} footprints as a table",
                (table.footprints(view, codes),),
                "table",
            ),
            *((facts.section(view.outline),) if view.outline in joint_work.GROUPS else ()),
            Prose(_introduction(), "caption"),
        ),
        sources=(measures.MEASURES[view.colour].note,),
        own=filtered,
    )


def _description(view: MapView, chosen: Footprint | None) -> str:
    if chosen:
        return f"{chosen.name} on the map of the 44 footprints of 2017: rating, lead, residents, CCGs and councils."
    return f"The 44 footprints of 2017 by {small(measures.MEASURES[view.colour].title)}: map, table and sources."


def _introduction() -> Words:
    return (
        "In 2016 the NHS in England was cut into 44 ",
        glossary.link("footprint", "footprints"),
        ", the ",
        glossary.link("stp", "sustainability and transformation partnerships"),
        " (STPs). In July 2017 NHS England ",
        glossary.link("rating", "rated"),
        " them. Choose one to see who leads it and which councils it covers.",
    )


def _result(view: MapView, passing: list[str], filtered: bool) -> tuple[Block, ...]:
    """Say how many footprints pass the filters, and offer to take each of them away."""
    if not filtered:
        return ()
    sentence: tuple[Inline, ...] = (
        Strong(f"{len(passing)} of 44"),
        " footprints pass the filters; the others are faded.",
    )
    if not passing:
        sentence = (Strong("No footprint passes all filters together"), ", so all 44 are shown.")
    ways: list[Inline] = []
    for field, chosen in words.filters(view).items():
        others = {name: () if name == field else getattr(view, name) for name in _FILTERS}
        ways += [" ", Link(f"{chosen} ×", links.to("", **vars(view) | others), "Take this filter away")]
    cleared = links.to("", **vars(view) | dict.fromkeys(_FILTERS, ()))
    return (Prose((*sentence, *ways, " ", Link("Clear filters", cleared)), "caption"),)


def _map(view: MapView, codes: list[str]) -> MapFigure:
    theme = measures.theme(view.colour)
    layer = None if view.outline == parameters.NONE else view.outline
    group = view.outline if view.outline in joint_work.GROUPS else None
    drawn = national.by_measure(
        view.colour,
        codes,
        facts.outlines(group) if group else layer,
        view.stp,
        link=links.link(replace(view, stp="{code}")),
        clear=links.link(replace(view, stp=None)),
        places=facts.places(group) if group else (),
    )
    totals = measures.RATING_TOTALS if view.colour == "rating" else {}
    return MapFigure(
        "footprints",
        drawn,
        tuple(replace(entry, total=totals.get(entry.category.key)) for entry in themes.legend(theme, codes)),
        theme.title,
        "Here" if totals else "STPs",
        f"{measures.MEASURES[view.colour].note}{f' {facts.caption(group)}' if group else ''}",
    )


def _overview() -> tuple[Block, ...]:
    numbers = catalogue.stp_table()
    people = numbers["population"]
    smallest, largest = people.idxmin(), people.idxmax()
    straddled = int((overlap("council17", "stp17").groupby("a_code").size() > 1).sum())
    ways = {code: Link(name, links.to("", stp=code)) for code, name in numbers["name"].items()}
    return (
        Section(
            "Choose a footprint",
            (
                Prose(
                    (
                        "Click on the map, choose in the box above, or follow a name of the table below. You will see "
                        "who led the area, how it was rated, and which ",
                        glossary.link("council", "councils"),
                        " and ",
                        glossary.link("ccg", "CCGs"),
                        " it covers.",
                    )
                ),
                Listing(
                    (
                        (
                            Strong(f"{people.sum():,}"),
                            f" residents live in the 44 areas, from {people[smallest]:,} in ",
                            ways[smallest],
                            f" to {people[largest]:,} in ",
                            ways[largest],
                            ".",
                        ),
                        (Strong(f"{straddled} of 152"), " councils have residents in more than one area."),
                        (
                            Strong("Eight "),
                            glossary.link("acs", "accountable care systems"),
                            " were announced in June 2017: five are whole STPs, three are parts of two others.",
                        ),
                    )
                ),
            ),
            "overview",
        ),
        *(_group(name) for name in ("outstanding", "needs_most_improvement")),
    )


def _group(rating: str) -> Section:
    """Return the names of the STPs with a rating that is fully published."""
    table_ = catalogue.stp_table()
    rated = table_[table_["rating"] == f"{rating}:published"]
    names: list[Inline] = []
    for code, name in rated["name"].items():
        names += [*([" · "] if names else []), Link(name, links.to("", stp=str(code)))]
    return Section(f"{catalogue.RATINGS[rating]}: {len(rated)}", (Prose(tuple(names)),))


def _passing(view: MapView, passing: list[str]) -> tuple[Block, ...]:
    stps = [catalogue.footprints()[code] for code in passing]
    rows = tuple(
        (
            stp.name,
            f"{stp.lead.fact.value} ({catalogue.LEAD_TYPES[stp.lead.kind]}; {stp.lead.fact.spoken_for})",
            stp.lead.organisation,
            catalogue.rating_words(stp),
        )
        for stp in stps
    )
    ways = tuple(links.link(replace(view, stp=code)) for code in passing)
    return (Table("passing", "Those that pass the filters", _PASSING, rows, ways, tuple(passing), stacked=True),)


def _chosen(stp: Footprint) -> tuple[Block, ...]:
    ccgs, councils = (_inside(stp.code, layer) for layer in ("ccg17", "council17"))
    names = listed([fit.short_names("ccg17")[code] for code in sorted(ccgs.index)])
    whole = int((councils["share_of_b"] == 1).sum())
    how_many = "all" if whole == len(councils) else f"{whole}" if whole else "none"
    rows = tuple((row.name, row.weight, row.share_of_b, row.share_of_a) for row in councils.itertuples())
    ways = tuple(links.to("council", council=code) for code in councils.index)
    return (
        Prose(footprints.names(stp), "caption"),
        Facts((claims.rating(stp), claims.lead(stp), claims.gap(stp))),
        footprints.key_figures(stp),
        Prose((Strong(counted(len(ccgs), "CCG")), f": {names}.")),
        Table(
            "councils",
            f"{counted(len(councils), 'council')}, {how_many} wholly inside",
            _COUNCILS,
            rows,
            ways,
            tuple(councils.index),
            file_name=f"councils-{stp.code}",
        ),
        *footprints.systems(stp),
        Links(
            (
                Link("Everything about it", links.to("footprint", stp=stp.code)),
                Link("Compare it with another", links.to("compare", a=stp.code)),
                Link("How it fits its councils", links.to("coterminosity", a="stp17", b="council17", area=stp.code)),
            )
        ),
        Prose(
            "Residents: ONS mid-2017 estimates. Membership: ONS lookups of April 2017. Deprivation: English indices of "
            "deprivation 2015.",
            "caption",
        ),
    )


def _inside(code: str, layer: str) -> pd.DataFrame:
    """Return the areas of a layer that share residents with an STP, most residents first."""
    return fit.parts("stp17", layer, code, "population", 0.0)


PAGE = Page(
    path="",
    name="Map",
    answers="Who leads each footprint, how it was rated, how big, old, dense and deprived it is. Click, filter, sort, "
    "download.",
    view=MapView,
    document=document,
    controls=_controls,
    cited=cited,
    top=True,
)
