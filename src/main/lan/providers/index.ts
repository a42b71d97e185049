import type { Checked, Output } from '#shared/contract/index.ts'
import type { Ports } from '#core/ports.ts'
import type { Settings } from '#core/settings/index.ts'
import { testPayment } from './payment-test.ts'
import { testWechat } from './wechat-test.ts'

/** What a test asks with, and what is stored. */
export interface ProviderTestParts {
  readonly ctx: {
    readonly ports: Pick<Ports, 'http'> & {
      readonly clock: Pick<Ports['clock'], 'now'>
      readonly random: Pick<Ports['random'], 'bytes'>
    }
  }
  readonly settings: Pick<Settings, 'values' | 'secret'>
}

/** `lan.testProvider`: WeChat or WeChat Pay, step by step. */
export function createProviderTest(parts: ProviderTestParts) {
  return async (_call: unknown, input: Checked<'lan.testProvider'>): Promise<Output<'lan.testProvider'>> => {
    const steps = await (input.provider === 'wechat' ? testWechat(parts, input) : testPayment(parts, input))
    return { ok: steps.every(({ state }) => state !== 'bad'), steps }
  }
}
