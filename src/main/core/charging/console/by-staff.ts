import { SitedeskError } from '#shared/errors.ts'
import type { Call } from '../../context.ts'
import { orderOf, type Books, type StoredOrder } from '../books.ts'
import { chargeOf, markChargeOpenThere, settleCharge } from '../coins.ts'
import { giveUp } from '../orders.ts'
import { markOpenThere, owedOf, paidByOf, pendingOf, settleByStaff } from '../payments.ts'
import { ProviderFailure } from '../providers.ts'
import { CODE, Refusal } from '../refusal.ts'
import { asDesk, type ConsoleParts } from './parts.ts'

/** Staff book money or give an order up. What was begun at a payment provider is ended there first. */

/** Receipts of staff begin so (D-20). */
const BY_STAFF = 'OFFLINE-'

/** `goOn`: why a supervisor does it although the provider cannot be asked. */
async function asked<R>(
  call: Call,
  goOn: string | undefined,
  end: (goOn: boolean) => Promise<R>,
): Promise<R> {
  const may = call.operator?.roles.some((role) => role === 'admin' || role === 'supervisor') ?? false
  if (goOn !== undefined && !may)
    throw new SitedeskError('ROLE_REQUIRED', 'Going on without the provider needs a supervisor.', {
      roles: ['supervisor'],
    })
  try {
    return await end(goOn !== undefined)
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    throw new SitedeskError(
      'PAYMENT_UNKNOWN',
      'The payment provider cannot be asked whether this is being paid; nothing was changed.',
      { kind: error.kind },
      { cause: error },
    )
  }
}

function refusePaid(id: string, providerId: string | null): never {
  const by = providerId === null ? 'nothing' : providerId.startsWith('COINS-') ? 'coins' : 'provider'
  throw new SitedeskError('ALREADY_PAID', 'This was paid already, and not to staff.', { id, by, providerId })
}

/** True: staff took the money before. Throws where somebody else did, or it cost nothing. */
function paidToStaff(books: Books, { orderId, payTime }: StoredOrder): boolean {
  if (payTime === null) return false
  const paidBy = paidByOf(books, orderId)
  if (paidBy?.startsWith(BY_STAFF)) return true
  return refusePaid(orderId, paidBy)
}

const refuseOther = (cashFen: number | undefined, owed: number) => {
  if (cashFen === undefined || cashFen === owed) return
  throw new SitedeskError('CONFLICT', 'Another sum is owed by now.', {
    reason: 'amountChanged',
    owedFen: owed,
  })
}

interface Wish {
  readonly goOn: string | undefined
  readonly cashFen?: number | undefined
}

const receiptOf = ({ ctx }: ConsoleParts): string => ctx.ports.random.uuid().slice(0, 8)

/** settles an order once; the same again changes nothing. */
export function confirmOrder(parts: ConsoleParts, call: Call, orderId: string, wish: Wish): Promise<void> {
  const { books, ctx } = parts
  const settle = (open: boolean) =>
    call.commit(() => {
      const order = orderOf(books, orderId)
      if (paidToStaff(books, order)) return
      const pending = pendingOf(books, orderId)
      refuseOther(wish.cashFen, owedOf(books, order))
      const end = asDesk(() => settleByStaff(books, orderId, receiptOf(parts), ctx.ports.clock.now()))
      if (open && pending) markOpenThere(books, pending.id, true)
      call.note({
        target: orderId,
        before: { state: 'unpaid' },
        after: { state: 'settled', end, ...(open && { withoutProvider: wish.goOn }) },
      })
    })
  return asked(call, wish.goOn, (goOn) => parts.payments.byStaff(orderId, goOn, settle))
}

/** Coins that an attempt holds go back; what was settled stays (R-14, U-25). */
export function cancelOrder(
  parts: ConsoleParts,
  call: Call,
  orderId: string,
  { goOn, reason }: Wish & { reason: string },
): Promise<void> {
  const { books, ctx } = parts
  const cancel = (open: boolean) =>
    call.commit(() => {
      const { cancelTime, payTime, money } = orderOf(books, orderId)
      if (cancelTime !== null) asDesk(refuseCancelled)
      if (payTime !== null && money > 0) refusePaid(orderId, paidByOf(books, orderId))
      const pending = pendingOf(books, orderId)
      giveUp(books, orderId, ctx.ports.clock.now())
      if (open && pending) markOpenThere(books, pending.id, true)
      call.note({
        target: orderId,
        after: { state: 'cancelled', reason, ...(open && { withoutProvider: goOn }) },
      })
    })
  return asked(call, goOn, (on) => parts.payments.byStaff(orderId, on, cancel))
}

const refuseCancelled = (): never => {
  throw new Refusal(CODE.success, '账单已取消', 'orderCancelled')
}

/** credits a purchase once. */
export function confirmCharge(parts: ConsoleParts, call: Call, payId: string, wish: Wish): Promise<void> {
  const { books, ctx } = parts
  const credit = (open: boolean) =>
    call.commit(() => {
      const { state, wxPayid, user, pmoney } = chargeOf(books, payId)
      if (state === 1 && !wxPayid?.startsWith(BY_STAFF)) refusePaid(payId, wxPayid)
      const receipt = `${BY_STAFF}${receiptOf(parts)}`
      const credited = settleCharge(books, payId, receipt, ctx.ports.clock.now())
      if (open) markChargeOpenThere(books, payId, true)
      call.note({
        target: payId,
        after: { user, coins: pmoney, credited, ...(open && { withoutProvider: wish.goOn }) },
      })
    })
  return asked(call, wish.goOn, (goOn) => parts.payments.chargeByStaff(payId, goOn, credit))
}
