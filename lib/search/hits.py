"""What was found, as blocks: what each hit is, its own page, and the pages of the STPs that it is in."""

import re

from geo import blocks, postcodes
from geo.areas import parts
from lib import catalogue, glossary, links
from lib.content.blocks import Block, Link, Links, Prose, Strong
from lib.content.formats import coded
from lib.facts import today
from lib.search import finder
from lib.search.finder import Hit
from lib.text import percent

_MOST_STPS = _MOST_BOARDS = 3
_LONGEST = 80
_QUESTION = re.compile(r"^what('s| is| are| was| were| does)?( the| an| a)? ", re.IGNORECASE)


def results(query: str) -> tuple[Block, ...]:
    """Return what a query finds, or a sentence on why that is nothing."""
    answers = (*_term(query), *(block for hit in finder.find(query) for block in _of_hit(hit)))
    return answers or (Prose(coded(finder.nothing_found(query))),)


def _term(query: str) -> tuple[Block, ...]:
    """Return the term of the glossary that a query names or asks for: ``"what is an ACS?"``."""
    key = glossary.resolve(_QUESTION.sub("", query.strip()[:_LONGEST]).rstrip(" ?"))
    if key is None:
        return ()
    term = glossary.TERMS[key]
    return Prose((Strong(term.name), f" · Glossary. {term.short}")), Links((glossary.link(key, "Open the glossary"),))


def _of_hit(hit: Hit) -> tuple[Block, ...]:
    return (
        Prose((Strong(hit.name), f" · {finder.KINDS[hit.kind]}. {f'{hit.detail} {hit.today}'.rstrip()}")),
        Links(tuple(ways(hit))),
    )


def ways(hit: Hit) -> list[Link]:
    """Return the links of what was found, the page that tells most of it first."""
    own = address(hit)
    pages = [Link(label(hit), own)] if own else []
    place = postcodes.find(hit.code) if hit.kind == "postcode" else None
    if isinstance(place, postcodes.Postcode) and place.council17:
        name = blocks.names("council17")[place.council17]
        pages.append(Link(f"{name} council", links.to("council", council=place.council17)))
    # A board has a page of its own, and what became of others tells it.
    if hit.target and hit.target[0] not in ("board", "then"):
        for part in parts(hit.ground, today.BOARDS)[:_MOST_BOARDS]:
            pages.append(Link(f"Today: {today.boards()[part.code]}", links.to("today", board=part.code)))
    for code, share in hit.stps[:_MOST_STPS]:
        if hit.target != ("stp", code):
            part = f" ({percent(share)})" if share is not None and share < 1 else ""
            pages.append(Link(f"{catalogue.footprints()[code].name}{part}", links.to("footprint", stp=code)))
    return pages


def address(hit: Hit) -> str | None:
    """Return the link of the page that tells most of a hit; None if no page does."""
    if hit.target is None:
        return None
    kind, code = hit.target
    page, field = {
        "stp": ("footprint", "stp"),
        "council": ("council", "council"),
        "acs": ("acs", "area"),
        "board": ("today", "board"),
        "then": ("then-and-now", "code"),
        "table": ("sources", "table"),
    }[kind]
    return links.to(page, **{field: code})


def label(hit: Hit) -> str:
    """Return what the page of a hit shows, in words; empty if no page does."""
    if hit.target is None:
        return ""
    kind, code = hit.target
    if kind == "then":
        return f"What became of {hit.name}"
    if kind == "table":
        return f"Open the table of {code}"
    if code == hit.code:
        return f"Open {hit.name}"
    if kind == "council":
        council = blocks.names("council17")[code]
        return f"{council} council" if council == hit.name else f"{council} council, in which {hit.name} lies"
    return f"Open {catalogue.footprints()[code].name}" if kind == "stp" else f"Today: {today.boards()[code]}"
