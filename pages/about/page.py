"""Privacy and accessibility: what is kept of readers, what was tested, and what is known to be wrong."""

from dataclasses import dataclass

from lib import links
from lib.content.blocks import Code, Link, Listing, Prose, Section
from lib.content.document import Document
from lib.content.page import Page


@dataclass(frozen=True)
class AboutView:
    """What this site is; there is nothing to choose."""


_KEPT = (
    "Nothing that you look at, search for or choose is stored, and nothing of it is written to a log.",
    "A file that you choose under Your numbers stays in the memory of your session, on no disk and in no link, and is "
    "gone when you take it away or close the tab.",
    (
        "One cookie is set by the live page, ",
        Code("_streamlit_xsrf"),
        ": a random number that keeps other sites from sending forms in your name. Where several servers stand behind "
        "one address a second one, ",
        Code("footprints"),
        ", keeps you with one of them.",
    ),
    "No other host is asked for anything: no fonts, no map tiles, no statistics. Logs count answers by page and "
    "form, errors, and the time until the live page stood, without addresses of readers and without what they chose.",
    "The link of a view says what you chose. Who gets it from you sees the same.",
)
_TESTED = (
    "Every page and its states are tried by axe-core against WCAG 2.2 A and AA, in the light and the dark theme, with "
    "each change of the code.",
    "Everything is reached and done by keyboard: on the map the arrow keys go to the neighbour in that direction, "
    "letters jump to names, Enter chooses, Escape clears.",
    "Pages fit windows from 320 pixels on, which is a zoom of 400 % on a wide screen, with narrow and with wide "
    "typefaces.",
    "What a map shows stands in a table, too; classes differ by marks and stripes, not by colour alone; forced colours "
    "and reduced motion are honoured.",
    "Pages read, and their forms and links work, without any script.",
)
_KNOWN = (
    "The box for a file carries a name on an element of no role (the library's; reported there as issue 15921): the "
    "button inside it is reached and named.",
    "Charts are described in a sentence and by tables, but their points cannot be reached one by one by keyboard.",
    "Files as PDF have text that can be selected, but no tags for screen readers: the page with the same content does "
    "without them.",
    "It was not tried by people who depend on screen readers. Tell us what does not work.",
)


def document(_: AboutView) -> Document:
    """Return what is kept of readers and for whom the site can be used."""
    return Document(
        title="About Footprints",
        description="What Footprints is, what it keeps of its readers, and how accessible it is.",
        lead=(
            "Who plans care where in England: 44 footprints of 2017, who led them, how they were rated, and how they "
            "fit the councils that people elect. Every fact has a source, a date and its evidence; a gap is a gap."
        ),
        blocks=(
            Section("Privacy", (Listing(_KEPT),), "privacy"),
            Section(
                "Accessibility",
                (
                    Prose("It is meant to meet WCAG 2.2 AA. This is what is tested:"),
                    Listing(_TESTED),
                    Prose("This is known to fall short of it:"),
                    Listing(_KNOWN),
                ),
                "accessibility",
            ),
            Section(
                "Data, code and corrections",
                (
                    Prose(
                        (
                            "All tables with their sources and licences, and how to add a fact: ",
                            Link("Sources", links.to("sources")),
                            ". Software can ask for them: ",
                            Link("interface for software", "/api"),
                            ". The code is under the MIT licence, the data under the licences named with each table.",
                        )
                    ),
                ),
                "data",
            ),
        ),
    )


PAGE = Page(
    path="about",
    name="About",
    answers="What is kept of readers, what was tested for whom, and what is known to be wrong.",
    view=AboutView,
    document=document,
    cited=lambda _: "about the site",
)
