/** Takes the pictures that the operator's guide shows anew, by their names. `npm run docs:shots` */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './sources.ts'

const GUIDE = join(root, 'docs/guide')
const PICTURES = join(root, 'docs/screenshots')
/** Everybody who clones the project fetches them. */
const MOST_BYTES = 10_000_000

const texts = readdirSync(GUIDE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => readFileSync(join(GUIDE, file), 'utf8'))
/** `desk-amount-dark-en.jpg` is one of the pictures named desk-amount. */
const names = texts.flatMap((text) =>
  [...text.matchAll(/screenshots\/([\w-]+?)-(?:light|dark)-(?:zh|en)\.\w+\)/g)].map(([, name = '']) => name),
)
const { status } = spawnSync(process.execPath, [join(root, 'scripts/screenshots.ts'), ...new Set(names)], {
  stdio: 'inherit',
})
const bytes = readdirSync(PICTURES).reduce((sum, file) => sum + statSync(join(PICTURES, file)).size, 0)
if (bytes > MOST_BYTES) console.error(`docs:shots: ${bytes} bytes of pictures, limit ${MOST_BYTES}`)
process.exitCode = status !== 0 || bytes > MOST_BYTES ? 1 : 0
