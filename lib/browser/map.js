// Maps. draw(element, specification) shows what lib/figures/wire.py writes in an element of any page; called again with
// another specification it repaints, and zoom and focus stay.

import "./vendor/d3.js"
import { Choosing } from "./map/choosing.js"
import { Inset, Scale } from "./map/furniture.js"
import { Labels } from "./map/labels.js"
import { Movement } from "./map/moving.js"
import { RADIUS, load } from "./map/outlines.js"
import { Pane, Patterns, set, svg, unpacked, weight } from "./map/picture.js"
import { Places } from "./map/places.js"
import { fitted, mercator } from "./map/projection.js"
import { Tip } from "./map/tip.js"
import { Tools } from "./map/tools.js"

const STYLE = new URL("map.css", import.meta.url).href
// Milliseconds for which a mark that a reader has set waits for the server to say the same.
const PATIENCE = 8000
const maps = new WeakMap()
let count = 0

/** Show a map in an element, which decides how large it is. */
export function draw(element, specification) {
  if (!maps.has(element)) maps.set(element, new PlacedMap(element))
  return maps.get(element).show(specification)
}

const paragraph = (className, properties = {}) =>
  Object.assign(document.createElement("p"), { className, ...properties })

class PlacedMap {
  constructor(element) {
    this.element = element
    element.classList.add("fp-map")
    const prefix = `fp-map-${++count}`
    this.words = paragraph("fp-words", { id: `${prefix}-words` })
    this.live = paragraph("fp-words", { role: "status" })
    this.note = paragraph("fp-note", { hidden: true })
    this.trouble = paragraph("fp-trouble", { role: "alert", hidden: true })
    this.patterns = new Patterns(prefix)
    // Three sheets over one another: a browser moves and enlarges a whole sheet without painting it anew.
    this.plane = svg("svg", { class: "fp-sheet fp-plane" })
    this.main = new Pane("main", this.patterns, this.plane)
    this.labels = new Labels(this.main)
    this.inset = new Inset(this.patterns)
    this.panes = [this.main, this.inset.pane]
    this.scale = new Scale()
    this.rubber = svg("rect", { class: "fp-rubber", display: "none" })
    this.plane.append(this.patterns.element, this.main.moving)
    const over = svg("svg", { class: "fp-sheet" }, [this.labels.element, this.labels.crosses])
    const front = svg("svg", { class: "fp-sheet" }, [this.inset.element, this.scale.element, this.rubber])
    this.sheets = [this.plane, over, front]
    const ground = Object.assign(document.createElement("div"), { className: "fp-ground" })
    ground.append(this.plane, over)
    this.picture = Object.assign(document.createElement("div"), { className: "fp-picture" })
    this.picture.append(ground, front)
    set(this.picture, { role: "group", "aria-describedby": this.words.id })
    this.spec = null
    this.chosen = []
    this.size = { width: 0, height: 0 }
    this.choosing = new Choosing(this, this.picture)
    this.movement = new Movement(
      this.picture,
      (ended) => this.#move(ended),
      (event) => event.type === "mousedown" && this.several && (event.shiftKey || this.choosing.picking),
    )
    this.tools = new Tools(this)
  }

  /** Take the place of what stood here until scripts ran. */
  #arrive() {
    if (this.tip) return
    this.element.replaceChildren(this.words, this.picture, this.note, this.trouble, this.live, this.tools.element)
    this.tip = new Tip(this.element)
    new ResizeObserver(() => this.#resize()).observe(this.element)
  }

  async show(spec) {
    const written = JSON.stringify(spec), known = written === this.written
    this.written = written
    this.wanted = spec
    if (known && this.spec) return this.#mark()
    let layers
    try {
      const found = await Promise.all(Object.values(spec.files).map(load))
      layers = Object.fromEntries(Object.keys(spec.files).map((layer, n) => [layer, found[n]]))
    } catch {
      this.written = ""
      this.#arrive()
      this.trouble.textContent = "The outlines of the map could not be fetched. Load the page again to see it."
      this.trouble.hidden = false
      return
    }
    // Meanwhile another one may have come.
    if (this.wanted !== spec) return
    const moved = JSON.stringify(this.spec?.extent) !== JSON.stringify(spec.extent)
    this.spec = spec
    this.layers = layers
    this.#arrive()
    this.trouble.hidden = true
    this.#paint()
    if (moved || !this.size.width) {
      this.size = { width: 0, height: 0 }
      this.#resize()
    } else this.#move(true)
  }

  #paint() {
    const { spec, layers } = this
    this.areas = unpacked(spec)
    this.places = new Places(this.areas, layers, this.main)
    set(this.picture, { "aria-label": spec.title })
    this.words.textContent = spec.description
    const said = ({ name, value }) => [name, ...value.split("\n").filter(Boolean)].join(", ")
    const named = (element, item) =>
      set(element, { "aria-label": said(item), ...(item.href ? { href: item.href } : { role: "img" }) })
    const unnamed = (element, { href }) => set(element, { href, tabindex: href ? -1 : null })
    const painted = { areas: this.areas, outlines: spec.outlines ?? [], layers }
    this.main.paint({ ...painted, linked: named })
    this.inset.paint(spec, { ...painted, linked: unnamed })
    const crosses = (spec.places ?? []).map(([name, lon, lat]) => ({ name, at: mercator(lon, lat).map((at) => at * RADIUS) }))
    this.labels.paint(this.areas, layers, crosses)
    this.note.textContent = spec.note ?? ""
    this.note.hidden = !spec.note
    this.note.classList.toggle("fp-made-up", !!spec.made_up)
    this.rove([this.roving, ...(spec.chosen ?? [])].find((code) => this.places.has(code)) ?? this.places.named()[0]?.code)
    this.#mark()
    for (const row of this.#legend()) row.tabIndex = 0
  }

  // What is chosen ---------------------------------------------------------

  get several() {
    return this.spec?.several ?? ""
  }

  get clear() {
    return this.spec?.clear ?? ""
  }

  /** Mark what a reader chose: at once, and until the server says the same. */
  chose(...codes) {
    const cleared = codes.length === 1 && this.chosen.length === 1 && this.chosen[0] === codes[0] && this.clear
    this.pending = { codes: cleared ? [] : codes, until: Date.now() + PATIENCE }
    // The link that is being followed must not become another one meanwhile.
    setTimeout(() => this.#mark())
    setTimeout(() => this.#mark(), PATIENCE + 50)
  }

  #mark() {
    const said = this.spec.chosen ?? []
    if (this.pending && ([...this.pending.codes].sort().join() === [...said].sort().join() || Date.now() > this.pending.until)) this.pending = null
    this.chosen = this.pending?.codes ?? said
    const marked = [...new Set([...this.chosen, ...this.choosing.picked])]
    const alone = this.chosen.length === 1 && this.clear ? this.chosen[0] : null
    for (const pane of this.panes) {
      pane.mark(marked)
      for (const [code, element] of pane.elements()) {
        const { href } = element.item
        if (href) set(element, { href: code === alone ? this.clear : href })
        if (pane === this.main) set(element, { "aria-current": this.chosen.includes(code) ? "true" : null })
      }
    }
    this.#tools()
  }

  /** The link to several areas. */
  linkTo(codes) {
    const stands = codes.map((code) => this.places.item(code)?.stands).filter(Boolean)
    return stands.length ? this.several.replaceAll("{codes}", stands.map(encodeURIComponent).join(",")) : ""
  }

  picked() {
    const { size } = this.choosing.picked
    this.live.textContent = size ? `${size} ${size === 1 ? "area" : "areas"} picked` : "Nothing picked"
    this.#mark()
  }

  #tools() {
    const { picking, picked } = this.choosing
    const zoomed = this.movement.transform.k > 1.001
    this.picture.classList.toggle("fp-zoomed", zoomed)
    this.picture.classList.toggle("fp-picking", picking)
    this.tools.show({ several: !!this.several, picking, picked: picked.size, zoomed })
  }

  /** Draw the box that a reader drags, or none. */
  box(edges) {
    set(this.rubber, { display: edges ? null : "none" })
    if (!edges) return
    const [left, top, right, bottom] = edges
    set(this.rubber, { x: left, y: top, width: right - left, height: bottom - top })
  }

  // What has the focus, what is pointed at ----------------------------------

  /** Make one area the stop of the Tab key. */
  rove(code) {
    this.roving = code
    const stop = this.main.element(code)
    for (const [, element] of this.main.elements()) set(element, { tabindex: element === stop ? 0 : -1 })
  }

  focus(code) {
    this.rove(code)
    this.main.element(code).focus({ preventScroll: true, focusVisible: true })
    this.movement.show(this.places.at(code))
  }

  /** Where in the frame an event is. */
  place({ clientX, clientY }) {
    const { left, top } = this.picture.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }

  /** Show, and tell other parts of the page, which area is pointed at; at: the event, where it was a pointer's. */
  point(code, at) {
    if (code === this.pointed && at && !this.tip.element.hidden) return this.tip.move(this.place(at))
    this.pointed = code
    for (const pane of this.panes) pane.point(code, at ? "hover" : "focus")
    const item = this.places?.item(code)
    if (item) this.tip.show(item, at ? this.place(at) : this.places.at(code))
    else this.tip.hide()
    this.telling = true
    document.dispatchEvent(new CustomEvent("footprints:point", { detail: { code } }))
    this.telling = false
  }

  /** Say what a cross stands for. */
  name(name, at) {
    this.tip.show({ name, value: "" }, this.place(at))
  }

  /** Another part of the page points at an area. */
  pointedAt(code) {
    if (this.telling || !this.spec) return
    for (const pane of this.panes) pane.point(code && this.places.has(code) ? code : null, "hover")
  }

  #legend() {
    const { map } = this.element.dataset
    return map ? document.querySelectorAll(`[data-map="${CSS.escape(map)}"][data-class]`) : []
  }

  light(key) {
    for (const pane of this.panes) pane.light(key)
  }

  // Size and movement ------------------------------------------------------

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element
    if (!width || !height || (width === this.size.width && height === this.size.height)) return
    this.size = { width, height }
    for (const sheet of this.sheets) set(sheet, { viewBox: `0 0 ${width} ${height}` })
    this.base = fitted(this.spec.extent, { left: 0, top: 0, width, height })
    this.thick = weight(this.size)
    this.inset.place(this.base, this.thick)
    this.movement.resize(this.size)
  }

  #move(ended) {
    if (!this.base) return
    const { k, x, y } = this.movement.transform, { base } = this
    this.main.move({ k: base.k * k, x: base.x * k + x, y: base.y * k + y }, this.thick, ended)
    this.labels.move()
    const short = Math.min(this.size.width, this.size.height)
    const elsewhere = this.inset.show(k, short, ended)
    if (!ended) return
    this.patterns.scale("main", (base.k * k) / RADIUS)
    this.labels.settle(this.size, short, elsewhere)
    this.scale.show(this.spec, this.main.projection.k, this.size)
    this.#tools()
  }

  moved(key) {
    if (key === "0") this.movement.whole()
    else if (key === "-") this.movement.out()
    else this.movement.in()
  }
}

if (!document.querySelector(`link[href="${STYLE}"]`))
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE }))

// Rows of legends light up their class, rows of tables their area.
for (const [kind, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]])
  document.addEventListener(kind, ({ target }) => {
    const row = target.closest?.("[data-map][data-class]")
    const element = row && document.querySelector(`.fp-map[data-map="${CSS.escape(row.dataset.map)}"]`)
    maps.get(element)?.light(on ? row.dataset.class : null)
  })

document.addEventListener("footprints:point", ({ detail }) => {
  for (const element of document.querySelectorAll(".fp-map")) maps.get(element)?.pointedAt(detail.code)
})
