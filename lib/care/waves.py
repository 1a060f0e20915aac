"""When each STP, or a part of it, became an accountable or integrated care system."""

from dataclasses import dataclass

from geo import kept, sources
from lib.evidence import text
from lib.text import dated

WAVES = {
    "2017-06-15": "June 2017",
    "2018-02-02": "February 2018",
    "2018-05-24": "May 2018",
    "2019-06-20": "June 2019",
    "2020-05-04": "May 2020",
    "2020-12-08": "December 2020",
    "2021-03-23": "March 2021",
}
"""Dates of the waves, in words."""
STATUSES = {
    "acs": "accountable care system",
    "ics": "integrated care system",
    "devolution_counted_as_ics": "devolution area, later counted among the systems",
}


@dataclass(frozen=True)
class Step:
    """An STP, or a part of it, became a system.

    Attributes
    ----------
    stp, area : str
        Code of the STP; name of the system at the time.
    announced, effective : str
        Dates; one of them may be empty.
    status : str
        A key of `STATUSES`.
    whole : bool
        Whether the step takes in the whole STP.
    inferred : bool
        Whether it follows from counts and is named by no page.
    source, note : str
        Titles and addresses; what is in doubt.
    """

    stp: str
    area: str
    announced: str
    effective: str
    status: str
    whole: bool
    inferred: bool
    source: str
    note: str

    @property
    def date(self) -> str:
        """The day of the announcement; where none is known, that by which it took effect."""
        return self.announced or self.effective

    @property
    def when(self) -> str:
        """When, in words: ``"24 May 2018"``, ``"by 20 June 2019 (inferred)"``."""
        words = dated(self.date) if self.announced else f"by {dated(self.date)}"
        if self.announced and self.effective:
            words = f"{words}, in effect from {dated(self.effective)}"
        return f"{words} (inferred)" if self.inferred else words

    @property
    def date_class(self) -> str:
        """Date and evidence in one word: ``"2018-05-24"``, ``"2019-06-20:inferred"``."""
        return f"{self.date}:inferred" if self.inferred else self.date

    @property
    def says(self) -> str:
        """The step in a sentence."""
        what = "The whole STP" if self.whole else f"{self.area}, a part of the STP,"
        became = {
            "acs": "became an accountable care system",
            "ics": "became an integrated care system",
            "devolution_counted_as_ics": "was named as a devolution area and counted among the systems later",
        }[self.status]
        within = f", as {self.area}," if self.whole else ""
        return f"{what}{within} {became}: {self.when}."


@kept.once
def steps() -> tuple[Step, ...]:
    """Return all steps, by STP as in the table and by date."""
    entries = [
        Step(
            row.stp17cd,
            row.area,
            text(row.announced),
            text(row.effective),
            row.status,
            bool(row.covers_whole_stp),
            row.evidence == "inferred",
            row.source,
            text(row.note),
        )
        for row in sources.read("ics_waves").itertuples()
    ]
    return tuple(sorted(entries, key=lambda step: step.date))


def of_stp(code: str) -> list[Step]:
    """Return the steps of an STP in the order of time."""
    return [step for step in steps() if step.stp == code]


@kept.once
def whole() -> dict[str, Step]:
    """Return the step with which each STP as a whole first was a system, by code."""
    by_code: dict[str, Step] = {}
    for step in steps():
        if step.whole:
            by_code.setdefault(step.stp, step)
    return by_code
