/**
 * Takes the pictures that README, CONTRIBUTING and the operator's guide show, on the demo site and always on the same day, and
 * removes those that nothing shows. `npm run docs:shots [-- name …]`
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { closeBrowser } from '../tests/e2e/support/page.ts'
import { buildIfStale } from './build-if-stale.ts'
import { NAMES, take } from './pictures/take.ts'
import { root } from './sources.ts'

const GUIDE = join(root, 'docs/guide')
const PICTURES = join(root, 'docs/screenshots')
/** Everybody who clones the project fetches them. */
const MOST_BYTES = 10_000_000

const guide = readdirSync(GUIDE, { recursive: true, encoding: 'utf8' }).map((file) => join(GUIDE, file))
const texts = [...guide, join(root, 'README.md'), join(root, 'CONTRIBUTING.md')].filter((file) =>
  file.endsWith('.md'),
)
const shown = new Set(
  texts.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/screenshots\/([\w-]+\.png)/g)].map(([, name = '']) => name),
  ),
)
const wanted = [...shown].map((file) => {
  const [, name = '', language] = /^(.+)-(zh|en)\.png$/.exec(file) ?? []
  return { name, language: language === 'en' ? 'en' : 'zh-CN', path: join(PICTURES, file) } as const
})
const unknown = wanted.filter(({ name }) => !NAMES.includes(name))
if (unknown.length > 0) {
  console.error(`docs:shots: no such picture: ${unknown.map(({ path }) => basename(path)).join(', ')}`)
  process.exit(1)
}

if (!(await buildIfStale())) process.exit(1)
mkdirSync(PICTURES, { recursive: true })
const only = process.argv.slice(2)
await take(
  wanted.filter(({ name }) => only.length === 0 || only.includes(name)),
  (line) => void process.stdout.write(`${line}\n`),
)
await closeBrowser()
for (const file of readdirSync(PICTURES)) if (!shown.has(file)) rmSync(join(PICTURES, file))
const missing = only.length > 0 ? [] : [...shown].filter((file) => !existsSync(join(PICTURES, file)))
const bytes = readdirSync(PICTURES).reduce((sum, file) => sum + statSync(join(PICTURES, file)).size, 0)
process.stdout.write(`${readdirSync(PICTURES).length} pictures, ${(bytes / 1e6).toFixed(1)} MB\n`)
if (missing.length > 0) console.error(`docs:shots: missing: ${missing.join(', ')}`)
if (bytes > MOST_BYTES) console.error(`docs:shots: ${bytes} bytes of pictures, limit ${MOST_BYTES}`)
process.exitCode = missing.length > 0 || bytes > MOST_BYTES ? 1 : 0
