"""What can be chosen on a page, as data: boxes of the live page and fields of the form behind a link alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class ChooseOne:
    """One of some values of a view.

    Attributes
    ----------
    field : str
        Field of the view.
    label : str
        Words above the box.
    options : mapping
        Values and their words.
    placeholder : str
        Words in the empty box; with one, no choice is a choice.
    width : int
        Pixels.
    folded : bool
        Whether it is used seldom, and so lies behind "More choices".
    adopt : callable or None
        View and chosen value to the new view, where more than one field changes.
    groups : mapping of str to tuple or None
        Values by the name of their group, for long lists of different kinds.
    """

    field: str
    label: str
    options: Mapping[Any, str]
    placeholder: str = ""
    width: int = 220
    folded: bool = False
    adopt: Callable[[Any, Any], Any] | None = None
    groups: Mapping[str, tuple[Any, ...]] | None = None

    def chosen(self, view: Any, value: Any) -> Any:
        """Return the view with a value chosen."""
        return self.adopt(view, value) if self.adopt else replace(view, **{self.field: value})


@dataclass(frozen=True)
class ChooseSome:
    """Any of some values of a view, for filters; nothing chosen means that everything passes.

    Attributes are those of `ChooseOne`; the placeholder says what the empty box means.
    """

    field: str
    label: str
    options: Mapping[str, str]
    placeholder: str
    width: int = 220
    folded: bool = False
    groups: Mapping[str, tuple[str, ...]] | None = None

    def chosen(self, view: Any, values: list[str]) -> Any:
        """Return the view with values chosen, in the order of the options."""
        return replace(view, **{self.field: tuple(option for option in self.options if option in values)})


@dataclass(frozen=True)
class ChooseNumber:
    """A number of a view, from `least` to `most` in steps, written with its unit."""

    field: str
    label: str
    most: float
    step: float
    unit: str = ""
    least: float = 0.0
    width: int = 260
    folded: bool = False

    def chosen(self, view: Any, value: float) -> Any:
        """Return the view with a number chosen."""
        return replace(view, **{self.field: value})


@dataclass(frozen=True)
class EnterText:
    """Words of a view that a reader types; nothing typed is no choice.

    Attributes
    ----------
    field, label, placeholder, width, folded
        As for `ChooseOne`.
    longest : int
        Letters that the box takes.
    lines : int
        Lines of the box; with several it takes line ends.
    """

    field: str
    label: str
    placeholder: str = ""
    longest: int = 60
    width: int = 220
    folded: bool = False
    lines: int = 1

    def chosen(self, view: Any, text: str) -> Any:
        """Return the view with what was typed, as it was typed: reading the link says whether it is understood."""
        return replace(view, **{self.field: text.strip() or None})


Control = ChooseOne | ChooseSome | ChooseNumber | EnterText


def more(view: Any, folded: Iterable[Control]) -> str:
    """Return the words for controls that are folded away, with how many of them say something."""
    usual = type(view)()
    number = sum(getattr(view, control.field) != getattr(usual, control.field) for control in folded)
    return f"More choices ({number})" if number else "More choices"
