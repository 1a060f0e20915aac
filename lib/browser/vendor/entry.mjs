// What lib/browser uses of other people's work: build.mjs leaves out all the rest.
export { geoPath } from "d3-geo"
export { select } from "d3-selection"
export { zoom, zoomIdentity } from "d3-zoom"
export { feature, mesh, neighbors } from "topojson-client"
