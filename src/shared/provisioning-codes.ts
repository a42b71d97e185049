/** Codes of a provisioning run that the screens translate; a test holds the translations to these lists. */

/**
 * The steps of one charger in their order. `testN.on` is POWERON one minute with STA, `testN.seen` the person's eyes,
 * `testN.off` POWEROFF with STA; `labelled` is set when its label was printed and never holds a charger back.
 */
export const PROVISIONING_STEPS = [
  'found',
  'connected',
  'profile',
  'clock',
  'ports',
  'test1.on',
  'test1.seen',
  'test1.off',
  'test2.on',
  'test2.seen',
  'test2.off',
  'test3.on',
  'test3.seen',
  'test3.off',
  'test4.on',
  'test4.seen',
  'test4.off',
  'registered',
  'labelled',
] as const

/** Why a charger did not pass, beside CHARGER_REASONS (`chargerReason.<code>`). */
export const PROVISIONING_REASONS = [
  /** too far away for a test that can be trusted; data: median, limit (dBm) */
  'weakSignal',
  /** the person saw no light, or no load was charged; data: port */
  'notSeen',
  /** the registry has this code for another charger; data: deviceCode, btName */
  'codeTaken',
  /** the registry has this charger under another code; data: deviceCode, btName */
  'nameTaken',
  /** a person left it out; data: by */
  'skippedByHand',
] as const
export type ProvisioningReason = (typeof PROVISIONING_REASONS)[number]

/** What a person is asked (`chargerQuestion.<code>`); `ok: true` is the answer that goes on. */
export const PROVISIONING_QUESTIONS = [
  /** is the light of this port on, does a load charge? data: port, until (epoch ms when it goes off by itself) */
  'portLit',
  /** come closer to the charger, then measure again; data: median, limit (dBm) */
  'comeCloser',
  /** POWERON may have left, nothing was answered, and the port says it is off: switch it on again? data: port */
  'switchOnAgain',
] as const
export type ProvisioningQuestion = (typeof PROVISIONING_QUESTIONS)[number]
