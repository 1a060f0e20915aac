"""The eight accountable care systems (ACSs) of June 2017 and the two devolution areas: members and numbers.

An area is a grouping of CCGs. All shares come from the overlap tables, so an
area that is part of an STP is measured in the same way as a whole one.
"""

from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, sources
from geo.overlap import overlap
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
    table = overlap(own, layer)
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


@dataclass(frozen=True)
class Member:
    """An area of some layer that has residents inside, see `members`."""

    code: str
    name: str
    residents: int
    outside: int
    share_of_area: float
    share_of_member: float


@kept.once
def member_rows(area: Area, layer: str) -> tuple[Member, ...]:
    """Return the rows of `members`."""
    table = members(area, layer)
    columns = (table[name].tolist() for name in table)
    return tuple(Member(*row) for row in zip(table.index, *columns, strict=True))


@kept.once
def population(area: Area) -> int:
    """Return the residents of an area."""
    return sum(ccg.residents for ccg in member_rows(area, "ccg17"))


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


def straddling(area: Area) -> tuple[Member, ...]:
    """Return the councils that have residents inside and outside, most residents inside first."""
    return tuple(council for council in member_rows(area, "council17") if council.outside)


@kept.once
def elected_districts(area: Area) -> dict[str, list[str]]:
    """Return by council the districts that have residents inside, in words, ``"Waverley (part)"``; none in one tier."""
    by_council: dict[str, list[str]] = {council.code: [] for council in member_rows(area, "council17")}
    for district in sorted(member_rows(area, "lad17"), key=lambda one: one.name):
        council = _council_of_district()[district.code]
        # A council that is its own district has one elected body.
        if council != district.code:
            by_council[council].append(f"{district.name} (part)" if district.outside else district.name)
    return by_council


@kept.once
def _council_of_district() -> dict[str, str]:
    return sources.read("lad17").set_index("lad17cd")["council17cd"].to_dict()


@kept.once
def council_kinds() -> dict[str, str]:
    """Return the kind of each council, by code."""
    return sources.read("council17").set_index("council17cd")["council_type"].to_dict()


@kept.once
def ccgs_of_stps() -> dict[str, list[tuple[str, str, int, float]]]:
    """Return by STP the CCGs that have residents there, most first: code, name, these and their share of the STP's."""
    table = overlap("stp17", "ccg17").sort_values("weight", ascending=False, kind="stable")
    by_stp: dict[str, list[tuple[str, str, int, float]]] = {}
    columns = (table[name].tolist() for name in ("a_code", "b_code", "b_name", "weight", "share_of_a"))
    for stp, *ccg in zip(*columns, strict=True):
        by_stp.setdefault(stp, []).append(tuple(ccg))
    return by_stp


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
    kinds, elected = council_kinds(), elected_districts(area)
    return pd.DataFrame(
        {
            "Council": table["name"],
            "Kind of council": [kinds[code] for code in table.index],
            "Residents inside": table["residents"],
            "Share of the area, %": table["share_of_area"] * 100,
            "Share of the council, %": table["share_of_member"] * 100,
            "Left out, residents": table["outside"],
            "District councils inside": [listed(elected[code]) or "none: one tier of council" for code in table.index],
            "Code": table.index,
        }
    )
