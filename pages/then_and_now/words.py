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
    summary, table = vintages.summary(a, b), vintages.flows(a, b)
    sentences = []
    for _, part in table[table["kind"] == "merged"].groupby("b_code"):
        people = vintages.totals(b)["residents"][part["b_code"].iloc[0]]
        before, after = _each(list(part["a_name"])), plain_name(part["b_name"].iloc[0])
        sentences.append(f"{before} merged into {after}, {people:,} residents.")
    for row in table[table["kind"] == "moved"].sort_values("residents", ascending=False).itertuples():
        ground = where(stories.places(a, row.a_code, b, row.b_code))
        sentences.append(
            f"{capital(ground)}, {amount(row.residents, row.lsoas)}, went from {plain_name(row.a_name)} "
            f"to {plain_name(row.b_name)}."
        )
    codes = counted(summary.new_codes, "area got a new code", "areas got new codes")
    if summary.kept and summary.new_codes:
        sentences.append(f"{codes}: a code ends when a boundary moves.")
    if summary.renamed:
        sentences.append(f"{counted(summary.renamed, 'area was', 'areas were')} renamed.")
    return tuple(sentences) or ("Nothing changed.",)


def numbers(a: str, b: str) -> str:
    """Return in a few words how many areas each of two vintages has: ``"44 STPs became 42"``."""
    summary, before, after = vintages.summary(a, b), blocks.layer(a).many, blocks.layer(b).many
    if before == after:
        same = summary.before == summary.after
        return f"{summary.after} {after}, as before." if same else f"{summary.before} {before} became {summary.after}."
    return f"{summary.before} {before} became {summary.after} {after}."


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
    sentences = [_change(change, first) for change in step.changes]
    merged = [change for change in step.changes if change.kind == "merged"]
    if merged:
        names = _each([change.name for change in merged])
        sentences = [f"Merged with {names} into {name}."] + [
            words for change, words in zip(step.changes, sentences, strict=True) if change.kind != "merged"
        ]
    if step.changes:
        sentences.append(f"It then held {amount(step.residents, step.lsoas)}.")
    became = kind != blocks.layer(before.layer).one
    if became:
        called = f"the {kind} {name}" if step.renamed else f"an {kind}"
        sentences.insert(0, f"Became {called}." if step.changes else f"Became {called}, the same LSOAs.")
    elif step.renamed and not merged:
        sentences.append(f"Renamed {name}.")
    if step.recoded:
        since = endings.first_day(step.code) if kind == blocks.layer(before.layer).one == "ICB" else ""
        sentences.append(f"New code{f' since {dated(since)}' if since else ''}: {step.code}.")
    elif became:
        sentences.append(f"The code {step.code} was kept, so that it means an STP before and an {kind} now.")
    return " ".join(sentences) or _NOTHING


def _change(change: Change, first: Step) -> str:
    size = f"{where(change.places)}, {amount(change.residents, change.lsoas)}"
    if change.kind == "gained":
        return f"Gained from {plain_name(change.name)}: {size}."
    sentence = f"Ceded to {plain_name(change.name)}: {size}."
    if change.kind == "ceded" and change.of_first < change.residents:
        who = f"{change.of_first:,} of them" if change.of_first else "None of them"
        sentence += f" {who} lived in {first.name}."
    return sentence


@kept.within(1)
def told(code: str) -> list[tuple[str, str]]:
    """Return an STP's story as years with what happened in them; years without a change together."""
    spans: list[tuple[int, int, str]] = []
    for step, events in story(code):
        year = blocks.layer(step.layer).year
        if spans and events == spans[-1][2] == _NOTHING:
            spans[-1] = spans[-1][0], year, events
        else:
            spans.append((year, year, events))
    return [(f"{first}" if first == last else f"{first} to {last}", events) for first, last, events in spans]


def ccgs(step: Step) -> int | None:
    """Return how many CCGs of the same year had residents in the area of a step; None from 2022 on, without CCGs."""
    layer = vintages.layer_of("ccg", blocks.layer(step.layer).year)
    if blocks.layer(layer).one != "CCG":
        return None
    return _numbers_of_ccgs(step.layer, layer)[step.code]


@kept.once
def _numbers_of_ccgs(layer: str, ccg_layer: str) -> dict[str, int]:
    """Return how many CCGs of a vintage had residents in each area of a layer, by its code."""
    return blocks.pieces().groupby(layer)[ccg_layer].nunique().to_dict()


@kept.within(1)
def ccg_sentence(code: str) -> str:
    """Return in a sentence how many CCGs an STP had in each year."""
    counts = [(blocks.layer(step.layer).year, ccgs(step)) for step, _ in story(code)]
    numbers = [(year, number) for year, number in counts if number is not None]
    if len({number for _, number in numbers}) == 1:
        return f"{counted(numbers[0][1], 'CCG')} in it throughout, from 2017 to 2021."
    phrases = [f"{number} in {year}" for year, number in numbers]
    return f"CCGs in the area of each year: {listed(phrases)}."


@kept.within(1)
def headline(code: str, layer: str = "icb22") -> str:
    """Return in a sentence where the residents of an STP of 2017 belonged in a later vintage."""
    rows, later = vintages.parts("stp17", layer, code), blocks.layer(layer)
    if len(rows) != 1:
        parts = listed([f"{plain_name(row.b_name)} ({percent(row.share_of_a)})" for row in rows])
        return f"By {later.year} its residents were in the {later.many} {parts}."
    row = rows[0]
    return (
        f"By {later.year} all {row.residents:,} of its residents were in the {later.one} {plain_name(row.b_name)}, "
        f"{'the same area' if row.kind == 'same' else 'a larger area'}."
    )
