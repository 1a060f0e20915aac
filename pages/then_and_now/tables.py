"""Tables of the page: flows, the story of an STP, what a code meant, mergers of CCGs, fit by vintage."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from geo import blocks, ccg_mergers, codes, kept, vintages
from geo.ccg_mergers import Merger
from geo.codes import Found
from geo.vintages import plain_name
from lib import fit as page_on_fit
from lib import links
from lib.content.blocks import Cell, Column, Link, Table
from lib.facts import today
from lib.parameters import ALL
from lib.text import capital
from pages.then_and_now import fit, flows, maps, mergers, words
from pages.then_and_now.view import ThenAndNowView

_MID_2017 = "Of mid-2017 in every year."
_LSOAS = Column("lsoas", "LSOAs", "count")


def way(view: ThenAndNowView, layer: str, code: str) -> str:
    """Return the link of an area: of an STP of 2017 its story, of others what their code meant in that year.

    A council of 2017 has a page of its own, one that came later has none: empty.
    """
    if layer in vintages.SERIES["council"]:
        return links.to("council", council=code) if code in blocks.names("council17") else ""
    if layer == maps.THEN:
        return links.link(replace(view, stp=code, region=ALL, code=None, year="any"))
    return links.link(replace(view, code=code, year=str(blocks.layer(layer).year)))


def ways(view: ThenAndNowView, layer: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the links of areas of a layer, see `way`."""
    if layer in vintages.SERIES["council"]:
        return tuple(way(view, layer, code) for code in codes)
    return links.filled(way(view, layer, links.CODE), codes)


def kinds(view: ThenAndNowView) -> Table:
    """Return what the colours of the drawing mean, with the number of flows of each."""
    counts = Counter(row.kind for row in flows.of_view(view))
    used = tuple(category for category in flows.CATEGORIES if category.key in counts)
    return Table(
        "kinds",
        "What became of them",
        (Column("what_became", "Meaning"), Column("flows", "Flows", "count")),
        tuple((category.label, counts[category.key]) for category in used),
        swatches=used,
    )


def of_flows(view: ThenAndNowView) -> Table:
    """Return the flows of a view, what moved first, then by name; a row opens the area that it comes from."""
    a, b = view.layers
    (before, year_a), (after, year_b) = (_dated(layer) for layer in (a, b))
    order = {category.key: n for n, category in enumerate(flows.CATEGORIES)}
    rows = sorted(flows.of_view(view), key=lambda row: (order[row.kind], row.b_name, row.a_name))
    used = tuple(flows.CATEGORIES[order[row.kind]] for row in rows)
    origins = tuple(row.a_code for row in rows)
    columns = (
        Column("from_name", capital(before)),
        Column("to_name", capital(after)),
        Column("what_became", "What became of it", note="The main part of an area is the one with most residents."),
        Column("shared_residents", "Shared residents", "count", note=_MID_2017),
        _LSOAS,
        Column("share_of_from", f"Share of {before}", "share", note="Shared residents by all of the former area."),
        Column("share_of_to", f"Share of {after}", "share", note="Shared residents by all of the latter area."),
        Column("from_code", f"Code in {year_a}", "code"),
        Column("to_code", f"Code in {year_b}", "code"),
    )
    return Table(
        "flows",
        f"Flows of residents from {blocks.layer(a).vintage} to {blocks.layer(b).vintage}",
        columns,
        tuple(
            (
                row.a_name,
                _linked(row.b_name, to),
                category.label,
                row.residents,
                row.lsoas,
                row.share_of_a,
                row.share_of_b,
                row.a_code,
                row.b_code,
            )
            for row, category, to in zip(rows, used, ways(view, b, (row.b_code for row in rows)), strict=True)
        ),
        ways(view, a, origins),
        origins,
        used,
        frozenset({view.stp} if view.stp else ()),
        derived(a, b),
        file_name=_flows_file(view),
    )


def _linked(words_of_it: str, href: str) -> Cell:
    return Link(words_of_it, href) if href else words_of_it


def derived(*layers: str) -> str:
    """Return how layers are known whose membership is worked out here; empty where all are lookups."""
    return " ".join(blocks.notes(layers))


def _dated(layer: str) -> tuple[str, int]:
    entry = blocks.layer(layer)
    return f"{entry.one}, {entry.year}", entry.year


def _flows_file(view: ThenAndNowView) -> str:
    place = view.stp or ("" if view.region == ALL else view.region)
    return "-".join(part for part in ("flows", *view.layers, view.flows, place) if part)


def residents_now(view: ThenAndNowView) -> Table:
    """Return to which ICBs the residents of an STP belonged later, most first, as numbered on the map."""
    assert view.stp
    later = view.boards
    now = maps.categories(view.stp, later)[later]
    one, year = blocks.layer(later).one, blocks.layer(later).year
    columns = (
        Column("icb", f"{one}, {year}"),
        Column("residents_there", "Its residents there", "count", note=_MID_2017),
        Column("share_of_stp", "Share of the STP", "share", note="Its residents there by all of the STP."),
        Column("share_of_icb", f"Share of the {one}", "share", note=f"Its residents there by all of the {one}."),
        Column("code", "Code", "code", note=f"ONS code of {year}.", in_file_only=True),
    )
    return Table(
        "residents-now",
        f"Where its residents of {blocks.layer(maps.THEN).year} belonged in {year}",
        columns,
        tuple(
            (plain_name(row.b_name), row.residents, row.share_of_a, row.share_of_b, row.b_code)
            for row in vintages.parts(maps.THEN, later, view.stp)
        ),
        ways(view, later, now),
        tuple(now),
        tuple(now.values()),
        caption=derived(later),
        file_name=f"residents-now-{view.stp}" + ("" if later == maps.FIRST else f"-{later}"),
    )


def story(view: ThenAndNowView) -> Table:
    """Return the story of an STP, a row a year."""
    columns = (
        Column("year", "Year", "date"),
        Column("kind", "Kind"),
        Column("name", "Name"),
        Column("code", "Code", "code"),
        Column("residents", "All residents", "count", note=_MID_2017),
        _LSOAS,
        Column("ccgs", "CCGs", "count", note="CCGs of the same year with residents in the area."),
        Column("of_first", "Of the footprint of 2017, residents", "count", note="Of them in the STP of 2017."),
        Column("what_happened", "What happened"),
    )
    assert view.stp
    rows = tuple(
        (
            str(blocks.layer(step.layer).year),
            blocks.layer(step.layer).one,
            step.name,
            Link(step.code, links.link(replace(view, code=step.code, year=str(blocks.layer(step.layer).year)))),
            step.residents,
            step.lsoas,
            words.ccgs(step),
            step.of_first,
            events,
        )
        for step, events in words.story(view.stp)
    )
    caption = derived(*vintages.SERIES["stp"])
    return Table("story", "Its story, a row a year", columns, rows, caption=caption, file_name=f"story-{view.stp}")


def of_code(view: ThenAndNowView, result: Found) -> Table:
    """Return where the residents of a code's area belonged in every vintage.

    The area is that of the year asked for, or the first of the code's if it was not in use then.
    """
    meaning = next((meaning for meaning in result.meanings if str(meaning.year) == view.year), result.meanings[0])
    columns = (
        Column("year", "Year", "date"),
        Column("kind", "Kind"),
        Column("area", "Area"),
        Column("code", "Code", "code"),
        Column("this_code", "This code", note=f"Whether its code is {result.code}."),
        Column("shared_residents", "Shared residents", "count", note=_MID_2017),
        _LSOAS,
        Column("share_of_code", f"Share of {result.code}", "share", note="Shared residents by all of the code's area."),
        Column("share_of_area", "Share of the area", "share", note="Shared residents by all of the area of that year."),
    )
    rows = tuple(
        (
            str(row.year),
            row.kind,
            row.name,
            Link(row.code, links.link(replace(view, code=row.code, year=str(row.year)))),
            "yes" if row.code == result.code else "no",
            row.residents,
            row.lsoas,
            row.share_of_area,
            row.share_of_other,
        )
        for row in codes.trace(meaning).itertuples()
    )
    title = f"Where the residents of {meaning.name} belonged"
    caption = derived(*vintages.SERIES["stp"])
    return Table("code", title, columns, rows, caption=caption, file_name=f"code-{result.code}")


def of_mergers(view: ThenAndNowView) -> Table:
    """Return the mergers of CCGs in the order of time; a row opens what the code of the new one meant."""
    columns = (
        Column("new_ccg", "New CCG"),
        Column("date", "Date", "date"),
        Column("ccgs", "CCGs", "count", note="That went into it."),
        Column("made_of", "Made of"),
        Column("residents", "All residents", "count", note=_MID_2017),
        Column("list_and_lsoas", "List and LSOAs", note="Whether the list of mergers and the LSOAs agree."),
        Column("ods_code", "ODS code", "code"),
        Column("ons_code", "ONS code", "code", note="Told by where the LSOAs of its members went."),
        Column(
            "now_in", "ICBs of April 2026", note=f"Where its residents are now. {blocks.DERIVED}", in_file_only=True
        ),
    )
    return Table(
        "mergers",
        "Mergers of CCGs",
        columns,
        _mergers(),
        links.filled(
            links.link(replace(view, code=links.CODE, year="any")),
            (merger.code or merger.ods_code for merger in ccg_mergers.mergers()),
        ),
        file_name="ccg-mergers",
    )


@kept.once
def _mergers() -> tuple[tuple[Cell, ...], ...]:
    return tuple(_merger(merger) for merger in ccg_mergers.mergers())


def _merger(merger: Merger) -> tuple[str | int | None, ...]:
    return (
        merger.name or f"{mergers.in_2017(merger.ods_code)}, before the first lookup",
        merger.date,
        len(merger.members) or len(merger.listed),
        "; ".join(plain_name(name) for name in merger.members.values())
        or f"ODS codes {', '.join(sorted(merger.listed))}",
        merger.residents or None,
        "agree" if merger.agrees else "the list only" if merger.ods_code else "the LSOAs only",
        merger.ods_code or None,
        merger.code or None,
        _now_in(vintages.layer_of("ccg", int(merger.date[:4])), merger.code) if merger.code else None,
    )


def _now_in(layer: str, code: str) -> str:
    """Return the ICBs of April 2026 with residents of a CCG of a vintage, most first."""
    return "; ".join(plain_name(row.b_name) for row in vintages.parts(layer, today.BOARDS, code))


@kept.once
def of_fit(kind: str) -> Table:
    """Return how well the councils of 2017 fit each vintage; a row opens the fit with it where there is a page."""
    fits = fit.by_vintage(kind)
    many = {"stp": "STPs and ICBs", "ccg": "CCGs"}[kind]
    columns = (
        Column("vintage", "Vintage"),
        Column("areas", "Areas", "count"),
        Column("split", "Split councils", "count"),
        Column("split_at_5", "Split at 5% tolerance", "count"),
        Column("in_split", "Residents in split councils", "share"),
        Column("same", "Residents whose council is the same area", "share"),
        *(Column(key, label, "number", decimals=3) for key, label in _SCORES.items()),
        Column("no_longer_split", "No longer split", in_file_only=True),
        Column("newly_split", "Newly split", in_file_only=True),
    )
    rows = tuple(
        (
            blocks.layer(row.Index).vintage,
            row.areas,
            row.split,
            row.split_at_5,
            row.in_split,
            row.same,
            *(getattr(row, key) for key in _SCORES),
            "; ".join(row.healed),
            "; ".join(row.new),
        )
        for row in fits.itertuples()
    )
    title = f"{many} against the councils of 2017"
    ways = tuple(_fit_way(layer) for layer in fits.index)
    return Table(f"fit-{kind}", title, columns, rows, ways, file_name=f"fit-by-vintage-{kind}")


_SCORES = {"homogeneity": "Homogeneity", "completeness": "Completeness", "v_measure": "V-measure"}


def _fit_way(layer: str) -> str:
    return links.to("coterminosity", a="council17", b=layer) if layer in page_on_fit.LAYERS else ""
