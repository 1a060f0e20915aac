// The outlines of a layer, fetched as TopoJSON and projected once, whatever the size of the map.

import { feature, geoPath, mesh, neighbors } from "../vendor/d3.js"
import { mercator } from "./projection.js"

// Outlines are kept on a sphere of this radius, so that two decimals of a number are ten metres.
export const RADIUS = 6371
const fetched = new Map()
const layers = new Map()

function fetchOnce(name) {
  if (!fetched.has(name)) {
    const answer = fetch(new URL(`../../../${name}`, import.meta.url)).then((found) => {
      if (!found.ok) throw new Error(`${name}: ${found.status}`)
      return found.json()
    })
    // What failed is asked for again next time.
    answer.catch(() => fetched.delete(name))
    fetched.set(name, answer)
  }
  return fetched.get(name)
}

/** The outlines of one layer, from one file or from several that have one grid. */
export async function load(names) {
  const key = names.join()
  if (!layers.has(key)) layers.set(key, new Outlines(await Promise.all(names.map(fetchOnce))))
  return layers.get(key)
}

function decoded(arc, { scale, translate }) {
  let across = 0, up = 0
  return arc.map(([east, north]) => {
    const at = mercator((across += east) * scale[0] + translate[0], (up += north) * scale[1] + translate[1])
    return [at[0] * RADIUS, at[1] * RADIUS]
  })
}

class Outlines {
  constructor(files) {
    const arcs = [], numbers = new Map()
    this.geometries = new Map()
    for (const { arcs: own, objects, transform } of files) {
      // Where two files meet they write the same arc alike: it is taken once.
      const renumbered = own.map((arc) => {
        const written = files.length > 1 ? JSON.stringify(arc) : arc
        if (!numbers.has(written)) numbers.set(written, arcs.push(decoded(arc, transform)) - 1)
        return numbers.get(written)
      })
      const at = (item) => (Array.isArray(item) ? item.map(at) : item < 0 ? ~renumbered[~item] : renumbered[item])
      const [{ geometries }] = Object.values(objects)
      for (const geometry of geometries) {
        const [place] = [decoded([geometry.properties.at], transform)[0]]
        this.geometries.set(geometry.id, { ...geometry, arcs: at(geometry.arcs), at: place })
      }
    }
    this.topology = { type: "Topology", arcs, objects: {} }
    this.write = geoPath().digits(2)
    this.kept = new Map()
  }

  #once(key, make) {
    if (!this.kept.has(key)) this.kept.set(key, make())
    return this.kept.get(key)
  }

  #of(codes) {
    const geometries = codes.map((code) => this.geometries.get(code)).filter(Boolean)
    return { type: "GeometryCollection", geometries }
  }

  has(code) {
    return this.geometries.has(code)
  }

  at(code) {
    return this.geometries.get(code).at
  }

  shape(code) {
    return this.#once(code, () => {
      const found = feature(this.topology, this.geometries.get(code))
      const [[left, top], [right, bottom]] = this.write.bounds(found)
      return { path: this.write(found), left, top, right, bottom, size: this.write.area(found) }
    })
  }

  /** All borders of some areas; `which` says of the areas on both sides, twice the same at the coast, what to take. */
  borders(codes, key, which) {
    return this.#once(`${key} ${codes}`, () => this.write(mesh(this.topology, this.#of(codes), which)) ?? "")
  }

  /** Only the border around some areas together. */
  around(codes) {
    return this.borders(codes, "around", (a, b) => a === b)
  }

  codes() {
    return [...this.geometries.keys()]
  }

  /** The areas that share a border with each of some. */
  neighbours(codes) {
    return this.#once(`neighbours ${codes}`, () => {
      const found = neighbors(this.#of(codes).geometries)
      return new Map(codes.map((code, n) => [code, new Set(found[n].map((other) => codes[other]))]))
    })
  }
}
