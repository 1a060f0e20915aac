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
def answer(code_or_name: str, year: int | None = None) -> tuple[str, ...]:
    """Return in sentences what a code or a name meant, in a year or altogether.

    Parameters
    ----------
    code_or_name : str
        What `lib.facts.area_codes.read` returned.
    year : int, optional
        The year asked for.
    """
    result = codes.find(code_or_name)
    if not result.code:
        named = _with_name(code_or_name)
        return (f"{code_or_name} is a name. It had these codes:", *named) if named else tuple(_unknown(result))
    told = _how(result, year)
    if year in (None, codes.YEARS[0]):
        return (*told, *_altogether(result))
    now = next((meaning for meaning in result.meanings if meaning.year == year), None)
    if now is None:
        return (*told, *_not_in(result, year), *_altogether(result))
    told.append(
        f"In {year} {result.code} was {_area(now.kind, now.name)}: {now.residents:,} residents (mid-2017) "
        f"in {counted(now.lsoas, 'LSOA')}."
    )
    return (*told, *_altogether(result))


def _area(kind: str, name: str) -> str:
    """Return an area with its kind: the STP Devon, NHS Devon ICB, NHS Devon CCG."""
    return f"the STP {name}" if kind == "STP" else name.replace(" Integrated Care Board", " ICB")


def _how(result: Found, year: int | None) -> list[str]:
    """Return how something typed led to a code of the tables."""
    if result.how == "2016":
        return [
            f"{result.typed} is an STP code of 2016. The lookup of April 2017 replaced it by {result.code}. "
            f"The lookups used here begin in {FIRST}, so they cannot say whether the boundary was the same."
        ]
    if result.how == "before":
        return [
            f"{result.typed} is the ODS code of a CCG that merged on 1 April {FIRST} into {result.meanings[0].name}, "
            f"{result.code}, before the first lookup used here."
        ]
    sentences = []
    if result.how == "ods":
        first = result.meanings[0]
        sentences.append(
            f"{result.typed} is the ODS code of {_area(first.kind, first.name)}, which is {result.code} with the ONS."
        )
    if year == codes.YEARS[0]:
        sentences.append(
            f"The lookups used here begin in April {FIRST}; of {year} only the four codes are known that were replaced "
            f"then, {listed(list(codes.CODES_OF_2016))}."
        )
    return sentences


def _altogether(result: Found) -> list[str]:
    """Return what a code meant through the years, and what came before and after."""
    spans = [(kind, tuple(part)) for kind, part in groupby(result.meanings, key=lambda meaning: meaning.kind)]
    sentences = [f"{result.code} was {listed([_span(part) for _, part in spans])}."]
    if len(spans) > 1:
        kinds = listed([f"the {kind}" for kind, _ in spans], "or")
        sentences.append(
            f"The code was given twice, to the same LSOAs: without a year it does not say whether it means {kinds}."
        )
    return [*sentences, *_before_and_after(result)]


def _span(meanings: Sequence[Meaning]) -> str:
    first, last = meanings[0], meanings[-1]
    names = [(name, next(part).year) for name, part in groupby(meanings, key=lambda meaning: meaning.name)]
    named = _area(first.kind, names[0][0])
    if len(names) > 1:
        named += f" ({', '.join(f'from {since} called {name}' for name, since in names[1:])})"
    if last.year == LAST:
        return f"{named} from {first.year} on"
    return f"{named} in {first.year}" if first.year == last.year else f"{named} from {first.year} to {last.year}"


def _before_and_after(result: Found) -> list[str]:
    first, last = result.meanings[0], result.meanings[-1]
    table, sentences = codes.trace(first), []
    if first.year > FIRST:
        year = codes.YEARS[codes.YEARS.index(first.year) - 1]
        sentences.append(f"Before, in {year}, its residents were in {_parts(table, year)}.")
    if last.year < LAST:
        after, next_one = codes.trace(last), codes.YEARS[codes.YEARS.index(last.year) + 1]
        if next_one < LAST:
            sentences.append(f"The code ended. In {next_one} its residents were in {_parts(after, next_one)}.")
        sentences.append(_ended(last, after, next_one))
    return sentences


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


def _not_in(result: Found, year: int) -> list[str]:
    last = result.meanings[-1]
    sentence = f"{result.code} was not in use in {year}."
    if last.kind == "CCG" and year >= blocks.layer("icb22").year:
        sentence += " CCGs ended in 2022, when ICBs took over."
    return [sentence, f"In {year} the residents of its area were in {_parts(codes.trace(last), year)}."]


def _unknown(result: Found) -> list[str]:
    """Return what can be said of a code of the ONS that is none of an STP, ICB or CCG."""
    if known := resolver.find(result.typed):
        if known[0].layers:
            return [f"{result.typed} is {area_words.what(known[0])}: neither STP, ICB nor CCG."]
        return [f"{result.typed} is {area_words.sentence(known[0], 'stp17')}."]
    if not result.well_formed:
        return [f"{result.typed} is not the code of an STP, ICB or CCG: those begin with E54 or E38."]
    series = [code for code in codes.known() if code.startswith(result.typed[:3])]
    told = (
        f"{result.typed} is in none of the lookups from {FIRST} to {codes.YEARS[-2]}, and no ICB of April {LAST}. "
        f"They hold {len(series)} codes that begin with {result.typed[:3]}, from {series[0]} to {series[-1]}."
    )
    return [told, f"Codes that look alike: {listed([area_codes.named(code) for code in result.near])}."]


def _with_name(name: str) -> list[str]:
    """Return in a sentence each the codes whose areas were called so in some year."""
    return [_altogether(codes.find(code))[0] for code in area_codes.called(name)]
