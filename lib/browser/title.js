// The title of the window is that of what it shows: Streamlit writes titles of its own with every run.

const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, "title")

if (!Object.hasOwn(document, "title"))
  Object.defineProperty(document, "title", { configurable: true, get: () => get.call(document), set: () => {} })

/** Give the window its title. */
export function name(title) {
  if (get.call(document) !== title) set.call(document, title)
}
