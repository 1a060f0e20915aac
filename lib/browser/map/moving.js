// Zooming and panning: buttons, pinch, double click, Ctrl and wheel. One finger and the wheel alone scroll the page.

import { select, zoom, zoomIdentity } from "../vendor/d3.js"

const MOST = 32, STEP = 1.7
// Powers of two that one turn of a wheel enlarges by at most: a notch of a mouse says as much as a whole pinch.
const NOTCH = 0.6
// Milliseconds without a movement after which the map is painted anew: turns of a wheel follow one another.
const PAUSE = 90
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches

export class Movement {
  /**
   * picture: what the map is drawn in; moved(ended): called at most once a frame, and when a movement ends; taken(event): whether a
   * press is for something else.
   */
  constructor(picture, moved, taken) {
    this.picture = select(picture)
    this.moved = moved
    this.size = { width: 1, height: 1 }
    this.transform = zoomIdentity
    this.zoom = zoom()
      .scaleExtent([1, MOST])
      .wheelDelta(({ deltaY, deltaMode }) => {
        const turned = -deltaY * [0.02, 0.5, 1][deltaMode]
        return Math.min(Math.max(turned, -NOTCH), NOTCH)
      })
      .filter((event) => {
        if (event.target.closest(".fp-inset") || taken(event)) return false
        if (event.type === "wheel") return event.ctrlKey || event.metaKey
        if (event.type === "touchstart") return event.touches.length > 1
        return event.type === "dblclick" || !(event.button || event.ctrlKey)
      })
      .on("start", () => clearTimeout(this.rest))
      .on("zoom", ({ transform }) => {
        this.transform = transform
        this.frame ??= requestAnimationFrame(() => {
          this.frame = undefined
          moved(false)
        })
      })
      .on("end", () => {
        clearTimeout(this.rest)
        this.rest = setTimeout(() => this.#settle(), PAUSE)
      })
    this.picture.call(this.zoom)
    // A link would be dragged away instead.
    picture.addEventListener("dragstart", (event) => event.preventDefault())
  }

  /** Fit a frame of another size: what was in its middle stays there. */
  resize(size) {
    const { width, height } = this.size, { k, x, y } = this.transform
    this.size = size
    const extent = [[0, 0], [size.width, size.height]]
    this.zoom.extent(extent).translateExtent(extent)
    const to = zoomIdentity.translate((x * size.width) / width, (y * size.height) / height).scale(k)
    this.picture.call(this.zoom.transform, to)
    this.#settle()
  }

  #settle() {
    clearTimeout(this.rest)
    cancelAnimationFrame(this.frame)
    this.frame = undefined
    this.moved(true)
  }

  #on() {
    return still() ? this.picture : this.picture.transition().duration(180)
  }

  in() {
    this.#on().call(this.zoom.scaleBy, STEP)
  }

  out() {
    this.#on().call(this.zoom.scaleBy, 1 / STEP)
  }

  whole() {
    this.#on().call(this.zoom.transform, zoomIdentity)
  }

  /** Bring a place of the frame into view if it is out of it. */
  show([x, y]) {
    const { width, height } = this.size
    const at = [this.transform.invertX(x), this.transform.invertY(y)]
    if (x < 0 || y < 0 || x > width || y > height) this.#on().call(this.zoom.translateTo, ...at)
  }
}
