// Where the areas of a map lie, and which lies beside which.

export class Places {
  /** areas: as `unpacked` gives them; layers: their outlines; pane: where they are drawn. */
  constructor(areas, layers, pane) {
    this.pane = pane
    this.items = new Map()
    for (const { items, layer } of areas) {
      const codes = items.map(({ code }) => code)
      for (const item of items)
        if (layers[layer].has(item.code)) this.items.set(item.code, { item, outlines: layers[layer], codes })
    }
  }

  has(code) {
    return this.items.has(code)
  }

  item(code) {
    return this.items.get(code)?.item
  }

  /** All areas by their names. */
  named() {
    this.order ??= [...this.items.values()].map(({ item }) => item).sort((a, b) => a.name.localeCompare(b.name, "en-GB"))
    return this.order
  }

  /** Where the label of an area is in the frame now. */
  at(code) {
    return this.pane.at(this.items.get(code).outlines.at(code))
  }

  /** The areas to choose from whose label is in a box: its left, top, right and bottom. */
  within([left, top, right, bottom]) {
    return [...this.items.keys()].filter((code) => {
      const [x, y] = this.at(code)
      return this.item(code).href && x >= left && x <= right && y >= top && y <= bottom
    })
  }

  /** The area that lies in a direction: what is near and straight ahead, neighbours before others. */
  beside(code, [across, down]) {
    const [x, y] = this.at(code)
    const { outlines, codes } = this.items.get(code)
    const near = outlines.neighbours(codes).get(code)
    let best, least = Infinity
    for (const other of this.items.keys()) {
      const [left, top] = this.at(other)
      const ahead = (left - x) * across + (top - y) * down
      const aside = Math.abs((left - x) * down) + Math.abs((top - y) * across)
      if (other === code || ahead <= 0 || aside > ahead * 1.8) continue
      const far = (ahead + 1.5 * aside) * (near.has(other) ? 0.4 : 1)
      if (far < least) [best, least] = [other, far]
    }
    return best
  }
}
