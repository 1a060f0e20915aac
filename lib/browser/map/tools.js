// The buttons of a map.

const made = (tag, properties = {}, children = []) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const button = (text, label, click, name = "") => {
  const element = made("button", { type: "button", textContent: text, title: label, className: name })
  if (label !== text) element.ariaLabel = label
  element.addEventListener("click", click)
  return element
}

export class Tools {
  /** map: what the buttons ask for, see lib/browser/map.js. */
  constructor(map) {
    this.whole = button("⟲", "Whole map", () => map.moved("0"))
    this.zoom = made("div", { className: "fp-zooming" }, [
      button("+", "Zoom in", () => map.moved("+")),
      button("−", "Zoom out", () => map.moved("-")),
      this.whole,
    ])
    const save = (kind) => async () => {
      this.save.open = false
      const { save: saved } = await import("./saving.js")
      await saved(map, kind)
    }
    this.save = made("details", { className: "fp-saving" }, [
      made("summary", { textContent: "Save picture" }),
      button("SVG", "Save as SVG, to print or edit", save("svg")),
      button("PNG", "Save as PNG, to show", save("png")),
    ])
    this.save.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.save.open) return
      this.save.open = false
      this.save.firstChild.focus()
    })
    this.several = button("Choose several", "Choose several areas: click them or draw a box", () => map.choosing.toggle())
    this.picked = made("div", { className: "fp-picked", hidden: true })
    this.count = made("span")
    this.picked.append(
      this.count,
      button("Go on with these", "Go on with these", () => map.choosing.settle()),
      button("Clear", "Clear what was picked", () => map.choosing.drop()),
    )
    this.element = made("div", { className: "fp-tools" }, [this.zoom, this.several, this.picked, this.save])
  }

  /** Show which buttons are of use: several: whether more than one area can be chosen, and how many are. */
  show({ several, picking, picked, zoomed }) {
    this.whole.ariaDisabled = String(!zoomed)
    this.several.hidden = !several
    this.several.ariaPressed = String(picking)
    this.picked.hidden = !picked
    this.count.textContent = picked === 1 ? "1 area picked" : `${picked} areas picked`
  }
}
