import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_ZONE, formatDay, parseZone } from '#shared/time.ts'
import { openDemoConsole, type DemoConsole } from '../../fixtures/console.ts'

let desk: DemoConsole
beforeEach(async () => {
  desk = await openDemoConsole()
})
afterEach(() => desk.close())

const SCREEN = { door: 'inproc', screen: 'test' } as const

/** Looks now and at every push until the answer is what is waited for. */
async function until<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  let pushed = () => {}
  const stop = desk.core.subscribe(SCREEN, () => pushed())
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => (pushed = resolve))
      const answer = await ask()
      if (isIt(answer)) return answer
      await next
    }
  } finally {
    stop()
  }
}

const ended = (id: string) =>
  until(
    () => desk.call('jobs.get', { id }),
    (job) => job.endedAt !== null,
  )

describe('a day at the desk, against the demo platform', () => {
  it('sells, prints, compares and closes to the fen', async () => {
    await ended((await desk.call('sync.start', { source: 'campus', dataset: 'addresses' })).jobId)
    const room = (await desk.call('rooms.search', { query: '1' })).rows.find((one) => one.selectable)
    if (!room) throw new Error('the demo has no room')
    const shift = await desk.call('shifts.open', { cashFloatFen: 20_000 })
    const sale = { intentId: 'sale-0001', roomId: room.id, amountFen: 12_340, tender: 'cash' as const }
    await desk.call('recharge.create', sale)
    await until(
      () => desk.call('recharge.get', { id: sale.intentId }),
      ({ state }) => state === 'APPLIED',
    )

    const receipt = await desk.call('receipts.get', { intentId: sale.intentId })
    expect(receipt).toMatchObject({ amountWords: '壹佰贰拾叁元肆角', state: 'waiting', roomPath: room.path })
    expect(await desk.call('receipts.printed', { id: receipt.id, ok: true })).toMatchObject({
      state: 'printed',
    })

    const day = formatDay(Date.now(), parseZone(DEFAULT_ZONE) ?? 0)
    expect((await ended((await desk.call('reconciliation.run', { day })).jobId)).state).toBe('done')
    expect(await desk.call('reconciliation.get', { day })).toMatchObject({
      state: 'complete',
      matched: { count: 1, hereFen: 12_340, upstreamFen: 12_340 },
      differs: { count: 0 },
      onlyHere: { count: 0 },
    })

    const closed = await desk.call('shifts.close', { counted: { 10000: 3, 2000: 1, 100: 3, 10: 4 } })
    expect(closed).toMatchObject({
      id: shift.id,
      expectedFen: 32_340,
      differenceFen: 0,
      firstReceipt: receipt.number,
      lastReceipt: receipt.number,
      tenders: [{ tender: 'cash', count: 1, amountFen: 12_340 }],
    })
    const file = await desk.call('exports.create', {
      list: 'reconciliation.records',
      input: { day },
      format: 'csv',
      name: '对账',
      columns: [
        { key: 'outTradeNo', title: '订单号', format: 'text' },
        { key: 'upstreamFen', title: '平台', format: 'money' },
      ],
    })
    expect(new TextDecoder().decode(Uint8Array.from(atob(file.base64), (c) => c.charCodeAt(0)))).toContain(
      `"${receipt.outTradeNo}",123.40`,
    )
  })
})
