"""A worked example: what a council officer in Leicestershire wants to know, in four links."""

from geo import blocks
from lib import catalogue, fit, links
from lib.content.blocks import Block, Group, Inline, Link, Picture, Prose, Section
from lib.facts import footprints, today
from lib.text import listed

COUNCIL, STP = "E10000018", "E54000015"


def steps() -> tuple[tuple[str, str, tuple[Inline, ...]], ...]:
    """Return the four questions, each with the link that answers it and the answer."""
    stp, council = catalogue.footprints()[STP], blocks.names("council17")[COUNCIL]
    within = fit.parts("council17", "stp17", COUNCIL, "population", 0.0)
    whole = f"All residents of {council} live in" if len(within) == 1 else f"The residents of {council} live in"
    return (
        ("Whom do we deal with?", links.to("council", council=COUNCIL), (f"{whole} {listed(list(within['name']))}.",)),
        ("Who leads it, and how is it rated?", links.to("footprint", stp=STP), footprints.answer(stp)),
        (
            "Does it match the people we answer to?",
            links.to("coterminosity", a="stp17", b="council17", area=STP),
            (fit.sentence("stp17", "council17", STP, "population", 0.0),),
        ),
        ("What became of it?", links.to("today", board=STP), today.answer("stp17", STP)),
    )


def section() -> Section:
    """Return the example as a part of the page, each step with the picture of its view."""
    parts = [_step(number, *step) for number, step in enumerate(steps(), 1)]
    rows = tuple(Group((parts[n], parts[n + 1])) for n in range(0, len(parts), 2))
    return Section(
        "A worked example: Leicester, Leicestershire and Rutland",
        (Prose("An officer of Leicestershire County Council asks four things; each is one link."), *rows),
        "example",
    )


def _step(number: int, question: str, link: str, answer: tuple[Inline, ...]) -> tuple[Block, ...]:
    path, _, query = link.partition("?")
    picture = Picture(f"{path}.svg?{query}", f"Map of the view that answers: {question}")
    return Prose((f"{number}. ", Link(question, link), " ", *answer)), picture
