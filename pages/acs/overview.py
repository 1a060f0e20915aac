"""All ten areas: what the eight systems are together, the areas by kind, their councils, and a table of all."""

from dataclasses import replace

from geo import blocks, kept
from lib import catalogue, glossary, links, parameters, themes
from lib.accountable_care import accountability, acs
from lib.accountable_care.acs import Area
from lib.content.blocks import Block, Column, Group, Link, Links, MapFigure, Prose, Section, Table, Words
from lib.content.document import Document
from lib.facts import joint_work
from lib.text import counted, listed, percent
from pages.acs import maps
from pages.acs.view import AcsView

_GROUPS = {
    "Systems that are whole STPs": lambda area: area.kind == "acs" and area.whole,
    "Systems that are parts of STPs": lambda area: area.kind == "acs" and not area.whole,
    "Devolution areas": lambda area: area.kind == "devolution",
}
_INTRODUCTION = Prose(
    (
        "In June 2017 NHS England named the first eight systems and a second ",
        glossary.link("devolution", "devolution area"),
        ". Some are whole ",
        glossary.link("stp", "STPs"),
        ", some are not. Choose one to see what it is made of, what was agreed, and which councils speak "
        "for the people inside.",
    )
)
_AREAS = (
    Column("area", "Area"),
    Column("mark", "Mark", note="On the map."),
    Column("kind", "Kind"),
    Column("stp", "STP"),
    Column("extent", "Whole or part"),
    Column("residents", "Population", "count", note="ONS mid-2017 estimates."),
    Column("share_of_stp", "Of the STP", "share", note="Residents of the area by all residents of the STP."),
    Column("ccgs", "CCGs", "count"),
    Column("councils", "Councils", "count", note="Councils with social care duties that have residents inside."),
    Column("fit", "Fit with councils"),
    Column("fit_tolerant", f"Fit, ignoring parts under {acs.TOLERANCE:g}%"),
    Column("rating_of_stp", "Rating of the STP, July 2017"),
    Column("lead_of_stp", "Lead of the STP"),
    Column("announced", "Announced", "date"),
    Column("code", "Code", "code", note="Ours.", in_file_only=True),
)
_COUNCILS = (
    Column("area", "Area"),
    Column("residents", "All residents", "count", note="ONS mid-2017 estimates."),
    Column("councils", "Councils with social care duties", "count"),
    Column("wholly_inside", "Wholly inside"),
    Column("partly_inside", "Partly inside"),
    Column("residents_in_divided", "In a council partly inside, residents", "count", note="Those of the area."),
    Column("share_in_divided", "In a council partly inside", "share", note="By all residents of the area."),
    Column("districts", "District councils", "count", note="Of two-tier counties, with residents inside."),
    Column("elected", "Elected councils in all", "count", note="Of both tiers."),
)


def document(view: AcsView) -> Document:
    """Return the ten areas together."""
    return Document(
        title="Accountable care systems",
        description=f"{_systems()} What each is made of, what was agreed, and which councils speak for the people "
        "inside.",
        lead=_answer(),
        blocks=(
            choice(view, _INTRODUCTION),
            Section("Which councils speak for their residents", (_councils(view),), "councils-of-all"),
            Section("All ten areas", (areas(view),), "all"),
            *chosen_places(view),
        ),
        sources=SOURCES,
    )


def chosen_places(view: AcsView) -> tuple[Section, ...]:
    """Return the list of the vanguards or pioneers that are drawn over the map, if any."""
    return () if view.outline == parameters.NONE else (joint_work.section(view.outline),)


SOURCES = (
    "Areas and members: as announced in June 2017, by the sources named with each.",
    "Residents: ONS mid-2017 estimates. Membership: ONS lookups of April 2017.",
)


def _systems() -> str:
    systems = [area for area in acs.areas().values() if area.kind == "acs"]
    residents = sum(acs.population(area) for area in systems)
    share = residents / blocks.load()["population"].sum()
    return (
        f"The first {len(systems)} accountable care systems, named in June 2017, have {residents:,} residents, "
        f"{percent(share)} of England's."
    )


def _answer() -> Words:
    systems = [area for area in acs.areas().values() if area.kind == "acs"]
    parts = [area for area in systems if not area.whole]
    before, term, after = _systems().partition("accountable care systems")
    return (
        before,
        glossary.link("acs", term),
        f"{after} Of these {len(systems) - len(parts)} are whole STPs and {len(parts)} are parts of "
        f"{counted(len({area.stp for area in parts}), 'other')}. {acs.one_council()}",
    )


def choice(view: AcsView, *before: Block) -> Group:
    """Return the map of all ten areas with the areas by kind beside it, to choose one."""
    return Group(((_england(view),), (*before, *_ways(view))), (54, 46))


def _england(view: AcsView) -> MapFigure:
    """Return the map of all ten areas, the chosen one outlined."""
    theme = maps.legend()
    chosen = acs.areas().get(view.area or "")
    over = None if view.outline == parameters.NONE else view.outline
    drawn = maps.england(chosen, _opening(view, links.CODE), _opening(view, None), over)
    caption = "Numbers are the eight systems in the order of their announcement, letters the two devolution areas."
    if over:
        caption += f" {joint_work.caption(over)}"
    entries = tuple(themes.legend(theme, theme.keys))
    return MapFigure("areas", drawn, entries, theme.title, theme.many, caption)


def _opening(view: AcsView, code: str | None) -> str:
    """Return the link of the view with another area, compared with none."""
    return links.link(replace(view, area=code, other=None))


def _opened(view: AcsView) -> dict[str, str]:
    """Return the link of the view with each of the ten areas, see `_opening`."""
    codes = acs.areas()
    return dict(zip(codes, links.filled(_opening(view, links.CODE), codes), strict=True))


def _ways(view: AcsView) -> tuple[Block, ...]:
    opened = _opened(view)
    return tuple(
        Section(
            title,
            (
                Links(
                    tuple(
                        Link(f"{area.mark} · {area.name}", opened[area.code])
                        for area in filter(belongs, acs.areas().values())
                    )
                ),
            ),
        )
        for title, belongs in _GROUPS.items()
    )


def areas(view: AcsView) -> Table:
    """Return the ten areas, the chosen one standing out."""
    every_area = acs.areas().values()
    codes = tuple(area.on_map for area in every_area)
    chosen = frozenset(area.on_map for area in every_area if area.code == view.area)
    return Table(
        "areas",
        "Areas with their STPs, fit, ratings and leads",
        _AREAS,
        _rows(),
        tuple(_opened(view).values()),
        codes,
        chosen=chosen,
        file_name="acs-areas",
    )


@kept.once
def _rows() -> tuple[tuple[str | int | float, ...], ...]:
    return tuple(_area(area) for area in acs.areas().values())


def _area(area: Area) -> tuple[str | int | float, ...]:
    stp, who = area.footprint, accountability.governance(area)
    return (
        area.name,
        area.mark,
        acs.KINDS[area.kind],
        stp.name,
        area.extent,
        who.residents,
        acs.share_of_stp(area),
        who.ccgs,
        who.councils,
        acs.fit_class(area),
        acs.fit_class(area, acs.TOLERANCE),
        catalogue.rating_words(stp),
        str(stp.lead.fact.value),
        area.announced,
        area.code,
    )


def _councils(view: AcsView) -> Table:
    rows = []
    for area in acs.areas().values():
        who, councils = accountability.governance(area), acs.member_rows(area, "council17")
        rows.append(
            (
                area.name,
                who.residents,
                who.councils,
                listed([council.name for council in councils if not council.outside]) or "none",
                listed(who.straddling) or "none",
                who.in_straddling,
                who.in_straddling / who.residents,
                who.districts,
                who.elected,
            )
        )
    ways = tuple(_opened(view).values())
    codes = tuple(area.on_map for area in acs.areas().values())
    title = "Councils of the ten areas"
    return Table("councils", title, _COUNCILS, tuple(rows), ways, codes, file_name="acs-councils")
