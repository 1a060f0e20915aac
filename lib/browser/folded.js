// What lies in a folded part of a page waits until it is opened: nothing is fetched for it, nothing drawn without room.

/** Call a function once an element can be seen: at once, or when all parts around it are open. */
export function whenOpen(element, act) {
  const closed = element.closest("details:not([open])")
  if (closed) closed.addEventListener("toggle", () => whenOpen(element, act), { once: true })
  else if (element.isConnected) act()
}
