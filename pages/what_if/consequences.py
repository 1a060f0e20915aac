"""What a what-if changes: scores of the whole map, maps before and after, and what would be better or worse."""

from geo import blocks, regroup
from lib import glossary, links
from lib.content.blocks import Fact, Facts, Group, Listing, MapFigure, Prose, Section
from lib.text import capital
from lib.themes import LegendEntry
from lib.what_if import changes, colours, figures, regrouping
from lib.what_if.tables import signed

_KINDS = {changes.BETTER: "Better", changes.WORSE: "Worse", changes.ELSE: "Also different"}


def scores(text: str, against: str) -> Section:
    """Return the scores of the whole map, before and after, judged by a layer."""
    outcome, many = regrouping.consequences(text, against), blocks.layer(against).many
    then, now = outcome.before, outcome.after
    england = sum(regroup.people_of_parts().values())
    councils, judged = f" of {outcome.all_councils}", regrouping.by_layer(against)
    shares = [score.residents_in_split / england for score in (then, now)]
    in_points = [round(share * 100, 2) for share in shares]

    def detail(before: str, change: str) -> str:
        return f"April 2017: {before}. Change: {change}"

    return Section(
        "The whole map",
        (
            *((Prose(judged, "caption"),) if judged else ()),
            Facts(
                (
                    Fact("stps", "STPs", now.stps, "count", detail=detail(f"{then.stps}", signed(now.stps, then.stps))),
                    Fact(
                        "split_councils",
                        f"{capital(many)}{councils} split between STPs",
                        now.split_councils,
                        "count",
                        detail=detail(
                            f"{then.split_councils}{councils}", signed(now.split_councils, then.split_councils)
                        ),
                    ),
                    Fact(
                        "residents_in_split",
                        f"Residents of split {many}",
                        now.residents_in_split,
                        "count",
                        detail=detail(
                            f"{then.residents_in_split:,}", signed(now.residents_in_split, then.residents_in_split)
                        ),
                    ),
                    Fact(
                        "share_in_split",
                        f"Share of England's residents in split {many}",
                        shares[1],
                        "share",
                        detail=detail(
                            f"{in_points[0]:.2f}%", signed(in_points[1], in_points[0], decimals=2, unit=" points")
                        ),
                    ),
                    Fact(
                        "v_measure",
                        f"V-measure of {many} and STPs",
                        round(now.v_measure, 4),
                        "number",
                        decimals=4,
                        detail=detail(f"{then.v_measure:.4f}", signed(now.v_measure, then.v_measure, 4)),
                        hint=glossary.link("v-measure"),
                    ),
                )
            ),
        ),
        "scores",
    )


def before_and_after(text: str, against: str) -> Section:
    """Return the STPs that change on two maps of the same extent."""
    maps = Group(tuple((_map(text, when, against),) for when in colours.WHEN))
    if colours.numbered(text):
        many, divided = blocks.layer(against).many, colours.divided(text, against)
        dotted = f" Dotted lines: {many} in more than one STP before or after." if divided else ""
        words = f"Dark edges: what is moved.{dotted} What lies around is faded."
    else:
        words = "Colours only tell neighbours apart. Orange edges: what is moved. The tables list every STP."
    return Section("Before and after", (maps, Prose(words, "caption")), "before-and-after")


def _map(text: str, when: str, against: str) -> MapFigure:
    drawn = figures.close_up(text, when, links.to("footprint", stp=links.CODE), against)
    if not colours.numbered(text):
        return MapFigure(when, drawn)
    people = regrouping.residents_of_changed(text, when)
    legend = tuple(
        LegendEntry(category, people[code], people[code]) for code, category in colours.categories(text).items()
    )
    return MapFigure(when, drawn, legend, f"STPs whose members change: {colours.WHEN[when]}", "Residents")


def in_words(text: str, against: str) -> Section:
    """Return what would get better, what worse, and what else would change, judged by a layer."""
    effects, many = changes.changes(text, against=against), blocks.layer(against).many
    columns = []
    for kind, title in _KINDS.items():
        sentences = tuple(change.sentence for change in effects if change.kind == kind)
        columns.append((Section(title, (Listing(sentences) if sentences else Prose("Nothing."),), kind),))
    meaning = Prose(
        (
            f"Better means here: more {many} with one STP to deal with, and more STPs made of whole {many}. Whether "
            "services would be better is another question. Everything is counted without tolerance. ",
            glossary.link("v-measure", "V-measure"),
            f": how well {many} and STPs fit as a whole, from 0 to 1.",
        ),
        "caption",
    )
    return Section("What would get better, and what worse", (Group(tuple(columns)), meaning), "changes")
