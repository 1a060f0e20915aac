// What stands in a map's frame beside the map: the inset and the scale.

import { Labels } from "./labels.js"
import { RADIUS } from "./outlines.js"
import { FRAME, INK, PAPER, Pane, SOFT, set, svg } from "./picture.js"
import { corners, fitted, insetBox, scaleBar } from "./projection.js"

// Beyond this the inset would lie on what is enlarged.
const SHOWN_UNTIL = 1.3

/** A part of the map, shown once more and enlarged. */
export class Inset {
  constructor(patterns) {
    this.patterns = patterns
    this.pane = new Pane("inset", patterns)
    this.labels = new Labels(this.pane)
    this.window = svg("svg", { overflow: "hidden" }, [this.pane.moving, this.labels.element])
    this.frame = svg("rect", { fill: PAPER, stroke: FRAME, "stroke-width": 2 })
    this.words = svg("text", { "font-size": 12, fill: SOFT })
    this.element = svg("g", { class: "fp-inset", "aria-hidden": true }, [this.frame, this.words, this.window])
    this.ground = null
  }

  /** Paint the part that a map shows again, or none; linked: as for `Pane.paint`. */
  paint({ inset, inset_label: words }, painted) {
    this.extent = inset
    this.words.textContent = words ?? ""
    this.ground = inset ? corners(inset).map((edge) => edge * RADIUS) : null
    if (inset) {
      const [left, top, right, bottom] = this.ground
      const only = (shape) => shape.left < right && shape.right > left && shape.top < bottom && shape.bottom > top
      this.pane.paint({ ...painted, only })
    }
    this.labels.paint(inset ? painted.areas : [], painted.layers, [])
  }

  /** Find its place beside a map that is drawn as `base`. */
  place(base, thick) {
    if (!this.extent) return
    this.box = insetBox(base, this.extent)
    const { left: x, top: y, width, height } = this.box
    for (const part of [this.frame, this.window]) set(part, { x, y, width: Math.max(width, 0), height: Math.max(height, 0) })
    set(this.words, { x, y: y - 4 })
    this.pane.move(fitted(this.extent, { left: 0, top: 0, width, height }), thick)
    this.patterns.scale("inset", this.pane.projection.k / RADIUS)
  }

  /** Make way for what is enlarged k times; gives the ground that it shows, if it does. */
  show(k, short, ended) {
    const shown = !!this.extent && k <= SHOWN_UNTIL
    set(this.element, { display: shown ? null : "none" })
    if (shown && ended) this.labels.settle(this.box, short, null)
    return shown ? this.ground : null
  }
}

/** A bar that shows how long some kilometres are. */
export class Scale {
  constructor() {
    this.lines = [[PAPER, 4.5], [INK, 2.5]].map(([stroke, wide]) => svg("path", { fill: "none", stroke, "stroke-width": wide }))
    const look = { fill: INK, stroke: PAPER, "stroke-width": 2.5, "paint-order": "stroke" }
    this.words = svg("text", { x: 8, "font-size": 10, "font-weight": "bold", ...look })
    this.element = svg("g", { class: "fp-scale", "aria-hidden": true }, [...this.lines, this.words])
  }

  show({ scale_bar: shown, extent }, k, { width, height }) {
    set(this.element, { display: shown ? null : "none" })
    if (!shown) return
    const [length, words] = scaleBar(k, extent, width)
    for (const line of this.lines) set(line, { d: `M8 ${height - 8}h${length.toFixed(1)}` })
    set(this.words, { y: height - 13 })
    this.words.textContent = words
  }
}
