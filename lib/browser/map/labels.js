// The labels of a pane: as large as they are however much it is enlarged, and only where there is room for them. The
// rules are those of lib/figures/drawing.py.

import { INK, PAPER, set, svg } from "./picture.js"

const CLOSE = new Set(["piece", "fragment"])
const BADGE = 0.7, CROSS = 0.37
const textSize = (short) => Math.min(Math.max(short / 32, 8), 13)

export class Labels {
  constructor(pane) {
    this.pane = pane
    this.element = svg("g", { "aria-hidden": true, "pointer-events": "none", class: "fp-labels" })
    this.crosses = svg("g", { class: "fp-crosses" })
    this.labels = []
  }

  /** Take the labels of a map and the crosses of its places. */
  paint(areas, layers, places) {
    const found = []
    for (const { layer, items } of [...areas].reverse()) {
      const outlines = layers[layer]
      const marked = items.filter(({ code, mark }) => mark && outlines.has(code))
      marked.sort((a, b) => outlines.shape(b.code).size - outlines.shape(a.code).size || (a.code < b.code ? -1 : 1))
      for (const { code, mark, look } of marked)
        found.push({ code, mark, ink: look.ink, halo: look.fill, at: outlines.at(code), badge: CLOSE.has(layer) })
    }
    const key = JSON.stringify(found)
    if (key !== this.key) {
      this.key = key
      this.labels = found.map((label) => ({ ...label, element: this.#label(label), off: [0, 0] }))
      this.element.replaceChildren(...this.labels.map(({ element }) => element))
    }
    this.places = places
    this.crosses.replaceChildren(
      ...places.map(({ name }) => {
        const cross = svg("g", { role: "img", "aria-label": name, "data-place": name })
        cross.append(svg("polygon", { fill: INK, stroke: PAPER, "stroke-width": 0.9 }))
        return cross
      }),
    )
  }

  #label({ mark, ink, halo, badge }) {
    const group = svg("g")
    const text = svg("text", { fill: ink, "text-anchor": "middle", "font-weight": badge ? "bold" : 600 })
    text.textContent = mark
    if (badge) group.append(svg("circle", { fill: halo, stroke: PAPER, "stroke-width": 0.5 }))
    else set(text, { stroke: halo, "stroke-width": 2.5, "stroke-linejoin": "round", "paint-order": "stroke" })
    group.append(text)
    return group
  }

  /** Decide which labels there is room for. hidden: left, top, right and bottom of ground whose labels stand elsewhere. */
  settle({ width, height }, short, hidden) {
    const crosses = this.places.map(({ at }) => this.pane.at(at)), taken = [...crosses], rooms = []
    for (const label of this.labels) {
      const [x, y] = this.pane.at(label.at)
      const [across, down] = label.at
      const elsewhere = hidden && hidden[0] <= across && across <= hidden[2] && hidden[1] <= down && down <= hidden[3]
      const here = x >= 0 && x <= width && y >= 0 && y <= height && !elsewhere
      label.size = label.badge ? textSize(short) : Math.min(Math.max(short / 60, 8), 11)
      label.off = [0, 0]
      label.shown = here
      if (here && label.badge) {
        label.off = free([x, y], taken, label.size)
        taken.push([x + label.off[0], y + label.off[1]])
      } else if (here) {
        const room = { x, y, across: label.mark.length * label.size * 0.3, up: label.size * 0.45 }
        label.shown = !rooms.some(
          (other) => Math.abs(other.x - x) < room.across + other.across && Math.abs(other.y - y) < room.up + other.up,
        )
        if (label.shown) rooms.push(room)
      }
      const [first, last] = [label.element.firstChild, label.element.lastChild]
      set(label.element, { display: label.shown ? null : "none" })
      set(last, { "font-size": label.size, y: (label.size * 0.36).toFixed(1) })
      if (label.badge) set(first, { r: (label.size * BADGE).toFixed(1) })
    }
    const arm = CROSS * textSize(short), thick = arm / 3
    const half = [[-thick, -arm], [thick, -arm], [thick, -thick], [arm, -thick], [arm, thick], [thick, thick]]
    const points = [...half, ...half.map(([across, up]) => [-across, -up])].map((corner) => corner.join()).join(" ")
    for (const cross of this.crosses.children) set(cross.firstChild, { points })
    this.move()
  }

  /** Let labels and crosses follow the ground. */
  move() {
    const to = (element, [x, y], [across, down] = [0, 0]) =>
      element.setAttribute("transform", `translate(${(x + across).toFixed(1)} ${(y + down).toFixed(1)})`)
    for (const { element, at, off, shown } of this.labels) if (shown) to(element, this.pane.at(at), off)
    for (const [n, cross] of [...this.crosses.children].entries()) to(cross, this.pane.at(this.places[n].at))
  }
}

/** How far a label steps aside so that nothing else lies where it stands. */
function free([x, y], taken, size) {
  const clear = ([across, down]) =>
    taken.every(([left, top]) => Math.hypot(x + across - left, y + down - top) >= 2 * BADGE * size)
  const steps = [[0, 0]]
  for (const reach of [0.6, 1, 1.4, 1.9, 2.5])
    for (let turn = 0; turn < 8; turn++)
      steps.push([Math.cos((turn * Math.PI) / 4) * reach * size, Math.sin((turn * Math.PI) / 4) * reach * size])
  return steps.find(clear) ?? [0, 0]
}
