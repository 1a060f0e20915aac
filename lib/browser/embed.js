// A view in a frame of another page: maps that can be pointed at and zoomed, and links that change the view in place.

import { show, stands } from "./document.js"

const root = document.querySelector("main.fp-document")
let latest = 0

const data = (page) => JSON.parse(page.getElementById("fp-data").textContent)
const blocks = (page) => [...page.querySelector("main.fp-document").children].map((block) => block.innerHTML)

function drawn(content, markup) {
  const library = new URL(content.library, document.baseURI).href
  const map = async (place, specification) => (await import("./map.js")).draw(place, specification)
  const chart = async (place, figure) => (await import("./charts.js")).draw(place, figure, library)
  show(root, { ...content, blocks: markup }, { map, chart })
  tell()
}

/** Tell the page around the frame how high the view is. */
function tell() {
  if (parent !== window) parent.postMessage({ footprints: { height: document.documentElement.scrollHeight } }, "*")
}

async function followed(url) {
  const turn = ++latest
  try {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(answer.status)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    // What was clicked last is what is shown.
    if (turn !== latest) return
    document.title = page.title
    history.replaceState(null, "", url)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(page.querySelector("style").textContent)
    document.adoptedStyleSheets = [sheet]
    drawn(data(page), blocks(page))
  } catch {
    location.href = url
  }
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const link = event.target.closest?.("a[href]")
  if (!link || (link.getAttribute("target") ?? "_self") !== "_self") return
  const url = new URL(link.getAttribute("href"), document.baseURI)
  if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash) return
  event.preventDefault()
  for (const name of ["embed", "view"])
    if (!url.searchParams.has(name)) url.searchParams.set(name, new URLSearchParams(location.search).get(name) ?? "all")
  if (url.href !== location.href) followed(url.href)
})

stands(root, blocks(document))
drawn(data(document), blocks(document))
new ResizeObserver(tell).observe(root)
