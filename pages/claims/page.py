"""A register of what five documents of 2017 claim: does it hold, by which figure, and where is that shown."""

from collections import Counter
from dataclasses import replace

from lib import links
from lib.content.blocks import Block, Column, Fact, Facts, Link, Links, Listing, Prose, Section, Table
from lib.content.controls import ChooseSome, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.text import listed
from pages.claims import register
from pages.claims.register import VERDICTS, Claim
from pages.claims.view import ClaimsView, cited

_COLUMNS = (
    Column("claim", "Claim", note="In our words; the value as the document gives it."),
    Column("verdict", "Verdict"),
    Column("finding", "What shows it"),
    Column("document", "Document"),
    Column("kind", "Kind"),
    Column("nr", "No.", "count"),
    Column("source", "Source of the check", note="Empty where the verdict follows from the tables.", in_file_only=True),
)
_METHOD = (
    "A verdict is worked out from the tables here where they allow it: another figure in them, another verdict.",
    "Else a claim holds, or holds in part, if a source says so that is not the document itself. The same text in "
    "another place is no such source.",
    "What helps or hinders is held against the ratings of July 2017, as on the page “Do the claims hold?”. That the "
    "data do not show something is not that it is false: such claims count as not to be checked.",
    "Opinions, open questions and predictions are not judged.",
)


def _controls(_: ClaimsView) -> tuple[Control, ...]:
    verdicts = {key: f"{mark} {words}" for key, (mark, words) in VERDICTS.items()}
    documents = {key: register.short(key) for key in register.documents()}
    return (
        ChooseSome("verdict", "Verdict", verdicts, "All verdicts", width=260),
        ChooseSome("document", "Document", documents, "All documents", width=320),
        ChooseSome("kind", "Kind", register.KINDS, "All kinds", width=280),
    )


def document(view: ClaimsView) -> Document:
    """Return how many claims hold, all of them, and one in full."""
    every = register.claims()
    # What the tables themselves decide comes first.
    passing = sorted(
        (claim for claim in every if _passes(claim, view)),
        key=lambda claim: (not claim.computed, list(VERDICTS).index(claim.verdict), claim.number),
    )
    claims = passing or list(every)
    counts = Counter(claim.verdict for claim in claims)
    tally = listed([f"{counts[key]} {_in_words(key)}" for key in VERDICTS if counts[key]])
    answer = f"Of {len(claims)} claims of fact {tally}."
    one = next((claim for claim in every if str(claim.number) == view.claim), None)
    blocks: tuple[Block, ...] = (
        _table(claims),
        Section("How it is judged", (Listing(_METHOD), _documents()), "method"),
    )
    return Document(
        title=f"Claim {one.number}" if one else "What was said",
        description=f"{one.says}. {VERDICTS[one.verdict][1]}: {one.finding}" if one else answer,
        lead=f"{one.says}{f': {one.value}' if one.value else ''}." if one else answer,
        blocks=(*(_one(one, view) if one else ()), *((Prose(answer),) if one else ()), *blocks),
        notices=() if passing else ("No claim passes all filters together, so all are shown.",),
        sources=tuple(register.documents().values()),
    )


def _in_words(verdict: str) -> str:
    return {
        "holds": "hold",
        "in_part": "hold in part",
        "does_not_hold": "do not hold",
        "open": "cannot be checked",
    }[verdict]


def _passes(claim: Claim, view: ClaimsView) -> bool:
    return all(
        not chosen or getattr(claim, name) in chosen
        for name, chosen in (("document", view.document), ("kind", view.kind), ("verdict", view.verdict))
    )


def _one(claim: Claim, view: ClaimsView) -> tuple[Block, ...]:
    mark, words = VERDICTS[claim.verdict]
    ways = [Link("All claims", links.link(replace(view, claim=None)))]
    if claim.link:
        ways.insert(0, Link("The view that shows it", claim.link))
    return (
        Facts(
            (
                Fact(
                    "verdict",
                    "Verdict",
                    f"{mark} {words}",
                    detail="worked out from the tables here" if claim.computed else "by what other sources say",
                    source=claim.source,
                ),
                Fact("document", "Said in", register.short(claim.document)),
            )
        ),
        Prose(claim.finding),
        Links(tuple(ways)),
    )


def _table(claims: list[Claim]) -> Table:
    rows = tuple(
        (
            f"{claim.says}: {claim.value}" if claim.value else claim.says,
            " ".join(VERDICTS[claim.verdict]),
            claim.finding,
            register.short(claim.document),
            register.KINDS[claim.kind],
            claim.number,
            claim.source,
        )
        for claim in claims
    )
    ways = tuple(links.to("claims", claim=str(claim.number)) for claim in claims)
    return Table("claims", f"{len(claims)} claims", _COLUMNS, rows, ways)


def _documents() -> Block:
    return Section(
        "The documents",
        (
            Listing(tuple(register.documents().values())),
            Prose(f"{register.opinions()} opinions, questions and predictions of theirs are left out.", "caption"),
        ),
    )


PAGE = Page(
    path="claims",
    name="Claims",
    answers="What five documents of 2017 claim of STPs and accountable care, and whether it holds.",
    view=ClaimsView,
    document=document,
    controls=_controls,
    cited=cited,
)
