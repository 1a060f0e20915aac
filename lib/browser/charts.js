// Charts of a document, drawn by Plotly, which is fetched when the first one is there.

import { follow } from "./links.js"

let library

function plotly(address) {
  library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address })
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => reject(new Error(address))
    document.head.append(script)
  })
  return library
}

/** Draw a chart: figure.data and figure.layout as Plotly takes them; figure.link is what choosing a point opens. */
export async function draw(place, figure, address) {
  const written = JSON.stringify(figure)
  if (place.figure === written) return
  place.figure = written
  const { react } = await plotly(address)
  // Until now its words stood there.
  if (!place.querySelector(".plot-container")) place.replaceChildren()
  // Where there is less room than it needs, it is moved sideways.
  const least = figure.layout.meta?.least ?? 0
  const width = least > place.clientWidth ? { width: least } : {}
  await react(place, figure.data, { ...figure.layout, ...width }, { displayModeBar: false, responsive: true })
  place.removeAllListeners("plotly_click")
  if (figure.link)
    place.on("plotly_click", ({ points }) => {
      const [code] = points.at(-1)?.customdata ?? []
      if (code) follow(figure.link.replaceAll("{code}", code))
    })
}
