"""How many CCGs there were, and where the list of their mergers and the LSOAs differ."""

import pandas as pd

from geo import blocks, ccg_mergers, kept, sources, vintages
from geo.vintages import plain_name
from lib.text import counted, dated, listed


@kept.once
def numbers() -> pd.Series:
    """Return how many CCGs each vintage has, by year."""
    return pd.Series({blocks.layer(layer).year: len(vintages.totals(layer)) for layer in vintages.CCGS[:-1]})


@kept.once
def reconciliation() -> tuple[str, ...]:
    """Return in sentences how far the list of mergers and the LSOAs agree, and each difference."""
    every_merger = ccg_mergers.mergers()
    agree = [merger for merger in every_merger if merger.agrees]
    rows = len(sources.read("ccg_successions"))
    sentences = [
        f"The list names {rows} CCGs that went into {len(every_merger)} new ones. For {len(agree)} of these "
        "the LSOAs show the same members."
    ]
    for merger in every_merger:
        if merger.agrees:
            continue
        if not merger.code:
            sentences.append(
                f"Only in the list: the CCGs with the NHS codes {listed(sorted(merger.listed))} became "
                f"{merger.ods_code} on {dated(merger.date)}, "
                f"before the first lookup, which has it already: {in_2017(merger.ods_code)}."
            )
        else:
            sentences.append(f"List and LSOAs differ: {merger.name}, {dated(merger.date)}.")
    return *sentences, *(f"Only in the LSOAs: {sentence}" for sentence in moved())


def in_2017(ods_code: str) -> str:
    """Return the name of a CCG of 2017 by its ODS code."""
    ccgs = sources.read("ccg17")
    return plain_name(ccgs.set_index("ccg17cdh")["ccg17nm"][ods_code])


def moved() -> list[str]:
    """Return in a sentence each the parts of CCGs that went to another CCG than the rest."""
    sentences = []
    years = [blocks.layer(layer).year for layer in vintages.CCGS[:-1]]
    for year in years[1:]:
        table = vintages.flows(vintages.layer_of("ccg", year - 1), vintages.layer_of("ccg", year))
        sentences += [
            f"{counted(row.lsoas, 'LSOA')} with {row.residents:,} residents went from {plain_name(row.a_name)} "
            f"to {plain_name(row.b_name)} in {year}."
            for row in table[table["kind"] == "moved"].itertuples()
        ]
    return sentences
