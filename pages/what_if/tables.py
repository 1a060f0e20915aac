"""Tables of a what-if: STPs, councils and CCGs before and after; every row in a file says that it is no real map."""

from collections.abc import Collection, Mapping

from geo import blocks, kept, regroup
from lib import links
from lib.content.blocks import Cell, Column, Link, Table
from lib.text import capital, counted
from lib.what_if import moves, regrouping
from lib.what_if.tables import class_words

_MARK = Column("mark", "Mark", note="What the row says is made up.", in_file_only=True)


def _of_stps(against: str) -> tuple[Column, ...]:
    many, vintage = blocks.layer(against).many, _vintage(against)
    return (
        Column("stp", "STP"),
        Column("residents_2017", "Residents 2017", "count", note="ONS mid-2017 estimates, in the STP of April 2017."),
        Column("residents_what_if", "Residents, what if", "count", note="ONS mid-2017 estimates, in the what-if."),
        Column("ccgs_2017", "CCGs 2017", "count", note="CCGs that lie in it, in part or as a whole."),
        Column("ccgs_what_if", "CCGs, what if", "count", note="CCGs that would lie in it, in part or as a whole."),
        Column("councils_2017", f"{capital(many)} 2017", "count", note=f"{vintage} with residents in it."),
        Column(
            "councils_what_if", f"{capital(many)}, what if", "count", note=f"{vintage} that would have residents in it."
        ),
        Column("fit_2017", f"Fit with {many} 2017", note="Without tolerance."),
        Column("fit_what_if", f"Fit with {many}, what if", note="Without tolerance."),
        Column("pieces_what_if", "In pieces, what if", "count", note="Parts that share no border."),
        Column("ons_code", "ONS code", "code", note="A new STP has none."),
        _MARK,
    )


def _vintage(against: str) -> str:
    """Return what the areas are by which the fit is judged, with their year unless they are the councils of 2017."""
    return capital(blocks.layer(against).many if against == regroup.COUNCILS else blocks.layer(against).vintage)


def _of_councils(against: str) -> tuple[Column, ...]:
    return (
        Column("council", capital(blocks.layer(against).one)),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        Column("moved_residents", "Moved residents", "count", note="Those of its residents whose STP is another one."),
        Column("stps_2017", "STPs, 2017", note="STPs that its residents are in."),
        Column("stps_what_if", "STPs, what if", note="STPs that its residents would be in."),
        Column("fit_2017", "Fit, 2017", note="Without tolerance."),
        Column("fit_what_if", "Fit, what if", note="Without tolerance."),
        Column("code", "Code", "code", in_file_only=True),
        _MARK,
    )


def stps(text: str, against: str) -> Table:
    """Return the STPs whose members change, before and after, judged by a layer."""
    footprint = links.to("footprint", stp=links.CODE)
    rows = tuple(
        (
            Link(name, *links.filled(footprint, [code])) if _is_real(code) else name,
            before.population,
            after.population,
            before.ccgs,
            after.ccgs,
            before.councils,
            after.councils,
            class_words(before.fit, against),
            class_words(after.fit, against),
            after.pieces,
            code if _is_real(code) else None,
            regrouping.MARK,
        )
        for code, (name, before, after) in regrouping.consequences(text, against).stps.items()
    )
    title = f"{counted(len(rows), 'STP')} whose members change"
    return Table("stps", title, _of_stps(against), rows, file_name=f"{moves.file_name(text)}-stps")


def _is_real(stp: str) -> bool:
    return stp in blocks.name_by_code("stp17")


def councils(text: str, against: str) -> Table:
    """Return the councils, or areas of another layer, for which something changes, most residents first."""
    changed = regrouping.consequences(text, against).councils
    codes = tuple(sorted(changed, key=lambda code: changed[code].population, reverse=True))
    rows = tuple(
        (
            council.name,
            council.population,
            council.moved,
            _stp_names(council.before.stps),
            _stp_names(council.after.stps),
            class_words(council.before.fit, "stp17"),
            class_words(council.after.fit, "stp17"),
            code,
            regrouping.MARK,
        )
        for code, council in ((code, changed[code]) for code in codes)
    )
    layer, real = blocks.layer(against), against == regroup.COUNCILS
    way = (
        links.to("council", council=links.CODE)
        if real
        else links.to("coterminosity", a=against, b="stp17", area=links.CODE)
    )
    year = "" if real else f" of {layer.year}"
    title = f"{counted(len(rows), f'{layer.one}{year}', f'{layer.many}{year}')} for which something changes"
    name = f"{moves.file_name(text)}-{'councils' if real else against}"
    return Table("councils", title, _of_councils(against), rows, links.filled(way, codes), codes, file_name=name)


def _stp_names(codes: tuple[str, ...]) -> str:
    return "; ".join(regroup.stp_name(code) for code in codes)


def assignment(text: str | None, chosen: Collection[str], link: str) -> Table:
    """Return every CCG with its STP of 2017 and in the what-if.

    Parameters
    ----------
    text : str or None
        Moves. A CCG that they divide has a row for each of its parts.
    chosen : collection of str
        CCGs that stand out.
    link : str
        View in which a CCG or a part is chosen, with ``{code}`` for it.
    """
    made = moves.parsed(text)
    rows = _assigned(made)
    columns = (
        Column("ccg", "CCG"),
        Column("part", "Part in district", in_file_only=not any(row[1] for row in rows.values())),
        Column("residents", "Residents", "count", note="ONS mid-2017 estimates."),
        Column("stp_2017", "STP 2017"),
        Column("stp_what_if", "STP, what if", in_file_only=not made),
        Column("moved", "Moved", note="yes or no", in_file_only=not made),
        Column("ccg_code", "CCG code", "code", in_file_only=bool(made)),
        Column("district_code", "District code", "code", in_file_only=True),
        Column("stp_code_2017", "STP code 2017", "code", in_file_only=True),
        Column("stp_code_what_if", "STP code, what if", "code", note="Or new-1 to new-99.", in_file_only=True),
        *((_MARK,) if made else ()),
    )
    return Table(
        key="ccgs",
        title=f"All {len(blocks.names('ccg17'))} CCGs",
        columns=columns,
        rows=tuple((*row, regrouping.MARK) if made else row for row in rows.values()),
        links=links.filled(link, rows),
        codes=tuple(unit.partition("-")[0] for unit in rows),
        chosen=frozenset(chosen),
        file_name=moves.file_name(text) if made else "ccgs-and-stps",
    )


def _assigned(made: Mapping[str, str]) -> dict[str, tuple[Cell, ...]]:
    """Return the rows of the CCGs by unit, what is moved first; those of a CCG that is divided are of its parts."""
    divided = {unit.partition("-")[0] for unit in made if "-" in unit}
    rows = {unit: _row(unit, stp) for unit, stp in made.items()}
    for ccg, row in _rows_of_2017().items():
        if ccg in divided:
            rows |= {part: _row(part) for part in sorted(regroup.units()[ccg]) if part not in made}
        elif ccg not in made:
            rows[ccg] = row
    return rows


@kept.once
def _rows_of_2017() -> dict[str, tuple[Cell, ...]]:
    return {ccg: _row(ccg) for ccg in blocks.name_by_code("ccg17")}


def _row(unit: str, stp: str | None = None) -> tuple[Cell, ...]:
    """Return the row of a unit, moved to an STP or where it was."""
    ccg, _, district = unit.partition("-")
    then, now = regrouping.home(unit), stp or regrouping.home(unit)
    return (
        blocks.name_by_code("ccg17")[ccg],
        blocks.name_by_code("lad17").get(district),
        regrouping.residents(unit),
        regroup.stp_name(then),
        regroup.stp_name(now),
        "yes" if stp else "no",
        ccg,
        district or None,
        then,
        now,
    )
