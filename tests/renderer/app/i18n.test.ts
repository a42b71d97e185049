import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { en } from '../../../src/renderer/app/i18n/en/index.ts'
import { zhCN } from '../../../src/renderer/app/i18n/zh-CN/index.ts'
import { ERROR_STATUS } from '../../../src/shared/errors.ts'
import { contract } from '../../../src/shared/contract/index.ts'
import { problem } from '../../../src/shared/contract/system.ts'
import { ROLES } from '../../../src/shared/contract/define.ts'

function texts(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const path = prefix ? `${prefix}.${key}` : key
    if (typeof value === 'string') found.set(path, value)
    else for (const [k, v] of texts(value as object, path)) found.set(k, v)
  }
  return found
}

const SINGULAR = /_one$/
const zh = texts(zhCN)
const english = texts(en)
const writes = Object.entries(contract)
  .filter(([, { kind }]) => kind === 'write')
  .map(([name]) => name)
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').toSorted()

/** What is written the same in every language, and the language's own name. */
const CHINESE_IN_ENGLISH: readonly string[] = []

describe('texts', () => {
  it('has every Chinese text in English too, and none that Chinese lacks', () => {
    const keys = new Set([...english.keys()].map((key) => key.replace(SINGULAR, '')))
    expect([...keys].sort()).toEqual([...zh.keys()].sort())
    // a singular stands beside its plural, never instead of it
    const lonely = [...english.keys()].filter((key) => !english.has(key.replace(SINGULAR, '')))
    expect(lonely).toEqual([])
  })

  it('counts one thing as one in English', async () => {
    const resources = { 'zh-CN': { translation: zhCN }, en: { translation: en } }
    const i18n = createInstance({ fallbackLng: 'zh-CN', resources })
    await i18n.init()
    const units = async (language: string) => {
      await i18n.changeLanguage(language)
      return [0, 1, 2].map((count) => i18n.t('today.unit.receipt', { count }))
    }
    expect(await units('zh-CN')).toEqual(['张', '张', '张'])
    expect(await units('en')).toEqual(['receipts', 'receipt', 'receipts'])
  })

  it('leaves none empty', () => {
    const empty = [...zh, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('has no Chinese in English', () => {
    const wrong = [...english].filter(
      ([key, text]) => /[一-鿿]/.test(text) && !CHINESE_IN_ENGLISH.includes(key),
    )
    expect(wrong).toEqual([])
  })

  it('fills the same values into both languages', () => {
    const different = [...zh].filter(([key, text]) => {
      return variables(text).join() !== variables(english.get(key) ?? '').join()
    })
    expect(different).toEqual([])
  })

  it('does not shout and does not say "successfully"', () => {
    const loud = [...zh, ...english].filter(([, text]) => /[!！]|successfully|成功地|已成功/i.test(text))
    expect(loud).toEqual([])
  })

  it.each(Object.keys(ERROR_STATUS))('says what happened and what to do for %s', (code) => {
    for (const all of [zh, english]) {
      expect(all.get(`errors.${code}.what`)).toBeTruthy()
      expect(all.get(`errors.${code}.todo`)).toBeTruthy()
    }
  })

  it.each(problem.shape.code.options)('says what to do about the problem %s', (code) => {
    expect(zh.get(`problem.${code}.what`)).toBeTruthy()
    expect(zh.get(`problem.${code}.todo`)).toBeTruthy()
  })

  it.each(writes)('names the operation %s for the audit', (name) => {
    for (const all of [zh, english]) expect(all.get(`audit.operationName.${name}`)).toBeTruthy()
  })

  it.each(ROLES)('names the role %s', (role) => {
    expect(zh.get(`common.role.${role}`)).toBeTruthy()
  })
})
