// A map as a picture that leaves the page, as it is seen: with title, legend, date, source and link.

import { INK, PAPER, SOFT, svg } from "./picture.js"

const FONT = "Arial, Helvetica, sans-serif"
const PAD = 16, LINE = 1.35
// Pixels of a PNG for one of the screen's.
const FINE = 2

const pen = document.createElement("canvas").getContext("2d")

function wide(words, size, bold) {
  pen.font = `${bold ? "bold " : ""}${size}px ${FONT}`
  return pen.measureText(words).width
}

function broken(words, size, most, bold = false) {
  const lines = [""]
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (wide(longer, size, bold) <= most || !lines.at(-1)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.filter(Boolean)
}

const text = (words, x, y, size, fill, more = {}) => {
  const made = svg("text", { x, y, "font-size": size, fill, ...more })
  made.textContent = words
  return made
}

function legend(map, width) {
  const used = new Map()
  for (const [n, { items }] of map.areas.entries())
    for (const item of items)
      if (!item.faded && item.label) {
        const [, , , , mark] = map.spec.areas[n].classes.find(([key]) => key === item.class)
        used.set(item.class, { ...item, mark })
      }
  const order = map.spec.areas.flatMap(({ classes }) => classes.map(([key]) => key))
  const rows = [...new Set(order)].filter((key) => used.has(key)).map((key) => used.get(key))
  const group = svg("g")
  let x = 0, y = 0
  for (const { label, look, mark } of rows) {
    const long = 44 + wide(label, 12)
    if (x && x + long > width) [x, y] = [0, y + 22]
    const fill = map.patterns.fill(look, "main")
    group.append(
      svg("rect", { x, y, width: 26, height: 15, fill, stroke: "#9aa5ab" }),
      text(mark, x + 13, y + 11.5, 10, look.ink, { "text-anchor": "middle", "font-weight": "bold" }),
      text(label, x + 32, y + 12, 12, INK),
    )
    x += long + 10
  }
  return { group, height: rows.length ? y + 26 : 0 }
}

function seen(map, width, height) {
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}` })
  for (const sheet of map.sheets) picture.append(...sheet.cloneNode(true).childNodes)
  for (const gone of picture.querySelectorAll(".fp-ring, .fp-rubber, [display=none]")) gone.remove()
  for (const part of picture.querySelectorAll("*"))
    for (const name of ["class", "tabindex", "data-code", "data-class", "data-place", "role", "aria-label", "aria-hidden", "aria-current"])
      part.removeAttribute(name)
  for (const link of picture.querySelectorAll("a")) link.setAttribute("href", new URL(link.getAttribute("href"), document.baseURI))
  for (const [name, value] of Object.entries({ x: 0, width, height, overflow: "hidden" })) picture.setAttribute(name, value)
  return picture
}

function drawn(map) {
  const { width, height } = map.size, inside = width - 2 * PAD, { spec } = map
  const root = svg("svg", { width, "font-family": FONT, role: "img" })
  const title = svg("title"), described = svg("desc")
  title.textContent = spec.title
  described.textContent = spec.description
  root.append(title, described, svg("rect", { width: "100%", height: "100%", fill: PAPER }))
  let y = PAD
  for (const line of broken(spec.title, 18, inside, true)) root.append(text(line, PAD, (y += 18 * LINE) - 6, 18, INK, { "font-weight": "bold" }))
  const picture = seen(map, width, height)
  picture.setAttribute("y", y)
  root.append(picture)
  if (spec.note) {
    const [fill, stroke] = spec.made_up ? ["#fff3d6", "#b3490a"] : [PAPER, "#768692"]
    root.append(
      svg("rect", { x: 4, y: y + 4, width: wide(spec.note, 12, true) + 12, height: 20, fill, stroke }),
      text(spec.note, 10, y + 18, 12, INK, { "font-weight": "bold" }),
    )
  }
  y += height + PAD / 2
  const { group, height: high } = legend(map, inside)
  group.setAttribute("transform", `translate(${PAD} ${y})`)
  root.append(group)
  y += high
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
  for (const words of [spec.source ?? "", `Saved on ${day} from ${location.href}`])
    for (const line of broken(words, 10, inside)) root.append(text(line, PAD, (y += 10 * LINE), 10, SOFT))
  y += PAD
  root.setAttribute("height", Math.ceil(y))
  root.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(y)}`)
  return root
}

async function png(blob, width, height) {
  const address = URL.createObjectURL(blob)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = Object.assign(document.createElement("canvas"), { width: width * FINE, height: height * FINE })
    const context = canvas.getContext("2d")
    context.scale(FINE, FINE)
    context.drawImage(image, 0, 0, width, height)
    return await new Promise((done) => canvas.toBlob(done, "image/png"))
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Save a map as "svg" or "png". */
export async function save(map, kind) {
  const root = drawn(map)
  const blob = new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" })
  const content = kind === "png" ? await png(blob, Number(root.getAttribute("width")), Number(root.getAttribute("height"))) : blob
  const name = map.spec.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "map"
  const address = URL.createObjectURL(content)
  Object.assign(document.createElement("a"), { href: address, download: `${name}.${kind}` }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10000)
}
