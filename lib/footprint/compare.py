"""Two things side by side: one table, whatever is compared."""

from collections.abc import Mapping

import pandas as pd

MISSING = "–"


def compared(rows_a: Mapping[str, str], rows_b: Mapping[str, str], name_a: str, name_b: str) -> pd.DataFrame:
    """Put the facts of two things into one table.

    Parameters
    ----------
    rows_a, rows_b : mapping of str to str
        What each thing is described by, and its value in words.
    name_a, name_b : str
        What the two are called; different from each other.

    Returns
    -------
    DataFrame
        ``Compared by``, a column for each thing, and ``Same`` (yes or no).
        Rows in the order of the first, then those that only the second has;
        what one of them lacks is `MISSING`.
    """
    names = list(dict.fromkeys([*rows_a, *rows_b]))
    first, second = ([rows.get(name, MISSING) for name in names] for rows in (rows_a, rows_b))
    same = ["yes" if a == b else "no" for a, b in zip(first, second, strict=True)]
    return pd.DataFrame({"Compared by": names, name_a: first, name_b: second, "Same": same})
