"""Maps on the live page."""

import streamlit as st

from lib import links
from lib.browser import assets
from lib.figures import wire
from lib.figures.maps import Map
from lib.hosts.live import address

# The outlines are asked for while the script that draws them is still on its way.
_component = st.components.v2.component(
    "footprints_map",
    js=f"""
export default async function ({{ parentElement, data }}) {{
  const at = (name) => new URL(name, document.baseURI).href
  const script = at("{assets.url("map.js")}")
  import(at("{assets.url("links.js")}")).then(({{ listen }}) => listen(data.pages))
  if (!parentElement.querySelector(".fp-map")) {{
    const files = Object.values(data.map.files).flat().map(name => new URL(`../../${{name}}`, script).href)
    for (const href of files)
      document.head.append(Object.assign(document.createElement("link"), {{
        rel: "preload", as: "fetch", crossOrigin: "anonymous", href,
      }}))
    const place = Object.assign(document.createElement("div"), {{ className: "fp-map" }})
    place.dataset.map = data.name
    parentElement.append(place)
  }}
  const {{ draw }} = await import(script)
  await draw(parentElement.querySelector(".fp-map"), data.map)
}}
""",
    isolate_styles=False,
)


def show(drawn: Map, key: str) -> None:
    """Show a map, as wide as there is room and in the shape that the style sheet gives it.

    Parameters
    ----------
    drawn : Map
        What it shows. Another one under the same key repaints it: zoom and focus stay.
    key : str
        Name of the map on its page, which the rows of its legend name, too.
    """
    if address.part() != "table":
        _component(key=key, data={"name": key, "map": wire.data(drawn), "pages": list(links.PAGES)})
