"""What happened between vintages, in sentences: on the whole map and to one STP."""

from collections.abc import Sequence

from geo import blocks, endings, kept, stories, vintages
from geo.stories import Change, Place, Step
from geo.vintages import plain_name
from lib.text import capital, counted, dated, listed, percent

_NOTHING = "No change."


def where(places: Sequence[Place]) -> str:
    """Return districts as a list: whole ones by their name, the others as parts."""
    whole = [place.name for place in places if place.share == 1]
    parts = [place.name for place in places if place.share < 1]
    if parts:
        whole.append(f"part of {listed(parts, 'and of')}")
    return listed(whole)


def amount(residents: int, lsoas: int) -> str:
    """Return how much changed hands: ``"70 LSOAs with 116,304 residents"``."""
    return f"{counted(lsoas, 'LSOA')} with {residents:,} residents"


@kept.within(1)
def national(a: str, b: str) -> tuple[str, ...]:
    """Return in sentences what changed on the whole map from one vintage to the next."""
    found, table = vintages.summary(a, b), vintages.flows(a, b)
    said = []
    for _, part in table[table["kind"] == "merged"].groupby("b_code"):
        people = vintages.totals(b)["residents"][part["b_code"].iloc[0]]
        before, after = _each(list(part["a_name"])), plain_name(part["b_name"].iloc[0])
        said.append(f"{before} merged into {after}, {people:,} residents.")
    for row in table[table["kind"] == "moved"].sort_values("residents", ascending=False).itertuples():
        ground = where(stories.places(a, row.a_code, b, row.b_code))
        said.append(
            f"{capital(ground)}, {amount(row.residents, row.lsoas)}, went from {plain_name(row.a_name)} "
            f"to {plain_name(row.b_name)}."
        )
    codes = counted(found.new_codes, "area got a new code", "areas got new codes")
    if found.kept and found.new_codes:
        said.append(f"{codes}: a code ends when a boundary moves.")
    if found.renamed:
        said.append(f"{counted(found.renamed, 'area was', 'areas were')} renamed.")
    return tuple(said) or ("Nothing changed.",)


def numbers(a: str, b: str) -> str:
    """Return in a few words how many areas each of two vintages has: ``"44 STPs became 42"``."""
    found, before, after = vintages.summary(a, b), blocks.layer(a).many, blocks.layer(b).many
    if before == after:
        same = found.before == found.after
        return f"{found.after} {after}, as before." if same else f"{found.before} {before} became {found.after}."
    return f"{found.before} {before} became {found.after} {after}."


def _each(names: Sequence[str]) -> str:
    """Return names as a list that stays clear where they have commas and ands of their own."""
    *first, last = (plain_name(name) for name in names)
    return "; ".join([*first, f"and {last}" if first else last])


@kept.within(1)
def story(code: str) -> tuple[tuple[Step, str], ...]:
    """Return the steps of an STP's story, each with what happened in a few sentences."""
    steps = stories.story(code, vintages.SERIES["stp"])
    return tuple((step, _step(step, before, steps[0])) for before, step in zip((None, *steps), steps, strict=False))


def _step(step: Step, before: Step | None, first: Step) -> str:
    kind, name = blocks.layer(step.layer).one, plain_name(step.name)
    if before is None:
        return f"{kind} {step.code}, {amount(step.residents, step.lsoas)}."
    said = [_change(change, first) for change in step.changes]
    merged = [change for change in step.changes if change.kind == "merged"]
    if merged:
        names = _each([change.name for change in merged])
        said = [f"Merged with {names} into {name}."] + [
            words for change, words in zip(step.changes, said, strict=True) if change.kind != "merged"
        ]
    if step.changes:
        said.append(f"It then held {amount(step.residents, step.lsoas)}.")
    became = kind != blocks.layer(before.layer).one
    if became:
        called = f"the {kind} {name}" if step.renamed else f"an {kind}"
        said.insert(0, f"Became {called}." if step.changes else f"Became {called}, the same LSOAs.")
    elif step.renamed and not merged:
        said.append(f"Renamed {name}.")
    if step.recoded:
        since = endings.first_day(step.code) if kind == blocks.layer(before.layer).one == "ICB" else ""
        said.append(f"New code{f' since {dated(since)}' if since else ''}: {step.code}.")
    elif became:
        said.append(f"The code {step.code} was kept, so that it means an STP before and an {kind} now.")
    return " ".join(said) or _NOTHING


def _change(change: Change, first: Step) -> str:
    size = f"{where(change.places)}, {amount(change.residents, change.lsoas)}"
    if change.kind == "gained":
        return f"Gained from {plain_name(change.name)}: {size}."
    said = f"Ceded to {plain_name(change.name)}: {size}."
    if change.kind == "ceded" and change.of_first < change.residents:
        who = f"{change.of_first:,} of them" if change.of_first else "None of them"
        said += f" {who} lived in {first.name}."
    return said


@kept.within(1)
def told(code: str) -> list[tuple[str, str]]:
    """Return an STP's story as years with what happened in them; years without a change together."""
    found: list[tuple[int, int, str]] = []
    for step, said in story(code):
        year = blocks.layer(step.layer).year
        if found and said == found[-1][2] == _NOTHING:
            found[-1] = found[-1][0], year, said
        else:
            found.append((year, year, said))
    return [(f"{first}" if first == last else f"{first} to {last}", said) for first, last, said in found]


def ccgs(step: Step) -> int | None:
    """Return how many CCGs of the same year had residents in the area of a step; None from 2022 on, without CCGs."""
    year = blocks.layer(step.layer).year
    layer = vintages.layer_of("ccg", year)
    if blocks.layer(layer).one != "CCG":
        return None
    pieces = blocks.pieces()
    return int(pieces[layer][pieces[step.layer] == step.code].nunique())


@kept.within(1)
def ccg_sentence(code: str) -> str:
    """Return in a sentence how many CCGs an STP had in each year."""
    counts = [(blocks.layer(step.layer).year, ccgs(step)) for step, _ in story(code)]
    numbers = [(year, number) for year, number in counts if number is not None]
    if len({number for _, number in numbers}) == 1:
        return f"{counted(numbers[0][1], 'CCG')} in it throughout, from 2017 to 2021."
    said = [f"{number} in {year}" for year, number in numbers]
    return f"CCGs in the area of each year: {listed(said)}."


@kept.within(1)
def headline(code: str, layer: str = "icb22") -> str:
    """Return in a sentence where the residents of an STP of 2017 belonged in a later vintage."""
    table = vintages.flows("stp17", layer)
    table = table[table["a_code"] == code].sort_values("residents", ascending=False)
    year = blocks.layer(layer).year
    parts = [f"{plain_name(row.b_name)} ({percent(row.share_of_a)})" for row in table.itertuples()]
    whole = len(parts) == 1
    kind = blocks.layer(layer).one if whole else blocks.layer(layer).many
    where_to = plain_name(table["b_name"].iloc[0]) if whole else listed(parts)
    same = whole and table["kind"].iloc[0] == "same"
    ending = ", the same area" if same else ", a larger area" if whole else ""
    everyone = f"all {table['residents'].sum():,} of its residents" if whole else "its residents"
    return f"By {year} {everyone} were in the {kind} {where_to}{ending}."
