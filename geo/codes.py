"""What a code of an STP, ICB or CCG meant in each year, and what came before and after.

Codes of the E54 series were given to STPs from 2016 on and handed on to ICBs
in 2022, so that a code says what it means only together with a year.
"""

import difflib
import re
from dataclasses import dataclass

import pandas as pd

from geo import blocks, ccg_mergers, kept, sources, vintages

CODES_OF_2016 = {
    "E54000001": "E54000046",
    "E54000002": "E54000047",
    "E54000003": "E54000045",
    "E54000004": "E54000048",
}
"""STP codes of 2016 and those that replaced them in the lookup of April 2017."""
YEARS = (2016, *(blocks.layer(name).year for name in vintages.SERIES["stp"]))
LAYERS = tuple(dict.fromkeys((*vintages.SERIES["stp"], *vintages.SERIES["ccg"])))
_FORM = re.compile(r"E(38|54)[0-9]{6}")
_LIKE, _MOST_NEAR, _LONGEST = 0.75, 3, 15


@dataclass(frozen=True)
class Meaning:
    """What a code meant in one year.

    Attributes
    ----------
    layer, code, name : str
        The area.
    residents, lsoas : int
        What it holds.
    """

    layer: str
    code: str
    name: str
    residents: int
    lsoas: int

    @property
    def year(self) -> int:
        """The vintage."""
        return blocks.layer(self.layer).year

    @property
    def kind(self) -> str:
        """What the area was: STP, ICB or CCG."""
        return blocks.layer(self.layer).one


@dataclass(frozen=True)
class Found:
    """What was found under something that someone typed.

    Attributes
    ----------
    typed : str
        Without spaces, in capital letters.
    code : str or None
        ONS code that it leads to.
    how : str
        ``code``, ``2016`` (a code that was replaced), ``ods``, ``before``
        (ODS code of a CCG that merged before the first vintage), or empty.
    meanings : tuple of Meaning
        In the order of time.
    near : tuple of str
        Codes that look alike, where nothing was found.
    """

    typed: str
    code: str | None = None
    how: str = ""
    meanings: tuple[Meaning, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def well_formed(self) -> bool:
        """Whether it has the form of a code of an STP, ICB or CCG."""
        return bool(_FORM.fullmatch(self.typed))


def find(text: str) -> Found:
    """Return what a code means: an ONS code (E38 or E54), one of 2016, or an ODS code.

    Parameters
    ----------
    text : str
        As typed: small letters and spaces do not matter.
    """
    typed = re.sub(r"[\s-]+", "", text).upper()
    for how, code in (
        ("code", typed if typed in known() else None),
        ("2016", CODES_OF_2016.get(typed)),
        ("ods", ods_codes().get(typed)),
        ("before", _merged_before().get(typed)),
    ):
        if code:
            return Found(typed, code, how, known()[code])
    return Found(typed, near=_near(typed))


def _near(typed: str) -> tuple[str, ...]:
    """Return the known codes that look most like what was typed; a code with a nought too few or too many first."""
    if len(typed) > _LONGEST:
        return ()
    everything = [*known(), *CODES_OF_2016, *ods_codes()]
    alike = {code: difflib.SequenceMatcher(None, typed, code).ratio() for code in everything}
    if short := re.fullmatch(r"(E38|E54)0*([0-9]{1,6})", typed):
        alike |= {code: 1.0 for code in alike if code == short[1] + short[2].zfill(6)}
    close = [code for code, likeness in alike.items() if likeness >= _LIKE]
    return tuple(sorted(close, key=lambda code: (-alike[code], code))[:_MOST_NEAR])


@kept.once
def known() -> dict[str, tuple[Meaning, ...]]:
    """Return every code with what it meant, in the order of time."""
    meanings: dict[str, list[Meaning]] = {}
    for layer in sorted(LAYERS, key=lambda name: blocks.layer(name).year):
        for row in vintages.totals(layer).itertuples():
            meaning = Meaning(layer, row.Index, row.name, int(row.residents), int(row.lsoas))
            meanings.setdefault(row.Index, []).append(meaning)
    return {code: tuple(meanings[code]) for code in sorted(meanings)}


@kept.once
def ods_codes() -> dict[str, str]:
    """Return ONS codes by ODS code: STPs and CCGs of 2017, CCGs that later mergers made, and ICBs with new ODS codes.

    No table gives the ONS codes of merged CCGs. They are told by the LSOAs:
    the CCG to which the main parts of all that the list of mergers names came.
    An ICB that took over an STP's ODS code is found under the STP.
    """
    stps, ccgs = sources.read("stp17"), sources.read("ccg17")
    by_ods = dict(zip(stps["ods_code"], stps["stp17cd"], strict=True))
    by_ods |= dict(zip(ccgs["ccg17cdh"], ccgs["ccg17cd"], strict=True))
    by_ods |= {merger.ods_code: merger.code for merger in ccg_mergers.mergers() if merger.code}
    boards = sources.read("today_names").loc[lambda table: table["layer"] == vintages.TODAY[-1]]
    return dict(zip(boards["ods_code"], boards["code"], strict=True)) | by_ods


@kept.once
def _merged_before() -> dict[str, str]:
    """Return the ONS codes of the CCGs into which those merged that the vintages no longer know, by ODS code."""
    return {
        code: ods_codes()[merger.ods_code]
        for merger in ccg_mergers.mergers()
        if not merger.code and merger.ods_code in ods_codes()
        for code in merger.listed
    }


def trace(meaning: Meaning) -> pd.DataFrame:
    """Return where the LSOAs of an area belonged in every vintage of its series.

    Returns
    -------
    DataFrame
        In the order of time, the largest part first: ``year``, ``kind``
        (STP, ICB, CCG), ``code``, ``name``, ``residents`` and ``lsoas`` of
        the part, ``share_of_area`` (of the area asked for) and
        ``share_of_other`` (of the area of that year; both of residents, 0 to
        1).
    """
    series = vintages.SERIES["ccg" if blocks.layer(meaning.layer).one == "CCG" else "stp"]
    parts = []
    for layer in series:
        part = vintages.flows(meaning.layer, layer).loc[lambda table: table["a_code"] == meaning.code]
        part = part.sort_values(["residents", "b_code"], ascending=[False, True])
        parts.append(part.assign(year=blocks.layer(layer).year, kind=blocks.layer(layer).one))
    names = {"b_code": "code", "b_name": "name", "share_of_a": "share_of_area", "share_of_b": "share_of_other"}
    columns = ["year", "kind", "code", "name", "residents", "lsoas", "share_of_area", "share_of_other"]
    return pd.concat(parts).rename(columns=names)[columns].reset_index(drop=True)
