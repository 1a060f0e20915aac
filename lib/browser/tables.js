// Tables of a document: sorted by a click on a head, filtered by a word, rows that light up their area on the map.

import { whenOpen } from "./folded.js"

const LONG = 12
const ROWS = ":is(tr, .fp-bar)[data-code]"
const order = new Map()
const wanted = new Map()

const number = (cell) => (cell.dataset.value === undefined ? null : Number(cell.dataset.value))
const text = (cell) => cell.textContent.trim().toLowerCase()

function compare(column, down) {
  return (a, b) => {
    const [one, other] = [a.cells[column], b.cells[column]]
    const [n, m] = [number(one), number(other)]
    // What has no value stands last, whichever way the table is sorted.
    if (n === null && m !== null) return 1
    if (m === null && n !== null) return -1
    const found = n !== null ? n - m : text(one).localeCompare(text(other), "en-GB", { numeric: true })
    return down ? -found : found
  }
}

function sort(table, column, down) {
  const body = table.tBodies[0]
  body.append(...[...body.rows].sort(compare(column, down)))
  for (const [n, head] of [...table.tHead.rows[0].cells].entries())
    if (n === column) head.setAttribute("aria-sort", down ? "descending" : "ascending")
    else head.removeAttribute("aria-sort")
}

function filter(table, word) {
  let shown = 0
  for (const row of table.tBodies[0].rows) {
    row.hidden = !row.textContent.toLowerCase().includes(word)
    shown += !row.hidden
  }
  return shown
}

function headed(table, key) {
  for (const [n, head] of [...table.tHead.rows[0].cells].entries()) {
    if (head.classList.contains("fp-drawn")) continue
    const button = document.createElement("button")
    button.type = "button"
    button.append(...head.childNodes)
    button.addEventListener("click", () => {
      // Numbers are first asked for from the greatest.
      const [column, down] = order.get(key) ?? []
      const next = column === n ? !down : head.classList.contains("fp-number")
      order.set(key, [n, next])
      sort(table, n, next)
    })
    head.append(button)
  }
  if (order.has(key)) sort(table, ...order.get(key))
}

function searched(place, table, key) {
  if (table.tBodies[0].rows.length < LONG) return
  const box = document.createElement("input")
  Object.assign(box, { type: "search", placeholder: "Filter rows", value: wanted.get(key) ?? "" })
  box.setAttribute("aria-label", `Filter rows: ${table.caption?.textContent ?? ""}`)
  const said = document.createElement("span")
  said.setAttribute("role", "status")
  const apply = () => {
    wanted.set(key, box.value)
    const shown = filter(table, box.value.trim().toLowerCase())
    said.textContent = box.value.trim() ? `${shown} of ${table.tBodies[0].rows.length} rows` : ""
  }
  box.addEventListener("input", apply)
  const line = document.createElement("p")
  line.className = "fp-filter"
  line.append(box, said)
  place.prepend(line)
  if (box.value) apply()
}

function labelled(table) {
  // On a phone a row becomes a list: each value then needs the name of its column.
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim())
  for (const row of table.tBodies[0].rows)
    for (const [n, cell] of [...row.cells].entries()) if (n && !cell.classList.contains("fp-drawn")) cell.dataset.label = heads[n]
}

function lit(list) {
  const point = (code) => document.dispatchEvent(new CustomEvent("footprints:point", { detail: { code } }))
  const at = (event) => event.target.closest?.(ROWS)?.dataset.code ?? null
  for (const kind of ["pointerover", "focusin"]) list.addEventListener(kind, (event) => point(at(event)))
  for (const kind of ["pointerleave", "focusout"]) list.addEventListener(kind, () => point(null))
}

async function fetched(place) {
  const { src } = place.dataset
  const answer = await fetch(new URL(src.replace(/^\//, ""), document.baseURI))
  if (!answer.ok) throw new Error(String(answer.status))
  const made = document.createElement("template")
  made.innerHTML = await answer.text()
  place.replaceChildren(...made.content.firstElementChild.childNodes)
}

async function alive(place) {
  try {
    if (place.dataset.src) await fetched(place)
  } catch {
    // The next view tries again.
    delete place.dataset.live
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: "The table could not be fetched." }))
    return
  }
  const table = place.querySelector("table"), key = place.dataset.table
  labelled(table)
  headed(table, key)
  searched(place, table, key)
  lit(table)
}

/** Bring the tables and bars inside an element to life; each is looked at once, and not before it can be seen. */
export function enliven(root) {
  for (const place of root.querySelectorAll(".fp-table:not([data-live])")) {
    place.dataset.live = ""
    whenOpen(place, () => alive(place))
  }
  for (const place of root.querySelectorAll(".fp-bars:not([data-live])")) {
    place.dataset.live = ""
    lit(place)
  }
}

/** Let a table that is to be fetched show what an older one shows until it is there; the same table stays. */
export function keep(place, old) {
  if (!old || !place.dataset.src || !("live" in old.dataset)) return null
  if (old.dataset.src === place.dataset.src) {
    place.replaceWith(old)
    return old
  }
  if (old.querySelector("table")) place.replaceChildren(...old.childNodes)
  return null
}

// The area that is pointed at on a map lights up its row.
document.addEventListener("footprints:point", (event) => {
  for (const row of document.querySelectorAll(".fp-pointed")) row.classList.remove("fp-pointed")
  if (!event.detail.code) return
  for (const row of document.querySelectorAll(ROWS))
    if (row.dataset.code === event.detail.code) row.classList.add("fp-pointed")
})
