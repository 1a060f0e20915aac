// Choosing an area: by pointer and by keyboard, one or several. What is chosen is a link, which is followed; the mark is
// there at once.

import { follow } from "../links.js"

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
// Milliseconds in which letters belong to one word.
const PAUSE = 900
const plain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button)
const area = (event) => event.target.closest?.("[data-code]")

export class Choosing {
  /** map: what it asks for and tells, see lib/browser/map.js; picture: what it is drawn in. */
  constructor(map, picture) {
    this.map = map
    this.picked = new Set()
    this.picking = false
    this.typed = ""
    picture.addEventListener("click", (event) => this.#clicked(event))
    picture.addEventListener("keydown", (event) => this.#pressed(event))
    // Not on the picture: Chromium takes SVG that listens to focus for a stop of the Tab key.
    map.element.addEventListener("focusin", (event) => this.#focused(event))
    map.element.addEventListener("focusout", () => map.point(null))
    picture.addEventListener("pointermove", (event) => this.#over(event))
    picture.addEventListener("pointerleave", () => map.point(null))
    // What the inset shows again must not take the focus from the area itself.
    picture.addEventListener("mousedown", (event) => event.target.closest(".fp-inset") && event.preventDefault())
    picture.addEventListener("pointerdown", (event) => this.#boxed(event))
    this.picture = picture
  }

  #clicked(event) {
    const element = area(event)
    if (this.boxed || (element && (this.picking || (event.shiftKey && this.map.several)))) {
      event.preventDefault()
      if (!this.boxed && this.map.several) this.pick([element.dataset.code])
      this.boxed = null
      return
    }
    if (!element) return
    // The second click of a double click zooms.
    if (event.detail > 1) event.preventDefault()
    else if (plain(event) && element.item.href) this.map.chose(element.dataset.code)
  }

  #over(event) {
    if (event.pointerType === "touch" || event.buttons) return
    const cross = event.target.closest?.("[data-place]")
    if (cross) this.map.name(cross.dataset.place, event)
    else this.map.point(area(event)?.dataset.code ?? null, event)
  }

  #focused(event) {
    const element = area(event)
    if (!element) return
    this.map.rove(element.dataset.code)
    if (element.matches(":focus-visible")) this.map.point(element.dataset.code)
  }

  /** Draw a box with the mouse: the areas whose label is in it are picked. */
  #boxed(event) {
    if (!this.map.several || event.button || event.pointerType === "touch" || !(this.picking || event.shiftKey)) return
    const from = this.map.place(event)
    const move = (to) => {
      const [x, y] = this.map.place(to)
      if (!this.boxed && Math.hypot(x - from[0], y - from[1]) < 5) return
      this.boxed = [Math.min(x, from[0]), Math.min(y, from[1]), Math.max(x, from[0]), Math.max(y, from[1])]
      this.map.box(this.boxed)
    }
    const end = () => {
      removeEventListener("pointermove", move)
      removeEventListener("pointerup", end)
      removeEventListener("pointercancel", end)
      if (this.boxed) this.pick(this.map.places.within(this.boxed), true)
      this.map.box(null)
      // The click that ends the drag chooses nothing; where none comes, the next one does.
      setTimeout(() => (this.boxed = null))
    }
    addEventListener("pointermove", move)
    addEventListener("pointerup", end)
    addEventListener("pointercancel", end)
  }

  /** Pick some areas more; those that are picked already are given back, unless more are only added. */
  pick(codes, add = false) {
    if (!this.picked.size && !this.picking) for (const code of this.map.chosen) this.picked.add(code)
    for (const code of codes)
      if (this.picked.has(code) && !add) this.picked.delete(code)
      else this.picked.add(code)
    this.map.picked()
  }

  /** Give back what was picked. */
  drop() {
    this.picked.clear()
    this.map.picked()
  }

  /** Let clicks and drags pick areas, or no more. */
  toggle() {
    this.picking = !this.picking
    this.drop()
  }

  /** Follow the link to all that was picked. */
  settle() {
    const link = this.map.linkTo([...this.picked])
    if (!this.picked.size || !link) return
    this.map.chose(...this.picked)
    this.picked.clear()
    this.picking = false
    this.map.picked()
    follow(link)
  }

  #pressed(event) {
    const element = area(event)
    if (event.ctrlKey || event.metaKey || event.altKey || !element) return
    const { code } = element.dataset, { key } = event
    if (key in ARROWS) {
      const next = this.map.places.beside(code, ARROWS[key])
      if (next && event.shiftKey && this.map.several) this.pick(this.picked.size ? [next] : [code, next], true)
      if (next) this.map.focus(next)
    } else if (key === "Escape") this.#escaped()
    else if (key === "Enter" && this.picked.size) this.settle()
    else if (key === " " && this.map.several) this.pick([code])
    else if (key === "Home" || key === "End") this.map.focus(this.map.places.named().at(key === "Home" ? 0 : -1).code)
    else if (["+", "=", "-", "0"].includes(key)) this.map.moved(key)
    else if (/^\p{L}$/u.test(key)) this.#typed(code, key.toLowerCase())
    else return
    event.preventDefault()
  }

  #escaped() {
    if (this.picked.size) return this.drop()
    if (!this.map.chosen.length || !this.map.clear) return this.map.point(null)
    const link = this.map.clear
    this.map.chose()
    follow(link)
  }

  #typed(code, letter) {
    clearTimeout(this.pause)
    this.pause = setTimeout(() => (this.typed = ""), PAUSE)
    // The same letter again goes on to the next name.
    if (this.typed !== letter) this.typed += letter
    const names = this.map.places.named(), here = names.findIndex((item) => item.code === code)
    const from = here + (this.typed.length === 1 ? 1 : 0)
    const order = [...names.slice(from), ...names.slice(0, from)]
    const found =
      order.find(({ name }) => name.toLowerCase().startsWith(this.typed)) ??
      order.find(({ name }) => name.toLowerCase().split(/[^\p{L}]+/u).some((word) => word.startsWith(this.typed)))
    if (found) this.map.focus(found.code)
  }
}
