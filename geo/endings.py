"""On which day areas of the lookups began and ended, as far as a table gives the day."""

from datetime import date, timedelta

from geo import blocks, ccg_mergers, kept, sources, vintages

_TAKEN_OVER = "icb22"


def day_before(day: str) -> str:
    """Return the day before another, both ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@kept.once
def _boards() -> dict[str, dict[str, str]]:
    """Return first and last days of ICBs as ``today_names`` has them, by code."""
    table = sources.read("today_names").fillna("")
    table = table[table["layer"].isin((_TAKEN_OVER, *vintages.TODAY))]
    return {row.code: {"start": row.start, "end": row.end} for row in table.itertuples()}


def first_day(code: str) -> str:
    """Return the first day of an ICB, ISO 8601; empty where no table has it."""
    return _boards().get(code, {}).get("start", "")


@kept.once
def _merged() -> dict[str, str]:
    """Return the last days of CCGs that merged, by code."""
    return {
        code: day_before(merger.date) for merger in ccg_mergers.mergers() if merger.agrees for code in merger.members
    }


@kept.within(1)
def last_day(layer: str, code: str) -> str:
    """Return the last day of an STP, a CCG or an ICB.

    Parameters
    ----------
    layer : str
        The last vintage that has the area.
    code : str
        Of the area.

    Returns
    -------
    str
        ISO 8601. Empty where the area goes on, or where no table gives the
        day: what ended between two lookups without being in the list of
        mergers of CCGs.
    """
    if blocks.layer(layer).one == "ICB":
        return _boards().get(code, {}).get("end", "")
    if layer in (vintages.STPS[-2], vintages.CCGS[-2]):
        # What was there last ended when the first ICBs began.
        return day_before(min(first_day(board) for board in vintages.totals(_TAKEN_OVER).index if first_day(board)))
    return _merged().get(code, "")
