// What is said of the area that is pointed at or has the focus.

export class Tip {
  constructor(frame) {
    this.frame = frame
    // It repeats what the area is called for those who hear the map.
    this.element = Object.assign(document.createElement("div"), { className: "fp-tip", hidden: true })
    this.element.ariaHidden = "true"
    frame.append(this.element)
  }

  /** Show name and value near a place of the frame. */
  show({ name, value }, [x, y]) {
    const title = document.createElement("strong")
    title.textContent = name
    const lines = value ? value.split("\n") : []
    this.element.replaceChildren(title, ...lines.map((words) => Object.assign(document.createElement("span"), { textContent: words })))
    this.element.hidden = false
    this.move([x, y])
  }

  move([x, y]) {
    const { offsetWidth: width, offsetHeight: height } = this.element
    const most = this.frame.clientWidth - width - 2
    const left = x + 14 + width > this.frame.clientWidth ? x - width - 10 : x + 14
    const top = y + 16 + height > this.frame.clientHeight ? y - height - 10 : y + 16
    this.element.style.transform = `translate(${Math.round(Math.max(2, Math.min(left, most)))}px,${Math.round(Math.max(2, top))}px)`
  }

  hide() {
    this.element.hidden = true
  }
}
