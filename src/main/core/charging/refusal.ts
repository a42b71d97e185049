import type { ChargingRule } from '#shared/charging-rules.ts'

/** Codes of every answer of the service for mini-programs (spec §3.3); what each means is H-17. */
export const CODE = {
  success: 0,
  timestamp: 1,
  signature: 2,
  parameter: 3,
  unknownCaller: 4,
  notAllowed: 5,
  occupied: 6,
  unknown: 999,
} as const
export type Code = (typeof CODE)[keyof typeof CODE]

/**
 * A documented refusal. `code` 0 is for ResultInfo endpoints where no code fits (H-18). The reason is short Chinese
 * and becomes the `message` (U-33).
 */
export class Refusal extends Error {
  readonly code: Code
  /** what the desk is told instead, where it may meet this refusal */
  readonly rule: ChargingRule | null

  constructor(code: Code, reason: string, rule: ChargingRule | null = null) {
    super(reason)
    this.name = 'Refusal'
    this.code = code
    this.rule = rule
  }
}

/** A session that is none, or is over: many of them from one address are guesses (U-02). */
export class BadSession extends Refusal {
  constructor() {
    super(CODE.unknownCaller, '登录已失效，请重新登录')
  }
}
