"""The published partner list against the geography: which councils each STP lists, and who lives there."""

import pandas as pd

from geo import blocks, sources

COLUMNS = [
    *("stp_code", "stp_name", "tier", "code", "name", "status"),
    *("residents", "share_of_area", "share_of_stp", "residents_not_listed"),
]


def councils() -> pd.DataFrame:
    """Compare the councils of the partner list with the LSOAs of the STPs, see `compare`."""
    partners = sources.read("stp_partners")
    listed = partners[partners["partner_type"] == "council"]
    names = pd.concat([blocks.names("lad17"), blocks.names("council17")])
    table = blocks.load()[["stp17", "council17", "lad17", "population"]]
    return compare(
        set(zip(listed["stp17cd"], listed["ons_code"], strict=True)),
        table.astype({"stp17": "str", "council17": "str", "lad17": "str"}),
        blocks.names("stp17").to_dict() | names.to_dict(),
    )


def compare(listed: set[tuple[str, str]], members: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Compare lists of councils with who lives where.

    The list names upper-tier councils and, for some STPs only, districts of
    counties besides. A listed council stands for all its districts: a
    district of a listed county need not be listed itself. A listed district
    is evidence for that district alone: it does not stand for its county.

    Parameters
    ----------
    listed : set of (str, str)
        STP code and code of a council or of a district of a county.
    members : DataFrame
        One row an LSOA: ``stp17``, ``council17``, ``lad17``, ``population``.
    names : dict
        Name by code of STPs, councils and districts.

    Returns
    -------
    DataFrame
        `COLUMNS`, sorted by STP, tier and code. One row for each STP and
        council (``tier`` council) that the list or an LSOA brings together,
        and one for each district of a county (``tier`` district) that the
        STP lists, or has residents in while it lists another district of the
        same county. ``residents`` live in both the STP and the area,
        ``residents_not_listed`` are those of them that no entry stands for;
        the shares, 0 to 1, are of all residents of the area and of the STP.
        Do not add up the two tiers. ``status`` is one of

        - ``agreed``: listed and inhabited; for a county that is not listed,
          all its residents there live in listed districts,
        - ``covered_by_county``: a district with residents there, not listed
          itself though a sister district is; its county is listed,
        - ``inside_only``: residents that no entry stands for,
        - ``listed_only``: listed, but nobody there lives in the STP.
    """
    parts = members.groupby(["stp17", "council17", "lad17"])["population"].sum().reset_index()
    county = dict(zip(members["lad17"], members["council17"], strict=True))
    of_county = {code for code, council in county.items() if code != council}
    naming = {(stp, county[code]) for stp, code in listed if code in of_county}
    pairs = list(zip(parts["stp17"], parts["council17"], strict=True))
    named = [pair in listed for pair in zip(parts["stp17"], parts["lad17"], strict=True)]
    covered = pd.Series([pair in listed for pair in pairs]) | pd.Series(named)
    parts["residents_not_listed"] = parts["population"].where(~covered, 0)

    # A district that is its own council has its row among the councils.
    own_row = parts["lad17"].isin(of_county) & pd.Series([pair in naming for pair in pairs])
    upper = _sums(parts, "council17").assign(tier="council")
    lower = _sums(parts[own_row], "lad17").assign(tier="district")
    table = pd.concat([upper, lower], ignore_index=True)
    # What the list brings together and no LSOA does.
    absent = sorted(listed - set(zip(table["stp17"], table["code"], strict=True)))
    missing = pd.DataFrame(absent, columns=["stp17", "code"]).assign(population=0, residents_not_listed=0)
    missing["tier"] = ["district" if code in of_county else "council" for code in missing["code"]]
    table = pd.concat([table, missing], ignore_index=True) if absent else table

    whole = pd.concat([members.groupby(layer)["population"].sum() for layer in ("council17", "lad17")])
    whole = whole[~whole.index.duplicated()]
    result = pd.DataFrame(
        {
            "stp_code": table["stp17"],
            "stp_name": table["stp17"].map(names),
            "tier": table["tier"],
            "code": table["code"],
            "name": table["code"].map(names),
            "status": [
                _status(row.population, row.residents_not_listed, row.tier, (row.stp17, row.code) in listed)
                for row in table.itertuples()
            ],
            "residents": table["population"],
            "share_of_area": table["population"] / table["code"].map(whole),
            "share_of_stp": table["population"] / table["stp17"].map(members.groupby("stp17")["population"].sum()),
            "residents_not_listed": table["residents_not_listed"],
        }
    )
    return result[COLUMNS].sort_values(["stp_code", "tier", "code"], ignore_index=True)


def _sums(parts: pd.DataFrame, column: str) -> pd.DataFrame:
    sums = parts.groupby(["stp17", column])[["population", "residents_not_listed"]].sum()
    return sums.reset_index().rename(columns={column: "code"})


def _status(population: int, not_listed: int, tier: str, named: bool) -> str:
    if not population:
        return "listed_only"
    if not_listed:
        return "inside_only"
    return "agreed" if tier == "council" or named else "covered_by_county"
