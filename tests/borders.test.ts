import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The borders of design §2, checked on real imports: who may reach whom, and what the core may call of its own.
 */
const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

const ALIASES: Record<string, string> = {
  '#shared/': 'src/shared/',
  '#core/': 'src/main/core/',
  '#main/': 'src/main/',
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
  /** `import()`: loaded when it is needed */
  readonly later: boolean
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
}

const posix = (path: string) => path.split(sep).join('/')
const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(path: string): Import[] {
  const file = posix(relative(root, path))
  return [...readFileSync(path, 'utf8').matchAll(IMPORT)].map((m) => {
    const name = m[3] ?? m[4] ?? ''
    return { file, target: targetOf(path, name), typeOnly: m[2] !== undefined, later: m[4] !== undefined }
  })
}

function targetOf(path: string, name: string): string {
  for (const [alias, folder] of Object.entries(ALIASES))
    if (name.startsWith(alias)) return folder + name.slice(alias.length)
  return name.startsWith('.') ? posix(relative(root, resolve(dirname(path), name))) : name
}

const all = sources(src).flatMap(importsOf)
const from = (folder: string) => all.filter((i) => i.file.startsWith(folder))
const listed = (imports: readonly Import[]) => imports.map((i) => `${i.file} → ${i.target}`)
const within =
  (...folders: string[]) =>
  (i: Import) =>
    folders.some((f) => i.target.startsWith(f))
const isPackage = (i: Import) => !i.target.startsWith('src/')

describe('borders between folders', () => {
  it('finds the imports it judges', () => {
    expect(all.length).toBeGreaterThan(20)
    expect(listed(from('src/main/core/'))).toContain('src/main/core/core.ts → src/main/core/dispatch.ts')
  })

  it('shared imports only itself and zod', () => {
    const bad = from('src/shared/').filter((i) => !within('src/shared/')(i) && i.target !== 'zod')
    expect(listed(bad)).toEqual([])
  })

  it('core imports only itself, shared and pure libraries', () => {
    const pure = /^(kysely|@noble\/(ciphers|hashes)\/)/
    const bad = from('src/main/core/').filter(
      (i) => !within('src/main/core/', 'src/shared/')(i) && !(isPackage(i) && pure.test(i.target)),
    )
    expect(listed(bad)).toEqual([])
  })

  it('a start builds no schemas of operations and loads no web client before it listens', () => {
    const needed =
      /^src\/shared\/contract\/(define|values|profile|jobs|sync|updates|labels|receipts|search)\.ts$/
    const bad = from('src/main/').filter(
      (i) =>
        !i.typeOnly &&
        !i.later &&
        !i.file.startsWith('src/main/demo/') &&
        i.file !== 'src/main/hosts/web/openapi.ts' &&
        (i.target === 'undici' || (within('src/shared/contract/')(i) && !needed.test(i.target))),
    )
    expect(listed(bad)).toEqual([])
  })

  it('adapters know the core by its ports and what is pure', () => {
    const bad = from('src/main/adapters/').filter(
      (i) =>
        !isPackage(i) &&
        !within('src/main/adapters/', 'src/main/worker/', 'src/main/core/', 'src/shared/')(i),
    )
    expect(listed(bad)).toEqual([])
  })

  it('nothing of the product but the hosts imports the demo', () => {
    const bad = all.filter(
      (i) =>
        within('src/main/demo/')(i) && !/^src\/main\/(demo|hosts|headless\.ts|electron\.ts)/.test(i.file),
    )
    expect(listed(bad)).toEqual([])
  })

  it('only the desktop host imports electron', () => {
    const bad = all.filter(
      (i) =>
        i.target === 'electron' && !/^src\/(main\/(electron\.ts|hosts\/electron\/)|preload\/)/.test(i.file),
    )
    expect(listed(bad)).toEqual([])
  })

  it('only one file imports the SQLite driver', () => {
    const users = new Set(all.filter((i) => i.target === 'better-sqlite3').map((i) => i.file))
    expect([...users]).toEqual(['src/main/adapters/sqlite.ts'])
  })

  it('renderer imports itself, shared and no Node module', () => {
    const bad = from('src/renderer/').filter(
      (i) => i.target.startsWith('node:') || (!isPackage(i) && !within('src/renderer/', 'src/shared/')(i)),
    )
    expect(listed(bad)).toEqual([])
  })

  it('areas of the core reach each other through their index', () => {
    const areas = /^src\/main\/core\/([a-z-]+)\//
    const infrastructure = new Set(['store'])
    const bad = from('src/main/core/').filter((i) => {
      const here = areas.exec(i.file)?.[1]
      const there = areas.exec(i.target)?.[1]
      if (!there || here === there || infrastructure.has(there) || i.typeOnly) return false
      if (here === undefined) return false
      return !i.target.endsWith('/index.ts') && !(here === 'store' && there === 'backups')
    })
    expect(listed(bad)).toEqual([])
  })

  it('the core takes time, network and chance from its ports', () => {
    const forbidden =
      /\b(Date\.now|new Date\(\)|performance\.now|(await|return|=) fetch\(|setTimeout|setInterval|setImmediate|console\.|process\.|Math\.random)/
    const bad = sources(join(src, 'main/core')).flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line, n) => ({ at: `${posix(relative(root, path))}:${n + 1}`, line: line.trim() }))
        .filter(({ line }) => !/^(\*|\/\/|\/\*)/.test(line) && forbidden.test(line)),
    )
    expect(bad).toEqual([])
  })

  it('source is ASCII in its identifiers: no look-alike letters (N-01)', () => {
    const bad = [...sources(src), ...sources(join(root, 'tests'))].filter((path) =>
      /[\u0370-\u04ff]/u.test(readFileSync(path, 'utf8').replace(/\[\\u[^\]]*\]/g, '')),
    )
    expect(bad).toEqual([])
  })
})
