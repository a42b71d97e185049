import { describe, expect, it } from 'vitest'
import { REASONS } from '#core/attendance/import.ts'
import { REFUSALS } from '#core/attendance/refusals.ts'
import { en } from '../../../src/renderer/app/i18n/en/index.ts'
import { zhCN } from '../../../src/renderer/app/i18n/zh-CN/index.ts'

/** The codes of the core and their words are the same set: none missing, none left over. */
describe.each([
  ['Chinese', zhCN],
  ['English', en],
] as const)('what attendance says, in %s', (_language, { attendance }) => {
  it('has every refusal', () => {
    // the desk alone knows operators without a phone
    const codes = [...Object.keys(REFUSALS), 'noPhone']
    expect(Object.keys(attendance.reason).toSorted()).toEqual(codes.toSorted())
  })

  it('has every reason why a row of a sheet is not taken', () => {
    expect(Object.keys(attendance.importError).toSorted()).toEqual(Object.keys(REASONS).toSorted())
  })
})
