"""Join the fact tables: every LSOA with all that it belongs to, and the names of all areas."""

from collections.abc import Callable

import pandas as pd

from geo.blocks import EXACT, FRAGMENT, LAYERS, PIECE


def names(read: Callable[[str], pd.DataFrame], members: pd.DataFrame) -> pd.DataFrame:
    """Collect the names of all areas from the source tables.

    Parameters
    ----------
    read : callable
        Gives a source table by its name.
    members : DataFrame
        Columns ``piece``, ``fragment``, ``ccg17`` and ``lad17``. A piece is
        called after its CCG and its district, and so are its fragments.

    Returns
    -------
    DataFrame
        ``layer``, ``code`` and ``name``, sorted by layer and code.
    """
    later, today, acs = read("later_names"), read("today_names"), read("acs_areas")
    parts = []
    for item in LAYERS.values():
        if item.later:
            part = later[(later["year"] == item.year) & (later["layer"] == item.later)][["code", "name"]]
        elif item.named:
            part = today[today["layer"] == item.name][["code", "name"]]
        elif item.name == "acs17":
            part = acs[acs["kind"] == "acs"][["id", "name"]]
        else:
            part = read(item.name)[[f"{item.name}cd", f"{item.name}nm"]]
        parts.append(part.set_axis(["code", "name"], axis="columns").assign(layer=item.name))
    named = {part["layer"].iloc[0]: part.set_index("code")["name"] for part in parts}
    for unit in (PIECE, FRAGMENT):
        part = members[[unit, "ccg17", "lad17"]].drop_duplicates().astype("str")
        part["name"] = part["ccg17"].map(named["ccg17"]) + " in " + part["lad17"].map(named["lad17"])
        parts.append(part.rename(columns={unit: "code"}).assign(layer=unit))
    table = pd.concat(parts).sort_values(["layer", "code"], ignore_index=True)
    return table[["layer", "code", "name"]]


def blocks(
    lsoa: pd.DataFrame, ccg17: pd.DataFrame, lad17: pd.DataFrame, acs_areas: pd.DataFrame, lsoa_today: pd.DataFrame
) -> pd.DataFrame:
    """Join the source tables to one row an LSOA with every membership.

    Parameters
    ----------
    lsoa, ccg17, lad17, acs_areas, lsoa_today : DataFrame
        The source tables of those names.

    Returns
    -------
    DataFrame
        One row an LSOA, sorted by code: a column a layer, ``piece``,
        ``fragment``, ``pcon24_share``, the resident counts and the
        deprivation columns. LSOAs that agree in every layer of `EXACT` share
        a piece, so each of them is a union of whole pieces; those of a piece
        that agree in the other layers too share a fragment.
    """
    lsoa = lsoa.sort_values("lsoa11cd").reset_index(drop=True)
    acs = {code: area.id for area in acs_areas.itertuples() if area.kind == "acs" for code in area.ccg17cds}
    derived = {
        "stp17": lsoa["ccg17cd"].map(ccg17.set_index("ccg17cd")["stp17cd"]),
        "council17": lsoa["lad17cd"].map(lad17.set_index("lad17cd")["council17cd"]),
        "acs17": lsoa["ccg17cd"].map(acs),
    }
    # Both tables have one row an LSOA; what stands in both is the same.
    today = lsoa_today.set_index("lsoa11cd").loc[lsoa["lsoa11cd"]].reset_index(drop=True)
    held = {name: lsoa.get(layer.column, today.get(layer.column)) for name, layer in LAYERS.items() if layer.column}
    members = pd.DataFrame({name: derived.get(name, held.get(name)) for name in LAYERS})
    members[PIECE] = _numbered(members[list(EXACT)], "P", 3)
    cut = [name for name in LAYERS if name not in EXACT]
    members[FRAGMENT] = _numbered(members[[PIECE, *cut]], "F", 4)
    rest = [column for column in lsoa if column.startswith(("population", "imd2015"))]
    joined = pd.concat([lsoa[["lsoa11cd"]], members.astype("category"), today["pcon24_share"], lsoa[rest]], axis=1)
    return joined.astype(dict.fromkeys((c for c in rest if c != "imd2015_score"), "int32"))


def _numbered(members: pd.DataFrame, letter: str, digits: int) -> pd.Series:
    """Return the same name, of a letter and a number, for rows that agree in every column."""
    number = members.fillna("").groupby(list(members), sort=True).ngroup()
    return letter + (number + 1).astype(str).str.zfill(digits)
