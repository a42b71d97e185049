import { isErrorCode, SitedeskError, type ErrorCode } from '#shared/errors.ts'
import { CHARGER_REASONS, type ChargerReason } from '#shared/charger-reasons.ts'
import type { Reason } from '#shared/contract/provisioning.ts'
import { RadioFailure, type RadioFailureKind, type RadioHealth } from './radio.ts'

type Data = Readonly<Record<string, string | number | boolean | null>>

/** A refusal that names its reason for the screens and the reports. */
export const chargerError = (
  code: ErrorCode,
  reason: ChargerReason,
  message: string,
  data: Data = {},
  options?: ErrorOptions,
) => new SitedeskError(code, message, { ...data, reason }, options)

const FAILURES: Readonly<Record<RadioFailureKind, readonly [ErrorCode, ChargerReason, string]>> = {
  unavailable: ['RADIO_UNAVAILABLE', 'radioUnavailable', 'Bluetooth is not available.'],
  // B-33: a phone may hold the link
  vanished: ['CHARGER_UNREACHABLE', 'unreachable', 'The charger is busy or out of range.'],
  connectTimeout: ['CHARGER_UNREACHABLE', 'unreachable', 'The charger is busy or out of range.'],
  refused: ['CHARGER_UNREACHABLE', 'unreachable', 'The charger is busy or out of range.'],
  discoveryTimeout: ['CHARGER_UNREACHABLE', 'discoveryTimeout', 'The charger does not say what it offers.'],
  noService: ['CHARGER_UNREACHABLE', 'noService', 'The charger has no service that the desk knows.'],
  subscribeFailed: ['CHARGER_UNREACHABLE', 'subscribeFailed', 'The charger does not let the desk listen.'],
  writeFailed: ['CHARGER_NO_REPLY', 'writeFailed', 'The command could not be handed over.'],
  writeTimeout: ['CHARGER_NO_REPLY', 'writeFailed', 'The command could not be handed over.'],
  lost: ['CHARGER_LOST', 'lost', 'The connection broke.'],
  cancelled: ['CANCELLED', 'cancelled', 'Cancelled.'],
}

/** What the radio says as a sentence of the desk; anything else stays as it is. */
export function typed(error: unknown, name: string): unknown {
  if (!(error instanceof RadioFailure)) return error
  const [code, reason, message] = FAILURES[error.kind]
  return chargerError(code, reason, `${name}: ${message}`, { name, detail: error.message }, { cause: error })
}

export const cancelled = () => chargerError('CANCELLED', 'cancelled', 'Cancelled.')

export const radioUnavailable = ({ state, reason, detail }: RadioHealth) =>
  chargerError('RADIO_UNAVAILABLE', 'radioUnavailable', `Bluetooth is not available (${reason ?? state}).`, {
    state,
    radio: reason,
    detail,
  })

const PLAIN: Partial<Record<ErrorCode, ChargerReason>> = {
  RADIO_UNAVAILABLE: 'radioUnavailable',
  CHARGER_NOT_FOUND: 'notHeard',
  CHARGER_AMBIGUOUS: 'ambiguous',
  CHARGER_BUSY: 'held',
  CHARGER_UNREACHABLE: 'unreachable',
  CHARGER_NO_REPLY: 'noReply',
  CHARGER_LOST: 'lost',
  CHARGER_BAD_REPLY: 'badReply',
  CHARGER_REFUSED: 'deviceFailure',
  PORT_BUSY: 'portBusy',
  PORT_BROKEN: 'portBroken',
  CANCELLED: 'cancelled',
}

const isReason = (value: unknown): value is ChargerReason =>
  (CHARGER_REASONS as readonly unknown[]).includes(value)

/** A failure in the words of an installer, for steps and reports; a driver's own message is never one. */
export function reasonOf(error: unknown): Reason {
  if (!(error instanceof SitedeskError) || !isErrorCode(error.code)) return { code: 'internal' }
  const { reason, ...rest } = (error.data ?? {}) as Record<string, unknown>
  const code = isReason(reason) ? reason : (PLAIN[error.code] ?? 'internal')
  const plain = Object.entries(rest).filter(
    (entry): entry is [string, string | number | boolean | null] =>
      entry[0] !== 'detail' &&
      (entry[1] === null || ['string', 'number', 'boolean'].includes(typeof entry[1])),
  )
  return plain.length > 0 ? { code, data: Object.fromEntries(plain) } : { code }
}
