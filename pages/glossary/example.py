"""A worked example: what a council officer in Leicestershire wants to know, in four links."""

from geo import blocks
from lib import catalogue, fit, links
from lib.content.blocks import Link, Listing, Prose, Section, Words
from lib.facts import footprints, today

COUNCIL, STP = "E10000018", "E54000015"


def steps() -> tuple[tuple[str, str, Words], ...]:
    """Return the four questions, each with the link that answers it and the answer."""
    stp, council = catalogue.footprints()[STP], blocks.names("council17")[COUNCIL]
    within = fit.parts("council17", "stp17", COUNCIL, "population", 0.0)
    names = " and ".join(within["name"])
    return (
        ("Whom do we deal with?", links.to("council", council=COUNCIL), (f"{council}: {names}.",)),
        ("Who leads it, and how is it rated?", links.to("footprint", stp=STP), footprints.answer(stp)),
        (
            "Does it match the people we answer to?",
            links.to("coterminosity", area=COUNCIL),
            (fit.sentence("council17", "stp17", COUNCIL, "population", 0.0),),
        ),
        ("What became of it?", links.to("today", board=STP), today.answer("stp17", STP)),
    )


def section() -> Section:
    """Return the example as a part of the page."""
    items = tuple((Link(question, link), " ", *answer) for question, link, answer in steps())
    picture = Link("Its map as a picture", f"/footprint.png?stp={STP}")
    return Section(
        "A worked example: Leicester, Leicestershire and Rutland",
        (
            Prose("An officer of Leicestershire County Council asks four things; each is one link."),
            Listing(items, ordered=True),
            Prose((picture, "."), "caption"),
        ),
        "example",
    )
