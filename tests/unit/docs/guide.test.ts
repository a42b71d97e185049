import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const GUIDE = join(ROOT, 'docs/guide')
const FEATURES = join(ROOT, 'src/renderer/features')

const parts = readdirSync(join(GUIDE, 'zh-CN')).toSorted()
const read = (language: string, part: string) => readFileSync(join(GUIDE, language, part), 'utf8')
const pages = ['zh-CN', 'en'].flatMap((language) => parts.map((part) => [language, part] as const))

/** The paths that features name for the router; `:id` stands for anything. */
const screens = readdirSync(FEATURES).flatMap((feature) => {
  const file = join(FEATURES, feature, 'screens.ts')
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/path: '([^']*)'/g)].map(([, path = '']) => path)
})

/** Headings, steps, points and pictures in their order, without their words. */
const shapeOf = (text: string) =>
  text
    .split('\n')
    .flatMap((line) => /^(#+|\d+\.|-|!|\|)/.exec(line)?.[1] ?? [])
    .join(' ')

const routesIn = (text: string) => [...text.matchAll(/`#\/([^`?]*)/g)].map(([, path = '']) => path)

describe("the operator's guide", () => {
  it('has the same parts in both languages, at least one for each job', () => {
    expect(readdirSync(join(GUIDE, 'en')).toSorted()).toEqual(parts)
    expect(parts.length).toBeGreaterThanOrEqual(7)
  })

  it.each(parts)('%s says the same things in the same order, about the same screens', (part) => {
    expect(shapeOf(read('en', part))).toBe(shapeOf(read('zh-CN', part)))
    expect(routesIn(read('en', part))).toEqual(routesIn(read('zh-CN', part)))
  })

  it.each(pages)('%s/%s shows pictures and names screens and parts that exist', (language, part) => {
    const text = read(language, part)
    const files = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = '']) => file)
    expect(files.filter((file) => !existsSync(join(GUIDE, language, file)))).toEqual([])
    expect(routesIn(text).filter((path) => !screens.includes(path))).toEqual([])
  })
})
