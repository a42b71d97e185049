import { describe, expect, it } from 'vitest'
import { REFUSALS } from '#core/attendance/refusals.ts'
import { englishReason } from '#main/demo/miniprogram/work/english.ts'
import { WORDS } from '#main/demo/miniprogram/words.ts'

/** Every text by its path; a function is asked with what has no words of its own. */
function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return [[path, String((value as (...given: unknown[]) => unknown)('1', '2', '3', '4'))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) => texts(inside, `${path}/${name}`))
}

describe('words of the simulated phone', () => {
  const en = texts(WORDS.en)
  const zh = texts(WORDS['zh-CN'])

  it('are the same ones in both languages, none of them empty', () => {
    expect(en.map(([path]) => path)).toEqual(zh.map(([path]) => path))
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([])
    expect(en.length).toBeGreaterThan(120)
  })

  it('are English without Chinese, and Chinese without what was left in English', () => {
    const han = /\p{Script=Han}/u
    expect(en.filter(([, text]) => han.test(text))).toEqual([])
    // a place, a language, and what consists of values
    const wordless = /^\/(language|base|coins|scan\/away|charger\/perHalfHour|refused|hours)/
    expect(zh.filter(([path, text]) => !han.test(text) && !wordless.test(path))).toEqual([])
  })

  it('have English for every refusal of attendance', () => {
    const reasons = Object.values(REFUSALS).map(([, text]) => englishReason(text))
    expect(reasons.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
  })
})
