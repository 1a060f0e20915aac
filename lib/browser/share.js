// The line beside the title: the full link to copy, a citation, an embed, the page as a print and as files.

const made = (tag, properties = {}, ...inside) => {
  const { label, ...rest } = properties
  const element = Object.assign(document.createElement(tag), rest)
  if (label) element.setAttribute("aria-label", label)
  element.append(...inside)
  return element
}

const absolute = (link) => new URL(link.replace(/^\//, ""), document.baseURI).href

async function copy(words, said) {
  try {
    await navigator.clipboard.writeText(words)
    said.textContent = "Copied"
  } catch {
    said.textContent = "Press Ctrl+C to copy"
  }
}

// Lets a frame be as high as what it shows.
const FIT =
  '<script>addEventListener("message",e=>{const h=e.data?.footprints?.height;' +
  'for(const f of document.querySelectorAll("iframe[data-footprints]"))if(h&&f.contentWindow===e.source)f.height=h})</script>'

function source(data, part) {
  const url = new URL(absolute(data.link))
  url.searchParams.set("embed", "true")
  if (part !== "all") url.searchParams.set("view", part)
  return url.href
}

function built(root) {
  const said = made("span", { className: "fp-status" })
  said.setAttribute("role", "status")
  const link = made("input", { readOnly: true, label: "Link to this view" })
  const citation = made("textarea", { readOnly: true, rows: 4, label: "Citation" })
  const embed = made("textarea", { readOnly: true, rows: 4, label: "Embed" })
  const part = made("select", { label: "What the embed shows" })
  for (const [value, words] of [["map", "map only"], ["all", "map and table"], ["table", "table only"]])
    part.add(new Option(words, value))
  const size = made("select", { label: "Size of the embed" })
  const frame = made("div", { className: "fp-preview" })
  const files = made("ul", { className: "fp-files" })
  const programs = made("div", { className: "fp-programs" })
  const button = (words, act) => made("button", { type: "button", onclick: act }, words)
  const state = { data: {}, said, link, citation, embed, part, size, frame, files, programs }
  const write = () => written(state)
  part.onchange = size.onchange = write
  const folded = (words, ...inside) =>
    made("details", {}, made("summary", {}, words), made("div", { className: "fp-panel" }, ...inside))
  state.print = made("a", {}, "Print")
  // On paper alone: where it was found, and when.
  state.cited = made("p", { className: "fp-cited" })
  state.downloads = folded("Download", files, programs)
  root.replaceChildren(
    made("div", { className: "fp-share" },
      button("Copy link", () => { link.select(); copy(link.value, said) }),
      state.print,
      folded("Cite or embed",
        made("label", {}, "Link ", link),
        made("label", {}, "Citation ", citation),
        button("Copy citation", () => copy(citation.value, said)),
        made("label", {}, "Show ", part),
        made("label", {}, "Size ", size),
        made("label", {}, "Embed ", embed),
        button("Copy embed", () => copy(embed.value, said)),
        button("Preview", () => {
          const [width, height] = state.data.sizes[size.value]
          frame.replaceChildren(made("iframe", { src: source(state.data, part.value), width, height, title: "Preview of the embed" }))
        }),
        frame),
      state.downloads,
      said,
      state.cited),
  )
  return state
}

function written(state) {
  const { data, size, part, embed, frame } = state
  const [width, height] = data.sizes[size.value]
  const quoted = (words) => words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
  const address = quoted(source(data, part.value))
  const look = `width="${width}" height="${height}" style="border:0;max-width:100%" loading="lazy"`
  embed.value = `<iframe data-footprints src="${address}" title="${quoted(data.title)}" ${look}></iframe>\n${FIT}`
  frame.replaceChildren()
}

const states = new WeakMap()

/** Offer a view to be taken along: data.link, .citation, .title, .sizes, .files (words, address and name of each). */
export function offer(root, data) {
  if (!states.has(root)) states.set(root, built(root))
  const state = states.get(root)
  if (JSON.stringify(state.data) === JSON.stringify(data)) return
  state.data = data
  const link = absolute(data.link)
  if (state.link.value !== link) state.said.textContent = ""
  state.link.value = link
  state.citation.value = state.cited.textContent = data.citation.replace("{link}", link)
  if (!state.size.options.length) {
    for (const name of Object.keys(data.sizes)) state.size.add(new Option(name, name))
    state.size.value = "medium"
  }
  state.files.replaceChildren(
    ...data.files.map(({ words, address, name }) =>
      made("li", {}, made("a", { href: new URL(address.replace(/^\//, ""), document.baseURI).href, download: name }, words))),
  )
  state.downloads.hidden = !data.files.length
  const paper = data.files.find(({ address }) => /\.pdf(\?|$)/.test(address))
  state.print.hidden = !paper
  if (paper) state.print.href = new URL(paper.address.replace(/^\//, ""), document.baseURI).href
  const table = state.files.querySelector('a[href*=".csv?"]')?.href
  state.programs.replaceChildren(
    ...(table
      ? [
          made("p", {}, "The first table in Python: ", made("code", {}, `pandas.read_csv("${table}")`)),
          made("p", {}, "In R: ", made("code", {}, `read.csv("${table}", fileEncoding = "UTF-8-BOM")`)),
          made("p", {}, "In Excel: Data, From Web, and the address of the table. What its columns hold: ", made("a", { href: `${table}&dictionary` }, "dictionary")),
        ]
      : []),
    made("p", {}, "More for software: ", made("a", { href: absolute("/api") }, "interface")),
  )
  written(state)
}
