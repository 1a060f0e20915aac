// Lets the live page take the place of the page behind the link, once it shows the same.

import "./bar.js"
import "./choices.js"
import { contents, sourceOf } from "./contents.js"
import "./title.js"

const still = document.getElementById("fp-still")
const live = document.getElementById("root")
// Milliseconds after which a live page that has not come is no longer waited for: what stands here works by itself.
const PATIENCE = 12000
// Milliseconds for which loading the live page waits for the typeface at most.
const TYPEFACE = 500
// Milliseconds for which the live page has to rest.
const REST = 60

const count = (root, selector) => root.querySelectorAll(selector).length

/** Whether all that stands here stands there too. */
function complete() {
  const app = live.querySelector("[data-testid=stApp]")
  const main = live.querySelector("[data-testid=stMain]")
  if (!main || app?.dataset.testScriptState !== "notRunning" || !main.querySelector("h1")?.textContent) return false
  if (main.querySelector("h1").textContent !== still.querySelector("h1")?.textContent) return false
  const places = [...main.querySelectorAll(".fp-map")]
  const open = places.filter((place) => place.getBoundingClientRect().height > 0)
  if (open.some((place) => !place.querySelector(".fp-moving a, .fp-moving path"))) return false
  return count(main, ".fp-map") >= count(still, ".fp-map") && (!count(still, "table") || count(main, "table") > 0)
}

/** Whether a reader is busy in a box: what was typed there would be lost. */
const busy = () => still.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")

function taken() {
  const focused = still.contains(document.activeElement) ? document.activeElement : null
  const top = document.scrollingElement.scrollTop
  const main = live.querySelector("[data-testid=stMain]")
  const open = [...still.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent)
  still.remove()
  for (const summary of main.querySelectorAll("details:not([open]) > summary"))
    if (open.includes(summary.textContent)) summary.parentElement.open = true
  main.scrollTop = top
  if (focused) standIn(focused, main)?.focus({ preventScroll: true })
  dispatchEvent(new CustomEvent("footprints:live"))
  // After how long it stood is counted, by page alone.
  const said = new URLSearchParams({ page: location.pathname, after: Math.round(performance.now()) })
  navigator.sendBeacon?.(new URL(`took-over?${said}`, document.baseURI))
}

/** What stands for an element on the live page. */
function standIn(element, main) {
  const href = element.getAttribute("href")
  const same = href && [...live.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === href)
  return same ?? main.querySelector("h1")
}

if (still) {
  // Before, loading the live page would only delay the painting of this one; what is painted before its typeface is
  // there may move.
  const typeface = document.fonts.load('1em "Footprints Sans"').catch(() => {})
  Promise.race([typeface, new Promise((resolve) => setTimeout(resolve, TYPEFACE))]).then(() =>
    document.head.append(document.importNode(document.getElementById("fp-live").content, true)),
  )
  // What the live page will show is on its way while that is being loaded.
  contents(sourceOf(location.href)).catch(() => {})
  let since = 0
  const started = performance.now()
  const look = () => {
    const now = performance.now()
    if (!complete() || busy()) since = 0
    else since ||= now
    if (since && now - since >= REST) return taken()
    if (now - started > PATIENCE) document.documentElement.classList.add("fp-alone")
    setTimeout(look, now - started > PATIENCE ? 500 : 30)
  }
  look()
}
