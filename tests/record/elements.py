"""What a run of the app shows, read from the tree of elements of Streamlit's AppTest."""

import json
import math
import re
from collections import Counter
from typing import Any

import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from tests.record import plotly_figures, words

CONTROLS = (
    "button",
    "button_group",
    "checkbox",
    "file_uploader",
    "multiselect",
    "number_input",
    "selectbox",
    "select_slider",
    "slider",
    "text_input",
    "toggle",
)
# No content: roots, and what is shown to no one.
_ROOTS = ("root", "main", "sidebar", "event")
_BLOCKS = ("flex_container", "column", "expander", "tab", "grid_container")
# Noise of the arithmetic ends here: downloads keep as many.
_DECIMALS = 4
_HEADINGS = {"title": 1, "header": 2, "subheader": 3}
_KEY = re.compile(r"^\$\$ID-[0-9a-f]+-")
_DAY = re.compile(r" \(seen \d+ \w+ \d{4}\)")


def read(test: Any) -> dict[str, Any]:
    """Return everything that a run shows; see the README beside this for the parts."""
    told: dict[str, Any] = {
        name: [] for name in ("headings", "sentences", "notices", "facts", "tables", "maps", "charts", "links")
    }
    for element in test:
        if element.type in (*_ROOTS, *_BLOCKS):
            if element.type == "expander":
                told["headings"].append([4, words.plain(element.label)])
        else:
            _READERS.get(element.type, _nothing)(element, told)
    told["links"] = [list(link) for link in dict.fromkeys(map(tuple, told["links"]))]
    return {name: value for name, value in told.items() if value}


def counts(test: Any) -> dict[str, Any]:
    """Return how many elements of each kind a run makes, how many in all, and how many controls stand open.

    Controls inside of what is folded are no controls at rest.
    """
    elements = [element for element in test if element.type not in _ROOTS and not _is_style(element)]
    kinds = Counter(element.type for element in elements)
    folded = {id(part) for block in elements if block.type == "expander" and not block.proto.expanded for part in block}
    controls = [element for element in elements if element.type in CONTROLS and not element.proto.disabled]
    return {
        "elements": sum(number for kind, number in kinds.items() if kind not in _BLOCKS),
        "blocks": sum(number for kind, number in kinds.items() if kind in _BLOCKS),
        "controls": len(controls),
        "controls_at_rest": sum(id(element) not in folded for element in controls),
        "by_kind": dict(sorted(kinds.items())),
    }


def controls(test: Any) -> list[list[Any]]:
    """Return the controls in their order: kind, label, what is chosen, and how many options there are."""
    said = []
    for element in test:
        if element.type in CONTROLS:
            value = "" if element.type in ("button", "file_uploader") else element.value
            options = len(getattr(element, "options", None) or [])
            said.append([element.type, words.plain(element.label), value, options])
    return said


def folded(test: Any) -> list[str]:
    """Return the keys of what is filled only once it is opened, and is closed."""
    blocks = [block for block in test if block.type == "expander" and block._block_id and not block.proto.expanded]
    return [_KEY.sub("", block._block_id) for block in blocks]


def _is_style(element: Any) -> bool:
    return element.type == "html" and str(element.value).startswith("<style")


def _nothing(element: Any, told: dict) -> None:
    if element.type not in (*CONTROLS, "download_button", "spinner", "empty"):
        raise NotImplementedError(f"no way to record an element of the kind {element.type}")


def _heading(element: Any, told: dict) -> None:
    told["headings"].append([_HEADINGS[element.type], words.plain(element.value)])


def _text(element: Any, told: dict) -> None:
    for said in words.sentences(str(element.value)):
        told["sentences"].append(said)
    told["links"] += words.links(str(element.value))


def _notice(element: Any, told: dict) -> None:
    told["notices"] += words.sentences(str(element.value))


def _literal(element: Any, told: dict) -> None:
    told["sentences"].append(words.squeezed(str(element.value)))


def _html(element: Any, told: dict) -> None:
    if not _is_style(element):
        _told_html(words.from_html(str(element.value)), told)


def _told_html(read: words.Html, told: dict) -> None:
    told["sentences"] += read.sentences
    told["tables"] += [{name: value for name, value in table.items() if value} for table in read.tables]
    told["links"] += read.links
    told["maps"] += [{"kind": "drawing", "alt": alt} for alt in read.alts]


def _frame(element: Any, told: dict) -> None:
    _told_html(words.from_html(element.proto.srcdoc), told)


def _metric(element: Any, told: dict) -> None:
    told["facts"].append([words.plain(element.label), words.plain(element.value), words.plain(element.proto.help)])


def _table(element: Any, told: dict) -> None:
    data = element.proto.arrow_data
    shown = data.styler.display_values if data.HasField("styler") and data.styler.display_values else data.data
    table = convert_arrow_bytes_to_pandas_df(shown)
    heads = [words.plain(str(name)) for name in table.columns]
    rows = [[_cell(value, words.plain) for value in row] for row in table.itertuples(index=False, name=None)]
    told["tables"].append({"heads": heads, "rows": rows})


def _grid(element: Any, told: dict) -> None:
    table = element.value
    shown = json.loads(element.proto.columns or "{}")
    config = [shown.get(str(name), {}).get("type_config") or {} for name in table.columns]
    formats = {str(name): one["format"] for name, one in zip(table.columns, config, strict=True) if one.get("format")}
    rows = [[_cell(value, words.squeezed) for value in row] for row in table.itertuples(index=False, name=None)]
    made = {"heads": [words.squeezed(str(name)) for name in table.columns], "rows": rows}
    told["tables"].append(made | ({"formats": formats} if formats else {}))


def _cell(value: Any, write: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return write(value)
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return round(value, _DECIMALS)
    return value if isinstance(value, (int, bool)) else str(value)


def _figure(element: Any, told: dict) -> None:
    made = plotly_figures.read(element.proto.spec, element.proto.alt)
    told[f"{made.pop('kind')}s"].append(made)


def _page_link(element: Any, told: dict) -> None:
    proto = element.proto
    address = f"/{proto.page}?{proto.query_string}" if proto.query_string else f"/{proto.page}"
    told["links"].append((words.plain(proto.label), address))


def _button(element: Any, told: dict) -> None:
    # A link to the page that it stands on is a button; its key says where it leads.
    if (key := element.key or "").startswith("go-") and "-/" in key:
        told["links"].append((words.plain(element.label), "/" + key.partition("-/")[2]))


def _link_button(element: Any, told: dict) -> None:
    told["links"].append((words.plain(element.proto.label), element.proto.url))


def _component(element: Any, told: dict) -> None:
    said = json.loads(element.proto.json or "{}")
    if isinstance(said, dict) and "citation" in said:
        told["share"] = {name: words.squeezed(_DAY.sub("", said[name])) for name in ("link", "citation", "title")}


_READERS = {
    **dict.fromkeys(_HEADINGS, _heading),
    **dict.fromkeys(("markdown", "caption", "text"), _text),
    **dict.fromkeys(("warning", "error", "info", "success"), _notice),
    "code": _literal,
    "html": _html,
    "iframe": _frame,
    "metric": _metric,
    "table": _table,
    "dataframe": _grid,
    "plotly_chart": _figure,
    "page_link": _page_link,
    "button": _button,
    "link_button": _link_button,
    "bidi_component": _component,
}
