"""The map, or a chart of dots, on which a click chooses an area."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from lib import maps
from lib.hosts.live import address
from lib.kept import Kept

_figures = Kept(128)


@dataclass(frozen=True)
class Drawn:
    """What a chart in the browser shows, so that it is drawn anew only when it must be.

    Streamlit takes a changed figure for a new chart, which loses zoom and
    clicks. A click therefore leaves the figure as it is: the browser marks
    the area itself. Any other change of the selection draws it anew.

    Attributes
    ----------
    epoch : int
        Number of the drawing, part of the chart's key.
    options : tuple
        What the figure was drawn from, besides the selection.
    drawn : str or None
        Area that the figure marks.
    marked : str or None
        Area that the browser marks: `drawn`, or what was clicked since.
    """

    epoch: int = 0
    options: tuple = ()
    drawn: str | None = None
    marked: str | None = None

    def shows(self, options: tuple, selected: str | None) -> "Drawn":
        """Return the drawing that shows `selected`: this one if it already does, else the next."""
        if options == self.options and selected == self.marked:
            return self
        return Drawn(self.epoch + 1, options, selected, selected)

    def clicked(self, code: str | None) -> "Drawn":
        """Return the drawing after a click that chose `code`, or cleared the choice."""
        # A double click can leave a mark behind on a cleared map: draw it anew.
        return replace(self, marked=code) if code else replace(self, options=())


# A drag that ends on an area is no click on it, and only one area is chosen at a time.
_steady = st.components.v2.component(
    "footprints_steady_clicks",
    js="""
export default function () {
  if (window.footprintsSteady) return
  window.footprintsSteady = true
  let x = 0, y = 0
  window.addEventListener("pointerdown", (event) => { x = event.clientX; y = event.clientY }, true)
  window.addEventListener("click", (event) => {
    if (!event.target.closest?.(".js-plotly-plot .geolayer, .js-plotly-plot .draglayer")) return
    if (event.shiftKey || Math.hypot(event.clientX - x, event.clientY - y) > 4) event.stopImmediatePropagation()
  }, true)
}
""",
)


def clickable_map(
    name: str,
    draw: Callable[[str | None], go.Figure],
    options: tuple,
    selected: str | None,
    on_choice: Callable[[str | None], None],
    alt: str,
    shared: bool = False,
    height: str = "stretch",
    config: Mapping[str, Any] = maps.CONFIG,
) -> None:
    """Show a map, or a chart of dots, on which a click chooses an area.

    Parameters
    ----------
    name : str
        Name of the map in the session.
    draw : callable
        Gives the figure with an area marked.
    options : tuple
        What the figure depends on, besides the marked area.
    selected : str or None
        Code of the chosen area.
    on_choice : callable
        Called with the code that a click chose, or None.
    alt : str
        The map in words; like the figure it must not depend on the choice.
    shared : bool
        Whether everybody who asks for the same options may be shown the same
        figure: it is then drawn once. Not for what a reader brings along.
    height : str
        ``"stretch"`` to fill the container, ``"content"`` for the figure's own height.
    config : mapping
        Settings of the chart library.
    """
    if address.part() == "table":
        return
    _steady(key=f"steady-{name}")
    memory = f"drawn-{name}"
    drawn = st.session_state.get(memory, Drawn()).shows(options, selected)
    st.session_state[memory] = drawn
    key = f"{name}-{drawn.epoch}"

    def clicked() -> None:
        code = maps.choice(st.session_state[key])
        st.session_state[memory] = st.session_state[memory].clicked(code)
        on_choice(code)

    make = partial(draw, drawn.drawn)
    st.plotly_chart(
        _figures.get((name, options, drawn.drawn), make) if shared else make(),
        key=key,
        on_select=clicked,
        selection_mode="points",
        config=config,
        theme=None,
        alt=alt,
        height=height,
    )
