"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from lib.parameters import alone, holds, named, some_of
from lib.text import listed, small
from pages.claims import register


def _number(text: str) -> str | None:
    return text.strip() if text.strip() in register.numbers() else None


@dataclass(frozen=True)
class ClaimsView:
    """The register of claims, and one of them; empty filters let everything through."""

    claim: str | None = holds(named(_number, "the number of a claim in the register"), None)
    document: tuple[str, ...] = holds(some_of(alone(register.DOCUMENTS)), ())
    kind: tuple[str, ...] = holds(some_of(alone(register.KINDS)), ())
    verdict: tuple[str, ...] = holds(some_of(alone(register.VERDICTS)), ())


def cited(view: ClaimsView) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    phrases = [f"claim {view.claim} of five documents of 2017" if view.claim else "claims of five documents of 2017"]
    chosen = (
        ("document", view.document, {key: register.short(key) for key in register.documents()}),
        ("kind", view.kind, {key: small(words) for key, words in register.KINDS.items()}),
        ("verdict", view.verdict, {key: small(words) for key, (_, words) in register.VERDICTS.items()}),
    )
    phrases += [
        f"{name}: {listed([words[value] for value in values], 'or')}" for name, values, words in chosen if values
    ]
    return "; ".join(phrases)
