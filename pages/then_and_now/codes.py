"""What a code meant, in sentences."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from geo import area_words, blocks, codes, endings, kept, resolver, vintages
from geo.codes import Found, Meaning
from lib.facts import area_codes
from lib.text import counted, dated, listed

FIRST, LAST = codes.YEARS[1], codes.YEARS[-1]


@kept.within(1)
def answer(said: str, year: int | None = None) -> tuple[str, ...]:
    """Return in sentences what a code or a name meant, in a year or altogether.

    Parameters
    ----------
    said : str
        What `lib.facts.area_codes.read` returned.
    year : int, optional
        The year asked for.
    """
    found = codes.find(said)
    if not found.code:
        named = _with_name(said)
        return (f"{said} is a name. It had these codes:", *named) if named else tuple(_unknown(found))
    told = _how(found, year)
    if year in (None, codes.YEARS[0]):
        return (*told, *_altogether(found))
    now = next((meaning for meaning in found.meanings if meaning.year == year), None)
    if now is None:
        return (*told, *_not_in(found, year), *_altogether(found))
    told.append(
        f"In {year} {found.code} was {_area(now.kind, now.name)}: {now.residents:,} residents (mid-2017) "
        f"in {counted(now.lsoas, 'LSOA')}."
    )
    return (*told, *_altogether(found))


def _area(kind: str, name: str) -> str:
    """Return an area with its kind: the STP Devon, NHS Devon ICB, NHS Devon CCG."""
    return f"the STP {name}" if kind == "STP" else name.replace(" Integrated Care Board", " ICB")


def _how(found: Found, year: int | None) -> list[str]:
    """Return how something typed led to a code of the tables."""
    if found.how == "2016":
        return [
            f"{found.typed} is an STP code of 2016. The lookup of April 2017 replaced it by {found.code}. "
            f"The lookups used here begin in {FIRST}, so they cannot say whether the boundary was the same."
        ]
    if found.how == "before":
        return [
            f"{found.typed} is the ODS code of a CCG that merged on 1 April {FIRST} into {found.meanings[0].name}, "
            f"{found.code}, before the first lookup used here."
        ]
    said = []
    if found.how == "ods":
        first = found.meanings[0]
        said.append(
            f"{found.typed} is the ODS code of {_area(first.kind, first.name)}, which is {found.code} with the ONS."
        )
    if year == codes.YEARS[0]:
        said.append(
            f"The lookups used here begin in April {FIRST}; of {year} only the four codes are known that were replaced "
            f"then, {listed(list(codes.CODES_OF_2016))}."
        )
    return said


def _altogether(found: Found) -> list[str]:
    """Return what a code meant through the years, and what came before and after."""
    spans = [(kind, tuple(part)) for kind, part in groupby(found.meanings, key=lambda meaning: meaning.kind)]
    said = [f"{found.code} was {listed([_span(part) for _, part in spans])}."]
    if len(spans) > 1:
        kinds = listed([f"the {kind}" for kind, _ in spans], "or")
        said.append(
            f"The code was given twice, to the same LSOAs: without a year it does not say whether it means {kinds}."
        )
    return [*said, *_before_and_after(found)]


def _span(meanings: Sequence[Meaning]) -> str:
    first, last = meanings[0], meanings[-1]
    names = [(name, next(part).year) for name, part in groupby(meanings, key=lambda meaning: meaning.name)]
    named = _area(first.kind, names[0][0])
    if len(names) > 1:
        named += f" ({', '.join(f'from {since} called {name}' for name, since in names[1:])})"
    if last.year == LAST:
        return f"{named} from {first.year} on"
    return f"{named} in {first.year}" if first.year == last.year else f"{named} from {first.year} to {last.year}"


def _before_and_after(found: Found) -> list[str]:
    first, last = found.meanings[0], found.meanings[-1]
    table, said = codes.trace(first), []
    if first.year > FIRST:
        year = codes.YEARS[codes.YEARS.index(first.year) - 1]
        said.append(f"Before, in {year}, its residents were in {_parts(table, year)}.")
    if last.year < LAST:
        after, next_one = codes.trace(last), codes.YEARS[codes.YEARS.index(last.year) + 1]
        if next_one < LAST:
            said.append(f"The code ended. In {next_one} its residents were in {_parts(after, next_one)}.")
        said.append(_ended(last, after, next_one))
    return said


def _ended(last: Meaning, after: pd.DataFrame, next_one: int) -> str:
    """Return on which day an area ended, as far as it is known, and where its residents are now."""
    day = endings.last_day(last.layer, last.code)
    when = f"ended on {dated(day)}" if day else f"ended between the lookups of {last.year} and {next_one}"
    now = after[after["year"] == LAST]
    derived = set(now["code"]) - set(vintages.totals(vintages.TODAY[0]).index)
    how = ", as derived from announced successions" if derived else ""
    who = "The code" if next_one == LAST else "It"
    return f"{who} {when}; its residents are now in {_parts(after, LAST)}{how}."


def _parts(table: pd.DataFrame, year: int) -> str:
    rows = table[table["year"] == year]
    alone = len(rows) == 1
    return listed(
        [
            f"{_area(row.kind, row.name)} ({row.code}{'' if alone else f', {row.residents:,}'})"
            for row in rows.itertuples()
        ]
    )


def _not_in(found: Found, year: int) -> list[str]:
    last = found.meanings[-1]
    said = f"{found.code} was not in use in {year}."
    if last.kind == "CCG" and year >= blocks.layer("icb22").year:
        said += " CCGs ended in 2022, when ICBs took over."
    return [said, f"In {year} the residents of its area were in {_parts(codes.trace(last), year)}."]


def _unknown(found: Found) -> list[str]:
    """Return what can be said of a code of the ONS that is none of an STP, ICB or CCG."""
    if known := resolver.find(found.typed):
        if known[0].layers:
            return [f"{found.typed} is {area_words.what(known[0])}: neither STP, ICB nor CCG."]
        return [f"{found.typed} is {area_words.sentence(known[0], 'stp17')}."]
    if not found.well_formed:
        return [f"{found.typed} is not the code of an STP, ICB or CCG: those begin with E54 or E38."]
    series = [code for code in codes.known() if code.startswith(found.typed[:3])]
    told = (
        f"{found.typed} is in none of the lookups from {FIRST} to {codes.YEARS[-2]}, and no ICB of April {LAST}. "
        f"They hold {len(series)} codes that begin with {found.typed[:3]}, from {series[0]} to {series[-1]}."
    )
    return [told, f"Codes that look alike: {listed([area_codes.named(code) for code in found.near])}."]


def _with_name(said: str) -> list[str]:
    """Return in a sentence each the codes whose areas were called so in some year."""
    return [_altogether(codes.find(code))[0] for code in area_codes.called(said)]
