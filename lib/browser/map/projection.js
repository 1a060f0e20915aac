// From degrees to a frame, as lib/figures/projection.py has it for maps out of the browser; tests hold the two together.
// Mercator on a sphere of radius 1: x = longitude in radians, y = -log(tan(pi/4 + latitude/2)). A map is scaled alike in
// both directions so that its extent fits whole into the frame, and centred.

// The corner between Devon, Wales and Cumbria that no area of England reaches into.
const FREE = { north: 54.25, south: 51.3, east: -3.36 }
const GAP = 4
const MOST_ENLARGED = 4.5
const EARTH_KM = 6371
const INSET_LABEL = 16

export const mercator = (lon, lat) => [(lon * Math.PI) / 180, -Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))]

/** Left, top, right and bottom of an extent on the sphere. */
export function corners([west, south, east, north]) {
  return [...mercator(west, north), ...mercator(east, south)]
}

/** The projection that shows an extent whole in the middle of a box: pixels = k * place + (x, y). */
export function fitted(extent, box) {
  const [left, top, right, bottom] = corners(extent)
  const k = Math.min(box.width / (right - left), box.height / (bottom - top))
  const middle = (from, size, low, high) => from + size / 2 - (k * (low + high)) / 2
  return { k, x: middle(box.left, box.width, left, right), y: middle(box.top, box.height, top, bottom) }
}

export const placed = ({ k, x, y }, [across, down]) => [k * across + x, k * down + y]

/** Where an inset lies: in the shape of its extent, in the sea and Wales, with room for its label above it. */
export function insetBox(projection, extent) {
  const [left, top, right, bottom] = corners(extent)
  const [east, north] = placed(projection, mercator(FREE.east, FREE.north))
  const south = placed(projection, mercator(FREE.east, FREE.south))[1]
  const high = south - north - INSET_LABEL
  const k = Math.min((east - 2 * GAP) / (right - left), high / (bottom - top), projection.k * MOST_ENLARGED)
  const width = k * (right - left), height = k * (bottom - top)
  return { left: east - GAP - width, top: north + INSET_LABEL + (high - height) / 2, width, height }
}

/** A bar of round kilometres within a third of a width: its length in pixels and its words. */
export function scaleBar(k, [, south, , north], width) {
  const kilometre = k / EARTH_KM / Math.cos(((south + north) / 2) * (Math.PI / 180))
  const length = [100, 50, 20, 10, 5, 2, 1].find((km) => km * kilometre < width / 3) ?? 0.5
  return [length * kilometre, `${length} km`]
}
