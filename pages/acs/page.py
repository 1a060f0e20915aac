"""The accountable care systems and devolution areas of June 2017."""

from dataclasses import replace

from lib import parameters
from lib.accountable_care import acs
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import joint_work
from pages.acs import area, overview
from pages.acs.view import AcsView, cited


def document(view: AcsView) -> Document:
    """Return one area, or all ten where none is chosen."""
    return area.document(view, view.area) if view.area else overview.document(view)


def _controls(view: AcsView) -> tuple[Control, ...]:
    names = {code: item.name for code, item in acs.areas().items()}
    chosen = ChooseOne("area", "Area", names, "Choose or type a name", width=340, adopt=_opened)
    over = ChooseOne("outline", "Over the map", {parameters.NONE: "Nothing", **joint_work.labels()}, width=260)
    if not view.area:
        return chosen, over
    others = {code: name for code, name in names.items() if code != view.area}
    return (
        chosen,
        ChooseOne("other", "Compare with", others, "No comparison", width=340),
        ChooseOne("parts", "Close-up shows", {"council17": "Councils", "ccg17": "CCGs"}, width=150),
        over,
    )


def _opened(view: AcsView, code: str | None) -> AcsView:
    """Return the view with another area; a comparison that no longer makes sense is dropped."""
    return replace(view, area=code, other=view.other if code and code != view.other else None)


PAGE = Page(
    path="acs",
    name="ACS areas",
    answers="The eight accountable care systems (ACS) of June 2017 and the two devolution areas.",
    view=AcsView,
    document=document,
    controls=_controls,
    cited=cited,
)
