import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EVERYWHERE } from '../../../src/renderer/app/key-sheet.tsx'

const FEATURES = join(import.meta.dirname, '../../../src/renderer/features')
const NAMED = /use(?:PageKey|DeskKey|KeyHint)\(\s*'([^']+)'/g

it('no key of a page is one of the frame too: both would answer', () => {
  const frame = EVERYWHERE.map(({ key }) => key).filter((key) => key !== 'Esc')
  const files = globSync('**/*.{ts,tsx}', { cwd: FEATURES })
  const keys = files.flatMap((file) =>
    [...readFileSync(join(FEATURES, file), 'utf8').matchAll(NAMED)].map(([, key = '']) => ({
      file,
      key: key.replace('+', ' '),
    })),
  )
  expect(keys.length).toBeGreaterThan(30)
  expect(keys.filter(({ key }) => frame.includes(key))).toEqual([])
})
