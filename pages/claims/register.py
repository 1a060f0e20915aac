"""The claims with their verdicts: from the data where these allow, else from what other sources say."""

import re
from dataclasses import dataclass
from typing import Any

from geo import kept, sources
from lib.text import slug
from pages.claims import findings

VERDICTS = {
    "holds": ("✓", "Holds"),
    "in_part": ("≈", "Holds in part"),
    "does_not_hold": ("✗", "Does not hold"),
    "open": ("?", "Cannot be checked"),
}
"""Mark and words by key."""
DOCUMENTS = ("j-sinnott-7020576", "nhs-providers", "d-hare", "j-sinnott-7019497", "a-coggan-7020557")
"""Keys of the documents in links: author, and number of the article."""
OPINIONS = ("opinion", "question", "prediction")
KINDS = {
    "figure": "Figures",
    "factor": "What helps or hinders",
    "policy_claim": "What is done or planned",
    "definition": "Definitions",
    "date": "Dates",
    "place": "Places",
    "history": "History",
    "organisation": "Organisations",
    "person_role": "People and posts",
    "quotation": "Quotations",
    "source": "Publications",
}
_BY_CHECK = {
    "confirmed": ("holds", "Another source says the same."),
    "confirmed_in_part": ("in_part", "Another source says a part of it."),
    "contradicted": ("does_not_hold", "Another source says otherwise."),
    "same_text_elsewhere": ("open", "The same text stands elsewhere; no source of its own was found."),
    "not_checked": ("open", "No source but the document itself was found."),
    "not_checkable": ("open", "There is nothing to count or to look up."),
}


@dataclass(frozen=True)
class Claim:
    """A checkable claim.

    Attributes
    ----------
    number : int
        In the table ``document_claims``.
    document : str
        Key of the document.
    says, value : str
        The claim in our words, and the value that it gives.
    kind, verdict : str
        Keys of `KINDS` and of `VERDICTS`.
    finding : str
        What the verdict rests on, in a sentence or two.
    source : str
        Where that was found; empty where it follows from the tables shown.
    link : str
        View that shows it; empty for none.
    computed : bool
        Whether the verdict is worked out from the data.
    """

    number: int
    document: str
    says: str
    value: str
    kind: str
    verdict: str
    finding: str
    source: str
    link: str
    computed: bool


@kept.once
def documents() -> dict[str, str]:
    """Return the documents in full by key, in the order of their claims."""
    return {_key(name): name for name in sources.read("document_claims")["document"].drop_duplicates()}


def short(document: str) -> str:
    """Return a document by author and number: ``"J Sinnott, LGC 7019497"``."""
    name = documents()[document]
    number = re.search(r"\b(?:HSJ|LGC) \d+", name)
    return ", ".join([name.partition(",")[0], *([number[0]] if number else [])])


def _key(name: str) -> str:
    number = re.search(r"\b(?:HSJ|LGC) (\d+)", name)
    return "-".join([slug(name.partition(",")[0]), *([number[1]] if number else [])])


def opinions() -> int:
    """Return the number of opinions, questions and predictions, which are not judged."""
    return int(sources.read("document_claims")["kind"].isin(OPINIONS).sum())


@kept.once
def numbers() -> frozenset[str]:
    """Return the numbers of all claims that can be checked at all."""
    table = sources.read("document_claims")
    return frozenset(map(str, table.loc[~table["kind"].isin(OPINIONS), "nr"]))


def claims() -> tuple[Claim, ...]:
    """Return all claims that can be checked at all, in the order of the table."""
    table = sources.read("document_claims").fillna("")
    return tuple(_claim(row) for row in table[~table["kind"].isin(OPINIONS)].itertuples())


def _claim(row: Any) -> Claim:
    verdict, words = _BY_CHECK[row.check]
    finding, link, computed = f"{words} {row.note}".strip(), "", False
    source = row.check_source
    if row.nr in findings.FINDINGS:
        result = findings.FINDINGS[row.nr]()
        verdict, finding, link, computed, source = result.verdict, result.says, result.link, True, ""
    return Claim(
        int(row.nr), _key(row.document), row.claim, row.value, row.kind, verdict, finding, source, link, computed
    )
