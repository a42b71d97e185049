/** Codes of a provisioning run that the screens translate; a test holds the translations to these lists. */

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
  /** POWERON was on its way when the desk stopped, and the port is off now: switch it on again? data: port */
  'switchOnAgain',
] as const
export type ProvisioningQuestion = (typeof PROVISIONING_QUESTIONS)[number]
