"""The page behind every link."""

import asyncio
import re
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from geo import kept
from lib import catalogue
from lib.hosts import settings
from lib.hosts.web import answers, pages, shell
from pages import PAGES
from tests.lib.hosts.asking import ask

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def app():
    return Starlette(routes=pages.routes(PAGES, answers.Answers()))


class Elements(HTMLParser):
    """The elements of a page in their order, each with its attributes, and the text of those of one name."""

    def __init__(self, page: bytes):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data):
        self.text += data
        if self._open:
            self.texts[self._open][-1] += data

    def handle_endtag(self, tag):
        self._open = ""

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]


def page(app, link: str, **headers: str) -> Elements:
    (sent,) = ask(app, link, **headers)
    assert sent.status == 200
    return Elements(sent.body)


def test_a_page_is_complete_without_any_script(app):
    shown = page(app, "/footprint?stp=QK1")
    assert shown.texts["title"][0] == "Leicester, Leicestershire and Rutland - Footprints"
    assert shown.texts["h1"] == ["Leicester, Leicestershire and Rutland"]
    assert "Toby Sanders" in shown.text and "1,083,226" in shown.text
    # The map, in which its councils lead to their pages.
    assert shown.all("svg") and shown.all("a", href="/council?council=E06000016")
    assert "Streamlit" not in shown.text and not shown.all("noscript") and not shown.all("link", rel="service-desc")
    described = shown.all("meta", name="description")[0]["content"]
    assert described == shown.all("meta", property="og:description")[0]["content"] != ""
    assert shown.all("div", id="root")


def test_nothing_of_the_live_page_is_loaded_before_the_page_stands(app):
    (sent,) = ask(app, "/footprint?stp=QK1")
    before, _, later = sent.body.decode().partition("<template id=fp-live>")
    assert "static/js/" not in before and "static/css/" not in before
    assert 'type="module"' in later and "static/js/index." in later and "static/css/index." in later


def test_a_view_of_the_table_or_the_map_alone_is_that(app):
    for link in ("/then-and-now?stp=15", "/compare?a=15&b=3", "/what-if?moves=E38000008:E54000014"):
        table, drawn = page(app, f"{link}&view=table"), page(app, f"{link}&view=map")
        assert not table.all("svg") and table.all("table"), link
        assert drawn.all("svg") and not drawn.all("div", **{"class": "fp-table"}), link
        # What can be taken along is the whole view all the same.
        assert len(table.all("ul", **{"class": "fp-files"})) == 1


def test_what_a_link_says_wrongly_is_named_as_text(app):
    (sent,) = ask(app, f"/footprint?stp={HOSTILE}&{HOSTILE}=1&colour=%22onload%3D")
    assert b"<script>alert" not in sent.body and b"alert(1)" in sent.body
    shown = Elements(sent.body)
    assert shown.all("div", **{"class": "fp-notices"})
    assert all("onload" not in found for _, found in shown.elements)


def test_absolute_addresses_need_an_origin_and_the_host_of_a_request_is_none(app, monkeypatch):
    before = page(app, "/council?council=surrey", host="evil.example")
    assert not before.all("link", rel="canonical") and not before.all("meta", property="og:image")
    monkeypatch.setattr(settings, "origin", lambda: "https://footprints.example")
    after = page(
        Starlette(routes=pages.routes(PAGES, answers.Answers())), "/council?council=Surrey", host="evil.example"
    )
    canonical = "https://footprints.example/council?council=E10000030"
    assert after.all("link", rel="canonical")[0]["href"] == canonical
    assert after.all("meta", property="og:url")[0]["content"] == canonical
    assert after.all("meta", property="og:image")[0]["content"].startswith("https://footprints.example/council.card?")
    assert all("evil" not in str(found) for _, found in before.elements + after.elements)


@pytest.mark.parametrize("said", ["footprints.example", "ftp://a.example", "https://a.example/app", "https://"])
def test_an_origin_that_is_none_is_refused(said, monkeypatch):
    monkeypatch.setenv("FOOTPRINTS_ORIGIN", said)
    with pytest.raises(settings.SettingsError, match="FOOTPRINTS_ORIGIN"):
        kept.anew(settings.origin)()


def test_the_form_of_a_page_leads_to_the_link_of_what_was_chosen(app):
    shown = page(app, "/?stp=QK1&lead=ccg")
    (asked,) = shown.all("input", name="form")
    form = asked["value"].replace("&", "%26").replace("=", "%3D")
    (sent,) = ask(app, f"/?form={form}&stp=E54000015&colour=lead&outline=none&rating=outstanding:published&lead=ccg")
    assert sent.status == 303
    assert sent.headers["location"] == (
        "./?stp=E54000015&colour=lead&rating=outstanding:published&lead=ccg&region=all&acs=all&outline=none"
    )
    # Filters with nothing ticked are sent as nothing at all.
    (sent,) = ask(app, f"/?form={form}&stp=&colour=rating&outline=none")
    assert sent.headers["location"] == "./?stp=none&colour=rating&rating=all&lead=all&region=all&acs=all&outline=none"


def test_a_form_takes_nothing_that_it_does_not_offer(app):
    (sent,) = ask(app, f"/?form=colour%3Dlead&stp={HOSTILE}&colour=pink&lead={HOSTILE}")
    assert sent.headers["location"] == "./?stp=none&colour=lead&rating=all&lead=all&region=all&acs=all&outline=none"
    (sent,) = ask(app, "/coterminosity?form=tolerance%3D5&a=stp17&b=council17")
    assert "a=stp17&b=council17" in sent.headers["location"] and "tolerance=5" in sent.headers["location"]


def test_a_form_has_a_field_for_every_box_of_the_live_page(app):
    for one in PAGES:
        shown = page(app, f"/{one.path}")
        fields = {
            found["name"]
            for tag, found in shown.elements
            if tag in ("select", "input", "textarea") and found.get("name")
        }
        assert {control.field for control in one.controls(one.view())} <= fields


def test_an_embed_is_the_view_with_its_map_and_nothing_of_the_app(app):
    (sent,) = ask(app, "/?stp=QK1&embed=true&view=map")
    shown = Elements(sent.body)
    assert not shown.all("div", id="root") and not shown.all("header") and not shown.all("form")
    assert shown.all("meta", name="robots")[0]["content"] == "noindex"
    policy = sent.headers["content-security-policy"]
    assert "unsafe" not in policy and "script-src 'self';" in policy
    # Everything inline is allowed by its hash, so nothing may be in attributes.
    assert all("style" not in found for tag, found in shown.elements if tag not in ("svg",))
    within = [found["href"] for found in shown.all("a") if (found.get("href") or "").startswith("/?")]
    stay = [href for href in within if "embed=true" in href]
    assert len(stay) >= 44 and all("view=map" in href for href in stay)
    assert shown.all("a", target="_blank", href=next(href for href in within if href not in stay))


def test_an_embed_of_a_table_has_no_map(app):
    (sent,) = ask(app, "/?embed=true&view=table")
    shown = Elements(sent.body)
    assert not shown.all("svg") and len(shown.all("tr")) > 44


def test_an_answer_is_kept_for_all_and_known_by_its_version(app):
    first, second = ask(app, "/glossary?term=lsoa"), ask(app, "/glossary?term=lsoa")
    tag = first[0].headers["etag"]
    assert tag == second[0].headers["etag"]
    (again,) = ask(app, "/glossary?term=lsoa", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    (other,) = ask(app, "/glossary?term=ccg", if_none_match=tag)
    assert other.status == 200
    (packed,) = ask(app, "/glossary?term=lsoa", accept_encoding="br")
    assert packed.headers["content-encoding"] == "br" and packed.headers["etag"] != tag


def test_a_proxy_may_keep_for_seconds_what_readers_share(app):
    (shared,) = ask(app, "/glossary?term=lsoa")
    (again,) = ask(app, "/glossary?term=lsoa", if_none_match=shared.headers["etag"])
    assert all("s-maxage=10" in sent.headers["cache-control"] for sent in (shared, again))
    # Browsers ask whether the copy still holds, as ever.
    assert "max-age=0, must-revalidate" in shared.headers["cache-control"]
    for path in ("/what-if?moves=E38000008:E54000014", "/glossary?term=lsoa&unknown=1", "/find?q=leeds"):
        (sent,) = ask(app, path)
        assert "s-maxage" not in sent.headers["cache-control"]


def test_what_is_kept_stays_within_its_bound():
    made = answers.Answers(most_bytes=150_000)
    app = Starlette(routes=pages.routes(PAGES, made))
    ask(app, *(f"/footprint?stp={code}" for code in list(catalogue.footprints())[:6]))
    assert 0 < made.bytes_kept <= 150_000
    before = made.bytes_kept
    own = ("/?rating=advanced&region=north", "/coterminosity?tolerance=3.17", "/coterminosity?class=split")
    own += ("/conditions?tolerance=3.17", "/conditions?lead=ccg", "/what-if?moves=E38000008:E54000014")
    for path in own:
        ask(app, path, f"{path}&embed=true")
    ask(app, "/glossary?term=lsoa&unknown=1")
    # What a reader made up is not kept, nor a link with mistakes: there are too many of them.
    assert made.bytes_kept == before


@pytest.mark.parametrize("path", ["/coterminosity?tolerance=5", "/conditions?tolerance=20", "/?colour=gap"])
def test_what_every_reader_can_choose_is_kept(path):
    made = answers.Answers()
    ask(Starlette(routes=pages.routes(PAGES, made)), path)
    assert made.bytes_kept > 0


def test_too_many_at_once_are_asked_to_come_again():
    app = Starlette(routes=pages.routes(PAGES, answers.Answers(most_waiting=1)))
    sent = ask(app, *(f"/footprint?stp={number}" for number in range(1, 6)))
    busy = [one for one in sent if one.status == 503]
    assert busy and all(one.headers["retry-after"] for one in busy)
    assert any(one.status == 200 for one in sent)


def test_a_reader_who_clicks_does_not_stand_in_line_behind_files():
    waited_for = answers.Answers(most_waiting=1)
    request = Request({"type": "http", "headers": [], "state": {}})

    async def statuses() -> list[int]:
        drawn = asyncio.Event()

        async def picture() -> answers.Content:
            await drawn.wait()
            return answers.Content(b"picture", "image/png")

        first = asyncio.create_task(waited_for.answer(request, "picture", picture))
        await asyncio.sleep(0)
        other = await waited_for.answer(request, "other picture", picture)
        view = await waited_for.answer(request, "view", lambda: answers.Content(b"{}", "text/plain"), clicked=True)
        drawn.set()
        return [answer.status_code for answer in (await first, other, view)]

    assert asyncio.run(statuses()) == [200, 503, 200]


def test_the_finder_answers_without_a_script(app):
    found = page(app, "/find?q=LE1+6RX")
    assert any("/footprint?stp=E54000015" in (item.get("href") or "") for item in found.all("a"))
    (nothing,) = ask(app, f"/find?q={HOSTILE}")
    assert b"<script>" not in nothing.body and b"Nothing is called" in nothing.body


def test_an_index_page_that_has_changed_is_refused():
    index = shell.INDEX.read_text(encoding="utf-8")
    assert shell.taken_apart(index).font.startswith("static/")
    for old, new in ((shell.ROOT, "<div id=app></div>"), (' type="module"', ""), (' as="font"', re.escape(' rel="x"'))):
        changed = index.replace(old, new) if old != ' as="font"' else re.sub(r'as="font"', "", index)
        with pytest.raises(shell.ShellError, match="this version of Streamlit"):
            shell.taken_apart(changed)
