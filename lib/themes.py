"""Areas put into classes with colours and labels: what a map and its legend draw."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lib.text import counted, small

GAP_FILL, GAP_INK = "#eceff0", "#231f20"
# Colour of the stripes, and the angle that a style sheet gives them.
HATCH_SWATCHES = {"inferred": ("#ffffffaa", "135deg"), "gap": ("#9aa5ab", "45deg")}


@dataclass(frozen=True)
class Category:
    """One entry of a legend.

    Attributes
    ----------
    key : str
        Value in the table, or number of the class.
    label : str
        Words for the legend.
    fill, ink : str
        Colour of the area and of the label on it.
    mark : str
        Label on the map; empty where each area carries its own value.
    hatch : str
        ``"inferred"``, ``"gap"`` or empty: the stripes over the fill.
    """

    key: str
    label: str
    fill: str
    ink: str
    mark: str = ""
    hatch: str = ""


@dataclass(frozen=True)
class Theme:
    """The areas of a layer in the classes of something.

    Attributes
    ----------
    layer : str
        Layer that the map draws.
    title : str
        What the colours show.
    many : str
        What the areas are called, for the legend.
    categories : tuple of Category
        In the order of the legend.
    names, keys, marks, values : mapping of str to str
        By code: name, key of the category, label on the map, value in words.
    """

    layer: str
    title: str
    many: str
    categories: tuple[Category, ...]
    names: Mapping[str, str]
    keys: Mapping[str, str]
    marks: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True)
class LegendEntry:
    """A class with the number of areas in it, how many of them pass the filters, and the total that was published."""

    category: Category
    count: int
    shown: int
    total: int | None = None


def legend(theme: Theme, passing: Collection[str]) -> list[LegendEntry]:
    """Return the classes of a theme with counts of all areas and of those that pass the filters."""
    counts, shown = Counter(theme.keys.values()), Counter(map(theme.keys.get, set(passing)))
    return [LegendEntry(category, counts[category.key], shown[category.key]) for category in theme.categories]


def described(theme: Theme, codes: Collection[str]) -> str:
    """Return in words what a map shows, for readers who do not see it.

    The chosen area is not named: a chart with other words is another chart,
    which would lose its zoom on every click. The panel beside it names it.
    """
    parts = [f"{entry.category.label}: {entry.shown}" for entry in legend(theme, codes) if entry.shown]
    title = small(theme.title)
    words = f"Map of England's {len(theme.keys)} {theme.many} coloured by {title}. {'; '.join(parts)}."
    if len(codes) < len(theme.keys):
        words += f" {counted(len(codes), 'area')} of {len(theme.keys)} pass the filters."
    return words + " The table below the map lists all values."
