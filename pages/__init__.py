"""The pages in the order of the navigation: the only list of them that there is."""

from lib import links
from lib.content.page import Page
from pages.about.page import PAGE as ABOUT
from pages.acs.page import PAGE as ACS
from pages.briefing.page import PAGE as BRIEFING
from pages.claims.page import PAGE as CLAIMS
from pages.compare.page import PAGE as COMPARE
from pages.conditions.page import PAGE as CONDITIONS
from pages.coterminosity.page import PAGE as COTERMINOSITY
from pages.council.page import PAGE as COUNCIL
from pages.footprint.page import PAGE as FOOTPRINT
from pages.glossary.page import PAGE as GLOSSARY
from pages.lookup.page import PAGE as LOOKUP
from pages.map.page import PAGE as MAP
from pages.sources.page import PAGE as SOURCES
from pages.then_and_now.page import PAGE as THEN_AND_NOW
from pages.today.page import PAGE as TODAY
from pages.what_if.page import PAGE as WHAT_IF
from pages.your_numbers.page import PAGE as YOUR_NUMBERS

PAGES: tuple[Page, ...] = (
    MAP,
    FOOTPRINT,
    COMPARE,
    COTERMINOSITY,
    COUNCIL,
    ACS,
    WHAT_IF,
    THEN_AND_NOW,
    TODAY,
    LOOKUP,
    CONDITIONS,
    CLAIMS,
    YOUR_NUMBERS,
    BRIEFING,
    GLOSSARY,
    SOURCES,
    ABOUT,
)

for page in PAGES:
    links.know(page.path, page.view)
