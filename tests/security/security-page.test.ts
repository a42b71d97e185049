import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const repository = join(import.meta.dirname, '../..')
const page = readFileSync(join(repository, 'docs/security.md'), 'utf8').replaceAll(/\s+/g, ' ')

/** Each test file with the titles that stand behind it, up to the next file. */
const cited = page
  .split('`tests/')
  .slice(1)
  .map((part) => ({
    file: `tests/${part.slice(0, part.indexOf('`'))}`,
    // up to where a table cell or a list ends
    titles: [
      ...(part.slice(part.indexOf('`') + 1).split(/ \| | - \*\*| #/)[0] ?? '').matchAll(/"([^"]+)"/g),
    ].map(([, title = '']) => title),
  }))

const LIST = 20

describe('docs/security.md', () => {
  it('goes through every point of the checklist, each with a test', () => {
    const points = page.split(/\| (?=\d+ +\| )/).slice(1)
    expect(points.map((point) => Number.parseInt(point, 10))).toEqual(
      Array.from({ length: LIST }, (_, i) => i + 1),
    )
    for (const point of points) expect(point.split(' | ')[3]).toMatch(/`tests\/|^ *(?:the same|as \d)/)
  })

  it('says of every threat what protects, what remains, and which test', () => {
    const threats = page.split(' ### ').slice(1)
    expect(threats).toHaveLength(6)
    for (const threat of threats) {
      expect(threat).toMatch(/\*\*Protects\.\*\*.+\*\*Remains\.\*\*.+\*\*Tests\.\*\*/)
      expect(threat.split('**Tests.**')[1]).toContain('`tests/')
    }
  })

  it.each(cited.map(({ file, titles }) => [file, titles] as const))(
    'names %s and tests that it has',
    (file, titles) => {
      expect(existsSync(join(repository, file))).toBe(true)
      if (!file.endsWith('.ts')) return
      const source = readFileSync(join(repository, file), 'utf8').replaceAll(/\s+/g, ' ')
      expect(titles.filter((title) => !source.includes(title))).toEqual([])
    },
  )

  it('names decisions that exist', () => {
    for (const [, name = ''] of page.matchAll(/docs\/decisions\/([\w-]+\.md)/g))
      expect(existsSync(join(repository, 'docs/decisions', name))).toBe(true)
  })
})
