"""Which councils and districts of 2017 ended by 2024, which took their place, on which day and by which order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from geo import blocks, endings, kept, vintages
from lib import themes
from lib.content.blocks import Column, MapFigure, Strong, Table, Words
from lib.figures import sources as attribution
from lib.figures.national import national
from lib.text import counted, dated, listed
from lib.themes import Category, Theme

BEFORE, AFTER = vintages.SERIES["council"]
_BEFORE_DISTRICTS, _AFTER_DISTRICTS = "lad17", "lad24"
_UNITARY, _DISTRICT, _COUNTY = "unitary council", "district council", "county council"
_RESIDENTS = "Of mid-2017."
_CLASSES = (
    Category("as_before", "As in 2017", "#cfe3f5", "#231f20"),
    Category("unitary", "Same area, no districts", "#5fa9dd", "#231f20", "U"),
    Category("new", "New area", "#b3490a", "#ffffff", "N"),
)


@dataclass(frozen=True)
class Created:
    """A council that took the place of others after 2017.

    Attributes
    ----------
    code, name, kind : str
        The new council.
    first_day, last_day : str
        ISO 8601; the last day is empty where it goes on.
    members : tuple of str
        Codes of the districts of 2017 that it is made of.
    residents : int
        Of mid-2017.
    order, source : str
        The legislation, and where it was read.
    """

    code: str
    name: str
    kind: str
    first_day: str
    last_day: str
    members: tuple[str, ...]
    residents: int
    order: str
    source: str


@dataclass(frozen=True)
class Ended:
    """A council that was there in 2017, or came after, and had ended by 2024.

    Attributes
    ----------
    code, name, kind : str
        The council that ended.
    last_day : str
        ISO 8601.
    residents : int
        Of mid-2017.
    now : tuple of (str, int)
        Where they are in 2024: names of councils, for districts that merged of districts, and residents, most first.
    order, source : str
        The legislation, and where it was read.
    """

    code: str
    name: str
    kind: str
    last_day: str
    residents: int
    now: tuple[tuple[str, int], ...]
    order: str
    source: str


@kept.once
def created() -> tuple[Created, ...]:
    """Return the councils that took the place of others between 2017 and 2024, in the order of time."""
    people = vintages.totals(_BEFORE_DISTRICTS)["residents"]
    bodies = [
        Created(
            row.code,
            row.name,
            _DISTRICT if row.kind == "district" else _UNITARY,
            row.start,
            row.end,
            tuple(row.members.split()),
            int(people.loc[row.members.split()].sum()),
            row.legislation,
            row.source,
        )
        for row in endings.made_of_districts().itertuples()
    ]
    return tuple(sorted(bodies, key=lambda body: (body.first_day, body.name)))


@kept.once
def ended() -> tuple[Ended, ...]:
    """Return the councils that ended by 2024, in the order of time, counties before their districts."""
    bodies = [*_counties(), *_districts(), *_between()]
    return tuple(sorted(bodies, key=lambda body: (body.last_day, body.kind != _COUNTY, body.name)))


def _successor(members: Collection[str], **which: Any) -> Created:
    """Return the council that took in some districts of 2017 first, see `geo.endings.taken_over`."""
    code = endings.taken_over(members, **which)["code"]
    return next(body for body in created() if body.code == code)


def _districts() -> list[Ended]:
    """Return the districts that ended, unitary councils among them."""
    districts, upper = [], set(vintages.totals(BEFORE).index)
    for code, row in vintages.totals(_BEFORE_DISTRICTS).iterrows():
        if code in vintages.totals(_AFTER_DISTRICTS).index:
            continue
        into = _successor([code])
        kind = _UNITARY if code in upper else _DISTRICT
        now = _now(_BEFORE_DISTRICTS, [code], _AFTER_DISTRICTS)
        districts.append(_ended(code, row["name"], kind, now, into))
    return districts


def _counties() -> list[Ended]:
    """Return the county councils that ended."""
    members = blocks.pieces().groupby(BEFORE)[_BEFORE_DISTRICTS].unique()
    return [
        _ended(code, row["name"], _COUNTY, _now(BEFORE, [code], AFTER), _successor(members[code], kinds=("council",)))
        for code, row in vintages.totals(BEFORE).iterrows()
        if code not in vintages.totals(AFTER).index and code not in members[code]
    ]


def _between() -> list[Ended]:
    """Return the councils that came after 2017 and ended before 2024."""
    return [
        _ended(
            body.code,
            body.name,
            body.kind,
            _now(_BEFORE_DISTRICTS, body.members, _AFTER_DISTRICTS),
            _successor(body.members, after=body.first_day),
        )
        for body in created()
        if body.last_day
    ]


def _now(layer: str, codes: Sequence[str], later: str) -> tuple[tuple[str, int], ...]:
    table = vintages.flows(layer, later)
    sums = table[table["a_code"].isin(list(codes))].groupby("b_name")["residents"].sum()
    return tuple((name, int(people)) for name, people in sums.sort_values(ascending=False).items())


def _ended(code: str, name: str, kind: str, now: tuple[tuple[str, int], ...], into: Created) -> Ended:
    people = sum(residents for _, residents in now)
    return Ended(code, name, kind, endings.day_before(into.first_day), people, now, into.order, into.source)


@kept.once
def summary() -> str:
    """Return in a sentence or two how many councils ended and began, and how many residents that concerned."""
    gone, come = ended(), [body for body in created() if not body.last_day]
    by_kind = [counted(sum(body.kind == kind for body in gone), kind) for kind in (_COUNTY, _UNITARY, _DISTRICT)]
    unitary, people = [body for body in come if body.kind == _UNITARY], sum(body.residents for body in come)
    return (
        f"{len(vintages.totals(BEFORE))} councils of {blocks.layer(BEFORE).year} became "
        f"{len(vintages.totals(AFTER))} by {blocks.layer(AFTER).year}: {listed(by_kind)} ended; "
        f"{counted(len(unitary), _UNITARY)} and {counted(len(come) - len(unitary), _DISTRICT)} "
        f"with {people:,} residents (mid-2017) took their place."
    )


@kept.once
def told() -> tuple[Words, ...]:
    """Return in a sentence each which councils began, when, out of which, and by which order."""
    names = blocks.names(_BEFORE_DISTRICTS)
    return tuple(
        (
            Strong(f"{dated(body.first_day)}: {body.name}"),
            f", {body.kind}, {body.residents:,} residents, out of {listed([names[code] for code in body.members])}. "
            f"{body.order}." + (f" It ended on {dated(body.last_day)}." if body.last_day else ""),
        )
        for body in created()
    )


@kept.once
def of_created() -> Table:
    """Return the councils that began after 2017."""
    names = blocks.names(_BEFORE_DISTRICTS)
    columns = (
        Column("new_council", "New council"),
        Column("kind", "Kind"),
        Column("first_day", "First day", "date"),
        Column("residents", "Residents", "count", note=_RESIDENTS),
        Column("made_of", "Made of the districts", note="Of 2017; unitary councils are districts too."),
        Column("legislation", "Legislation"),
        Column("last_day", "Last day", "date", note="Where it ended before 2024.", in_file_only=True),
        Column("code", "Code", "code", note="ONS code.", in_file_only=True),
        Column("source", "Source", "source", in_file_only=True),
    )
    rows = tuple(
        (
            body.name,
            body.kind,
            body.first_day,
            body.residents,
            "; ".join(names[code] for code in body.members),
            body.order,
            body.last_day or None,
            body.code,
            body.source,
        )
        for body in created()
    )
    codes = tuple(body.code for body in created())
    return Table("councils-created", "Councils that began, 2017 to 2024", columns, rows, codes=codes)


@kept.once
def of_ended() -> Table:
    """Return the councils that ended after 2017, and where their residents are now."""
    columns = (
        Column("council", "Council"),
        Column("kind", "Kind"),
        Column("ended_on", "Ended on", "date", note="Its last day."),
        Column("residents", "Residents", "count", note=_RESIDENTS),
        Column("now_in", "Its residents are now in", note="Of several, with the residents of each, mid-2017."),
        Column("legislation", "Legislation"),
        Column("code", "Code", "code", note="ONS code.", in_file_only=True),
        Column("source", "Source", "source", in_file_only=True),
    )
    rows = tuple(
        (body.name, body.kind, body.last_day, body.residents, _said(body.now), body.order, body.code, body.source)
        for body in ended()
    )
    return Table("councils-ended", "Councils that ended, 2017 to 2024", columns, rows)


def _said(now: tuple[tuple[str, int], ...]) -> str:
    return now[0][0] if len(now) == 1 else "; ".join(f"{name} ({people:,})" for name, people in now)


@kept.once
def theme() -> Theme:
    """Return the councils of 2024 by what they were in 2017."""
    same = vintages.flows(BEFORE, AFTER).loc[lambda table: table["kind"] == "same"]
    areas = dict(zip(same["b_code"], same["a_code"], strict=True))
    keys = {
        code: "new" if code not in areas else "as_before" if areas[code] == code else "unitary"
        for code in vintages.totals(AFTER).index
    }
    label, mark = ({kind.key: getattr(kind, part) for kind in _CLASSES} for part in ("label", "mark"))
    people, since = vintages.totals(AFTER)["residents"], {body.code: body.first_day for body in created()}
    values = {
        code: f"{label[key]}; {people[code]:,} residents" + (f"; since {dated(since[code])}" if code in since else "")
        for code, key in keys.items()
    }
    marks = {code: mark[key] for code, key in keys.items()}
    return Theme(
        AFTER, "Councils since 2017", blocks.layer(AFTER).vintage, _CLASSES, blocks.names(AFTER), keys, marks, values
    )


@kept.once
def drawn() -> MapFigure:
    """Return the map of the councils of 2024 by what they were in 2017."""
    classes = theme()
    figure = national(
        classes,
        list(classes.keys),
        themes.described(classes, list(classes.keys)),
        title=f"The {len(classes.keys)} {classes.many} by what they were in {blocks.layer(BEFORE).year}",
        outline=BEFORE,
        source=attribution.line("Memberships: ONS code history."),
    )
    legend = tuple(themes.legend(classes, list(classes.keys)))
    caption = (
        f"Lines: councils of {blocks.layer(BEFORE).year}. U: a county council and its districts became one unitary "
        "council of the same area. Districts inside counties are not drawn."
    )
    return MapFigure("councils-map", figure, legend, classes.title, "Councils", caption)
