"""Whatever mail, chats and word processors do to a link, it shows what it showed when it was made."""

import html
from urllib.parse import parse_qs, quote, quote_plus, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import links, trackers
from pages.coterminosity.view import CoterminosityView
from pages.footprint.view import FootprintView
from pages.map.view import MapView
from pages.then_and_now.view import ThenAndNowView
from pages.what_if.view import WhatIfView
from tests import hostile
from tests.lib.test_links import VIEWS

VIEW = MapView(stp="E54000018", colour="deprivation", region=("midlands_and_east", "london"), outline="council17")
LINK = links.link(VIEW)
MOVED = WhatIfView(moves="E38000008:E54000014,E38000182-E07000037:E54000012")


def arrived(link: str) -> tuple[object, list[str]]:
    """Read a link as the server does."""
    address = urlsplit(link)
    page = links.page_at(address.path.removeprefix("/"))
    return links.parse(page, parse_qs(address.query, keep_blank_values=True))


@pytest.mark.parametrize(
    "behind",
    [
        *(".", ",", ";", ":", ")", "]", "}", ">", "'", '"', "!", "?", "*", "_", "`", "|", "/", "\\", "=", "&", "..."),
        *(").", '">', ".”", "’", "»", "…", "%20", "%20.", "+", "%0A", "%0D%0A%09", "%C2%A0", "%E2%80%8B", "%C2%AD"),
        *("%EF%BB%BF", "%E2%80%9D", "&gt;", "%26gt%3B", "&quot;", "&amp;", "&amp;amp;", "%26%2339%3B", "%3E%2C"),
    ],
)
def test_what_stands_behind_a_link_in_a_sentence_is_no_part_of_it(behind):
    assert arrived(LINK + behind) == (VIEW, [])
    # The last value is one of a list, of a kind that any word may stand for, or a number.
    assert arrived(links.link(ThenAndNowView(code="E54000008")).replace("&year=any", behind)) == (
        ThenAndNowView(code="E54000008"),
        [],
    )
    assert arrived(f"/coterminosity?weight=area&tolerance=2.5{behind}") == (
        CoterminosityView(weight="area", tolerance=2.5),
        [],
    )


@pytest.mark.parametrize(
    "value",
    [
        *(
            "%22E54000018%22",
            "%3CE54000018%3E",
            "(E54000018)",
            "%E2%80%9CE54000018%E2%80%9D",
            "'E54000018'",
            "=E54000018",
        ),
        *("*E54000018*", "_E54000018_", "%20E54000018", "e54000018", "3DE54000018", "3D3DE54000018"),
        *("E5400%E2%80%8B0018", "E5400%C2%AD0018", "E5400%0D%0A0018", "E5400=%0A0018", "E5400+0018", "E5400%200018"),
        *("%EF%BC%A554000018", "E%35%34000018", "E%2535%2534000018", "E%2525354000018", "E54000018%00"),
        *("coventry+and+warwickshire", "Coventry%2520and%2520Warwickshire", "Coventry%252Band%252BWarwickshire"),
        *("Coventry%20%26%20Warwickshire", "Coventry%20%26amp%3B%20Warwickshire", "coventry%E2%80%91and-warwickshire"),
        *(
            "coventry%e2%80%93and%e2%88%92warwickshire",
            "Coventry%C2%A0and%C2%A0Warwickshire",
            "coventry%u2013and-warwickshire",
        ),
        *(
            "Coventry+and+%0AWarwickshire",
            "cov%20entry-and-warwickshire",
            "Coventry%26%2332%3Band%26nbsp%3BWarwickshire",
        ),
    ],
)
def test_a_value_is_read_through_what_was_done_to_it(value):
    assert arrived(f"/footprint?stp={value}") == (FootprintView(stp="E54000018"), [])


@pytest.mark.parametrize(
    "changed",
    [
        html.escape(LINK),
        html.escape(html.escape(LINK)),
        html.escape(html.escape(html.escape(LINK))),
        LINK.replace("&", "&AMP;"),
        LINK.replace("&", "&amp%3B"),
        LINK.replace("&", "%26amp%3B"),
        LINK.replace("&", ";"),
        LINK.replace("&", "&&"),
        LINK.replace("&", "& "),
        LINK.replace("&", "&%0A"),
        LINK.replace("&", "?"),
        # A program that takes the beginning of "region" for a sign.
        html.unescape(LINK),
        LINK.replace("?", "??"),
        LINK.replace("?", "?&amp;"),
        LINK.replace("=", "%3D"),
        LINK.replace("=", "=3D"),
        f"/?{quote_plus(LINK[2:])}",
        f"/?{quote_plus(quote_plus(LINK[2:]))}",
        f"/?{quote_plus(html.escape(LINK[2:]))}",
        f"/?{quote(LINK[1:])}",
        f"/?{quote_plus(LINK[2:])}&utm_source=mail",
        LINK.replace("stp=", "STP=").replace("colour", "Colour").replace("region", "REGION"),
        LINK.replace("council17", "Council17").replace("deprivation", "DEPRIVATION").replace("E54", "e54"),
        LINK.replace(",", "%2C"),
        LINK.replace(",", "%252C"),
        LINK.replace(",", "%25252c%20"),
        LINK.replace("&colour", "&color"),
        LINK.replace("&colour", "&amp;Color"),
        f"{LINK}?utm_source=x&fbclid=y",
        f"{LINK}&amp;utm_source=x&amp;MKT_TOK=y",
    ],
)
def test_a_whole_link_is_read_through_what_was_done_to_it(changed):
    assert arrived(changed) == (VIEW, [])


def test_moves_are_read_through_what_was_done_to_them():
    link = links.link(MOVED)
    for changed in (
        link.replace(":", "%3A").replace(",", "%2C"),
        link.replace(":", "%253A").replace(",", "%252C"),
        link.replace("E38000182-E07000037", "E38000182%E2%80%93E07000037"),
        link.replace("E54000014,", "E540%0D%0A00014,"),
        f"/what-if?{quote_plus(link.partition('?')[2])}",
    ):
        assert arrived(changed) == (MOVED, [])


@pytest.mark.parametrize(
    "name",
    [
        *("utm_source", "UTM_Campaign", "dm_i", "_hsenc", "_hsmi", "mkt_tok", "mc_cid", "mc_eid", "fbclid", "gclid"),
        *("igshid", "msclkid", "vero_id", "_ke", "trk", "sfmc_id", "sfmc_activityid", "elqTrackId", "spMailingID"),
        *(
            "__hstc",
            "_ga",
            "_gl",
            "gbraid",
            "ttclid",
            "li_fat_id",
            "pk_campaign",
            "mtm_source",
            "at_medium",
            "ns_mchannel",
        ),
        *(
            "wt.mc_id",
            "ck_subscriber_id",
            "_x_tr_tl",
            "ref_src",
            "amp;utm_source",
            "hsCtaTracking",
            "__cf_chl_tk",
            "oly_enc_id",
        ),
    ],
)
def test_trackers_are_no_news(name):
    assert arrived(f"/footprint?stp=QWU&{name}=Abc.123-%C3%A9&stp2=") == (
        FootprintView(stp="E54000018"),
        ["The link also gives `stp2`, which this page does not know; ignored."],
    )


def test_no_parameter_of_a_page_is_taken_for_a_tracker():
    known = {name for page in links.PAGES.values() for name in links.query(page())} | {*links.FRAME}
    assert [name for name in known if trackers.is_tracker(name)] == []
    # What a reader may have typed is named, not passed over.
    assert not any(map(trackers.is_tracker, ("footprint", "s", "area2", "colours", "name", "utm", "campaign", "")))


def test_what_cannot_be_mended_is_named_as_it_was_meant():
    assert arrived("/footprint?stp=E54000099%252E") == (
        FootprintView(),
        ["`stp`: `E54000099` is not the code or name of an STP; shown instead: none."],
    )
    assert arrived("/footprint?STP=QWU&amp;stp=QUA") == (
        FootprintView(stp="E54000016"),
        ["The link gives `stp` 2 times; the last one is used."],
    )
    assert arrived("/footprint?amp;Size=9&Fr%C3%A9d=1") == (
        FootprintView(),
        ["The link also gives `amp;Size` and `Fréd`, which this page does not know; ignored."],
    )
    assert arrived("/coterminosity?tolerance=5%25")[1] == [
        "`tolerance`: `5%` is not a number from 0 to 20; shown instead: 0."
    ]


@given(st.one_of(VIEWS.values()), hostile.journeys)
def test_a_link_gives_back_its_view_after_any_journey(view, journey):
    changed = links.link(view)
    for step in journey:
        changed = step(changed)
    assert arrived(changed) == (view, [])


@hostile.cases(short=100, long=3_000)
@given(st.dictionaries(hostile.values, st.lists(hostile.values, min_size=1, max_size=2), max_size=3))
def test_a_repair_is_done_once(said):
    mended = links.repaired(said)
    assert links.repaired(mended) == mended


@pytest.mark.parametrize(
    ("path", "query", "leads"),
    [
        ("Council", "", "council"),
        ("COUNCIL", "council=surrey", "council?council=surrey"),
        *(
            (path, "", "what-if")
            for path in ("What-If", "what_if", "whatif", "What if", "what\u2013if", "what-if\u200b")
        ),
        *((f"council{behind}", "", "council") for behind in (".", ",", ")", ").", "\u00a0", "\u201d", "%20", "%253E")),
        ("council?council=surrey", "", "council?council=surrey"),
        ("council%3Fcouncil%3Dsurrey", "", "council?council=surrey"),
        ("council&council=surrey", "view=map", "council?view=map&council=surrey"),
        ("council&amp;council=surrey", "", "council?council=surrey"),
        ("council", "council=surrey.", "council?council=surrey"),
        ("council", "Council=surrey&amp;embed=true", "council?council=surrey&embed=true"),
        ("council", "council%3Dsurrey%26embed%3Dtrue", "council?council=surrey&embed=true"),
        ("", "stp=QK1&amp;amp;embed=true", "?stp=QK1&embed=true"),
        ("what-if", "moves=E38000008%253AE54000014", "what-if?moves=E38000008:E54000014"),
        # Pages that have moved, as old links have them.
        ("Councils", "council=surrey", "council?council=surrey"),
        ("stp", "stp=15", "footprint?stp=15"),
        # Forms of a page.
        ("Glossary.CSV", "term=aco.", "glossary.csv?term=aco"),
    ],
)
def test_a_changed_address_leads_to_what_it_meant(path, query, leads):
    assert links.mended(path, query) == leads


@pytest.mark.parametrize("path", links.PAGES)
def test_an_address_that_is_right_stays(path):
    link = links.link(links.PAGES[path]())
    assert links.mended(path, link.partition("?")[2]) is None and links.mended(path, "") is None
    assert links.mended(path, "utm_source=a%26b&stp=West+Yorkshire&embed=true&odd=1&odd=2&empty=") is None
    assert links.mended(f"{path or 'map'}.csv", "table=all") is None


@pytest.mark.parametrize(
    "path", ["healthz", "favicon.png", "robots.txt", "no-such-page", "footprints", "\u2603", "home"]
)
def test_what_is_no_page_is_left_alone(path):
    assert links.mended(path, "stp=QK1.&amp;embed=true") is None


@hostile.cases(short=200, long=5_000)
@given(
    st.sampled_from([*links.PAGES, *(path.title() for path in links.PAGES), "stp", "council.csv"]) | hostile.values,
    hostile.values,
    st.lists(st.tuples(hostile.values, hostile.values), max_size=3),
)
def test_no_address_leads_anywhere_else_or_in_a_circle(path, behind, pairs):
    target = links.mended(f"{path}{behind}"[:2_000], urlencode(pairs, errors="replace")[:8_000])
    if target is not None:
        page, _, query = target.partition("?")
        assert page.partition(".")[0] in {*links.PAGES, "map"}
        assert target.isascii() and target.isprintable() and links.mended(page, query) is None
