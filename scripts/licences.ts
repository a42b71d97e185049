/**
 * Writes the licences of everything that is shipped: the packages in the bundles, the native modules beside them, and
 * what they name. Part of every build; the console shows the list.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Licence } from '../src/shared/licences.ts'
import { bundledPackages } from './shipped-packages.ts'
import { root } from './sources.ts'

/** Shipped as they are, beside the bundles; those of noble only where it could be installed. */
const BESIDE = [
  'better-sqlite3',
  '@abandonware/noble',
  '@abandonware/bluetooth-hci-socket',
  'debug',
  'ms',
  'node-gyp-build',
]
/** Compiled into a package that names another licence, or none, for the whole. */
const PARTS: readonly Licence[] = [
  {
    name: 'SQLite',
    version: '',
    licence: 'Public Domain',
    text: 'The author disclaims copyright to this source code. Part of better-sqlite3.',
  },
]
/** May be shipped in a closed program with no more than their text. */
export const FREE =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|Zlib|Unlicense|CC0-1\.0|BlueOak-1\.0\.0|Python-2\.0|Public Domain)( (OR|AND) [A-Za-z0-9.-]+)*\)?$/

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string | { readonly type: string }
}

const TEXT_FILE = /^(licen[cs]e|copying)([.-].*)?$/i

export function licenceOf(modules: string, path: string): Licence {
  const folder = join(modules, path)
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Manifest
  const file = readdirSync(folder).find((one) => TEXT_FILE.test(one))
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : (license?.type ?? ''),
    text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim(),
  }
}

/** All of them, each once, by name; throws for one that names no licence, or none that lets us ship it. */
export function licences(modules: string, packages: readonly string[]): Licence[] {
  const found = packages
    .filter((path) => existsSync(join(modules, path, 'package.json')))
    .map((path) => licenceOf(modules, path))
  const bad = found.filter(({ licence }) => !FREE.test(licence))
  if (bad.length > 0)
    throw new Error(
      `cannot be shipped: ${bad.map(({ name, licence }) => `${name} (${licence || 'no licence'})`).join(', ')}`,
    )
  const byName = new Map([...PARTS, ...found].map((one) => [`${one.name} ${one.version}`, one]))
  return [...byName.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

const asText = (list: readonly Licence[]) =>
  list
    .map(({ name, version, licence, text }) => `${`${name} ${version}`.trim()}\n${licence}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)

/** `licences.json` for the console's screen, `licences.txt` for who looks into the installed folder. */
export function writeLicences(out: string): number {
  const list = licences(join(root, 'node_modules'), [...bundledPackages(out), ...BESIDE])
  mkdirSync(join(out, 'renderer'), { recursive: true })
  writeFileSync(join(out, 'renderer/licences.json'), JSON.stringify(list))
  writeFileSync(join(out, 'licences.txt'), asText(list))
  return list.length
}
