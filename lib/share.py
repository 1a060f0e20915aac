"""Leaving with the right thing: the full link, a citation and an embed of the view."""

import datetime
from html import escape
from typing import Any

import streamlit as st

from geo import manifest
from lib import in_words, links
from lib.hosts.takeaway import SIZES, citation

_HTML = """
<div class="row">
  <input id="link" readonly aria-label="Link to this view">
  <button id="copy" type="button">Copy link</button>
  <span id="said" role="status" aria-live="polite"></span>
</div>
<details id="more">
  <summary>Cite or embed</summary>
  <label>Citation <textarea id="citation" aria-label="Citation" readonly rows="4"></textarea></label>
  <div class="row"><button id="copy-citation" type="button" class="plain">Copy citation</button></div>
  <div class="row choices">
    <label>Show <select id="part" aria-label="What the embed shows">
      <option value="all">map and table</option><option value="map">map only</option>
      <option value="table">table only</option></select></label>
    <label>Size <select id="size" aria-label="Size of the embed"></select></label>
  </div>
  <label>Embed <textarea id="embed" aria-label="Embed" readonly rows="4"></textarea></label>
  <div class="row">
    <button id="copy-embed" type="button" class="plain">Copy embed</button>
    <button id="preview" type="button" class="plain">Preview</button>
  </div>
  <div id="frame"></div>
</details>
"""
_CSS = """
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
input, textarea, select { font: inherit; font-size: 0.85rem; padding: 0.45rem 0.6rem; box-sizing: border-box;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
input { flex: 1 1 14rem; min-width: 0; }
textarea { display: block; width: 100%; margin-top: 0.2rem; resize: vertical; }
button { font: inherit; font-weight: 600; padding: 0.4rem 0.9rem; cursor: pointer; color: #fff; background: #005eb8;
  border: 1px solid #005eb8; border-radius: var(--st-base-radius); }
button.plain { color: var(--st-text-color); background: transparent; border-color: var(--st-border-color);
  font-weight: 400; }
button:hover { background: #003087; color: #fff; }
button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid light-dark(#003087, #ffd54a); outline-offset: 1px; }
span { min-width: 4rem; font-size: 0.85rem; }
details { margin-top: 0.6rem; font-size: 0.85rem; }
summary { cursor: pointer; }
details > * { margin-top: 0.5rem; }
label { display: block; }
iframe { border: 1px solid var(--st-border-color); max-width: 100%; }
"""
# The browser knows the address it reached the app at; a server behind a proxy may not.
_JS = """
export default function ({ parentElement }) {
  const show = () => {
    const data = window.footprintsView
    if (!data) return
    const at = (id) => parentElement.querySelector("#" + id)
    const link = new URL(data.link.replace(/^\\//, ""), document.baseURI).href
    if (at("link").value !== link) { at("said").textContent = ""; at("frame").replaceChildren() }
    at("link").value = link
    at("citation").value = data.citation.replace("{link}", link)
    if (!at("size").options.length) {
      for (const name of Object.keys(data.sizes)) at("size").add(new Option(name, name))
      at("size").value = "medium"
    }
    const source = () => {
      const url = new URL(link)
      url.searchParams.set("embed", "true")
      if (at("part").value !== "all") url.searchParams.set("view", at("part").value)
      return url.href
    }
    const written = () => {
      const [width, height] = data.sizes[at("size").value]
      const src = source().replaceAll("&", "&amp;")
      const size = `width="${width}" height="${height}"`
      at("embed").value = `<iframe src="${src}" ${size} title="${data.title}" style="border:0"></iframe>`
      at("frame").replaceChildren()
    }
    at("part").onchange = at("size").onchange = written
    written()
    at("preview").onclick = () => {
      const frame = document.createElement("iframe"), [width, height] = data.sizes[at("size").value]
      Object.assign(frame, { src: source(), width, height, title: "Preview of the embed" })
      at("frame").replaceChildren(frame)
    }
    const copies = { copy: "link", "copy-citation": "citation", "copy-embed": "embed" }
    for (const [button, field] of Object.entries(copies)) at(button).onclick = async () => {
      try {
        await navigator.clipboard.writeText(at(field).value)
        at("said").textContent = "Copied"
      } catch {
        at(field).select()
        at("said").textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy"
      }
    }
  }
  window.addEventListener("footprints-view", show)
  show()
  return () => window.removeEventListener("footprints-view", show)
}
"""
# What the box shows comes by itself: the box, ten times as long, then stays what it was and is not sent again.
_TELL = """
export default function ({ data }) {
  window.footprintsView = data
  window.dispatchEvent(new Event("footprints-view"))
}
"""
_box = st.components.v2.component("footprints_share", html=_HTML, css=_CSS, js=_JS)
_tell = st.components.v2.component("footprints_view", js=_TELL)


def share(view: Any) -> None:
    """Show the full link of a view with a button that copies it, a citation and an embed."""
    today = datetime.datetime.now(datetime.UTC).date()
    with st.container(key="share", gap=None):
        _box(key="share-view")
        _tell(
            data={
                "link": links.link(view),
                "citation": citation(in_words.described(view), manifest.read()["version"], today),
                "title": escape(in_words.title(view)),
                "sizes": SIZES,
            },
            key="share-told",
        )
