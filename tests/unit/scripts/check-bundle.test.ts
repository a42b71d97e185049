import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { firstLoad } from '../../../scripts/check-bundle.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function built(files: Record<string, string>): string {
  const out = mkdtempSync(join(tmpdir(), 'sitedesk-bundle-'))
  made.push(out)
  mkdirSync(join(out, 'assets'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text)
  return out
}

describe('what loads before the first screen', () => {
  it('is what the page names and what that imports statically, each once', () => {
    const out = built({
      'index.html':
        '<script type="module" crossorigin src="./assets/index.js"></script>' +
        '<link rel="modulepreload" crossorigin href="./assets/react.js"><link rel="stylesheet" href="./assets/a.css">',
      'assets/index.js': 'import{a as b}from"./react.js";import"./side.js";import("./later.js")',
      'assets/react.js': 'export*from"./deep.js"',
      'assets/deep.js': 'export const deep=1',
      'assets/side.js': '',
      'assets/later.js': 'x'.repeat(1000),
      'assets/a.css': 'a{}',
    })
    expect(
      firstLoad(out)
        .map(({ file }) => file.replace('assets/', ''))
        .toSorted(),
    ).toEqual(['a.css', 'deep.js', 'index.html', 'index.js', 'react.js', 'side.js'])
  })

  it('counts what travels: the gzipped size', () => {
    const out = built({
      'index.html': '<script src="./assets/a.js"></script>',
      'assets/a.js': `/*${'a'.repeat(100_000)}*/`,
    })
    const script = firstLoad(out).find(({ file }) => file.endsWith('a.js'))
    expect(script?.bytes).toBe(100_004)
    expect(script?.gzip).toBeLessThan(1000)
  })
})
