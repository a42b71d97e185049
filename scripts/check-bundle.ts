/**
 * What the page loads before its first screen: index.html, what it names, and their static imports, gzipped.
 * More than the limit, or a chart library among it, fails the build check (performance.md).
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT = 600_000
const OUT = join(import.meta.dirname, '..', 'out', 'renderer')
/** Only what a screen asks for: never needed to show the first one. */
const NEVER_FIRST = [/^charts-/, /^days-/, /^en-/]

/** `import "./a.js"`, `import{x as y}from"./a.js"`, `export*from"./a.js"`; not `import("./a.js")`. */
const STATIC_IMPORT = /\b(?:import|export)\s*(?:[\w*{}\s,$]*?from\s*)?["'](\.[^"']+)["']/g
const IN_HTML = /<(?:script|link)\b[^>]*\b(?:src|href)="(\.?\/?[^":]+)"/g

export interface Loaded {
  readonly file: string
  readonly bytes: number
  readonly gzip: number
}

/** Every file loaded before the first screen, each once. */
export function firstLoad(out: string): Loaded[] {
  const seen = new Map<string, Loaded>()
  const visit = (path: string) => {
    const file = relative(out, path)
    if (seen.has(file)) return
    const content = readFileSync(path)
    seen.set(file, { file, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length })
    for (const next of named(path, content.toString('utf8'))) visit(join(dirname(path), next))
  }
  visit(join(out, 'index.html'))
  return [...seen.values()].sort((a, b) => b.gzip - a.gzip)
}

function named(path: string, text: string): string[] {
  const pattern = path.endsWith('.html') ? IN_HTML : path.endsWith('.js') ? STATIC_IMPORT : null
  return pattern ? [...text.matchAll(pattern)].map((match) => match[1] ?? '') : []
}

function main(): number {
  if (!existsSync(join(OUT, 'index.html'))) {
    console.error('check-bundle: out/renderer is not built; run npm run build first')
    return 2
  }
  const loaded = firstLoad(OUT)
  const total = loaded.reduce((sum, { gzip }) => sum + gzip, 0)
  for (const { file, bytes, gzip } of loaded) console.log(`${kB(gzip)} gzip ${kB(bytes)}  ${file}`)
  console.log(`${kB(total)} gzip before the first screen, limit ${kB(LIMIT)}`)
  const early = loaded.filter(({ file }) =>
    NEVER_FIRST.some((name) => name.test(file.replace('assets/', ''))),
  )
  for (const { file } of early) console.error(`check-bundle: ${file} must not load before the first screen`)
  if (total > LIMIT) console.error(`check-bundle: ${kB(total - LIMIT)} too much`)
  return total > LIMIT || early.length > 0 ? 1 : 0
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

if (import.meta.main) process.exitCode = main()
