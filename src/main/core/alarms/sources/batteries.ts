import { MINUTE } from '#shared/time.ts'
import type { BatteryShare } from '../../water/index.ts'
import type { AlarmSource, Fact } from '../types.ts'

/** Batteries of water meters, in percent of the middle one: their unit is not known (W-20). */
export const lowBattery = (shares: () => AsyncIterable<BatteryShare>): AlarmSource => ({
  rule: 'lowBattery',
  wakes: ['water'],
  pace: { gapMs: 5 * MINUTE, againMs: null },
  async *facts(bound): AsyncGenerator<Fact> {
    for await (const { meterId, name, percent } of shares())
      if (percent <= bound) yield { subject: meterId, name: () => name, value: percent }
  },
})
