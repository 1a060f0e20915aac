// A map as SVG: areas in their classes, outlines, chosen areas. What a pane shows is painted over and over; an area that
// stays keeps its element, and with it the focus.

import { RADIUS } from "./outlines.js"
import { placed } from "./projection.js"

// As lib/figures/drawing.py has them; tests hold the two together.
const FADED = { fill: "#f7f8f9", ink: "#425563", edge: "#d5dbdf" }
const STRIPES = {
  inferred: { colour: "#ffffff", opacity: 0.6, turn: -45 },
  gap: { colour: "#5b6b75", opacity: 0.55, turn: 45 },
}
const STRIPE = 1.6, STEP = 6
const EDGE_WIDTH = 0.8, CHOSEN_WIDTH = 3
export const INK = "#231f20", SOFT = "#425563", FRAME = "#768692", PAPER = "#ffffff"

/** Make an element of SVG. */
export function svg(name, attributes = {}, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  set(made, attributes)
  made.append(...children)
  return made
}

/** Set attributes; those without a value are taken away. What is so already is not touched. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === "") element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
}

/** By how much lines are thinner or thicker than their width, for the size of a frame. */
export const weight = ({ width, height }) => Math.min(Math.max(Math.min(width, height) / 600, 0.5), 2)

/** The areas of a specification one by one, in the order they are drawn. */
export function unpacked(specification) {
  return specification.areas.map((areas) => {
    const faded = new Set(areas.faded)
    const items = areas.codes.map((code, n) => {
      const [key, label, fill, ink, , hatch] = areas.classes[areas.class_of[n]]
      const stands = areas.link_codes?.[code] ?? code
      return {
        code,
        stands,
        class: key,
        label,
        name: areas.names[n],
        value: areas.values?.[n] ?? "",
        mark: (!faded.has(n) && areas.marks?.[n]) || "",
        faded: faded.has(n),
        href: areas.link && stands ? areas.link.replaceAll("{code}", encodeURIComponent(stands)) : "",
        look: faded.has(n) ? FADED : { fill, ink, hatch },
      }
    })
    return { layer: areas.layer, edge: areas.edge ?? PAPER, items }
  })
}

/** The stripes that a map needs, as patterns over their fills. */
export class Patterns {
  constructor(prefix) {
    this.prefix = prefix
    this.element = svg("defs")
    this.made = new Map()
  }

  /** The paint of an area. */
  fill({ fill, hatch }, pane) {
    const stripes = STRIPES[hatch]
    if (!stripes) return fill
    const id = `${this.prefix}-${pane}-${hatch}-${fill.replace(/\W/g, "")}`
    if (!this.made.has(id)) {
      const pattern = svg("pattern", { id, width: STEP, height: STEP, patternUnits: "userSpaceOnUse" }, [
        svg("rect", { width: STEP, height: STEP, fill }),
        svg("rect", { width: STEP, height: STRIPE, fill: stripes.colour, "fill-opacity": stripes.opacity }),
      ])
      this.element.append(pattern)
      this.made.set(id, { pattern, pane, turn: stripes.turn })
    }
    return `url(#${id})`
  }

  /** Keep stripes as wide as they are however much a pane is enlarged. */
  scale(pane, k) {
    for (const made of this.made.values())
      if (made.pane === pane) set(made.pattern, { patternTransform: `scale(${1 / k}) rotate(${made.turn})` })
  }
}

/** One pane: the whole of a map, or the inset. */
export class Pane {
  /** plane: the sheet that shows nothing else, if it moves. */
  constructor(name, patterns, plane) {
    this.name = name
    this.plane = plane
    this.patterns = patterns
    this.moving = svg("g", { class: "fp-moving", "stroke-linejoin": "round", "fill-rule": "evenodd" })
    this.grounds = []
    this.lines = svg("g", { fill: "none", "pointer-events": "none" })
    this.chosen = svg("g", { fill: "none", "pointer-events": "none", stroke: INK, class: "fp-marks" })
    this.ring = svg("g", { fill: "none", "pointer-events": "none", class: "fp-ring" })
    this.moving.append(this.lines, this.chosen, this.ring)
    this.projection = { k: 1, x: 0, y: 0 }
    this.thick = 1
  }

  /** Paint areas and outlines. */
  paint({ areas, outlines, layers, linked, only }) {
    while (this.grounds.length > areas.length) this.grounds.pop().group.remove()
    for (const [n, { layer, edge, items }] of areas.entries()) {
      const drawn = items.filter(({ code }) => layers[layer].has(code) && (!only || only(layers[layer].shape(code))))
      if (!this.grounds[n]) {
        const group = svg("g"), edges = svg("g", { fill: "none", "pointer-events": "none" })
        group.append(edges)
        this.moving.insertBefore(group, this.lines)
        this.grounds[n] = { group, edges, elements: new Map() }
      }
      this.#ground(this.grounds[n], drawn, layers[layer], linked)
      this.#edges(this.grounds[n], drawn, layers[layer], edge)
    }
    this.lines.replaceChildren(
      ...outlines.map(({ layer, codes, merged, colour, width, dotted }) => {
        const found = layers[layer], all = codes ?? found.codes()
        const line = svg("path", { d: merged ? found.around(all) : found.borders(all, "all"), stroke: colour })
        if (dotted) set(line, { "stroke-linecap": "round" })
        line.width = width
        line.dotted = dotted
        return line
      }),
    )
    this.stroke()
  }

  #ground(ground, items, outlines, linked) {
    const kept = new Map()
    for (const item of items) {
      const tag = item.href ? "a" : "g"
      let element = ground.elements.get(item.code)
      if (element?.localName !== tag || element.outlines !== outlines) {
        element?.remove()
        element = svg(tag, { "data-code": item.code }, [svg("path", { d: outlines.shape(item.code).path })])
        element.outlines = outlines
      }
      element.item = item
      linked(element, item)
      set(element, { "data-class": item.class })
      set(element.firstChild, { fill: this.patterns.fill(item.look, this.name) })
      ground.elements.delete(item.code)
      kept.set(item.code, element)
    }
    for (const gone of ground.elements.values()) gone.remove()
    // Only what stands elsewhere is moved: an element that is moved loses the focus.
    let next = ground.group.firstChild
    for (const element of kept.values()) {
      if (element === next) next = next.nextSibling
      else ground.group.insertBefore(element, next)
    }
    ground.elements = kept
  }

  #edges(ground, items, outlines, edge) {
    const pale = new Set(items.filter(({ faded }) => faded).map(({ code }) => code))
    const codes = items.map(({ code }) => code)
    const faint = (a, b) => pale.has(a.id) && pale.has(b.id)
    const key = [...pale].join()
    const lines = pale.size ? [[FADED.edge, `faint ${key}`, faint]] : []
    lines.push([edge, pale.size ? `plain ${key}` : "all", pale.size ? (a, b) => !faint(a, b) : undefined])
    ground.edges.replaceChildren(
      ...lines.map(([stroke, name, which]) => {
        const line = svg("path", { d: outlines.borders(codes, name, which), stroke })
        line.width = EDGE_WIDTH
        return line
      }),
    )
  }

  /** Outline the chosen areas. */
  mark(codes) {
    this.chosen.replaceChildren(...codes.flatMap((code) => this.#outlined(code, CHOSEN_WIDTH)))
    this.stroke()
  }

  /** Outline the area that the keyboard or the pointer is at. */
  point(code, kind) {
    const lines = code ? [...this.#outlined(code, 5), ...this.#outlined(code, 2.5)] : []
    for (const [n, line] of lines.entries()) line.setAttribute("class", n < lines.length / 2 ? "fp-under" : `fp-${kind}`)
    this.ring.replaceChildren(...lines)
    this.stroke()
  }

  #outlined(code, width) {
    const element = this.element(code)
    if (!element) return []
    const line = svg("path", { d: element.firstChild.getAttribute("d") })
    line.width = width
    return [line]
  }

  /** The element of an area; of those drawn over one another the uppermost. */
  element(code) {
    return this.grounds.findLast(({ elements }) => elements.has(code))?.elements.get(code)
  }

  /** Code and element of every area. */
  elements() {
    return this.grounds.flatMap(({ elements }) => [...elements])
  }

  /** Let a class stand out, all others step back; without one all are as they are. */
  light(key) {
    for (const [, element] of this.elements())
      element.classList.toggle("fp-back", key !== null && (element.item.class !== key || element.item.faded))
  }

  /**
   * Show the ground as a projection has it.
   *
   * On the way the sheet is moved and enlarged as it was painted, which takes no new painting; at rest it is painted as
   * sharp as it can be, with lines as wide as they are.
   */
  move(projection, thick, ended = true) {
    this.projection = projection
    this.thick = thick
    if (!ended) {
      const { k, x, y } = this.painted, by = projection.k / k
      this.plane.style.transform = `matrix(${[by, 0, 0, by, projection.x - by * x, projection.y - by * y].join()})`
      return
    }
    this.painted = projection
    if (this.plane) this.plane.style.transform = ""
    const k = projection.k / RADIUS
    set(this.moving, { transform: `matrix(${[k, 0, 0, k, projection.x, projection.y].join(" ")})` })
    this.stroke()
  }

  /** Keep lines as wide as they are however much the pane is enlarged. */
  stroke() {
    const unit = (this.thick * RADIUS) / this.projection.k
    const lines = [this.lines, this.chosen, this.ring, ...this.grounds.map(({ edges }) => edges)]
    for (const line of lines.flatMap((group) => [...group.children])) {
      line.setAttribute("stroke-width", line.width * unit)
      if (line.dotted) line.setAttribute("stroke-dasharray", `0 ${line.width * unit * 2.2}`)
    }
  }

  /** Where in the pane a place of the ground lies. */
  at([x, y]) {
    return placed(this.projection, [x / RADIUS, y / RADIUS])
  }
}
