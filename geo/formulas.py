"""Text of strangers in CSV files: what a spreadsheet would take for a formula is made safe."""

# The wide forms are read like the narrow ones in some languages.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def made_safe(cell: object) -> object:
    """Return a cell of a CSV file; text that a spreadsheet would take for a formula begins with an apostrophe."""
    if not isinstance(cell, str):
        return cell
    # Left alone, a bare carriage return would end the row: the writer quotes line feeds only.
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
