// Changes a part of the page into its next form: what is the same in both stays, and with it zoom, focus, what is open
// and how tables are sorted.
//
// What the server wrote is kept beside what stands on the page, which readers and scripts have changed since: only
// where two texts of the server differ is the page touched.

const texts = new WeakMap()
const lives = new WeakMap()

/** What stands on the page for a node of the server's. */
const live = (written) => lives.get(written)

function pair(written, element) {
  lives.set(written, element)
  for (let one = written.firstChild, other = element.firstChild; one; one = one.nextSibling, other = other.nextSibling)
    pair(one, other)
}

// Others draw into them, or fetch what stands in them.
const drawn = ({ dataset }) => !!dataset && ("map" in dataset || "chart" in dataset)
const fetched = ({ dataset }) => !!dataset && "src" in dataset
const named = ({ dataset }) => dataset.map ?? dataset.chart ?? dataset.table ?? null
const rows = (table) => table.querySelectorAll("tbody > tr").length

/** Whether one can be changed into the other. */
function alike(before, after) {
  if (before.nodeName !== after.nodeName) return false
  if (before.nodeType !== Node.ELEMENT_NODE) return true
  if (before.classList[0] !== after.classList[0] || named(before) !== named(after)) return false
  if (fetched(before) || fetched(after)) return false
  if (!before.classList.contains("fp-table")) return true
  // Its heads and its filter were made for so many rows.
  return rows(before) === rows(after) && !!before.querySelector("thead")?.isEqualNode(after.querySelector("thead"))
}

function attributes(before, after, element) {
  for (const { name } of before.attributes) if (!after.hasAttribute(name)) element.removeAttribute(name)
  for (const { name, value } of after.attributes)
    if (before.getAttribute(name) !== value) element.setAttribute(name, value)
}

class Change {
  /** moved: function(element) that brings over to a new element what stands elsewhere; returns what stands for it. */
  constructor(moved) {
    this.moved = moved
  }

  grown(written) {
    const element = written.cloneNode(true)
    pair(written, element)
    if (element.nodeType === Node.ELEMENT_NODE)
      for (const part of [written, ...written.querySelectorAll("[data-map], [data-chart], [data-src]")]) {
        const old = part.dataset && this.moved(live(part))
        if (old) lives.set(part, old)
      }
    return live(written)
  }

  node(before, after) {
    // The old one takes the place of the new one, and so still knows what stands for it.
    if (before.isEqualNode(after)) return after.replaceWith(before)
    const element = live(before)
    if (!alike(before, after)) {
      const made = this.grown(after)
      if (made !== element) element.replaceWith(made)
      return
    }
    lives.set(after, element)
    if (before.nodeType !== Node.ELEMENT_NODE) element.data = after.data
    else {
      attributes(before, after, element)
      if (!drawn(before)) this.children(before, after, element)
    }
  }

  children(before, after, element) {
    const old = [...before.childNodes], next = [...after.childNodes]
    const most = Math.min(old.length, next.length)
    let head = most, tail = 0
    if (old.length !== next.length) {
      head = 0
      while (head < most && old[head].isEqualNode(next[head])) head++
      while (tail < most - head && old.at(-1 - tail).isEqualNode(next.at(-1 - tail))) tail++
      head = most - tail
    }
    for (let n = 0; n < head; n++) this.node(old[n], next[n])
    for (let n = 1; n <= tail; n++) this.node(old.at(-n), next.at(-n))
    const behind = tail ? live(after.childNodes[next.length - tail]) : null
    for (const gone of old.slice(head, old.length - tail)) live(gone).remove()
    for (const written of next.slice(head, next.length - tail)) {
      const made = this.grown(written)
      if (behind) behind.before(made)
      else element.append(made)
    }
  }
}

/** Let a place show other HTML of the server's than before; moved as in `Change`. */
export function change(place, html, moved) {
  const made = document.createElement("template")
  made.innerHTML = html
  const before = texts.get(place), after = made.content
  texts.set(place, after)
  const changing = new Change(moved)
  if (before) changing.children(before, after, place)
  else place.replaceChildren(...[...after.childNodes].map((written) => changing.grown(written)))
}
