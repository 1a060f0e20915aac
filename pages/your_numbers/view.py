"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass, replace

from lib import fit
from lib.own_numbers import keys, row_kinds, table
from lib.parameters import holds, named, number, one_of, unless, whole
from lib.shared_parameters import LAYER_ALIASES
from lib.text import quoted

_COLUMN = named(
    lambda letters: None if (place := table.place(letters)) is None else table.letter(place),
    f"the letter of a column, A to {table.letter(table.MOST_COLUMNS - 1)}",
)
_WORDS = {"lsoa": row_kinds.LSOA, "constituency": "pcon24", "board": "icb26"}
_KINDS = one_of((keys.AUTO, *row_kinds.KINDS), {**LAYER_ALIASES, **_WORDS})


@dataclass(frozen=True)
class YourNumbersView:
    """How a reader's own table is read and shown: the table itself is in no link.

    What is ``auto`` or none follows from the table. The layer is what its rows
    are of, and `to` the layer that they are added up to. Sheet 1 is the first that
    can be seen and names areas, 0 the very first, 2 the second; row 0 of
    headings is a table without any. Put together are counts of rows that are
    exactly one area between them.
    """

    layer: str = holds(_KINDS, "auto")
    sheet: float = holds(number(0, table.MOST_SHEETS), 1.0)
    head: int | None = holds(unless(keys.AUTO, whole(0, table.MOST_LINES)), None)
    key: str | None = holds(_COLUMN, None)
    values: str | None = holds(_COLUMN, None)
    together: str = holds(one_of(("no", "yes")), "no")
    to: str = holds(one_of((keys.AUTO, *fit.LAYERS), LAYER_ALIASES), "auto")
    weigh: str | None = holds(_COLUMN, None)
    partner: str = holds(one_of((keys.AUTO, *fit.LAYERS), LAYER_ALIASES), "auto")
    tolerance: float = holds(number(0, fit.MOST_TOLERANCE), 0.0)
    area: str | None = holds(
        named(
            row_kinds.anywhere,
            "the code or name of an STP, CCG, council or district of April 2017",
            keys.of_another_year,
        ),
        None,
    )

    def settled(self) -> tuple["YourNumbersView", list[str]]:
        """Return the view without choices that make no sense, and what was dropped."""
        view, notices = self, []
        if view.partner != keys.AUTO and view.partner == view.shown:
            many = row_kinds.many(view.shown)
            notices.append(f"`partner`: the {many} are held against themselves; another kind of area is taken instead.")
            view = replace(view, partner=keys.AUTO)
        if view.key and view.key == view.values:
            notices.append(f"`values`: {quoted(view.key)} is the column with the areas; another one is shown.")
            view = replace(view, values=None)
        if view.weigh and view.weigh in (view.key, view.values):
            notices.append(f"`weigh`: {quoted(view.weigh)} is the column with the areas or the numbers; none is taken.")
            view = replace(view, weigh=None)
        return replace(view, sheet=float(round(view.sheet))), notices

    @property
    def shown(self) -> str:
        """The layer whose areas are shown, as far as the link says it; otherwise ``auto``."""
        if self.to != keys.AUTO or self.layer == keys.AUTO:
            return self.to
        return row_kinds.usual(self.layer)


def cited(view: YourNumbersView) -> str:
    """Return a view in words; the reader's own file is in no link."""
    many = "areas" if view.shown == keys.AUTO else row_kinds.many(view.shown)
    description = f"a reader's own numbers by {many}"
    if view.area:
        description += f"; chosen: {row_kinds.name_of(view.area, view.shown)}"
    return f"{description}; the file is the reader's and not in the link"
