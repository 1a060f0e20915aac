// What the live page mounts: a document, or its head with the line for taking it along.

import { draw as chart } from "./charts.js"
import { show } from "./document.js"
import { listen } from "./links.js"
import "./menu.js"
import { offer } from "./share.js"

for (const name of ["document.css", "header.css"]) {
  const href = new URL(name, import.meta.url).href
  if (!document.querySelector(`link[href="${href}"]`))
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }))
}

/** Show data in an element; called again with every run, it changes only what is different. */
export function mount(root, data) {
  const part = (name) =>
    root.querySelector(`:scope > .${name}`) ??
    root.appendChild(Object.assign(document.createElement("div"), { className: name }))
  listen(data.pages)
  const library = new URL(data.library, document.baseURI).href
  // A page without a map need not fetch what draws one.
  const map = async (place, specification) => (await import("./map.js")).draw(place, specification)
  show(part("fp-document"), data, { map, chart: (place, figure) => chart(place, figure, library) })
  if (!data.share) return
  root.classList.add("fp-head")
  offer(part("fp-sharing"), data.share)
}
