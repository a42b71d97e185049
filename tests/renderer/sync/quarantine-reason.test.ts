import { describe, expect, it } from 'vitest'
import { code, identity, moment, register } from '../../../src/main/core/upstream/rows.ts'
import { quarantineReason } from '../../../src/renderer/features/sync/quarantine-reason.ts'

const thrown = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return 'nothing was thrown'
}

describe('why a row was set aside, as the core itself says it', () => {
  it.each([
    [() => register('--', 'reading'), { code: 'noDecimal', field: 'reading', value: '--' }],
    [() => moment('2026-02-30 00:00:00', 'readTime', 0), { code: 'noTime', field: 'readTime' }],
    [() => code(2 ** 60, 'tableNo'), { code: 'tooLong', field: 'tableNo' }],
    [() => code('a\uFFFD', 'deviceId'), { code: 'unreadable', field: 'deviceId' }],
    [() => identity({}), { code: 'noMeter' }],
  ])('%o', (run, expected) => {
    expect(quarantineReason(thrown(run))).toMatchObject(expected)
  })

  it('a sentence of a newer core is left as it is', () => {
    expect(quarantineReason('something else')).toBeNull()
  })
})
