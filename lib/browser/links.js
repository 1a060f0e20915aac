// Links that change the view without loading the page again, where a live page is there to show it.
//
// Streamlit takes a popstate event for Back or Forward: it runs what the address names. So a click on a link writes the
// address and sends that event. What Streamlit writes into the address by itself while a view is on its way, or of
// another page although the reader did nothing that could lead there, belongs to a view that has been left: it is held
// back, and so the address is always that of the last click.

// Milliseconds that a view may take to begin before the address is Streamlit's again, and that a run which ends may be
// followed by the one that was asked for.
const SLOW = 5000, NEXT = 700
// Milliseconds for which a page that still grows is scrolled to where a reader left it.
const GROWING = 2000

// How a page is framed: a link that says nothing of it leaves it as it is.
const FRAME = ["embed", "embed_options", "view"]
const ROOT = new URL("../../../../", import.meta.url)

const write = { pushState: history.pushState, replaceState: history.replaceState }
const scrolls = new Map()
let pages = null
// What is called when a link was followed, and when the view that was asked for is there.
let told = { follow() {}, rest() {} }
// The number of the entry of the history that is shown, the greatest one, and the page that is shown.
let entry = 0, last = 0, place = ""
// Where the reader is going, until it is there, and where that was last, until the reader does something there.
let travel = null, arrived = null
// Whether the reader did anything else since.
let touched = true

const app = () => document.querySelector("[data-testid=stApp]")
const main = () => document.querySelector("[data-testid=stMain]")
const path = ({ pathname }) => pathname.replace(/\/$/, "")

/** Follow a link as if it had been clicked. */
export function follow(href) {
  const link = Object.assign(document.createElement("a"), { href, hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
}

/**
 * Let plain links to pages of the app change the view from now on.
 *
 * hears: functions follow(link, shown), which calls shown() when what stands behind the link is shown, and rest(), which
 * returns a promise of that.
 */
export function listen(hears) {
  if (pages) return
  told = hears
  // The bar has all pages.
  pages = new Set([...document.querySelectorAll("#fp-bar nav a")].map((link) => path(new URL(link.href))))
  place = path(location)
  entry = last = history.state?.entry ?? 0
  history.pushState = (state, _, url) => written("pushState", state, url)
  history.replaceState = (state, _, url) => written("replaceState", state, url)
  write.replaceState.call(history, { ...history.state, entry }, "")
  document.addEventListener("click", clicked)
  addEventListener("popstate", popped)
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, touch, true)
  new MutationObserver(watched).observe(app(), { attributes: true, attributeFilter: ["data-test-script-state"] })
  new MutationObserver(refocused).observe(app(), { childList: true, subtree: true })
}

/** Whether a link was followed whose view is still on its way. */
export const travelling = () => travel !== null

function touch() {
  touched = true
  arrived = null
}

function clicked(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const link = event.target.closest?.("a[href]")
  if (!link || link.hasAttribute("download") || (link.getAttribute("target") ?? "_self") !== "_self") return
  const url = new URL(link.getAttribute("href"), document.baseURI)
  // Without a server that answers, the link loads what it names.
  const known = url.origin === location.origin && pages.has(path(url)) && !url.hash
  if (!known || app()?.dataset.testConnectionState !== "CONNECTED") return
  event.preventDefault()
  const framed = new URLSearchParams(location.search)
  for (const name of FRAME)
    if (!url.searchParams.has(name)) for (const value of framed.getAll(name)) url.searchParams.append(name, value)
  if (url.href === location.href) return
  depart()
  entry = ++last
  write.pushState.call(history, { entry }, "", url)
  arrive(null)
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
}

function popped(event) {
  // Ours are not the browser's.
  if (!event.isTrusted) return
  depart()
  entry = event.state?.entry ?? 0
  arrive(scrolls.get(entry) ?? 0)
}

/** Keep in mind how far a reader had scrolled. */
function depart() {
  if (!travel) scrolls.set(entry, main()?.scrollTop ?? 0)
}

function arrive(scroll) {
  clearTimeout(travel?.timer)
  arrived = null
  touched = false
  const there = { page: path(location), scroll, begun: false, landed: false, timer: setTimeout(settle, SLOW) }
  travel = there
  // What stands there may be shown before its run ends.
  told.follow(location.href, () => travel === there && land(there))
}

/** Hold back what Streamlit writes into the address, unless it is what a reader chose in a box or in its navigation. */
function written(kind, state, url) {
  const target = path(new URL(url ?? "", location.href))
  if ((travel || target !== path(location)) && !touched) return
  if (kind === "pushState") {
    depart()
    entry = ++last
  }
  write[kind].call(history, { ...state, entry }, "", url)
  // Streamlit's own navigation writes the address when the page begins.
  if (target !== place) {
    arrive(null)
    touched = true
    watched()
  }
}

function watched() {
  const state = app().dataset.testScriptState
  if (!travel) {
    if (state === "notRunning") told.rest()
    return
  }
  if (state === "running") travel.begun = true
  else if (state === "notRunning" && travel.begun) settle()
  else if (state === "notRunning") {
    clearTimeout(travel.timer)
    travel.timer = setTimeout(settle, NEXT)
  }
}

/** What seemed to be the last of a page was not: the heading that had the focus is another one now. */
function refocused() {
  if (!travel && arrived === path(location) && document.activeElement === document.body) headed()
}

/** The run of the view has ended; what stands there may still be on its way. */
async function settle() {
  clearTimeout(travel.timer)
  const there = travel
  travel = null
  await told.rest()
  if (!travel) land(there)
}

/** The view is there: on another page its heading gets the focus and is announced. */
function land(there) {
  const { page, scroll } = there
  if (there.landed) return
  there.landed = true
  if (page !== place) {
    place = arrived = page
    headed()
    scrollTo(scroll ?? 0, there)
  } else if (scroll !== null) scrollTo(scroll, there)
}

function scrollTo(top, there) {
  const until = performance.now() + GROWING
  let left = false
  const leave = () => (left = true)
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(kind, leave, { once: true, passive: true, capture: true })
  const step = () => {
    const area = main()
    if (left || (travel && travel !== there) || !area) return
    area.scrollTop = top
    if (Math.abs(area.scrollTop - top) > 1 && performance.now() < until) requestAnimationFrame(step)
  }
  step()
}

function headed() {
  const heading = main()?.querySelector("h1")
  if (heading) {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  const words = heading?.textContent ?? document.title
  let said = document.getElementById("fp-announced")
  if (!said) {
    said = Object.assign(document.createElement("p"), { id: "fp-announced", role: "status" })
    said.style.cssText = "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%)"
    document.body.append(said)
  }
  if (said.textContent !== words) said.textContent = words
}
