// What stands behind links, as the live page shows it: fetched from where the address says, and the last ones kept.

// Views that are kept: Back shows them at once.
const MOST = 16
const ENDING = ".live"
const ROOT = new URL("../../../../", import.meta.url)
const kept = new Map()

/** The same for all ways to write an address. */
function named(source) {
  const url = new URL(source, ROOT)
  return `${url.pathname}?${url.searchParams}`
}

/** Where what is shown of a link is fetched: as the server names it. */
export function sourceOf(link) {
  const url = new URL(link, document.baseURI)
  const path = url.pathname.slice(ROOT.pathname.length).replace(/\/$/, "") || "map"
  for (const name of ["embed", "embed_options"]) url.searchParams.delete(name)
  const query = `${url.searchParams}`
  return `${path}${ENDING}${query && `?${query}`}`
}

/** Whether two addresses lead to the same. */
export const same = (one, other) => named(one) === named(other)

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin" })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

/** Fetch what is shown, once. */
export function contents(source) {
  const name = named(source)
  let made = kept.get(name)
  kept.delete(name)
  if (!made) {
    made = fetched(new URL(source, ROOT))
    // The next time it is tried again.
    made.catch(() => kept.get(name) === made && kept.delete(name))
  }
  kept.set(name, made)
  if (kept.size > MOST) kept.delete(kept.keys().next().value)
  return made
}

/** Know what was fetched by another address as well: that of the link which it names itself. */
export function alias(source, made) {
  kept.set(named(source), Promise.resolve(made))
}
