"""Words, numbers and safe text for pages."""

import calendar
import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from geo.names import plain

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&@])")
_MOST_QUOTED = 60
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = calendar.month_name


def slug(name: str) -> str:
    """Return a name as it may stand in a link: ``"Bath & Wiltshire"`` gives ``"bath-and-wiltshire"``."""
    return plain(name).replace(" ", "-")


def escaped(text: str) -> str:
    r"""Return text from a file so that Markdown shows it letter by letter."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def quoted(value: str) -> str:
    """Return untrusted text as Markdown code, shortened, without control characters."""
    # Letter by letter, a long one would take long.
    printable = value if value.isprintable() else "".join(filter(str.isprintable, value))
    visible = printable.replace("`", "").strip()
    if len(visible) > _MOST_QUOTED:
        visible = visible[: _MOST_QUOTED - 1] + "…"
    return f"`{visible}`" if visible else "an empty value"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: ``"a, b and c"``.

    Where a comma or the last word's conjunction is part of a name, semicolons
    tell the names apart: ``"Bristol, City of; and Bath and Wiltshire"``.
    """
    if len(words) < 2:
        return "".join(words)
    if any(", " in word or f" {last} " in word for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(words: str) -> str:
    """Return words that begin with a capital letter; the others stay as they are: ``"ACS area"``."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Return words that begin with a small letter, unless they begin with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: ``"1 council"``, ``"3 councils"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spelled(number: int) -> str:
    """Return a small number in letters, a greater one in digits: ``"five"``, ``"14"``."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def percent(share: float) -> str:
    """Return a share (0 to 1) as per cent with one decimal.

    What is not nothing never reads 0.0 %, and what is not all never reads 100.0 %.
    """
    if 0 < share < 0.0005:
        return "<0.1%"
    if 0.9995 <= share < 1:
        return ">99.9%"
    return f"{share:.1%}"


def source_parts(source: str) -> list[tuple[str, str | None]]:
    """Split a source cell into its parts.

    Parameters
    ----------
    source : str
        Addresses and titles separated by `` ; ``.

    Returns
    -------
    list of (str, str or None)
        Text of each part, and its address where it is one: for an address
        the text is its host, with the rest of the cell's words behind it.
    """
    parts: list[tuple[str, str | None]] = []
    for part in re.split(r"\s;\s|;\s(?=http)", source):
        address, _, rest = part.strip().partition(" ")
        if re.match(r"https?://[^\s/]+", address):
            host = urlsplit(address).netloc.removeprefix("www.")
            safe = quote(address, safe=":/?#@!$&*+,;=%-._~")
            parts.append((f"{host} {rest}".strip(), safe))
        elif part.strip():
            parts.append((part.strip(), None))
    return parts


def source_markdown(source: str) -> str:
    """Return a source cell as Markdown: links named by their host, the rest as plain text."""
    parts = [f"[{escaped(text)}](<{url}>)" if url else escaped(text) for text, url in source_parts(source)]
    return "; ".join(parts)


def dates_in_words(passage: str) -> str:
    """Return a passage with its dates in words: ``"2016 to 2018-11"`` gives ``"2016 to November 2018"``."""
    passage = re.sub(r"\b(\d{4}-\d\d) edition\b", r"the edition of \1", passage)
    return re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b", lambda date: dated(date[0]), passage)


def dated(date: str) -> str:
    """Return a date as exact as it is: ``"15 June 2017"``, ``"June 2017"``, ``"2015"``."""
    year, *rest = date.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([_MONTHS[int(rest[0])]] if rest else []), year])
