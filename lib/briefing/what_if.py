"""What a briefing says of a what-if."""

from lib.briefing import maps
from lib.briefing.content import Prose, Source, Subject, Table, common_sources
from lib.text import counted, source_parts
from lib.what_if import changes, colours, moves, presets, regrouping, tables

MOST_MOVES = 12
"""Moves that are listed; of more the page and its CSV tell."""
_MOST_COUNCILS = 8


def subject(text: str) -> Subject:
    """Return what a briefing says of the moves of a link."""
    # How many residents each STP has stands in the table.
    differences = changes.changes(text, sizes=False)
    told = {title: _told(differences, kind) for kind, title in _KINDS.items()}
    return Subject(
        kind=regrouping.MARK,
        title=regrouping.title(text),
        subtitle=regrouping.sentence(text),
        maps=maps.what_if(text),
        left=(_stps(text),),
        right=(_scores(text), *_councils(text)),
        below=(*(Prose(title, lines) for title, lines in told.items() if lines), *_moves(text)),
        sources=(*_asked(text), *common_sources(("Method", "sums over LSOAs, without tolerance"))),
    )


_KINDS = {
    changes.BETTER: "What would get better",
    changes.WORSE: "What would get worse",
    changes.ELSE: "What else would be different",
}


def _told(differences: list[changes.Change], kind: str) -> tuple[str, ...]:
    return tuple(one.sentence for one in differences if one.kind == kind)


def _stps(text: str) -> Table:
    by_code = colours.categories(text)
    people = [regrouping.residents_of_changed(text, when) for when in colours.WHEN]
    numbered = colours.numbered(text)
    codes = list(by_code)[: colours.MOST_NUMBERED]
    rows = []
    for code in codes:
        rows.append((by_code[code].label, *(f"{of[code]:,}" if of[code] else "–" for of in people)))
    if len(by_code) > len(codes):
        rows.append((f"and {len(by_code) - len(codes)} more", "", ""))
    marks = tuple(by_code[code] for code in codes) if numbered else ()
    return Table("STPs whose members change", ("STP", "Residents, 2017", "What if"), tuple(rows), marks)


def _scores(text: str) -> Table:
    table = tables.score_table(text)
    return Table("Whole map", ("", *table.columns[1:]), tuple(table.itertuples(index=False, name=None)))


def _councils(text: str) -> tuple[Table, ...]:
    councils = regrouping.consequences(text).councils.values()
    rows = [
        (council.name, f"{council.population:,}", f"{len(council.before.stps)}", f"{len(council.after.stps)}")
        for council in sorted(councils, key=lambda council: council.population, reverse=True)
        if len(council.before.stps) != len(council.after.stps)
    ]
    if not rows:
        return ()
    if len(rows) > _MOST_COUNCILS:
        more = f"and {len(rows) - _MOST_COUNCILS} more"
        rows = [*rows[:_MOST_COUNCILS], (more, "", "", "")]
    return (Table("Councils by number of STPs", ("Council", "Residents", "2017", "What if"), tuple(rows)),)


def _moves(text: str) -> tuple[Table, ...]:
    table = tables.move_table(text)
    rows = [
        (row[0], row[1], row[2], f"{row[3]:,}") for row in table.head(MOST_MOVES).itertuples(index=False, name=None)
    ]
    if len(table) > MOST_MOVES:
        rows.append((f"and {len(table) - MOST_MOVES} more", "see the page", "or its CSV", ""))
    title = f"{counted(len(table), 'move')}, from the STPs of April 2017"
    return (Table(title, ("CCG or part of it", "From", "To", "Residents"), tuple(rows), numbers=False),)


def _asked(text: str) -> tuple[Source, ...]:
    """Return where a case that was asked or done comes from."""
    made = moves.parsed(text)
    return tuple(
        Source(f"{preset.name} ({preset.what.removesuffix('.')})", tuple(source_parts(preset.source)))
        for preset in presets.presets()
        if dict(preset.moves) == made
    )


def named(query: str) -> str | None:
    """Return the moves that a text names, as a link has them; None unless all of it is understood."""
    text, notices = moves.read(query)
    return text if text and not notices else None
