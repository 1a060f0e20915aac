// Choices that are folded away: a form, whose every change is the link to another view.

/** Whatever is open and names itself so: it closes when a reader turns to something else, and by Escape. */
const open = () => document.querySelectorAll(".fp-more[open]")

document.addEventListener("pointerdown", ({ target }) => {
  for (const more of open()) if (!more.contains(target)) more.open = false
})
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return
  for (const more of open()) {
    more.open = false
    more.querySelector("summary").focus()
  }
})

const shown = new WeakMap()

/** What tells a field from others, so that the same one of the next view can have the focus. */
const called = ({ tagName, name, type, value }) => [tagName, name, type === "checkbox" ? value : ""].join("\0")

/** Offer choices as the server wrote them; chosen: function(form) that is called when a reader changed one. */
export function offer(root, html, chosen) {
  if (shown.get(root) === html) return
  shown.set(root, html)
  const opened = [...root.querySelectorAll("details")].map((item) => item.open)
  const focused = root.contains(document.activeElement) ? document.activeElement : null
  root.innerHTML = html
  for (const [n, item] of [...root.querySelectorAll("details")].entries()) item.open = !!opened[n]
  const form = root.querySelector("form")
  form?.addEventListener("change", () => chosen(form))
  form?.addEventListener("submit", (event) => {
    event.preventDefault()
    chosen(form)
  })
  if (!focused) return
  const fields = [...root.querySelectorAll("input, select, summary")]
  fields.find((field) => called(field) === called(focused))?.focus({ preventScroll: true })
}
