// Shows a document that comes in blocks, again and again: what did not change stays, and with it zoom, focus, what
// is open and how tables are sorted.

import { change } from "./changing.js"
import { whenOpen } from "./folded.js"
import { enliven, keep } from "./tables.js"

const states = new WeakMap()

const frames = (root) =>
  new Map([...root.querySelectorAll("[data-map], [data-chart]")].map((at) => [at.dataset.map ?? at.dataset.chart, at]))

function opened(root) {
  return new Set([...root.querySelectorAll("details[open]")].map((item) => item.querySelector("summary").textContent))
}

function replaced(place, html, old) {
  const open = opened(place), focused = document.activeElement
  change(place, html, (empty) => {
    if (empty.dataset.src !== undefined) return keep(empty, old.tables.get(empty.dataset.table))
    // A map that is there already moves over with all that a reader did to it.
    const kept = old.frames.get(empty.dataset.map ?? empty.dataset.chart)
    if (!kept || kept.tagName !== empty.tagName || !kept.classList.contains(empty.classList[0])) return null
    empty.replaceWith(kept)
    return kept
  })
  for (const item of place.querySelectorAll("details:not([open])"))
    if (open.has(item.querySelector("summary").textContent)) item.open = true
  if (focused !== document.activeElement && place.contains(focused)) focused.focus({ preventScroll: true })
  // The heading of a page that was just opened is where a reader is, also once it has its words.
  else if (focused?.tagName === "H1" && !focused.isConnected) place.querySelector("h1")?.focus({ preventScroll: true })
}

/**
 * Show blocks.
 *
 * root: the element that they stand in; data.blocks: HTML of each; data.maps, data.charts: what is drawn, by key;
 * draw: functions map(element, specification) and chart(element, figure).
 */
export function show(root, data, draw) {
  const state = states.get(root) ?? { blocks: [] }
  states.set(root, state)
  // A block may stand at another place in the next view.
  const tables = new Map([...root.querySelectorAll("[data-table]")].map((at) => [at.dataset.table, at]))
  const old = { frames: frames(root), tables }
  while (root.children.length > data.blocks.length) root.lastElementChild.remove()
  for (const [n, html] of data.blocks.entries()) {
    if (!root.children[n]) root.append(document.createElement("div"))
    if (state.blocks[n] !== html) replaced(root.children[n], html, old)
  }
  state.blocks = data.blocks
  for (const place of root.querySelectorAll("[data-map].fp-map"))
    if (data.maps[place.dataset.map]) draw.map(place, data.maps[place.dataset.map])
  state.charts = data.charts
  for (const place of root.querySelectorAll("[data-chart]"))
    whenOpen(place, () => {
      // By then it may show another view.
      const figure = state.charts[place.dataset.chart]
      if (figure) draw.chart(place, figure)
    })
  for (const button of root.querySelectorAll("[data-copy][hidden]")) copyable(button)
  enliven(root)
}

/** Take what stands in an element for what was shown there last. */
export function stands(root, blocks) {
  states.set(root, { blocks })
}

function copyable(button) {
  button.hidden = false
  button.addEventListener("click", async () => {
    const words = button.parentElement.querySelector("blockquote")
    try {
      await navigator.clipboard.writeText(words.textContent)
      button.textContent = "Copied"
    } catch {
      getSelection().selectAllChildren(words)
      button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy"
    }
  })
}
