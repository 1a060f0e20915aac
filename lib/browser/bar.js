// The bar at the top, which stays from page to page: its menu, which page is open, and the search.

import { whenTyped } from "./typed.js"

const bar = document.getElementById("fp-bar")
const menu = bar?.querySelector(".fp-menu")
const form = bar?.querySelector(".fp-find")
const box = form?.elements.q
const path = (url) => new URL(url, document.baseURI).pathname.replace(/\/$/, "")

/** Mark the page that is open; one that the first row does not have is named on the menu. */
export function here() {
  let inside = ""
  for (const link of bar?.querySelectorAll("nav a") ?? []) {
    const open = path(link.href) === path(location)
    if (open) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
    if (open && link.closest(".fp-menu li:not(.fp-first)")) inside = link.textContent
  }
  const summary = menu?.querySelector("summary")
  if (!summary) return
  summary.classList.toggle("fp-inside", !!inside)
  summary.querySelector(".fp-wide").textContent = inside ? `More · ${inside}` : "More"
}

// What is skipped is the bar itself.
bar?.querySelector(".fp-skip").addEventListener("click", (event) => {
  event.preventDefault()
  const main = document.getElementById("fp-main") ?? document.querySelector("[data-testid=stMain]")
  main?.focus({ preventScroll: true })
})

// The menu closes when a page was chosen, when a reader turns to something else, and by Escape.
document.addEventListener("click", ({ target }) => {
  if (menu?.open && (!menu.contains(target) || target.closest("a"))) menu.open = false
})
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu?.open) return
  menu.open = false
  menu.querySelector("summary").focus()
})

// What a search finds stands below the box until a link of it was followed, or the reader turns to something else.
let panel = null, asked = ""

function found() {
  if (panel) return panel
  panel = Object.assign(document.createElement("section"), { className: "fp-found fp-document", hidden: true })
  panel.setAttribute("aria-label", "Found")
  panel.setAttribute("aria-live", "polite")
  form.after(panel)
  return panel
}

async function search() {
  const words = box.value.trim()
  asked = words
  if (!words) return close()
  let html
  try {
    const answer = await fetch(new URL(`find.live?${new URLSearchParams({ q: words })}`, document.baseURI))
    if (!answer.ok) throw new Error(String(answer.status))
    html = await answer.text()
  } catch {
    html = "<p>The search does not answer. Please try again.</p>"
  }
  if (asked !== words) return
  found().innerHTML = html
  panel.hidden = false
}

function close() {
  asked = ""
  if (panel) panel.hidden = true
}

if (form) {
  whenTyped(box, search)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    search()
  })
  box.addEventListener("focus", () => box.value.trim() && search())
  // What was typed before this was loaded.
  if (document.activeElement === box && box.value.trim()) search()
  document.addEventListener("click", ({ target }) => {
    if (!panel || panel.hidden || form.contains(target)) return
    if (!panel.contains(target)) close()
    // The question is answered.
    else if (target.closest("a")) {
      box.value = ""
      close()
    }
  })
  for (const element of [form, found()])
    element.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || found().hidden) return
      close()
      box.focus()
    })
}
