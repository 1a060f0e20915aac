"""How sure a fact is, and where it comes from."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Grade:
    """A class of evidence: what it is called, and what it means in a sentence."""

    label: str
    meaning: str


GRADES = {
    # Ratings
    "published": Grade("published", "A page of the time states the rating of this area."),
    "inferred": Grade(
        "inferred",
        "No page states it. The area was given capital on 19 July 2017 as one judged sufficiently advanced.",
    ),
    "not_established": Grade(
        "not established",
        "No source found. Outstanding and needs most improvement are fully published, "
        "so this area was rated advanced or making progress.",
    ),
    # Leads
    "named_in_2017": Grade("named in 2017", "A source of 2017 or the weeks around it names this lead."),
    "in_post_before_and_after": Grade(
        "in post before and after", "Sources before and after 2017 name this lead; none of 2017 was found."
    ),
    "named_on_nhs_england_page": Grade(
        "named on an undated page", "NHS England's page on the area names this lead; the page has no date."
    ),
    "ods_partner_mapping": Grade(
        "from the 2019 workbook", "Only the partner workbook of April 2019, compiled from 2017 on, names this lead."
    ),
    "carried_forward_from_2016": Grade(
        "carried forward from 2016", "Named in 2016; nothing later was found that confirms or replaces it."
    ),
    # Financial gaps
    "high": Grade("high confidence", "The source is direct and says what the figure covers."),
    "medium": Grade("medium confidence", "The source is indirect, or does not say what the figure covers."),
    "low": Grade("low confidence", "The figure does not fit other sources, or covers something else."),
}


@dataclass(frozen=True)
class Fact:
    """A value with its evidence.

    Attributes
    ----------
    value : str, float or None
        None where the value is not established.
    grade : str
        Class of evidence, a key of `GRADES`.
    as_of : str
        Date the source speaks for, in the source's own precision.
    source : str
        Titles and addresses separated by `` ; ``; empty where there is none.
    note : str
        What a reader should know besides.
    """

    value: str | float | None
    grade: str
    as_of: str
    source: str = ""
    note: str = ""

    @property
    def evidence(self) -> Grade:
        """The class of evidence in words."""
        return GRADES[self.grade]


def text(cell: object) -> str:
    """Return a table cell as text; a missing one as an empty string."""
    return "" if pd.isna(cell) else str(cell)
