"""What a stranger may put into a link or a search box, and what must hold of any page that was given it."""

import html
import re
from functools import partial
from urllib.parse import quote

from hypothesis import settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from geo import resolver
from lib import links
from lib.text import quoted

MARK = "zqxjk"
"""A word that is in no name and no text of the project: where it turns up, a stranger's text has got to."""

MARKUP = (
    f"<script>alert('{MARK}')</script>",
    f"<img src=x onerror=alert('{MARK}')>",
    f"'\"><svg/onload=alert('{MARK}')>",
    f"<!-- {MARK} -->",
    f"&lt;b&gt;{MARK}&#x3c;",
    f"[{MARK}](javascript:alert(1))",
    f"![{MARK}](http://example.org/x.png)",
    f"http://example.org/{MARK}",
    f"www.example.org/{MARK} {MARK}@example.org",
    f"**{MARK}** _{MARK}_ ~~{MARK}~~",
    f":red[{MARK}] :material/home: :smile:",
    f"$\\frac{{{MARK}}}{{2}}$",
    f"`{MARK}`",
    f"``{MARK}`` <b>{MARK}</b>",
    f"\\`{MARK}\\` <i>",
    f"{MARK}`",
    f"~~~\n{MARK}\n~~~",
    f"{MARK}\n\n# {MARK}\n\n- {MARK}\n\n|{MARK}|\n|-|",
    f"    {MARK}",
    f"=1+1+{MARK}",
    f'=HYPERLINK("http://example.org";"{MARK}")',
    f"@SUM({MARK})",
    f"{MARK}\r\nSet-Cookie: a=b",
    f"\u202e{MARK}\u202c",
    f"{MARK}\x00\x07\x1b[31m\x7f\x85",
    f"\ufeff\u200b{MARK}\u2028\u2029",
    f"e\u0301{MARK}👩\u200d👩\u200d👧",
    f"../../{MARK}%00%2e%2e",
    f"'; DROP TABLE stp; --{MARK}",
    f"{{{{{MARK}}}}} %s {{0}} ${{{MARK}}}",
    f"{MARK}," * 40,
    f"E38000001:{MARK},{MARK}:E54000015",
    f"%253Cscript%253E{MARK}%253C/script%253E",
    f"%26lt%3Bb%26gt%3B{MARK}&amp;lt;i&amp;gt;",
    f"%u003cimg src=x {MARK}%u003e",
    f"＜b＞{MARK}＆lt;i＆gt;",
    f"E54000015&amp;colour={MARK}",
    f"E54000015%26stp%3D{MARK}&STP={MARK}®ion={MARK}",
    f"3D{MARK}=\r\n{MARK}",
    f"“{MARK}”).",
)
"""Text that means something in one of the languages between a link and the eye; all of it holds the mark."""

_ENTRIES = (
    "E54000015",
    "QK1",
    "15",
    "surrey",
    "all",
    "none",
    "population",
    "E38000001",
    "E10000030",
    "",
    " ",
    "-0",
    "nan",
)


LONG = settings.get_current_profile_name() == "long"


def cases(short: int, long: int) -> settings:
    """Return how many examples a test tries: in the default profile and in the long one."""
    return settings(max_examples=long if LONG else short)


def _broken(text: str, place: int, other: str) -> str:
    """Return a text with one of its letters replaced."""
    place %= len(text) + 1
    return text[:place] + other + text[place + 1 :]


_giants = st.sampled_from([MARK, f"{MARK},", f"{MARK}:E54000015,", f"{MARK}\u0301"])
marked = st.one_of(
    st.sampled_from(MARKUP),
    st.builds(lambda before, said, after: before + said + after, st.text(), st.sampled_from(MARKUP), st.text()),
    st.builds(lambda said, times: said * times, _giants, st.sampled_from([700, 6_000])),
)
"""Text with the mark in it."""

values = st.one_of(
    marked,
    st.text(),
    st.sampled_from(_ENTRIES),
    st.builds(_broken, st.sampled_from(_ENTRIES), st.integers(0, 20), st.characters()),
    st.lists(st.sampled_from(_ENTRIES) | marked, max_size=4).map(",".join),
    st.lists(st.sampled_from(_ENTRIES) | marked, max_size=4).map(":".join),
)


def _put(said: str, link: str, place: int) -> str:
    """Put characters somewhere into the query of a link, not amid the escapes of one letter."""
    page, mark, query = link.partition("?")
    place %= len(query) + 1
    inside = [run.start() for run in re.finditer("(?:%[0-9A-F]{2})+", query) if run.start() < place < run.end()]
    place = (inside or [place])[0]
    return f"{page}{mark}{query[:place]}{said}{query[place:]}"


def _encoded(link: str, safe: str) -> str:
    page, mark, query = link.partition("?")
    return page + mark + quote(query, safe=safe)


def _spelt(link: str) -> str:
    return re.sub(r"\w+=", lambda match: match[0].upper(), link)


# Unseen characters and the ends of lines; sentences, chats and newsletters; programs that escape what is escaped.
_UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff", "\u200e", "%0A", "%0D%0A")
_BEHIND = (
    ".",
    ").",
    ">",
    "%22",
    "”",
    "%20",
    "+",
    "\u00a0",
    "%A0",
    "*",
    "&",
    "&amp;",
    "?utm_source=x",
    "&dm_i=a,b.c",
    "&gt;,",
)
_step = st.one_of(
    st.builds(
        lambda said, place: lambda link: _put(said, link, place), st.sampled_from(_UNSEEN), st.integers(0, 9_999)
    ),
    st.builds(lambda said: lambda link: link + said, st.sampled_from(_BEHIND)),
    st.sampled_from([html.escape, html.unescape, _spelt, partial(_encoded, safe=""), partial(_encoded, safe="=&;")]),
    st.sampled_from([lambda link: re.sub(r"&(?=\w+=)", ";", link), lambda link: link.replace("=", "=3D")]),
)
journeys = st.lists(_step, max_size=4)
"""What a link goes through before somebody opens it: functions, each from link to link."""


def parameters(page: type, text: st.SearchStrategy = values) -> st.SearchStrategy:
    """Return a strategy for what a link may give a page: its own parameters and strange ones, some repeatedly."""
    said = st.lists(text, min_size=1, max_size=3)
    own = st.fixed_dictionaries({}, optional={name: said for name in [*links.query(page()), *links.FRAME]})
    old = st.sampled_from([name for _, name, _ in links.RENAMED_PARAMETERS])
    return st.builds(lambda first, second: first | second, st.dictionaries(old | text, said, max_size=3), own)


def unescaped(markdown: str) -> str | None:
    """Say what of a sentence is more than plain words and code, or that a stranger's text stands outside code."""
    for block in MarkdownIt("commonmark").parse(markdown):
        if block.type not in ("paragraph_open", "paragraph_close", "inline"):
            return block.type
        for part in block.children or []:
            if part.type not in ("text", "code_inline", "softbreak"):
                return part.type
            if part.type == "text" and re.search(rf"{MARK}|[$<]|:\w+\[", part.content):
                return part.content
    return None


FREE = {"places"}
"""Parameters with a list of their reader's: what is no place stands, escaped, in the table of what was not found."""


def unnamed(given: dict[str, list[str]], page: type, notices: list[str]) -> list[str]:
    """Return the parameters whose value holds the mark, and so makes no sense, and that no notice names."""
    said = "\n".join(notices)
    names = [name for name in (*links.query(page()), "view") if name not in FREE]
    old = {new: old for _, old, new in links.RENAMED_PARAMETERS}
    given = links.repaired(given)
    read = {name: given.get(name) or given.get(old.get(name, name)) for name in names}
    # A code says enough whatever name stands beside it.
    marked = {name for name, value in read.items() if value and MARK in value[-1] and not resolver.find(value[-1])}
    return [name for name in read if name in marked and quoted(name) not in said]
