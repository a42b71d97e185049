import type { Tender } from '#shared/contract/values.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Fen } from '#shared/money.ts'
import { MINUTE } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { refuseLaidAside } from '../store/laid-aside.ts'
import type { Upstreams } from '../upstream/index.ts'
import { FRESH } from './machine.ts'
import type { RoomsPort, ShiftsPort } from './ports.ts'
import { IN_FLIGHT, memoryOf, type StoredIntent } from './rows.ts'
import { notConfigured } from './runner.ts'
import type { IntentStore } from './store.ts'

/** */
const SAME_AMOUNT_MS = MINUTE
/** A younger UNKNOWN is still being asked about every few seconds. */
const YOUNG_UNKNOWN_MS = 2 * MINUTE

export interface Wish {
  readonly intentId: string
  readonly roomId: string
  readonly amountFen: Fen
  readonly tender: Tender
  readonly operator: string
  readonly confirmedDuplicate: boolean
  readonly confirmedLarge: boolean
  readonly batchId: string | null
}

export interface AdmitParts {
  readonly store: IntentStore
  readonly upstreams: Upstreams
  readonly rooms: RoomsPort
  readonly shifts: ShiftsPort
  /** C-21: above it a person confirms a second time */
  readonly maxRechargeFen: () => Fen
  /** a new number; asked again in the case that it is taken */
  readonly number: () => string
}

/**
 * All refusals of a sale in their order (interfaces §3), then its row; one synchronous piece, run inside
 * `site.write`, so that two sales of one moment see each other.
 */
export function admit(ctx: CoreContext, parts: AdmitParts, wish: Wish): StoredIntent {
  const before = parts.store.find(wish.intentId)
  if (before) return sameOrConflict(before, wish)
  refuseLaidAside(ctx.store.site)
  const room = selectable(parts.rooms, wish.roomId)
  refuseLarge(wish, parts.maxRechargeFen())
  refuseOffline(parts.upstreams)
  refuseBusy(ctx, wish.roomId, wish.intentId)
  if (!wish.confirmedDuplicate) refuseDuplicate(ctx, wish)
  const shiftId = shiftFor(parts.shifts, wish.tender, wish.operator)
  const row: StoredIntent = {
    id: wish.intentId,
    out_trade_no: '',
    state: 'DRAFT',
    room_id: wish.roomId,
    room_path: JSON.stringify(room.path),
    amount_fen: wish.amountFen,
    tender: wish.tender,
    operator: wish.operator,
    shift_id: shiftId,
    batch_id: wish.batchId,
    balance_before_fen: parts.rooms.balanceOf(wish.roomId)?.balanceFen ?? null,
    balance_after_fen: null,
    memory: JSON.stringify(FRESH),
    next_check_at: null,
    created_at: ctx.ports.clock.now(),
    ended_at: null,
  }
  return insert(parts, row)
}

/** The same intent again is the same intent; anything else under its id is a mistake of the caller. */
export function sameOrConflict(found: StoredIntent, wish: Wish): StoredIntent {
  const differs = [
    ...(found.room_id === wish.roomId ? [] : ['roomId']),
    ...(found.amount_fen === wish.amountFen ? [] : ['amountFen']),
    ...(found.tender === wish.tender ? [] : ['tender']),
  ]
  if (differs.length === 0) return found
  throw new SitedeskError(
    'INTENT_CONFLICT',
    `This intent exists already with another ${differs.join(', ')}.`,
    {
      id: found.id,
      differs,
    },
  )
}

export function selectable(rooms: RoomsPort, roomId: string) {
  const room = rooms.locate(roomId)
  if (!room) throw notFound('room', roomId)
  if (room.selectable) return room
  const message = 'Only a room that is still in the list can be recharged (C-52).'
  const issues = [{ path: 'roomId', message }]
  throw new SitedeskError('INVALID_INPUT', message, {
    issues,
    roomId,
    level: room.level,
    active: room.active,
  })
}

function refuseLarge({ amountFen, confirmedLarge }: Wish, limitFen: Fen): void {
  if (amountFen <= limitFen || confirmedLarge) return
  throw new SitedeskError(
    'AMOUNT_TOO_LARGE',
    'This amount is above the limit and needs a second confirmation.',
    {
      amountFen,
      limitFen,
    },
  )
}

/** offline nothing is queued, so nothing can leave later unseen. */
export function refuseOffline(upstreams: Upstreams): void {
  if (!upstreams.campus()) throw notConfigured()
  const { state } = upstreams.status('campus')
  if (state === 'stopped') throw stopped()
  if (state !== 'offline') return
  throw new SitedeskError('UPSTREAM_OFFLINE', 'The campus platform cannot be reached; nothing was sent.', {
    source: 'campus',
  })
}

/** F-04: after the platform refused the account itself, nothing leaves until the settings change. */
export const stopped = () =>
  new SitedeskError(
    'UPSTREAM_REFUSED',
    'The platform refused the account of this site; nothing is sent until the settings are changed.',
    { source: 'campus', reason: 'stopped' },
  )

interface Other {
  readonly id: string
  readonly state: string
  readonly memory: string
  readonly amount_fen: number
  readonly created_at: number
}

const OPEN_OF_ROOM = `
  SELECT id, state, memory, amount_fen, created_at FROM recharge_intent
  WHERE room_id = ? AND id <> ? AND state IN ('DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED') ORDER BY created_at DESC`

const openOfRoom = ({ store: { site } }: CoreContext, roomId: string, except: string) =>
  site.statement<Other>(OPEN_OF_ROOM).all(roomId, except)

/** Single flight per room. */
export function refuseBusy(ctx: CoreContext, roomId: string, except: string): void {
  const now = ctx.ports.clock.now()
  const busy = openOfRoom(ctx, roomId, except).find(
    (other) =>
      IN_FLIGHT.has(other.state) ||
      // a clock that was set back by more makes no room busy for so long
      (other.state === 'UNKNOWN' && Math.abs(now - unknownSince(other)) < YOUNG_UNKNOWN_MS),
  )
  if (busy) throw roomBusy(roomId, busy)
}

const unknownSince = (other: Other) => memoryOf(other as StoredIntent).unknownSince ?? other.created_at

export const roomBusy = (roomId: string, other?: { id: string; state: string }) =>
  new SitedeskError('ROOM_BUSY', 'A recharge of this room is still on its way.', {
    roomId,
    ...(other ? { intentId: other.id, state: other.state } : {}),
  })

const SAME_AMOUNT = `
  SELECT id, state, memory, amount_fen, created_at FROM recharge_intent
  WHERE room_id = ? AND id <> ? AND amount_fen = ? AND created_at > ? ORDER BY created_at DESC LIMIT 1`

/** An older sale of the room without an end, or the same amount a moment ago. */
export function refuseDuplicate(
  ctx: CoreContext,
  wish: Pick<Wish, 'roomId' | 'amountFen' | 'intentId'>,
): void {
  const { roomId, amountFen, intentId } = wish
  const open = openOfRoom(ctx, roomId, intentId).find(
    (other) => other.state === 'UNKNOWN' || (other.state === 'DISPUTED' && other.amount_fen === amountFen),
  )
  if (open) throw suspected('openIntent', roomId, open)
  const since = ctx.ports.clock.now() - SAME_AMOUNT_MS
  const same = ctx.store.site.statement<Other>(SAME_AMOUNT).get(roomId, intentId, amountFen, since)
  if (same) throw suspected('sameAmount', roomId, same)
}

const suspected = (reason: 'openIntent' | 'sameAmount', roomId: string, other: Other) =>
  new SitedeskError('DUPLICATE_SUSPECTED', 'This room may have been recharged already; confirm to go on.', {
    reason,
    roomId,
    intentId: other.id,
    state: other.state,
    amountFen: other.amount_fen,
    createdAt: other.created_at,
  })

/** Cash belongs to a drawer; other tenders to the shift where there is one. */
export function shiftFor(shifts: ShiftsPort, tender: string, operator: string): string | null {
  const shiftId = shifts.openShiftOf(operator)
  if (tender === 'cash' && shiftId === null)
    throw new SitedeskError('SHIFT_NOT_OPEN', 'Cash needs an open shift.', { tender })
  return shiftId
}

/** Numbers of one second may meet; the database knows (C-23). */
const NUMBER_TRIES = 20

function insert({ store, number }: AdmitParts, row: StoredIntent): StoredIntent {
  for (let attempt = 1; ; attempt++) {
    const numbered = { ...row, out_trade_no: number() }
    try {
      store.insert(numbered)
      return numbered
    } catch (error) {
      if (attempt < NUMBER_TRIES && isTaken(error, 'out_trade_no')) continue
      throw typedConstraint(error, row)
    }
  }
}

const isTaken = (error: unknown, column: string) =>
  codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' && String(error).includes(`.${column}`)

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** What the database itself refused, in the words of the contract. */
export function typedConstraint(error: unknown, row: Pick<StoredIntent, 'room_id' | 'tender'>): unknown {
  if (isTaken(error, 'room_id')) return roomBusy(row.room_id)
  if (codeOf(error) === 'SQLITE_CONSTRAINT_CHECK' && row.tender === 'cash')
    return new SitedeskError('SHIFT_NOT_OPEN', 'Cash needs an open shift.', { tender: row.tender })
  return error
}

/** A ledger that cannot be written: nothing may leave (F-36). */
export function typedStorage(error: unknown): unknown {
  if (!/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|LOCKED)/.test(codeOf(error))) return error
  return new SitedeskError('STORAGE_FULL', 'The ledger cannot be written; nothing was sent.', undefined, {
    cause: error,
  })
}
