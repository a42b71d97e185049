import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One list a bundle, beside the bundles and never packed. */
const NOTES = '.shipped'
const MODULES = 'node_modules/'

interface Chunk {
  readonly moduleIds?: readonly string[]
}

/** The package that a module comes from, as a path below `node_modules`; null for our own. */
export function packageOf(moduleId: string): string | null {
  const path = (moduleId.replace(/^\0/, '').split('?')[0] ?? '').replaceAll('\\', '/')
  const at = path.lastIndexOf(`/${MODULES}`)
  if (at === -1) return null
  const [first = '', second = ''] = path.slice(at + MODULES.length + 1).split('/')
  const own = first.startsWith('@') ? `${first}/${second}` : first
  const outer = path.slice(path.indexOf(`/${MODULES}`) + MODULES.length + 1, at)
  return outer === '' || path.indexOf(`/${MODULES}`) === at ? own : `${outer}/${MODULES}${own}`
}

/** A plugin that writes down which packages went into a bundle: the licences name those and no other. */
export const noteShippedPackages = (out: string, name: string) => ({
  name: 'sitedesk-shipped-packages',
  writeBundle(_options: unknown, bundle: Readonly<Record<string, Chunk>>): void {
    const modules = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? [])
    const packages = new Set(modules.map(packageOf).filter((found) => found !== null))
    mkdirSync(join(out, NOTES), { recursive: true })
    writeFileSync(join(out, NOTES, `${name}.json`), JSON.stringify([...packages].toSorted()))
  },
})

/** What all bundles of the last build hold, as paths below `node_modules`. */
export function bundledPackages(out: string): string[] {
  const notes = join(out, NOTES)
  if (!existsSync(notes)) return []
  const lists = readdirSync(notes).map(
    (name) => JSON.parse(readFileSync(join(notes, name), 'utf8')) as string[],
  )
  return [...new Set(lists.flat())].toSorted()
}
