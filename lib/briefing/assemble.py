"""From a view to a briefing: which subject it is on, and what every briefing carries."""

from geo import manifest
from lib import links, views
from lib.briefing import subjects, what_if
from lib.briefing.content import Briefing


def build(view: views.BriefingView, address: str = "") -> Briefing:
    """Return what a briefing says.

    Parameters
    ----------
    view : BriefingView
        A view with a subject.
    address : str
        Where the app is reached, for example ``"https://footprints.example"``.

    Raises
    ------
    ValueError
        If the view has no subject.
    """
    if view.stp:
        page = views.CompareView(view.stp, view.other) if view.other else views.FootprintView(view.stp)
        said = subjects.comparison(view.stp, view.other) if view.other else subjects.stp(view.stp)
    elif view.council:
        page, said = views.CouncilView(view.council), subjects.council(view.council)
    elif view.acs:
        page, said = views.AcsView(view.acs), subjects.acs_area(view.acs)
    elif view.moves:
        page, said = views.WhatIfView(view.moves), what_if.subject(view.moves)
    else:
        raise ValueError("a briefing needs a subject")
    package = manifest.read()
    link = address.rstrip("/") + links.link(page)
    return Briefing(**said, link=link, version=package["version"], attribution=package["attribution"])
