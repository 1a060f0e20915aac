"""Tables of pandas as rows of a document."""

import pandas as pd

from lib.content.blocks import Cell


def rows(table: pd.DataFrame) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table as plain values, what is missing as None; the index is left out."""
    columns = [table[name].tolist() for name in table]
    return tuple(tuple(None if pd.isna(cell) else cell for cell in row) for row in zip(*columns, strict=True))
