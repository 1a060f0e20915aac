"""What the ICBs of 2022 became until April 2026, and how they fit the councils of the same year."""

import pandas as pd

from geo import blocks, endings, kept, sources, vintages
from geo.vintages import plain_name
from lib import fit, links
from lib.content.blocks import Cell, Column, Table
from lib.facts import today
from lib.text import counted, dated, listed
from pages.then_and_now.tables import way
from pages.then_and_now.view import ThenAndNowView

_MID_2017 = "Of mid-2017 in every year."
_STEPS = (("icb22", "icb24"), ("icb24", "icb26"))
_SAME_YEAR = (("stp17", "council17"), ("icb24", "council24"), ("icb26", "council24"))


@kept.once
def ended() -> pd.DataFrame:
    """Return the ICBs whose code ended since 2022, a row for each ICB that their residents went to.

    Returns
    -------
    DataFrame
        Columns of `geo.vintages.flows` with ``last_day`` (ISO 8601) of the
        ICB that ended, ``residents_before`` of it, and ``now``: names of the
        ICBs of April 2026 that the shared residents are in.
    """
    parts = []
    for before, after in _STEPS:
        table = vintages.flows(before, after)
        table = table[~table["a_code"].isin(vintages.totals(after).index)].copy()
        table["last_day"] = table["a_code"].map(lambda code, layer=before: endings.last_day(layer, code))
        table["residents_before"] = table["a_code"].map(vintages.totals(before)["residents"])
        table["now"] = [_now(before, row.a_code, after, row.b_code) for row in table.itertuples()]
        parts.append(table)
    return pd.concat(parts).sort_values(["last_day", "a_name", "residents"], ascending=[True, True, False])


def _now(before: str, a_code: str, after: str, b_code: str) -> str:
    pieces = blocks.pieces()
    board_codes = pieces.loc[(pieces[before] == a_code) & (pieces[after] == b_code), today.BOARDS].unique()
    return "; ".join(sorted(plain_name(blocks.names(today.BOARDS)[code]) for code in board_codes))


@kept.once
def summary() -> str:
    """Return in a few sentences what became of the ICBs of 2022."""
    first, between, last = (vintages.totals(layer) for layer in ("icb22", *vintages.TODAY))
    changed = vintages.flows(*_STEPS[0]).loc[lambda table: table["kind"] == "moved"]
    gone = ended().groupby("last_day")["a_code"].nunique()
    moved = listed(
        [
            f"{counted(row.lsoas, 'LSOA')} with {row.residents:,} residents went from {plain_name(row.a_name)} to "
            f"{plain_name(row.b_name)}"
            for row in changed.itertuples()
        ]
    )
    phrases = listed([f"{number} codes ended on {dated(day)}" for day, number in gone.items()])
    new = len(last.index.difference(between.index))
    return (
        f"{len(first)} ICBs of 2022 became {len(last)} in April 2026. {phrases}. By 2024 {moved}. "
        f"The residents of those that ended are now in {new} new or enlarged ICBs. "
        f"{len(last) - new} have the code and area of 2024. All years add up to "
        f"{last['residents'].sum():,} residents."
    )


@kept.once
def _established() -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return by codes of both what an ICB's succession of 2026 is called, how it is known, and its source."""
    table = sources.read("icb26_successions")
    return {(row.icb24cd, row.icb26cd): (row.change, row.how_established, row.source) for row in table.itertuples()}


def of_ended(view: ThenAndNowView) -> Table:
    """Return the ICBs whose codes ended since 2022; a row opens what the code meant."""
    columns = (
        Column("board", "ICB"),
        Column("ended_on", "Ended on", "date", note="Last day of the code."),
        Column("residents", "All its residents", "count", note=_MID_2017),
        Column("went_to", "Its residents went to"),
        Column("residents_there", "Residents there", "count", note=_MID_2017),
        Column("share_of_board", "Share of it", "share", note="Residents there by all of the ICB that ended."),
        Column("now_in", "And are now in", note="ICB of April 2026."),
        Column("change", "Change", in_file_only=True),
        Column("how_established", "How it is known", in_file_only=True),
        Column("code", "Code", "code", in_file_only=True),
        Column("code_of_successor", "Code of the successor", "code", in_file_only=True),
        Column("source", "Source", "source", in_file_only=True),
    )
    templates = {layer: way(view, layer, links.CODE) for layer, _ in _STEPS}
    ways = tuple(templates[layer].replace(links.CODE, code) for layer, code, _ in _successions())
    rows = tuple(cells for *_, cells in _successions())
    return Table("ended-boards", "ICBs that ended, 2022 to 2026", columns, rows, ways, caption=blocks.DERIVED)


@kept.once
def _successions() -> tuple[tuple[str, str, tuple[Cell, ...]], ...]:
    """Return the rows of the table of ICBs that ended, each with vintage and code of the ICB."""
    rows = []
    for row in ended().itertuples():
        change, how, source = _established().get(
            (row.a_code, row.b_code), ("recoded", "lookups of 2022 and 2024", "ONS lookups")
        )
        cells = (
            plain_name(row.a_name),
            row.last_day,
            row.residents_before,
            plain_name(row.b_name),
            row.residents,
            row.share_of_a,
            row.now,
            change,
            how,
            row.a_code,
            row.b_code,
            source,
        )
        rows.append(("icb22" if row.a_code in vintages.totals("icb22").index else "icb24", row.a_code, cells))
    return tuple(rows)


def split(boards: str, councils: str) -> set[str]:
    """Return the codes of the councils that are split between boards, without tolerance."""
    areas = fit.areas(councils, boards, "population", 0.0)
    return set(areas.index[areas["class"] == "split"])


@kept.once
def councils_changed() -> str:
    """Return in sentences how many councils of 2024 are split between ICBs of 2024 and 2026, and which changed."""
    names = blocks.names("council24")
    before, after = (split(layer, "council24") for layer in vintages.TODAY)
    changed = [
        f"{what}: {listed(sorted(names[code] for code in codes))}"
        for what, codes in (("no longer split", before - after), ("newly split", after - before))
        if codes
    ]
    return (
        f"Of the {len(names)} councils of 2024, {len(before)} were split between the ICBs of 2024, {len(after)} are "
        f"between those of April 2026{'; ' if changed else ''}{'; '.join(changed)}."
    )


@kept.once
def of_fit() -> Table:
    """Return how well boards fit the councils of the same year."""
    columns = (
        Column("vintage", "Vintage"),
        Column("councils", "Against the councils of"),
        Column("areas", "Areas", "count"),
        Column("number_of_councils", "Councils", "count"),
        Column("split", "Split councils", "count"),
        Column("split_at_5", "Split at 5% tolerance", "count"),
        Column("in_split", "Residents in split councils", "share"),
        Column("same", "Residents whose council is the same area", "share"),
        Column("v_measure", "V-measure", "number", decimals=3),
    )
    rows = []
    for boards, councils in _SAME_YEAR:
        scores = fit.scores(councils, boards, "population", 0.0)
        rows.append(
            (
                blocks.layer(boards).vintage,
                str(blocks.layer(councils).year),
                len(vintages.totals(boards)),
                len(vintages.totals(councils)),
                len(split(boards, councils)),
                fit.split_count(councils, boards, "population", 5.0),
                scores.split,
                scores.same,
                scores.v_measure,
            )
        )
    ways = tuple(links.to("coterminosity", a=b, b=a) if a in fit.LAYERS else "" for a, b in _SAME_YEAR)
    caption = f"The councils of 2024 are the last that are known here. {blocks.DERIVED}"
    title = "STPs and ICBs against the councils of the same year"
    return Table("fit-same-year", title, columns, tuple(rows), ways, caption=caption)
