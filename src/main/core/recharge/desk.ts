import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { Settings } from '../settings/types.ts'
import { refuseLaidAside } from '../store/laid-aside.ts'
import type { Upstreams } from '../upstream/index.ts'
import { admit, refuseBusy, refuseDuplicate, sameOrConflict, selectable, shiftFor, stopped } from './admit.ts'
import { typedConstraint, typedStorage, type AdmitParts, type Wish } from './admit.ts'
import { elsewhere, spanOf } from './evidence.ts'
import { detailOf } from './lists.ts'
import { mayResend, type Step } from './machine.ts'
import { outTradeNo } from './numbers.ts'
import type { RoomsPort, ShiftsPort } from './ports.ts'
import { memoryOf, stateOf, type StoredIntent } from './rows.ts'
import { notConfigured, type IntentRunner } from './runner.ts'

export interface DeskParts {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly rooms: RoomsPort
  readonly shifts: ShiftsPort
  readonly runner: IntentRunner
}

/** Sales: made, asked about, sent again by a person, settled by a person. */
export interface Desk {
  /** stores the sale and begins it; `write` is the transaction it is stored in */
  make(wish: Wish, write: <R>(work: () => R) => Promise<R>): Promise<StoredIntent>
  /** sends a NOT_APPLIED one again, after the platform said that it has nothing of it */
  again(id: string, by: By, write: <R>(work: () => R) => Promise<R>): Promise<void>
  readonly handlers: Pick<
    AreaHandlers<'recharge'>,
    'recharge.create' | 'recharge.resend' | 'recharge.check' | 'recharge.resolve'
  >
}

export interface By {
  readonly operator: string
  readonly confirmedDuplicate: boolean
}

export function createDesk(ctx: CoreContext, parts: DeskParts): Desk {
  const make = maker(ctx, parts)
  const again = resender(ctx, parts)
  const detail = (id: string) => detailOf(ctx.store.site, id)
  return {
    make,
    again,
    handlers: {
      async 'recharge.create'(call, input) {
        const { confirmedDuplicate = false, confirmedLarge = false, ...rest } = input
        const wish = { ...rest, operator: nameOf(call), confirmedDuplicate, confirmedLarge, batchId: null }
        call.note({ target: input.intentId })
        const row = await make(wish, call.commit)
        return { id: row.id, outTradeNo: row.out_trade_no, state: stateOf(row) }
      },
      async 'recharge.resend'(call, { id, confirmedDuplicate = false }) {
        call.note({ target: id })
        await again(id, { operator: nameOf(call), confirmedDuplicate }, call.commit)
        return detail(id)
      },
      async 'recharge.check'(call, { id }) {
        call.note({ target: id })
        const row = found(parts.runner, id)
        // SENT has its answer to come, or its wait after 1011: asked sooner it would be sent again sooner
        if (!['DRAFT', 'SENT', 'APPLIED'].includes(row.state)) await parts.runner.askNow(id)
        await parts.runner.amountKnown(id)
        return detail(id)
      },
      async 'recharge.resolve'(call, { id, outcome, reason }) {
        const before = found(parts.runner, id)
        call.note({ target: id, before: { state: before.state }, after: { outcome, reason } })
        const event = { type: 'resolved', outcome, reason } as const
        const step = await call.commit(() => need(parts.runner.store.step(id, event, nameOf(call)), id))
        parts.runner.follow(id, step)
        return detail(id)
      },
    },
  }
}

export function nameOf(call: Call): string {
  if (!call.operator) throw new SitedeskError('SESSION_REQUIRED', 'Sign in first.')
  return call.operator.name
}

function found(runner: IntentRunner, id: string): StoredIntent {
  const row = runner.store.find(id)
  if (!row) throw notFound('recharge', id)
  return row
}

function need(step: Step | null, id: string): Step {
  if (step) return step
  throw new SitedeskError('NOT_ALLOWED_NOW', 'The state of this recharge does not allow that.', { id })
}

function maker(ctx: CoreContext, parts: DeskParts): Desk['make'] {
  const { settings, upstreams, rooms, shifts, runner } = parts
  const { clock, random } = ctx.ports
  const number = () =>
    outTradeNo(settings.values().upstreams.campus.orderPrefix, clock.now(), settings.zone(), random)
  const maxRechargeFen = () => settings.values().recharge.maxRechargeFen
  const admitParts: AdmitParts = { store: runner.store, upstreams, rooms, shifts, maxRechargeFen, number }
  return async (wish, write) => {
    const before = runner.store.find(wish.intentId)
    if (before) return sameOrConflict(before, wish)
    const made = await write(() => {
      const known = runner.store.find(wish.intentId)
      return { row: admit(ctx, admitParts, wish), isNew: known === null }
    }).catch((error: unknown) => {
      if (isOffline(error)) lookAgain(parts, wish.roomId)
      throw typedStorage(error)
    })
    if (made.isNew) {
      runner.begin(made.row.id)
      rooms.touch(wish.roomId).catch(() => undefined)
      ctx.events.emit({ type: 'changed', area: 'recharge', ids: [made.row.id] })
    }
    return made.row
  }
}

const isOffline = (error: unknown) => error instanceof SitedeskError && error.code === 'UPSTREAM_OFFLINE'

/** Offline ends with a read that succeeds (interfaces §3): a refused sale makes one, for the next try. */
function lookAgain({ rooms }: DeskParts, roomId: string): void {
  rooms.refresh(roomId, { urgent: true }).catch(() => undefined)
}

function resender(ctx: CoreContext, parts: DeskParts): Desk['again'] {
  const { runner, rooms, shifts, upstreams } = parts
  return async (id, by, write) => {
    const row = found(runner, id)
    refuseResend(row)
    selectable(rooms, row.room_id)
    refuseAround(ctx, row, by)
    const campus = upstreams.campus()
    if (!campus) throw notConfigured()
    if (upstreams.status('campus').state === 'stopped') throw stopped()
    // the platform is asked once more: what it has by now is never sent again
    const { signal } = runner
    if (await campus.hasRefundOrder(row.out_trade_no, { urgent: true, signal })) {
      const sends = memoryOf(row).sends
      await runner.step(id, { type: 'exists', found: true, sends, sinceZeroMs: null }, by.operator)
      return runner.amountKnown(id)
    }
    if (!by.confirmedDuplicate) await refuseElsewhere(ctx, parts, row)
    const step = await write(() => {
      refuseLaidAside(ctx.store.site)
      // whatever happened while the platform was asked: its no is of the requests until then
      const now = found(runner, id)
      refuseResend(now)
      if (memoryOf(now).sends !== memoryOf(row).sends) throw notAgain(now)
      refuseAround(ctx, row, by)
      const counted = row.shift_id !== null && shifts.counted(row.shift_id, id)
      const shiftId = counted ? row.shift_id : shiftFor(shifts, row.tender, by.operator)
      const { site } = ctx.store
      site.statement('UPDATE recharge_intent SET shift_id = ? WHERE id = ?').run(shiftId, id)
      return stepOrTyped(() => need(runner.store.step(id, { type: 'resend' }, by.operator), id), row)
    }).catch((error: unknown) => {
      throw typedStorage(error)
    })
    runner.follow(id, step)
  }
}

function stepOrTyped(step: () => Step, row: StoredIntent): Step {
  try {
    return step()
  } catch (error) {
    throw typedConstraint(error, row)
  }
}

function refuseResend(row: StoredIntent): void {
  if (mayResend({ state: stateOf(row), memory: memoryOf(row) })) return
  throw notAgain(row)
}

const notAgain = ({ id, state }: StoredIntent) =>
  new SitedeskError('NOT_ALLOWED_NOW', 'Only what is known not to be applied can be sent again.', {
    id,
    state,
  })

function refuseAround(ctx: CoreContext, row: StoredIntent, by: By): void {
  refuseBusy(ctx, row.room_id, row.id)
  const wish = { roomId: row.room_id, amountFen: row.amount_fen, intentId: row.id }
  if (!by.confirmedDuplicate) refuseDuplicate(ctx, wish)
}

/** F-34: somebody may have posted it by hand meanwhile. */
async function refuseElsewhere(
  ctx: CoreContext,
  { upstreams, runner }: DeskParts,
  row: StoredIntent,
): Promise<void> {
  const campus = upstreams.campus()
  if (!campus) throw notConfigured()
  const span = spanOf(row, ctx.ports.clock.now(), runner.skewMs())
  const other = await elsewhere(campus, row, span, { urgent: true, signal: runner.signal })
  if (!other) return
  throw new SitedeskError(
    'DUPLICATE_SUSPECTED',
    'The platform lists another recharge of this amount in this room.',
    {
      reason: 'elsewhere',
      roomId: row.room_id,
      outTradeNo: other.outTradeNo,
      amountFen: other.amount.fen,
      createdAt: other.at,
    },
  )
}
