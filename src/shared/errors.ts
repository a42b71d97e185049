/**
 * Every refusal a caller can meet, with the HTTP status the automation API answers (interfaces §3).
 * The code is stable and outside programs match on it; the message is an English sentence; `data` names
 * what was wrong in a form the screens can translate (i18n key `errors.<CODE>`).
 */
export const ERROR_STATUS = {
  INVALID_INPUT: 400,
  TOKEN_REQUIRED: 401,
  SESSION_REQUIRED: 401,
  PIN_WRONG: 401,
  ROLE_REQUIRED: 403,
  PIN_CHANGE_REQUIRED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  UNKNOWN_OPERATION: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  NAME_TAKEN: 409,
  ALREADY_SET_UP: 409,
  LAST_ADMIN: 409,
  FIXED_BY_FILE: 409,
  ROOM_BUSY: 409,
  DUPLICATE_SUSPECTED: 409,
  INTENT_CONFLICT: 409,
  SHIFT_NOT_OPEN: 409,
  SHIFT_OPEN: 409,
  AMOUNT_TOO_LARGE: 409,
  NOT_ALLOWED_NOW: 409,
  ALREADY_PAID: 409,
  SIGNED_OFF: 409,
  PORT_BUSY: 409,
  PORT_BROKEN: 409,
  CHARGER_BUSY: 409,
  CHARGER_AMBIGUOUS: 409,
  CODE_TAKEN: 409,
  JOB_RUNNING: 409,
  JOB_NOT_RUNNING: 409,
  NOT_CONFIGURED: 409,
  NOT_SUPPORTED: 409,
  PLACE_UNUSABLE: 409,
  BACKUP_UNUSABLE: 409,
  RECHARGE_OPEN: 409,
  BODY_TOO_LARGE: 413,
  TOO_MANY_ATTEMPTS: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  UPSTREAM_REFUSED: 502,
  UPSTREAM_FAULT: 502,
  CHARGER_BAD_REPLY: 502,
  CHARGER_REFUSED: 502,
  UPSTREAM_OFFLINE: 503,
  RADIO_UNAVAILABLE: 503,
  CHARGER_NOT_FOUND: 503,
  CHARGER_UNREACHABLE: 503,
  CHARGER_NO_REPLY: 503,
  CHARGER_LOST: 503,
  SECRETS_LOCKED: 503,
  STORE_DAMAGED: 503,
  STORE_NEWER: 503,
  MIGRATION_FAILED: 503,
  UPDATE_NOT_STARTED: 503,
  CONNECTION_LOST: 503,
  PAYMENT_UNKNOWN: 503,
  STORAGE_FULL: 507,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** What crosses a door when a call is refused. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly data?: unknown
}

/** An expected refusal. Anything else that is thrown is a bug and leaves the door as INTERNAL. */
export class SitedeskError extends Error {
  readonly code: ErrorCode
  readonly data: unknown

  constructor(code: ErrorCode, message: string, data?: unknown, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SitedeskError'
    this.code = code
    this.data = data
  }

  toWire(): WireError {
    return this.data === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, data: this.data }
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_STATUS, value)
}

/** Rebuilds the typed error on the caller's side of a door. */
export function fromWire(wire: { code?: unknown; message?: unknown; data?: unknown }): SitedeskError {
  const code = isErrorCode(wire.code) ? wire.code : 'INTERNAL'
  return new SitedeskError(code, typeof wire.message === 'string' ? wire.message : 'Unknown error', wire.data)
}

export const notFound = (what: string, id: string) =>
  new SitedeskError('NOT_FOUND', `There is no ${what} ${id}.`, { what, id })
