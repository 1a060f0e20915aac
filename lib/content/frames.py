"""Tables of pandas as rows of a document."""

from collections.abc import Collection

import pandas as pd

from lib.content.blocks import Cell


def rows(table: pd.DataFrame, per_cent: Collection[str] = ()) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table as plain values, what is missing as None; the index is left out.

    Parameters
    ----------
    table : DataFrame
        Its columns in the order of the rows' cells.
    per_cent : collection of str
        Columns in per cent, which become fractions.
    """
    columns = [
        [None if pd.isna(cell) else cell / 100 if name in per_cent else cell for cell in table[name].tolist()]
        for name in table
    ]
    return tuple(zip(*columns, strict=True))
