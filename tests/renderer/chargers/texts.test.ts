import { describe, expect, it } from 'vitest'
import { CHARGER_REASONS, CHARGER_WARNINGS, EXCHANGE_EVENTS } from '#shared/charger-reasons.ts'
import { COMMANDS } from '#shared/chargers.ts'
import { radioReason } from '#shared/contract/chargers.ts'
import { PROVISIONING_QUESTIONS, PROVISIONING_REASONS } from '#shared/provisioning-codes.ts'
import { en } from '../../../src/renderer/app/i18n/en/index.ts'
import { zhCN } from '../../../src/renderer/app/i18n/zh-CN/index.ts'

/** The codes of the core and their words are the same set: none missing, none left over. */
describe.each([
  ['Chinese', zhCN],
  ['English', en],
] as const)('what chargers say, in %s', (_language, words) => {
  const sets: readonly (readonly [string, readonly string[], object])[] = [
    ['reasons', [...CHARGER_REASONS, ...PROVISIONING_REASONS], words.chargerReason],
    ['questions', PROVISIONING_QUESTIONS, words.chargerQuestion],
    ['warnings', CHARGER_WARNINGS, words.chargerWarning],
    ['events', EXCHANGE_EVENTS, words.chargerEvent],
    ['reasons of the radio', radioReason.options, words.radio],
    ['commands', COMMANDS, words.chargers.command.name],
    ['what commands do', COMMANDS, words.chargers.command.what],
  ]
  it.each(sets)('has all %s', (_name, codes, texts) => {
    expect(Object.keys(texts).toSorted()).toEqual([...codes].toSorted())
  })

  it('has a cure for each reason of the radio on each system', () => {
    for (const texts of Object.values(words.radio))
      expect(Object.keys(texts).toSorted()).toEqual(['linux', 'macos', 'what', 'windows'])
  })
})
