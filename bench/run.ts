import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, Figure } from './lib/harness.ts'
import { holds, lineOf } from './lib/harness.ts'

/**
 * `npm run bench [-- name …] [-- --check]`: every file in bench/figures is one benchmark with its floor in the
 * same run. One line per figure, all of them as JSON in bench/last.json; with --check a missed target fails.
 */
const folder = import.meta.dirname
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const names = readdirSync(join(folder, 'figures'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}.`)
  process.exit(2)
}

const figures: Figure[] = []
for (const name of asked.length > 0 ? asked : names) {
  const { bench } = (await import(`./figures/${name}.ts`)) as { bench: Bench }
  for (const figure of await bench.run()) {
    figures.push(figure)
    console.log(lineOf(figure))
  }
}
const report = { at: new Date().toISOString(), node: process.version, figures }
writeFileSync(join(folder, 'last.json'), `${JSON.stringify(report, null, 2)}\n`)
if (process.argv.includes('--check') && !figures.every(holds)) process.exit(1)
