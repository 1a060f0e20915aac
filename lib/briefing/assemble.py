"""From a view to a briefing: which subject it is on, and what every briefing carries."""

from geo import manifest
from lib import links
from lib.briefing import subjects, what_if
from lib.briefing.content import Briefing
from lib.briefing.view import BriefingView
from lib.what_if import moves


def build(view: BriefingView, address: str = "") -> Briefing:
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
        link = links.to("compare", a=view.stp, b=view.other) if view.other else links.to("footprint", stp=view.stp)
        subject = subjects.comparison(view.stp, view.other) if view.other else subjects.stp(view.stp)
    elif view.council:
        link, subject = links.to("council", council=view.council), subjects.council(view.council)
    elif view.acs:
        link, subject = links.to("acs", area=view.acs), subjects.acs_area(view.acs)
    elif view.moves:
        link, subject = links.to("what-if", moves=view.moves), what_if.subject(view.moves)
    else:
        raise ValueError("a briefing needs a subject")
    package = manifest.read()
    return Briefing(
        **vars(subject), link=address.rstrip("/") + link, version=package["version"], attribution=package["attribution"]
    )


def file_name(view: BriefingView) -> str:
    """Return the name of a briefing's files, without ending; of a view with a subject."""
    if view.moves:
        return f"footprints-{moves.file_name(view.moves)}"
    return "-".join(filter(None, ("footprints", view.stp or view.council or view.acs, view.other)))
