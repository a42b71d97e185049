import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { requireOther, type Operators } from '../operators/index.ts'
import type { RechargeTables } from '../store/schema-recharge.ts'
import { shiftFor } from './admit.ts'
import { nameOf } from './desk.ts'
import { detailOf } from './lists.ts'
import type { ShiftsPort } from './ports.ts'
import type { StoredIntent } from './rows.ts'

type Refund = RechargeTables['refund']

/** What the second person confirms at the screen of the first one. */
const DECIDED = { operation: 'recharge.decideRefund', roles: ['supervisor'] } as const

/**
 * Money back for an applied recharge (features §3.5): asked for, decided by another person, posted by hand on the
 * platform, which has no endpoint for it (C-49). Cash comes out of the drawer of who pays it out.
 */
export function refundHandlers(
  ctx: CoreContext,
  { shifts, secondPerson }: { shifts: ShiftsPort } & Pick<Operators, 'secondPerson'>,
): Pick<
  AreaHandlers<'recharge'>,
  'recharge.requestRefund' | 'recharge.decideRefund' | 'recharge.refundPosted'
> {
  const { site } = ctx.store
  const done = (intentId: string) => {
    ctx.events.emit({ type: 'changed', area: 'recharge', ids: [intentId] })
    return detailOf(site, intentId)
  }
  const change = async (
    call: Call,
    id: string,
    from: Refund['state'],
    work: (refund: Refund) => Partial<Refund>,
  ) => {
    const refund = await call.commit(() => {
      const found = refundOf(ctx, id)
      if (found.state !== from) throw notNow(found.intent_id, found.state)
      const patch = work(found)
      call.note({ target: found.intent_id, before: found, after: patch })
      site.run(site.query.updateTable('refund').set(patch).where('id', '=', found.id))
      return found
    })
    return done(refund.intent_id)
  }
  return {
    async 'recharge.requestRefund'(call, { id, reason, second }) {
      requireRefundable(ctx, id)
      const approvedBy = second ? await secondPerson(call, second, DECIDED) : null
      call.note({ target: id, ...(approvedBy !== null && { after: { reason, approvedBy } }) })
      await call.commit(() => insertRequest(ctx, { id, reason, operator: nameOf(call), approvedBy }))
      return done(id)
    },
    async 'recharge.decideRefund'(call, { id, approve, reason, second }) {
      const found = refundOf(ctx, id)
      if (found.state !== 'requested') throw notNow(found.intent_id, found.state)
      const decidedBy = second ? await secondPerson(call, second, DECIDED) : nameOf(call)
      return change(call, id, 'requested', (refund) => {
        requireOther(decidedBy, refund.requested_by, 'Who asked for a refund does not decide it.')
        const state = approve ? 'approved' : 'refused'
        return { state, decided_by: decidedBy, decided_at: ctx.ports.clock.now(), decision_reason: reason }
      })
    },
    'recharge.refundPosted': (call, { id, note }) =>
      change(call, id, 'approved', (refund) => {
        const operator = nameOf(call)
        const shiftId = shiftFor(shifts, intentOf(ctx, refund.intent_id).tender, operator)
        const at = ctx.ports.clock.now()
        return { state: 'posted', posted_note: note, posted_by: operator, posted_at: at, shift_id: shiftId }
      }),
  }
}

const notNow = (intentId: string, state: string) =>
  new SitedeskError('NOT_ALLOWED_NOW', 'The state of this refund does not allow that.', {
    id: intentId,
    state,
  })

function intentOf({ store: { site } }: CoreContext, id: string): StoredIntent {
  const row = site.get(site.query.selectFrom('recharge_intent').selectAll().where('id', '=', id))
  if (!row) throw notFound('recharge', id)
  return row
}

/** By its own id, or the one of an intent that is going on. */
function refundOf({ store: { site } }: CoreContext, id: string): Refund {
  const row = site.get(
    site.query
      .selectFrom('refund')
      .selectAll()
      .where((e) => e.or([e('id', '=', id), e('intent_id', '=', id)]))
      .orderBy((e) => e('state', '=', 'refused'))
      .orderBy('requested_at', 'desc')
      .limit(1),
  )
  if (!row) throw notFound('refund', id)
  return row
}

/** Applied, and nobody asked for it yet. */
function requireRefundable(ctx: CoreContext, id: string): StoredIntent {
  const { site } = ctx.store
  const intent = intentOf(ctx, id)
  if (intent.state !== 'APPLIED') throw notNow(intent.id, intent.state)
  const open = site.get(
    site.query
      .selectFrom('refund')
      .select('state')
      .where('intent_id', '=', intent.id)
      .where('state', '<>', 'refused'),
  )
  if (open) throw notNow(intent.id, open.state)
  return intent
}

interface Request {
  readonly id: string
  readonly reason: string
  readonly operator: string
  /** who approved it on the spot */
  readonly approvedBy: string | null
}

function insertRequest(ctx: CoreContext, { id, reason, operator, approvedBy }: Request): void {
  const { site } = ctx.store
  const now = ctx.ports.clock.now()
  const decided = { decided_by: approvedBy, decided_at: now, decision_reason: reason }
  site.run(
    site.query.insertInto('refund').values({
      id: ctx.ports.random.uuid(),
      intent_id: requireRefundable(ctx, id).id,
      reason,
      requested_by: operator,
      requested_at: now,
      ...(approvedBy === null ? { state: 'requested' } : { state: 'approved', ...decided }),
    }),
  )
}
