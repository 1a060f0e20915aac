"""The dates for which the sources on a lead speak, read from the words of ``stp_leads.csv``."""

import re

# The workbook of April 2019 was compiled from 2017 on: its edition is no date that a lead is named for.
_EDITION = re.compile(r"\d{4}-\d\d edition[^;]*")
# What lies after a date is later than it; where another date follows, that one is meant.
_BOUND = re.compile(r"after [\d-]+,")
_DATE = re.compile(r"(?<!\d)20\d\d(?:-\d\d)?(?:-\d\d)?(?!\d)")
# Sources of the first two months of a year still count as those of the year before.
_SOON_2017, _SOON_2018 = "2017-02", "2018-02"


def dates(as_of: str) -> list[str]:
    """Return the dates in a cell of the column ``as_of``, earliest first, each as exact as it is.

    The edition of the partner workbook is none of them.
    """
    return sorted(_DATE.findall(_BOUND.sub("", _EDITION.sub("", as_of))))


def speaks_for(evidence: str, as_of: str, year: int) -> bool:
    """Return whether sources name a lead in a year, or before and after it.

    Parameters
    ----------
    evidence, as_of : str
        Cells of ``stp_leads.csv``.
    year : int
        For example 2017.
    """
    years = [int(date[:4]) for date in dates(as_of)]
    spans = evidence == "in_post_before_and_after" or " to " in as_of
    return year in years or bool(spans and years and years[0] < year < years[-1])


def problem(evidence: str, as_of: str) -> str | None:
    """Return in words why a class of evidence does not fit the dates beside it; None if it does."""
    times = dates(as_of)
    rules = {
        "named_in_2017": (
            any("2017" <= date[:7] <= _SOON_2018 and date != "2018" for date in times),
            f"needs a date from 2017-01 to {_SOON_2018}",
        ),
        "in_post_before_and_after": (
            bool(times) and times[0] < "2017" and times[-1] >= "2018",
            "needs a date before 2017 and one after it",
        ),
        "named_on_nhs_england_page": ("undated" in as_of, "is for a page without a date: say undated"),
        "ods_partner_mapping": (
            all(date >= "2018" for date in times),
            "is for leads that no source before 2018 names",
        ),
        "carried_forward_from_2016": (
            bool(times) and all(date[:7] <= _SOON_2017 and date != "2017" for date in times),
            f"needs dates of 2016, or to {_SOON_2017} at the latest",
        ),
    }
    fits, says = rules[evidence]
    return None if fits else says
