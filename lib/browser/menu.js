// The menu of pages closes when one was chosen, when a reader turns to something else, and by Escape.

const open = () => document.querySelectorAll(".fp-menu[open]")

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target) || target.closest("a")) menu.open = false
})
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return
  for (const menu of open()) {
    menu.open = false
    menu.querySelector("summary").focus()
  }
})
