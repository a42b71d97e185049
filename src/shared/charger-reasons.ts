/** Codes that the screens translate; a test holds the translations to these lists. */

/** Why a step or a command failed, in an installer's words (`chargerReason.<code>`). */
export const CHARGER_REASONS = [
  /** no Bluetooth here; data: state, reason (`radio.<reason>`) */
  'radioUnavailable',
  /** not heard within the time; data: seconds */
  'notHeard',
  /** two chargers say they have this name */
  'ambiguous',
  /** another task holds it; data: task, operator */
  'held',
  /** heard, but takes no connection: busy with a phone or out of range (B-33) */
  'unreachable',
  /** connected, but does not say what it offers */
  'discoveryTimeout',
  /** connected, but it has no way in and out that the desk knows (B-08) */
  'noService',
  'subscribeFailed',
  /** bytes could not be handed over */
  'writeFailed',
  /** no reply within the time; data: command */
  'noReply',
  /** the connection broke: out of range, or a power cut */
  'lost',
  /** a reply that is none of the document's; data: command, reply */
  'badReply',
  /** it said 1; data: command */
  'deviceFailure',
  /** it said 2, also after its clock was set; data: command */
  'timestampRejected',
  /** it said 3; data: command */
  'signatureRejected',
  /** a digit that the document does not have; data: command, status */
  'unknownStatus',
  /** it refused every way of signing that is known (B-07) */
  'noProfile',
  /** its clock cannot be read or stays wrong; data: skewS */
  'clockOff',
  /** somebody charges there; data: port, minutes */
  'portBusy',
  /** it says 999; data: port */
  'portBroken',
  /** it did not name this port; data: port */
  'portUnknown',
  /** nobody can tell whether it switched on; data: port, minutes */
  'powerOnUnknown',
  /** it said done, but the port still has time left; data: port, minutes */
  'stillOn',
  'cancelled',
  /** a fault of the desk; the log says more */
  'internal',
] as const
export type ChargerReason = (typeof CHARGER_REASONS)[number]

/** What is odd and held nothing up (`chargerWarning.<code>`). */
export const CHARGER_WARNINGS = [
  /** `@0K` for `@OK` (N-03) */
  'okMisspelt',
  /** the letter O for the digit 0 (N-04) */
  'statusMisspelt',
  /** fewer than four ports were named (B-13) */
  'portsMissing',
  /** a port with more minutes than can be bought (B-16) */
  'minutesOverLimit',
  /** after POWERON the port shows 000, or more than was given (B-14) */
  'notCounting',
  /** after a set command the ports could not be read */
  'portsUnread',
  /** QTIME gave no time of the calendar (B-21) */
  'clockUnreadable',
] as const
export type ChargerWarning = (typeof CHARGER_WARNINGS)[number]

/** Lines of an exchange log that are no frames (`chargerEvent.<code>`); some are followed by `: detail`. */
export const EXCHANGE_EVENTS = [
  'connecting',
  'connected',
  'reused',
  'connectFailed',
  'disconnected',
  'lost',
  'noReply',
  'writeFailed',
  /** bytes that are no reply, or one that nobody asked for */
  'noise',
  'unexpected',
] as const
export type ExchangeEvent = (typeof EXCHANGE_EVENTS)[number]
