"""Files that show readers the shape of what can be read."""

import pandas as pd

from geo import blocks, kept
from lib import catalogue, tables

_EXAMPLE = ("E54000015", "E54000016", "E54000022", "E54000030")


@kept.once
def template(layer: str) -> bytes:
    """Return a CSV of all codes and names of a layer with an empty column for values."""
    names = blocks.names(layer)
    return tables.csv(pd.DataFrame({"code": names.index, "name": names, "value": ""}))


@kept.once
def example() -> bytes:
    """Return a CSV that works: the 44 STPs with their residents, in two columns of values."""
    table = catalogue.stp_table()
    frame = pd.DataFrame(
        {
            "STP": table.index,
            "Name": table["name"],
            "Residents, mid-2017": table["population"],
            "Aged 65+, %": (table["share_65_plus"] * 100).round(1),
        }
    )
    return tables.csv(frame)


def small() -> pd.DataFrame:
    """Return a few rows of a table that can be read, with a value that is missing."""
    names = blocks.names("stp17")
    frame = pd.DataFrame({"code": _EXAMPLE, "name": [names[code] for code in _EXAMPLE]})
    frame["value"] = ["1,234", "12.5", "n/a", "(45)"]
    frame["how it is read"] = ["1234", "12.5", "missing: a gap on the map", "−45"]
    return frame
