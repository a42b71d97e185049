import type { IntentRow } from '#shared/contract/recharge.ts'
import type { Checked } from '#shared/contract/index.ts'
import { NOT_OUT, type Receipt } from '#shared/contract/receipts.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { moneyWords } from '#shared/money-words.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { requireOwn, type Ledger } from '../recharge/index.ts'
import type { Settings } from '../settings/index.ts'
import { followSales } from './follow.ts'
import { nextNumber } from './series.ts'
import { receiptStore, type Content } from './store.ts'
import { readTemplate, writeTemplate } from './template.ts'

/** Paper for a sale: made once, printed as often as wanted, never a part of the sale (features §3.5). */
export interface Receipts {
  readonly handlers: AreaHandlers<'receipts'>
  /** makes what an earlier run left without one; after the ready line */
  start(): void
  close(): Promise<void>
}

interface Areas {
  readonly ledger: Pick<Ledger, 'find'>
  readonly rooms: { meterNumbersOf(roomId: string): string[] }
  readonly settings: Pick<Settings, 'values' | 'zone'>
}

type Parts = Areas & { readonly ctx: CoreContext; readonly store: ReturnType<typeof receiptStore> }

export function createReceipts(ctx: CoreContext, areas: Areas): Receipts {
  const store = receiptStore(ctx.store.site)
  const parts: Parts = { ...areas, ctx, store }
  const write = <R>(work: () => R) => ctx.store.site.write(work)
  const follow = followSales(ctx, { find: areas.ledger.find, make: (id) => make(parts, write, id) })
  return {
    start: follow.start,
    close: follow.close,
    handlers: {
      'receipts.get': (call, { intentId }) => {
        requireOwn(call.own, sellerOf(areas, intentId))
        return store.ofIntent(intentId) ?? make(parts, call.commit, intentId)
      },
      'receipts.list': ({ own }, input) => store.list(input, own),
      'receipts.printed': (call, input) => printed(parts, call, input),
      'receipts.template': () => templateOf(parts),
      'receipts.saveTemplate': async (call, template) => {
        await call.commit(() => {
          call.note({ target: 'receipt', before: templateOf(parts), after: template })
          writeTemplate(ctx, template)
        })
        ctx.events.emit({ type: 'changed', area: 'receipts' })
        return template
      },
    },
  }
}

/** Whose sale it is. */
function sellerOf({ ledger }: Areas, intentId: string): string {
  const sale = ledger.find(intentId)
  if (!sale) throw notFound('recharge', intentId)
  return sale.operator
}

const templateOf = ({ ctx, settings }: Parts) => readTemplate(ctx, settings.values().siteName)

/** Number and content in one transaction; two calls of one moment get one receipt. */
async function make(parts: Parts, write: Call['commit'], intentId: string): Promise<Receipt> {
  const { ctx, ledger, store } = parts
  const receipt = await write(() => {
    const before = store.ofIntent(intentId)
    if (before) return before
    const intent = ledger.find(intentId)
    if (!intent) throw notFound('recharge', intentId)
    if (intent.state !== 'APPLIED')
      throw new SitedeskError('NOT_ALLOWED_NOW', 'There is a receipt only for a recharge that was applied.', {
        why: 'notApplied',
        state: intent.state,
      })
    const content = contentOf(parts, intent)
    const at = ctx.ports.clock.now()
    const number = nextNumber(ctx.store.site, content.template, { at, zone: parts.settings.zone() })
    store.insert({ id: ctx.ports.random.uuid(), number, intentId }, content, at)
    return store.ofIntent(intentId)
  })
  if (!receipt) throw notFound('receipt', intentId)
  ctx.events.emit({ type: 'changed', area: 'receipts', ids: [receipt.id] })
  return receipt
}

const contentOf = (parts: Parts, intent: IntentRow): Content => ({
  outTradeNo: intent.outTradeNo,
  roomPath: intent.roomPath,
  amountFen: intent.amountFen,
  amountWords: moneyWords(intent.amountFen),
  tender: intent.tender,
  operator: intent.operator,
  at: intent.createdAt,
  balanceBeforeFen: intent.balanceBeforeFen,
  balanceAfterFen: intent.balanceAfterFen,
  meters: parts.rooms.meterNumbersOf(intent.roomId),
  template: templateOf(parts),
})

async function printed(parts: Parts, call: Call, input: Checked<'receipts.printed'>): Promise<Receipt> {
  const { ctx, store } = parts
  const receipt = await call.commit(() => {
    const before = store.get(input.id)
    requireOwn(call.own, before.operator)
    call.note({ target: before.number })
    store.update(input.id, changesOf(before, input, ctx.ports.clock.now()))
    return store.get(input.id)
  })
  ctx.events.emit({ type: 'changed', area: 'receipts', ids: [receipt.id] })
  return receipt
}

/** A failed print leaves the receipt as it was, with the reason; only one that came out counts. */
function changesOf({ state, copies, failure }: Receipt, input: Checked<'receipts.printed'>, now: number) {
  if (input.ok)
    return {
      state: 'printed',
      copies: state === 'printed' ? copies + 1 : copies,
      printed_at: now,
      failure: null,
    }
  const reason = input.reason ?? ''
  // after a failure nothing was said to have come out
  if (reason !== NOT_OUT || state !== 'printed' || failure !== null) return { failure: reason }
  const left = copies === 0 ? { state: 'waiting' } : { copies: copies - 1 }
  return { ...left, printed_at: null, failure: reason }
}
