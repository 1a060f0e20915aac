"""Published totals beside ours, with the reason for the difference."""

from dataclasses import dataclass

from geo import kept
from lib import catalogue, measures
from lib.catalogue import LEAD_TYPES, PUBLISHED_LEADS, PUBLISHED_RATINGS, RATINGS
from lib.content.blocks import Block, Column, Section, Table


def published(measure: str) -> tuple[Block, ...]:
    """Return the published totals of a measure of the map beside ours; nothing where none were published."""
    totals = reconciliation(measure)
    if totals is None:
        return ()
    columns = (
        Column("class", measures.MEASURES[measure].title),
        Column("published", "National total", "count"),
        Column("here", "Here", note="Counted from the facts of this site."),
    )
    title = "National totals and ours"
    table = Table("published-totals", title, columns, totals.rows, caption=totals.reason)
    return (Section(title, (table,), "totals"),)


@dataclass(frozen=True)
class Reconciliation:
    """Published totals beside ours, and why they differ."""

    rows: tuple[tuple[str, int, str], ...]
    reason: str


@kept.once
def reconciliation(key: str) -> Reconciliation | None:
    """Hold the counts of a measure against the published ones.

    Returns
    -------
    Reconciliation or None
        Rows of label, published total and ours in words; None where nothing
        was published to hold them against.
    """
    if key not in ("rating", "lead"):
        return None
    counts = catalogue.stp_table()[key].value_counts()
    if key == "rating":
        rows = []
        for name, label in RATINGS.items():
            stated, inferred = counts.get(f"{name}:published", 0), counts.get(f"{name}:inferred", 0)
            ours = f"{stated} published" + (f", {inferred} inferred" if inferred else "")
            rows.append((label, PUBLISHED_RATINGS[name], ours))
        missing = counts.get("not_established", 0)
        reason = (
            "Published: NHS England, 21 July 2017, as Public Finance, LGC and NHS Providers report it; "
            f"{catalogue.other_totals()}. "
            f"For {missing} areas no page that gives the rating was found. "
            "Because outstanding and needs most improvement are complete, these are advanced or making progress."
        )
        return Reconciliation(tuple(rows), reason)
    rows = [(label, PUBLISHED_LEADS[name], str(counts.get(name, 0))) for name, label in LEAD_TYPES.items()]
    reason = (
        "Published: NHS Providers, December 2017. Where ours differ: several of our sources speak for "
        "2016 or 2019, and leads changed between; the page that was counted is no longer available."
    )
    return Reconciliation(tuple(rows), reason)
