"""Many places at once: their areas of chosen layers, and what was not found."""

from dataclasses import replace

from geo import blocks, lookup
from geo.lookup import Lookup
from lib import links
from lib.content.blocks import Block, Code, Inline, Link, Links, Listing, Prose, Section, Strong, Words
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import parliament
from lib.text import capital, counted, listed
from pages.lookup import choices, tables
from pages.lookup.file import PASTED, Given
from pages.lookup.session import session
from pages.lookup.view import MOST_IN_LINK, LookupView, cited

EXAMPLE = (
    *("HG1 1DY", "SK13 8AA", "S80 1AB", "PO19 1AA", "LA9 4AA", "TA1 1AA", "BH1 1AA", "NN17 1AA"),
    *("E01000001", "Bassetlaw", "Cumbria"),
)
"""Places whose planning changed hands, an LSOA, and two names; the last of them lies in two boards."""
_INTRODUCTION = (
    f"Up to {lookup.MOST_PLACES:,} postcodes, LSOAs or names of areas, pasted or in a file: for each the areas in "
    "which it lies, then and now, as a table and CSV, and what was not found."
)
_MOST_NAMED = 6


def document(view: LookupView, given: Given | None = None) -> Document:
    """Return what was found of a list; without one, what can be asked."""
    notices: tuple[Words, ...] = ()
    answers = given.found if given else lookup.lookup(view.asked, view.shown) if view.asked else None
    if given and given.brought.refusal:
        name = given.brought.name
        what: tuple[Inline, ...] = (capital(PASTED),) if name == PASTED else ("The file ", Code(name))
        notices = ((Strong("Nothing was looked up."), " ", *what, f": {given.brought.refusal}"),)
    if answers is None:
        return Document(
            title="Look up many at once",
            description=_INTRODUCTION,
            lead=_INTRODUCTION,
            blocks=(*_explained(view), _ways()),
            notices=notices,
        )
    return _found(view, answers, given)


def _found(view: LookupView, answers: Lookup, given: Given | None) -> Document:
    answer = _answer(answers)
    read = ()
    if given and given.brought.listed.column:
        read = (Prose(f"The places were read from the column {given.brought.listed.column!r}.", "caption"),)
    return Document(
        title=tables.summary(answers),
        description=f"{tables.summary(answers)}. {answer}",
        lead=answer,
        blocks=(
            *_missing(answers),
            tables.shortened(tables.places(answers)),
            *read,
            *(Prose(note, "caption") for note in answers.notes),
            _method(),
            _ways(),
        ),
        sources=parliament.terms(answers.layers),
        # A list is its reader's.
        index=False,
    )


def _answer(answers: Lookup) -> str:
    """Return in sentences what the table has."""
    layers = [blocks.layer(layer).vintage for layer in answers.layers]
    sentences = f"Looked up in {listed(layers) if len(layers) <= _MOST_NAMED else counted(len(layers), 'layer')}."
    split = sum(
        any(inside is not None and inside.share < 1 for inside in place.areas.values()) for place in answers.places
    )
    if split:
        sentences += (
            f" {counted(split, 'place lies', 'places lie')} in several areas of a layer, or partly outside it "
            "(postcodes by their LSOA): the one with most residents is given, with its share of the residents."
        )
    return sentences


def _missing(answers: Lookup) -> tuple[Block, ...]:
    many = len(answers.missing)
    if not many:
        return ()
    title = f"{counted(many, 'place was', 'places were')} not found: which and why"
    return (Section(title, (tables.shortened(tables.missing(answers)),), "missing", folded=bool(answers.found)),)


def _explained(view: LookupView) -> tuple[Block, ...]:
    example = replace(view, places="\n".join(EXAMPLE))
    return (
        Section(
            "What can be looked up",
            (
                Listing(
                    (
                        (Strong("Postcodes"), ", whole ones, in any spelling: those of the ONS list of May 2022."),
                        (Strong("LSOAs"), " of 2011, by their code."),
                        (
                            Strong("Areas of any year"),
                            ", by ONS code, ODS code or name: councils, districts, STPs, CCGs, ICBs, combined "
                            "authorities, constituencies, police, fire and rescue, Cancer Alliances. A bare name such "
                            "as Devon is taken for the council’s; “Devon ICB” is the board.",
                        ),
                    )
                ),
                Prose(
                    (
                        "What a place was taken for stands beside it; what was not found is listed with the reason. "
                        "The order is that of the list; what is there twice stays twice. ",
                        Link("An example", links.link(example)),
                        ": places whose planning changed hands.",
                    )
                ),
                Prose(
                    f"A list of up to {MOST_IN_LINK} places goes into the link, so that it can be sent. Longer lists "
                    "and files stay in the memory of your session, on no disk and in no link: paste or choose them "
                    "where this page runs with scripts. Do not use lists with personal data.",
                    "caption",
                ),
            ),
            "what",
        ),
        Section("Layers", (tables.layers(),), "layers", folded=True),
    )


def _method() -> Section:
    points: tuple[Words, ...] = (
        (
            Strong("Several areas."),
            " A place that lies in several areas of a layer has the one with most of its residents (mid-2017, summed "
            "from LSOAs); the share says how many of them live there. It never stands as if whole.",
        ),
        (
            Strong("Postcodes"),
            " are placed by their LSOA of 2011, as the ONS list of May 2022 has it: a best fit, by which a whole "
            "postcode counts for one LSOA, and with it for one area of each layer. The share of a constituency of 2024 "
            "is that of the LSOA’s residents who live inside its border.",
        ),
        (
            Strong("None."),
            " An empty cell of a place that was found: it lies in no area of the layer. ACS areas and combined "
            "authorities do not cover England.",
        ),
    )
    return Section("How it is worked out", (Listing(points),), "method", folded=True)


def _ways() -> Block:
    return Links(
        (
            Link("Who plans care here today", links.to("today")),
            Link("Put numbers of your own on the map", links.to("your-numbers")),
            Link("The same for software", "/api"),
        )
    )


PAGE = Page(
    path="lookup",
    name="Look up",
    answers="Many at once: up to 10,000 postcodes, LSOAs or names, pasted or in a file, with their areas then and now, "
    "as a table and CSV.",
    view=LookupView,
    document=document,
    controls=choices.controls,
    cited=cited,
    session=session,
    boxes_in_session=True,
    session_height=(70, 284),
    memberships="April 2017 to April 2026, as named",
)
