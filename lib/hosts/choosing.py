"""The choices of a page as a form that needs no script, and the view that its answer asks for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from lib import links
from lib.content.controls import ChooseNumber, ChooseOne, ChooseSome, Control, EnterText, more
from lib.content.markup import attributes, escape
from lib.content.page import Page

ASKED = "form"
"""The parameter with the view that a form was filled in on: what is not in the form stays as it was there."""

MOST_OPEN = 8
"""Options that are all in sight; more of them lie in a list that opens."""


def form(page: Page, view: Any) -> str:
    """Return the form of a view as HTML, with the boxes that are used seldom folded away; empty without any box."""
    controls = page.controls(view)
    if not controls:
        return ""
    boxes = _boxes(view, (control for control in controls if not control.folded)) + _folded(view, controls)
    # A browser sends a form to where its page is, whatever stands in front of the app.
    return (
        f"<form class=fp-choose method=get>{_asked(view)}<div class=fp-boxes>{boxes}<button>Show</button></div></form>"
    )


def folded(page: Page, view: Any) -> str:
    """Return a form of only the boxes that are used seldom, which stands beside the boxes of the live page."""
    controls = page.controls(view)
    if not any(control.folded for control in controls):
        return ""
    # Of several choices none would mean that they were taken back.
    rest = "".join(
        f"<input{attributes(type='hidden', name=control.field, value=value)}>"
        for control in controls
        if isinstance(control, ChooseSome) and not control.folded
        for value in getattr(view, control.field)
    )
    return f"<form class=fp-choose method=get>{_asked(view)}{rest}{_folded(view, controls)}</form>"


def _asked(view: Any) -> str:
    return f"<input{attributes(type='hidden', name=ASKED, value=urlencode(links.query(view), safe=',:'))}>"


def _folded(view: Any, controls: Iterable[Control]) -> str:
    seldom = [control for control in controls if control.folded]
    if not seldom:
        return ""
    words = escape(more(view, seldom))
    return f"<details class=fp-more><summary>{words}</summary><div>{_boxes(view, seldom)}</div></details>"


def _boxes(view: Any, controls: Iterable[Control]) -> str:
    return "".join(_box(view, control) for control in controls)


def _box(view: Any, control: Control) -> str:
    match control:
        case ChooseOne():
            return _one(view, control)
        case ChooseSome():
            return _some(view, control)
        case ChooseNumber():
            return _number(view, control)
        case EnterText():
            return _text(view, control)


def _labelled(control: Control, box: str, tag: str = "label") -> str:
    style = attributes(class_="fp-box", style=f"width:{control.width:d}px")
    return f"<{tag}{style}><span>{escape(control.label)}</span>{box}</{tag}>"


def _groups(control: ChooseOne | ChooseSome) -> Iterator[tuple[str, Mapping[Any, str]]]:
    """Return the options of a box by group; all under no name where there are none."""
    if not control.groups:
        yield "", control.options
        return
    for group, values in control.groups.items():
        yield group, {value: control.options[value] for value in values}


def _options(options: Mapping[Any, str], chosen: Any) -> str:
    return "".join(
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in options.items()
    )


def _one(view: Any, control: ChooseOne) -> str:
    chosen = getattr(view, control.field)
    empty = f'<option value="">{escape(control.placeholder)}</option>' if control.placeholder else ""
    options = ""
    for group, of_group in _groups(control):
        some = _options(of_group, chosen)
        options += f"<optgroup{attributes(label=group)}>{some}</optgroup>" if group else some
    return _labelled(control, f"<select{_name(control)}>{empty}{options}</select>")


def _some(view: Any, control: ChooseSome) -> str:
    chosen, name = getattr(view, control.field), _name(control)
    items = ""
    for heading, of_group in _groups(control):
        items += f"<b>{escape(heading)}</b>" if heading else ""
        items += "".join(
            f'<label><input type="checkbox"{" checked" if value in chosen else ""} value="{escape(value)}"{name}> '
            f"{escape(words)}</label>"
            for value, words in of_group.items()
        )
    if len(control.options) <= MOST_OPEN:
        legend = f"<legend>{escape(control.label)}</legend>"
        return f"<fieldset{attributes(class_='fp-box', style=f'width:{control.width:d}px')}>{legend}{items}</fieldset>"
    label = f"{len(chosen)} chosen" if chosen else control.placeholder
    group = attributes(role="group", aria_label=control.label)
    return _labelled(control, f"<details><summary>{escape(label)}</summary><div{group}>{items}</div></details>", "div")


def _number(view: Any, control: ChooseNumber) -> str:
    value = f"{getattr(view, control.field):g}"
    limits = attributes(type="number", min=f"{control.least:g}", max=f"{control.most:g}", step=f"{control.step:g}")
    return _labelled(control, f"<input{limits}{attributes(value=value)}{_name(control)}>")


def _text(view: Any, control: EnterText) -> str:
    limits = attributes(maxlength=str(control.longest), placeholder=control.placeholder)
    value = getattr(view, control.field) or ""
    if control.lines > 1:
        rows = attributes(rows=str(control.lines))
        # A browser leaves out the line end behind the tag, whatever follows it.
        return _labelled(control, f"<textarea{limits}{rows}{_name(control)}>\n{escape(value)}</textarea>")
    return _labelled(control, f"<input{limits}{attributes(value=value)}{_name(control)}>")


def _name(control: Control) -> str:
    return attributes(name=control.field)


def answered(page: Page, query: Mapping[str, list[str]]) -> Any | None:
    """Return the view that a form which was filled in asks for; None if the query is that of a link.

    Each box that says something else than on the page it stood on changes the view as a box of the live page does;
    what is no choice changes nothing.
    """
    if ASKED not in query:
        return None
    view, _ = links.parse(page.view, parse_qs(query[ASKED][-1], keep_blank_values=True))
    for control in page.controls(view):
        view = _answer(view, control, query.get(control.field, []))
    return view


def _answer(view: Any, control: Control, values: list[str]) -> Any:
    """Return the view with what one box says."""
    before = getattr(view, control.field)
    if isinstance(control, ChooseSome):
        some = [option for option in control.options if option in values]
        return view if tuple(some) == tuple(before) else control.chosen(view, some)
    if not values:
        return view
    last = values[-1]
    match control:
        case ChooseOne():
            options: dict[str, Any] = {str(option): option for option in control.options}
            if control.placeholder:
                options[""] = None
            return view if options.get(last, before) == before else control.chosen(view, options[last])
        case ChooseNumber():
            try:
                number = min(max(float(last), control.least), control.most)
            except ValueError:
                return view
            return view if number == before else control.chosen(view, number)
        case EnterText():
            text = last[: control.longest]
            return view if (text.strip() or None) == before else control.chosen(view, text)
