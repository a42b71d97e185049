import type { Output } from '#shared/contract/index.ts'
import type { UpdateBlocker } from '#shared/contract/updates.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { PaymentDesk } from '../charging/payment-desk.ts'
import type { CoreContext } from '../context.ts'
import { blockersOf, type AtWork } from '../updates/index.ts'
import { UNSETTLED } from './mark.ts'

type OpenRecharge = Output<'backups.preview'>['openRecharges'][number]

export interface UnderWay {
  readonly jobs: AtWork['jobs']
  readonly payments: Pick<PaymentDesk, 'underway' | 'unended'>
}

const OPEN = `
  SELECT id, out_trade_no AS outTradeNo, state, room_path AS room, amount_fen AS amountFen FROM recharge_intent
  WHERE ${UNSETTLED} ORDER BY created_at LIMIT 50`

/** Sales whose end is not known: a file without them would forget that they were sent. */
export function openRecharges({ store: { site } }: CoreContext): OpenRecharge[] {
  const rows = site.statement<OpenRecharge>(OPEN).all()
  return rows.map((row) => ({ ...row, room: (JSON.parse(row.room) as string[]).join(' / ') }))
}

/** What else another file would not know of. An update waits for young payments only: it takes the file along. */
export function otherWork(ctx: CoreContext, { jobs, payments }: UnderWay): UpdateBlocker[] {
  const underway = () => payments.underway() || payments.unended()
  return blockersOf(ctx, { jobs, payments: { underway } }).filter((one) => one !== 'recharge')
}

/** Throws RECHARGE_OPEN, or NOT_ALLOWED_NOW with the blockers. */
export function refuseUnderWay(ctx: CoreContext, parts: UnderWay): void {
  const recharges = openRecharges(ctx)
  if (recharges.length > 0)
    throw new SitedeskError(
      'RECHARGE_OPEN',
      'A recharge is on its way or to be verified; settle it first, or the desk would forget that it was sent.',
      { recharges },
    )
  const blockers = otherWork(ctx, parts)
  if (blockers.length > 0)
    throw new SitedeskError('NOT_ALLOWED_NOW', `The restore waits for: ${blockers.join(', ')}.`, { blockers })
}
