"""The words of the project: British spelling."""

import io
import re
import token
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo import paths

AMERICAN = re.compile(
    r"\b("
    r"(?:dis)?color(?:s|ed|ing|ful)?|gray(?:s|ed|ish)?|behavior(?:s|al)?|neighbor\w*|favor\w*|labor|honor\w*|"
    r"center(?:s|ed|ing)?|(?:kilo|centi|milli)?meters?|theater|fiber|defense|offense|licenses|skeptic\w*|"
    r"analyz\w*|paralyz\w*|catalogs?|dialogs?|analogs?|fulfill(?:s|ment)?|enrollment|"
    r"(?:organ|real|recogn|summar|general|special|normal|optim|minim|maxim|emphas|categor|standard|visual|prior|central|"
    r"local|rational|util|final|modern|character|neutral|equal)iz(?:e[sd]?|er|ers|ing|ations?|ational)|"
    r"(?:label|model|travel|cancel|level|signal)(?:ed|ing|er|ers)|programs?|gotten"
    r")\b",
    re.IGNORECASE,
)
# What others named: code, style sheets, addresses, a title, programs that run.
FOREIGN = re.compile(
    r"`[^`\n]*`|\{[^{}]*\}|\S+\.(?:uk|com|org|net|info)\S*|[\w-]*colors?\s*[:=(][^;]*|"
    r"(?:[\w-]+:\s*|(?:top|middle|bottom) )center\b|\bthe behavior of individuals|"
    r"\b(?:some|a|office) programs?\b",
    re.IGNORECASE,
)
PROSE = list(paths.ROOT.glob("*.md")) + [
    path for folder in ("deploy", "benchmarks") for path in (paths.ROOT / folder).glob("*.md")
]
CODE = [path for folder in ("geo", "lib", "app_pages", "pages") for path in (paths.ROOT / folder).rglob("*.py")] + [
    paths.ROOT / "app.py",
]


def american(text: str) -> list[str]:
    """Return the American spellings in a text, without what others named."""
    return [found[0] for found in AMERICAN.finditer(FOREIGN.sub(" ", text))]


def prose(path: Path) -> Iterator[str]:
    """Return what a file says: all of a document, of code its comments and those of its strings that are sentences."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        yield re.sub(r"^(?: {4}|```).*$", "", text, flags=re.MULTILINE)
        return
    kinds = {token.STRING, token.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", token.STRING)}
    for found in tokenize.generate_tokens(io.StringIO(text).readline):
        # A string of one word is a key or a name.
        if found.type in kinds and " " in found.string.strip():
            yield found.string


@pytest.mark.parametrize("path", [*PROSE, *CODE], ids=lambda path: str(path.relative_to(paths.ROOT)))
def test_spelling_is_british(path):
    assert [word for said in prose(path) for word in american(said)] == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "The color of the neighboring areas, analyzed by an organization.",
            ["color", "neighboring", "analyzed", "organization"],
        ),
        ("A gray center, 3 kilometers from a labeled road.", ["gray", "center", "kilometers", "labeled"]),
        ("The colour of the neighbouring areas, analysed by an organisation.", []),
        ("background-color:#fff; text-align: center; `color`, see england.nhs.uk/center", []),
        ("A grey centre, 3 kilometres from a travelled road; a parameter, a practice and a licence.", []),
    ],
)
def test_american_spellings_are_seen(said, found):
    assert american(said) == found
