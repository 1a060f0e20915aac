"""The head of a page behind a link: what browsers, previews, search engines and archives read of it."""

from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from geo import manifest
from lib.content.data import inside_html
from lib.content.document import Document
from lib.content.markup import attributes
from lib.content.page import Page
from lib.figures import sheets
from lib.hosts import takeaway

NAME = "Footprints"


@dataclass(frozen=True)
class Place:
    """Where a view is to be found.

    Attributes
    ----------
    origin : str
        ``"https://footprints.example"``; empty if the operator does not say: then there is no absolute address.
    link : str
        Link of the view in full, from the origin on.
    """

    origin: str
    link: str

    def absolute(self, address: str) -> str:
        """Return an address of ours in full."""
        return self.origin + address


def head(page: Page, view: Any, document: Document, place: Place, *, listed: bool) -> str:
    """Return title, description, preview card, addresses and data for machines, as elements.

    Parameters
    ----------
    page, view, document
        What is shown.
    place : Place
        Where it is to be found.
    listed : bool
        Whether search engines may list it: no form, embed or made-up view.
    """
    title = f"{document.title} - {NAME}"
    parts = [f"<title>{escape(title)}</title>", _meta(name="description", content=document.description)]
    if not listed or not document.index:
        parts.append(_meta(name="robots", content="noindex"))
    parts += [
        _meta(property="og:title", content=document.title),
        _meta(property="og:description", content=document.description),
        _meta(property="og:type", content="website"),
        _meta(property="og:site_name", content=NAME),
        _meta(name="twitter:card", content="summary_large_image"),
        _meta(name="twitter:title", content=document.title),
        _meta(name="twitter:description", content=document.description),
    ]
    if place.origin:
        card = place.absolute(takeaway.file_address(page, view, "card"))
        width, height = (f"{side:.0f}" for side in sheets.CARD)
        parts += [
            f"<link{attributes(rel='canonical', href=place.absolute(place.link))}>",
            f"<link{attributes(rel='alternate', type='application/json+oembed', href=_oembed(place))}>",
            _meta(property="og:url", content=place.absolute(place.link)),
            _meta(property="og:image", content=card),
            _meta(property="og:image:width", content=width),
            _meta(property="og:image:height", content=height),
            _meta(property="og:image:alt", content=f"{document.title}: {document.description}"),
            _meta(name="twitter:image", content=card),
        ]
    parts += [
        f"<link{attributes(rel='alternate', type=media, href=takeaway.file_address(page, view, form))}>"
        for form, media in (("json", "application/json"),)
    ]
    return "".join([*parts, _machine_readable(page, view, document, place)])


def _oembed(place: Place) -> str:
    return f"{place.origin}/oembed?{urlencode({'url': place.absolute(place.link)})}"


def _meta(**values: str) -> str:
    return f"<meta{attributes(**values)}>"


def _machine_readable(page: Page, view: Any, document: Document, place: Place) -> str:
    """Return what the view is as JSON-LD: a data set, about an area where it is about one."""
    package = manifest.read()
    dataset: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": document.title,
        "description": document.description,
        "isAccessibleForFree": True,
        "version": package["version"],
        "license": package["licenses"][0].get("path", package["licenses"][0]["title"]),
        "creditText": package["attribution"],
        "spatialCoverage": {"@type": "AdministrativeArea", "name": document.about or "England"},
    }
    if place.origin:
        dataset |= {
            "url": place.absolute(place.link),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.words,
                    "contentUrl": place.absolute(file.address),
                    "encodingFormat": file.address.partition("?")[0].rpartition(".")[2],
                }
                for file in takeaway.files(page, view, document)
            ],
        }
    return f'<script type="application/ld+json">{inside_html(dataset)}</script>'
