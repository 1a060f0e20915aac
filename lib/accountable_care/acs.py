"""The eight accountable care systems (ACSs) of June 2017 and the two devolution areas: members and numbers.

An area is a grouping of CCGs. All shares come from the overlap tables, so an
area that is part of an STP is measured in the same way as a whole one.
"""

from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, sources
from lib import catalogue, fit
from lib.evidence import text
from lib.text import listed, slug

KINDS = {"acs": "Accountable care system", "devolution": "Devolution area"}
TOLERANCE = 5.0
"""Per cent of residents up to which a part elsewhere is overlooked, where fit is said twice."""


@dataclass(frozen=True)
class Area:
    """An accountable care system or devolution area.

    Attributes
    ----------
    code, name : str
        Identifier in links and name.
    kind : str
        A key of `KINDS`.
    mark : str
        Label on the map: a number for a system, a letter for a devolution area.
    stp : str
        Code of the parent STP.
    whole : bool
        Whether it is the whole STP.
    ccgs, focus : tuple of str
        Codes of the CCGs that we take to be members, and of those among them that were to start first.
    places : tuple of str
        What the briefing names.
    trusts : tuple of str
        Trusts that a source names as partners.
    lead : str
        Empty where none is established.
    announced : str
        Date, as exact as the source.
    memorandum, basis : str
        What is known of the memorandum; why these CCGs.
    source : str
        Titles and addresses separated by `` ; ``.
    """

    code: str
    name: str
    kind: str
    mark: str
    stp: str
    whole: bool
    ccgs: tuple[str, ...]
    focus: tuple[str, ...]
    places: tuple[str, ...]
    trusts: tuple[str, ...]
    lead: str
    announced: str
    memorandum: str
    basis: str
    source: str

    @property
    def place(self) -> tuple[str, str]:
        """Layer and code of the area in the building blocks."""
        return ("acs17", self.code) if self.kind == "acs" else ("stp17", self.stp)

    @property
    def on_map(self) -> str:
        """Code of the area on the national map, which draws whole STPs as STPs."""
        return self.stp if self.whole else self.code

    @property
    def footprint(self) -> catalogue.Footprint:
        """The parent STP."""
        return catalogue.footprints()[self.stp]

    @property
    def extent(self) -> str:
        """``"Whole STP"`` or ``"Part of an STP"``."""
        return "Whole STP" if self.whole else "Part of an STP"


@kept.once
def areas() -> dict[str, Area]:
    """Return the ten areas by code: the systems in the order of the announcement, then the devolution areas."""
    by_code = {}
    marks = {"acs": iter("12345678"), "devolution": iter("AB")}
    for row in sources.read("acs_areas").itertuples():
        by_code[row.id] = Area(
            code=row.id,
            name=row.name,
            kind=row.kind,
            mark=next(marks[row.kind]),
            stp=row.stp17cd,
            whole=bool(row.whole_stp),
            ccgs=tuple(row.ccg17cds),
            focus=tuple(row.early_focus_ccg17cds),
            places=tuple(row.briefing_places),
            trusts=tuple(row.trusts),
            lead=text(row.lead),
            announced=row.announced,
            memorandum=row.mou,
            basis=row.membership_basis,
            source=" ; ".join(row.sources),
        )
    return by_code


def resolve(query: str) -> str | None:
    """Return the code of the area that someone names: its own name or code, or those of an STP that it is all of."""
    plain = slug(query)
    named = {slug(area.name): code for code, area in areas().items()} | {code: code for code in areas()}
    if plain in named:
        return named[plain]
    stp = catalogue.resolve("stp17", query)
    return next((code for code, area in areas().items() if area.whole and area.stp == stp), None)


def at(map_code: str | None) -> str | None:
    """Return the area that a code on the national map stands for; None for an STP without one."""
    return next((code for code, area in areas().items() if area.on_map == map_code), None)


@kept.once
def members(area: Area, layer: str) -> pd.DataFrame:
    """Return the areas of a layer that have residents inside, most residents first.

    Returns
    -------
    DataFrame
        By code: ``name``, ``residents`` (inside), ``outside`` (residents of
        the member who live outside), ``share_of_area`` and
        ``share_of_member`` (0 to 1).
    """
    own, code = area.place
    table = fit.overlaps(own, layer)
    table = table[table["a_code"] == code].sort_values(["weight", "b_code"], ascending=[False, True])
    whole = blocks.load().groupby(layer, observed=True)["population"].sum()
    return pd.DataFrame(
        {
            "name": table["b_name"].to_numpy(),
            "residents": table["weight"].to_numpy(),
            "outside": whole[table["b_code"]].to_numpy() - table["weight"].to_numpy(),
            "share_of_area": table["share_of_a"].to_numpy(),
            "share_of_member": table["share_of_b"].to_numpy(),
        },
        index=pd.Index(table["b_code"], name="code"),
    )


@kept.once
def population(area: Area) -> int:
    """Return the residents of an area."""
    return int(members(area, "ccg17")["residents"].sum())


@kept.once
def share_of_stp(area: Area) -> float:
    """Return the share of the parent STP's residents who live in the area, 0 to 1."""
    return float(members(area, "stp17")["share_of_member"][area.stp])


def fit_class(area: Area, tolerance: float = 0.0) -> str:
    """Return in words how an area fits councils, at a tolerance in per cent."""
    layer, code = area.place
    return fit.class_label(fit.areas(layer, "council17", "population", tolerance)["class"][code], "council17")


@kept.within(1)
def one_council(tolerance: float = TOLERANCE) -> str:
    """Return in a sentence how many of the areas have the boundary of one council, exactly and with a tolerance."""
    same = fit.class_label("same", "council17")
    exactly, about = (sum(fit_class(area, t) == same for area in areas().values()) for t in (0.0, tolerance))
    has = "has" if exactly < 2 else "have"
    does = "does" if about < 2 else "do"
    return (
        f"Of the {len(areas())} areas {exactly or 'none'} {has} exactly the boundary of one council; at {tolerance:g}% "
        f"tolerance {about or 'none'} {does}."
    )


@kept.once
def straddling(area: Area) -> pd.DataFrame:
    """Return the councils that have residents inside and outside, see `members`."""
    councils = members(area, "council17")
    return councils[councils["outside"] > 0]


@kept.once
def districts(area: Area) -> pd.DataFrame:
    """Return the districts of two-tier counties that have residents inside, see `members`; with ``council``."""
    table = members(area, "lad17")
    councils = sources.read("lad17").set_index("lad17cd")["council17cd"]
    table = table.assign(council=councils.reindex(table.index))
    # A council that is its own district has one elected body.
    return table[table["council"] != table.index]


def elected_districts(area: Area) -> dict[str, list[str]]:
    """Return by council the districts that have residents inside, in words, ``"Waverley (part)"``; none in one tier."""
    table = districts(area).sort_values("name")
    return {
        code: [
            name if not outside else f"{name} (part)"
            for name, outside in table.loc[table["council"] == code, ["name", "outside"]].itertuples(index=False)
        ]
        for code in members(area, "council17").index
    }


@kept.once
def ccg_table(area: Area) -> pd.DataFrame:
    """Return the member CCGs for reading; shares in per cent."""
    table = members(area, "ccg17")
    stp = members(area, "stp17")
    whole = stp["residents"][area.stp] / stp["share_of_member"][area.stp]
    frame = pd.DataFrame(
        {
            "CCG": table["name"],
            "Residents": table["residents"],
            "Share of the area, %": table["share_of_area"] * 100,
            "Share of the CCG, %": table["share_of_member"] * 100,
            "Share of the STP, %": table["residents"] / whole * 100,
        }
    )
    if area.focus:
        frame["Early focus"] = ["yes" if code in area.focus else "no" for code in table.index]
    return frame.assign(Code=table.index)


@kept.once
def council_table(area: Area) -> pd.DataFrame:
    """Return the councils with residents inside for reading: two-way shares and who is left out."""
    table = members(area, "council17")
    kinds = sources.read("council17").set_index("council17cd")["council_type"]
    elected = elected_districts(area)
    return pd.DataFrame(
        {
            "Council": table["name"],
            "Kind of council": kinds[table.index],
            "Residents inside": table["residents"],
            "Share of the area, %": table["share_of_area"] * 100,
            "Share of the council, %": table["share_of_member"] * 100,
            "Left out, residents": table["outside"],
            "District councils inside": [listed(elected[code]) or "none: one tier of council" for code in table.index],
            "Code": table.index,
        }
    )
