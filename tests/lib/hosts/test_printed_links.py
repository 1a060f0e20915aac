"""Links that may stand in print, fetched as ``curl -L`` would, show their facts: no script runs, no server does.

The facts are those of the view that the link stands for, by `tests.sums`. What it means is held by
`tests.lib.test_printed_links`. Of the many links to a page one in six is fetched; ``PRINTED_LINKS=all`` fetches each.
"""

import csv
import os
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware

from lib.hosts.web import answers, mending, pages
from pages import PAGES
from tests import sums
from tests.lib.hosts.asking import ask
from tests.tables import source

_PRINTED = Path(__file__).parents[1] / "printed_links.csv"
_NONE = ("none", "all", None)
_ALIKE = 1 if os.environ.get("PRINTED_LINKS") == "all" else 6


def people(layer: str, code: str) -> str:
    return f"{sums.total(layer)[code]:,}"


def on_map(asked: dict[str, str]) -> list[str]:
    said = [f"{number:,}" for number in sums.passing(asked)["population"]]
    return said if asked["stp"] in _NONE else [*said, *led(asked["stp"])]


def led(code: str) -> list[str]:
    stp = sums.stps().loc[code]
    rated = f" ({stp['rating_evidence']})" if stp["rating"] != sums.UNKNOWN_RATING else ""
    return [f"<h1>{stp['stp']}</h1>", f">{stp['lead']}<", f"{stp['rating']}{rated}"]


def of_footprint(asked: dict[str, str]) -> list[str]:
    if asked["stp"] in _NONE:
        return list(sums.names("stp17").values())
    parts = sums.overlap("stp17", "council17").loc[asked["stp"]]
    return [*led(asked["stp"]), people("stp17", asked["stp"]), *(f"{part:,}" for part in parts["weight"])]


def of_council(asked: dict[str, str]) -> list[str]:
    code = asked["council"]
    if code in _NONE:
        return list(sums.names("council17").values())
    parts = sums.overlap("council17", "stp17").loc[code]
    name = f"<h1>{sums.names('council17')[code]}</h1>"
    return [name, people("council17", code), *(sums.percent(share) for share in parts["of_a"] if share < 1)]


def of_pair(asked: dict[str, str]) -> list[str]:
    chosen = [asked[side] for side in "ab" if asked[side] not in _NONE]
    return [people("stp17", code) for code in chosen] if len({*chosen}) == 2 else ["<h1>Compare two footprints</h1>"]


def of_fit(asked: dict[str, str]) -> list[str]:
    a, b, weight, tolerance = asked["a"], asked["b"], asked["weight"], float(asked["tolerance"]) / 100
    if weight == "area":
        return [sums.names(b)[code] for code in sums.overlap(a, b).index.get_level_values(b)[:9]]
    if asked["area"] not in _NONE:
        return [f"{part:,}" for part in sums.overlap(a, b, weight).loc[asked["area"]]["weight"]]
    fit = sums.fit(a, b, weight, tolerance)
    split = int((fit["class"] == "split").sum())
    return [f"<h1>{split or 'None'} of {len(sums.names(a))} "]


def of_area(asked: dict[str, str]) -> list[str]:
    areas = [asked["area"]] if asked["area"] not in _NONE else list(sums.names("area17"))
    return [people("area17", area) for area in areas]


def of_what_if(asked: dict[str, str]) -> list[str]:
    if asked["moves"] in _NONE:
        return [people("ccg17", "E38000008")]
    pieces = sums.pieces()
    units = [move.partition(":")[0] for move in asked["moves"].split(",")]
    moved = pieces["ccg17"].isin(units) | (pieces["ccg17"] + "-" + pieces["lad17"]).isin(units)
    return [f"{pieces['population'][moved].sum():,} residents"]


def of_years(asked: dict[str, str]) -> list[str]:
    if asked["stp"] not in _NONE:
        return [f"{part:,}" for part in sums.overlap("stp17", "icb22").loc[asked["stp"]]["weight"]]
    if asked["code"] not in _NONE:
        return [asked["code"]]
    kinds = [asked["kind"] if asked["kind"] == "council" or asked[end] < "2022" else "icb" for end in ("from", "to")]
    layers = [f"{kind}{asked[end][2:]}" for kind, end in zip(kinds, ("from", "to"), strict=True)]
    return [f"{sums.total(layers[0]).size} ", f"became {sums.total(layers[1]).size} "]


def of_table(asked: dict[str, str]) -> list[str]:
    if asked["table"] in _NONE:
        return [f"{len(sums.lsoas()):,}"]
    return [f"{len(sums.lsoas() if 'lsoa' in asked['table'] else source(asked['table'])):,}"]


def of_briefing(asked: dict[str, str]) -> list[str]:
    if asked.get("moves") not in _NONE:
        return of_what_if(asked)
    layers = {"stp": "stp17", "council": "council17", "acs": "area17"}
    said = [people(layer, asked[name]) for name, layer in layers.items() if asked.get(name) not in _NONE]
    return said or ["<h1>A briefing on one page</h1>"]


def of_conditions(asked: dict[str, str]) -> list[str]:
    stps = sums.stps()
    return [*stps["stp"], *(f"{number}<" for number in stps["lead_type"].value_counts())]


def of_term(asked: dict[str, str]) -> list[str]:
    kinds = asked["kind"].split(",")
    return [row["event"] for row in source("events") if asked["kind"] in _NONE or row["kind"] in kinds]


def of_places(asked: dict[str, str]) -> list[str]:
    if asked["places"] in _NONE:
        return ["<h1>Look up many at once</h1>"]
    # Harrogate and Leeds: both are wholly in one STP and one ICB.
    codes = sums.lsoas()[lambda table: table["lad17"].isin(["E07000165", "E08000035"])]
    said = {sums.names(layer)[code] for layer in asked["layers"].split(",") for code in codes[layer]}
    return ["<h1>2 of 2 places found</h1>", *(f">{name}<" for name in said)]


SHOWN: dict[str, Callable[[dict[str, str]], list[str]]] = {
    "/": on_map,
    "/footprint": of_footprint,
    "/council": of_council,
    "/compare": of_pair,
    "/coterminosity": of_fit,
    "/acs": of_area,
    "/what-if": of_what_if,
    "/then-and-now": of_years,
    "/sources": of_table,
    "/briefing": of_briefing,
    "/conditions": of_conditions,
    "/glossary": of_term,
    "/lookup": of_places,
    "/your-numbers": lambda _: ["<h1>Your numbers</h1>"],
}


def chosen(printed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the links to fetch: of each page the first two, and one in so many of the others."""
    seen, found = Counter(), []
    for link, shows in printed:
        kind = urlsplit(link).path
        if seen[kind] < 2 or seen[kind] % _ALIKE == 0:
            found.append((link, shows))
        seen[kind] += 1
    return found


def fetched(app: Starlette, link: str) -> str:
    """Return the page behind a link, and be led on once."""
    (sent,) = ask(app, link)
    if sent.status == 308:
        (sent,) = ask(app, urljoin(link, sent.headers["location"]))
    assert sent.status == 200, link
    return sent.body.decode()


def test_printed_links_show_their_facts_without_a_script():
    app = Starlette(routes=pages.routes(PAGES, answers.Answers()), middleware=[Middleware(mending.Mending)])
    with _PRINTED.open(encoding="utf-8", newline="") as file:
        printed = [(row["link"], row["shows"]) for row in csv.DictReader(file)]
    for link, shows in chosen(printed):
        sent, view = fetched(app, link), urlsplit(shows)
        assert re.search(r"<title>[^<]+ - Footprints</title>", sent) and sent.count("<h1") == 1, link
        # What stands in the picture of a map alone is not said.
        page = unescape(re.sub(r"<svg.*?</svg>", "", sent[sent.index("<main") :], flags=re.DOTALL))
        # A map that was made up says so in a notice.
        assert view.path in ("/what-if", "/then-and-now") or "fp-notices" not in page, link
        page = re.sub(r"<h1[^>]*>", "<h1>", page)
        facts = SHOWN[view.path](dict(parse_qsl(view.query)))
        if "view=map" in link:
            page, facts = unescape(sent), list(sums.names("stp17").values())
        assert facts and [fact for fact in facts if fact not in page] == [], link
