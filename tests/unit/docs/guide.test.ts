import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en } from '../../../src/renderer/app/i18n/en/index.ts'
import { zhCN } from '../../../src/renderer/app/i18n/zh-CN/index.ts'

const ROOT = join(import.meta.dirname, '../../..')
const GUIDE = join(ROOT, 'docs/guide')
const PICTURES = join(ROOT, 'docs/screenshots')
const ENTRANCES = ['README.md', 'CONTRIBUTING.md']
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')
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

const textsOf = (tree: object): string[] =>
  Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value.toLowerCase()] : textsOf(value as object),
  )
const QUOTES = [
  ['zh-CN', textsOf(zhCN), /“([^”]+)”/g],
  ['en', textsOf(en), /"([^"]+)"/g],
] as const

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
    const wrong = language === 'en' ? /-zh\.png/ : /-en\.png/
    expect(text).not.toMatch(wrong)
  })

  it.each(QUOTES)('quotes words that the console shows in %s', (language, texts, quote) => {
    const quoted = parts.flatMap((part) => [...read(language, part).matchAll(quote)])
    const words = quoted.flatMap(([, text = '']) => text.toLowerCase().split(' → '))
    expect(words.length).toBeGreaterThan(20)
    expect(words.filter((word) => !texts.some((text) => text.includes(word)))).toEqual([])
  })

  it('shows every picture that is kept, and they are few enough', () => {
    const all = pages.map(([language, part]) => read(language, part)).join('\n') + ENTRANCES
    const kept = readdirSync(PICTURES)
    expect(kept.filter((file) => !all.includes(`screenshots/${file}`))).toEqual([])
    const bytes = kept.reduce((sum, file) => sum + statSync(join(PICTURES, file)).size, 0)
    expect(bytes).toBeLessThan(10_000_000)
  })
})
