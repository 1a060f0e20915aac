// What the live page mounts: the places of a document, which stay from page to page, and what stands in them.
//
// A run of the page says which address its document has. A link that was followed says so before: what stands behind
// it is shown as soon as it is there, and the run, which sets the boxes, only confirms it.

import { here } from "./bar.js"
import { draw as chart } from "./charts.js"
import { offer as offerChoices } from "./choices.js"
import { alias, contents, same, sourceOf } from "./contents.js"
import { show } from "./document.js"
import { follow as go, listen, travelling } from "./links.js"
import { offer } from "./share.js"
import { name } from "./title.js"

// The element of the body; what the last run said; where a link leads that was followed since.
let body = null, said = null, ahead = null, library = ""
// Pages of which a session knows more than their address says.
const own = new Set()
// Only what was asked for last is shown.
let turn = 0, choosing = 0

const pageOf = (source) => source.split(/[.?]/, 1)[0]
// A page without a map need not fetch what draws one.
const map = async (place, specification) => (await import("./map.js")).draw(place, specification)
const drawn = { map, chart: (place, figure) => chart(place, figure, library) }

function part(root, name) {
  return (
    root.querySelector(`:scope > .${name}`) ??
    root.appendChild(Object.assign(document.createElement("div"), { className: name }))
  )
}

/** Take what a run says; called again with every run. */
export function mount(root, data) {
  if (!data.source) return show(part(root, "fp-document"), data, drawn)
  body = root
  said = data
  if (!travelling()) ahead = null
  library = new URL(data.library, document.baseURI).href
  own[data.contents ? "add" : "delete"](pageOf(data.source))
  listen({ follow, rest })
  present()
}

/** A place that a run of the page made beside the boxes. */
const place = (name) => document.querySelector(`[data-testid=stMain] .fp-place[data-place="${name}"]`)

/** The boxes of a page go before those of the next come: their room stays until then, so that nothing moves twice. */
function hold(held) {
  const top = document.querySelector("[data-testid=stMain] .st-key-top")
  if (!top) return
  const room = held ? top.offsetHeight - top.firstElementChild.offsetHeight : 0
  top.style.setProperty("--fp-boxes", `${room}px`)
}

/** A link was followed: the run that it asks for comes later. */
async function follow(link, shown) {
  const source = sourceOf(link)
  hold(true)
  ahead = own.has(pageOf(source)) ? null : source
  if (ahead && (await present())) shown()
}

/** No run is under way: what stands at the address is shown, whichever run spoke last. */
async function rest() {
  const source = sourceOf(location.href)
  hold(false)
  ahead = !said || same(said.source, source) || own.has(pageOf(source)) ? null : source
  if ((await present()) || !ahead) return
  ahead = null
  present()
}

/** Show what was asked for last; whether it is shown. */
async function present() {
  const source = ahead ?? said?.source
  if (!source) return false
  // The places come one after the other.
  while (body.isConnected && !place("head")) await new Promise(requestAnimationFrame)
  if (!place("head")) return false
  const now = ++turn
  let told = !ahead || same(said?.source ?? "", ahead) ? said?.contents : null
  try {
    told ??= await contents(source)
  } catch {
    told = null
  }
  if (now !== turn) return false
  if (told) put(told)
  // A run that is still to come may do better.
  else if (!ahead) failed()
  return !!told
}

/** A choice that is folded away was changed: what it leads to says which link that is. */
async function chosen(form) {
  const query = new URLSearchParams(new FormData(form))
  const part = new URLSearchParams(location.search).get("view")
  if (part) query.set("view", part)
  const now = ++choosing
  try {
    const told = await contents(`${pageOf(sourceOf(location.href))}.live?${query}`)
    if (now !== choosing) return
    if (!part) alias(sourceOf(told.share.link), told)
    go(told.share.link)
  } catch {
    // The form itself says what was chosen.
    form.submit()
  }
}

function put(told) {
  here()
  name(told.title)
  const head = place("head"), choices = place("choices")
  head.classList.add("fp-head")
  show(part(head, "fp-document"), told.head, drawn)
  offer(part(head, "fp-sharing"), told.share)
  if (choices) offerChoices(part(choices, "fp-folded"), told.choices, chosen)
  show(part(body, "fp-document"), told.body, drawn)
}

function failed() {
  const words = "What stands behind this link could not be fetched."
  const sentence = `<p role=alert>${words} <button type=button>Try again</button></p>`
  const place = part(body, "fp-document")
  show(place, { blocks: [sentence], maps: {}, charts: {} }, drawn)
  place.querySelector("[role=alert] button").onclick = present
}
