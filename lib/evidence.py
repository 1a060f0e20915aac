"""How sure a fact is, and where it comes from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from geo import lead_dates
from lib.text import dated, dates_in_words


@dataclass(frozen=True)
class Grade:
    """A class of evidence: what it is called, and what it means in a sentence."""

    label: str
    meaning: str


GRADES = {
    # Ratings
    "published": Grade("published", "Reported in 2017, see the source."),
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
    "named_in_2017": Grade(
        "named in 2017 or early 2018", "A source of 2017, or of the first weeks of 2018, names this lead."
    ),
    "in_post_before_and_after": Grade(
        "in post before and after 2017",
        "Sources from before and from after 2017 name this lead, or show the lead in the same post.",
    ),
    "named_on_nhs_england_page": Grade(
        "named on an undated page", "NHS England's page on the area names this lead; the page has no date."
    ),
    "named_after_2017": Grade(
        "named after 2017",
        "Pages of 2018 or later name this lead, as does the partner workbook of April 2019; nothing earlier was found.",
    ),
    "ods_partner_mapping": Grade(
        "from the 2019 workbook", "Only the partner workbook of April 2019, compiled from 2017 on, names this lead."
    ),
    "carried_forward_from_2016": Grade(
        "not confirmed in 2017",
        "Carried forward: an earlier source names this lead, none from the date shown to the end of 2017 does. "
        "What the partner workbook of April 2019 says stands beside it.",
    ),
    # Financial gaps
    "high": Grade("high confidence", "The source is direct, or several agree."),
    "medium": Grade("medium confidence", "The source is indirect, or does not say what the figure covers."),
    "low": Grade("low confidence", "The figure does not fit other sources, or covers something else."),
}


Value_co = TypeVar("Value_co", bound=str | float | None, covariant=True)


@dataclass(frozen=True)
class Fact(Generic[Value_co]):
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
    exactly : Grade, optional
        What the class of evidence comes to for this fact and its dates.
    """

    value: Value_co
    grade: str
    as_of: str
    source: str = ""
    note: str = ""
    exactly: Grade | None = None

    @property
    def evidence(self) -> Grade:
        """The class of evidence in words."""
        return self.exactly or GRADES[self.grade]

    @property
    def spoken_for(self) -> str:
        """The date and the class of evidence in a phrase: ``"as of July 2017; named in 2017"``."""
        when = dates_in_words(self.as_of)
        undated = when.startswith(("page", "after"))
        return f"{when if undated else f'as of {when}'}; {self.evidence.label}"


def lead_grade(evidence: str, as_of: str) -> str:
    """Return the class of evidence of a lead, a key of `GRADES`, from what the table says and the dates beside it."""
    return "named_after_2017" if evidence == "ods_partner_mapping" and lead_dates.dates(as_of) else evidence


def lead_words(grade: str, name: str, as_of: str, entry_2019: str) -> Grade:
    """Return what a class of evidence comes to for a lead.

    Parameters
    ----------
    grade : str
        See `lead_grade`.
    name, as_of : str
        Who leads, and the dates for which the sources speak.
    entry_2019 : str
        Who leads by the partner workbook of April 2019; empty where it names nobody.
    """
    dates, general = lead_dates.dates(as_of), GRADES[grade]
    if grade == "named_in_2017":
        if lead_dates.speaks_for(grade, as_of, 2017):
            return Grade("named in 2017", "A source of 2017 names this lead.")
        return Grade("named in early 2018", "A source of the first weeks of 2018 names this lead.")
    if grade == "named_on_nhs_england_page" and dates:
        return Grade(general.label, f"{general.meaning} So does a source of {dated(dates[-1])}.")
    if grade == "carried_forward_from_2016":
        later = " later" if dates[-1] >= "2017" else ""
        # Names of the workbook differ in titles and first names.
        family = name.rpartition(" ")[2]
        then = "names this lead too" if family in entry_2019 else "names somebody else" if entry_2019 else "is silent"
        return Grade(
            f"not confirmed{later} in 2017",
            f"Carried forward: a source of {dated(dates[-1])} names this lead, and none was found that does so"
            f"{later} in 2017. The partner workbook of April 2019 {then}.",
        )
    return general


def text(cell: object) -> str:
    """Return a table cell as text; a missing one as an empty string."""
    return "" if pd.isna(cell) else str(cell)
