// Bundles entry.mjs and what it needs into one module beside this file, with the licences of all that is in it and
// the checksums of both. Run by `make vendor` in a copy of this folder: node build.mjs TARGET
import { createHash } from "node:crypto"
import { readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"

const target = process.argv[2]
const made = await build({
  entryPoints: ["entry.mjs"],
  bundle: true,
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: "es2020",
  write: false,
})
const folders = new Set(Object.keys(made.metafile.inputs).flatMap((path) => /^node_modules\/[^/]+/.exec(path) ?? []))
const packages = [...folders].sort().map((folder) => ({
  ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
  terms: readFileSync(join(folder, readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))), "utf8").trim(),
}))
const names = packages.map(({ name, version }) => `${name} ${version}`).join(", ")
const files = {
  "d3.js": `// ${names}; see LICENCES.txt\n${made.outputFiles[0].text}`,
  "LICENCES.txt": packages
    .map(({ name, version, homepage, license, terms }) => `${name} ${version} (${license}), ${homepage}\n\n${terms}\n`)
    .join(`\n${"-".repeat(80)}\n\n`),
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text)
const sums = Object.entries(files).map(([name, text]) => `${createHash("sha256").update(text).digest("hex")}  ${name}`)
writeFileSync(join(target, "SHA256SUMS"), `${sums.join("\n")}\n`)
