import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMeters } from '#core/meters/index.ts'
import { formatDateTime } from '#shared/time.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { testContext } from '../../fixtures/store.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
  await site.catalogue(meter('A'), meter('B'))
  await site.ingest(DAYS.map(([day, text]) => reading('A', `2026-03-0${day} 12:00`, text)))
})
afterEach(() => site.close())

const DAYS = [
  [1, '100.00'],
  [2, '110.00'],
  [3, '990.00'],
  [4, '130.00'],
  [5, '141.50'],
] as const

async function days(handlers = site.handlers): Promise<string[]> {
  const { rows } = await handlers['meters.usage'](anyCall, {
    meterIds: ['imr:A'],
    from: at('2026-03-02'),
    to: at('2026-03-06'),
    bucket: 'day',
  })
  return rows.map((r) => [formatDateTime(r.bucket, ZONE).slice(8, 10), r.usage ?? '-', r.state].join(' '))
}

const readings = async () => {
  const range = { from: at('2026-03-01'), to: at('2026-03-07') }
  return (await site.handlers['meters.readings'](anyCall, { meterId: 'imr:A', ...range })).rows
}

const write = <R>(work: () => R) => site.test.store.site.write(work)
const correct = (moment: string, value: string, more: object = {}) =>
  write(() =>
    site.meters.decisions.correct({
      meterId: 'imr:A',
      at: at(moment),
      value,
      origin: 'camera',
      by: 'ann',
      reason: 'misread',
      ...more,
    }),
  )

/** Everything that follows from readings and decisions. */
const derived = () =>
  ['daily', 'latest', 'reading_fix', 'usage_event'].map((table) =>
    site.test.store.history.statement(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).arrays(),
  )

describe('a corrected reading', () => {
  it('is parked as a spike until then, and makes no figure', async () => {
    expect(await days()).toEqual(['02 10.00 measured', '03 - reset', '04 - reset', '05 11.50 measured'])
  })

  it('counts beside the original, which stays', async () => {
    await correct('2026-03-03 12:00', '120.00')
    expect(await days()).toEqual([
      '02 10.00 measured',
      '03 10.00 measured',
      '04 10.00 measured',
      '05 11.50 measured',
    ])
    expect((await readings())[2]).toMatchObject({ value: '120.00', original: '990.00', flags: ['corrected'] })
    const stored = site.test.store.history.statement<{ value: number }>(
      'SELECT value FROM reading WHERE value = 9900000',
    )
    expect(stored.all()).toHaveLength(1)
  })

  it('stands when the vendor sends the original again, or another value', async () => {
    await correct('2026-03-03 12:00', '120.00')
    await days()
    await site.ingest([reading('A', '2026-03-03 12:00', '990.00')])
    await site.ingest([reading('A', '2026-03-03 12:00', '991.00')])
    expect((await days())[1]).toBe('03 10.00 measured')
    expect((await readings())[2]).toMatchObject({ value: '120.00', original: '991.00' })
  })

  it('withdrawn, the original counts again and the decision is kept', async () => {
    const id = await correct('2026-03-03 12:00', '120.00')
    await days()
    const before = derived()
    await write(() => site.meters.decisions.withdraw(id, { by: 'ben', reason: 'wrong meter' }))
    expect((await days())[1]).toBe('03 - reset')
    expect(derived()).not.toEqual(before)
    expect(site.meters.decisions.get(id)).toMatchObject({ withdrawn_by: 'ben', original: '990.00' })
    await expect(
      write(() => site.meters.decisions.withdraw(id, { by: 'ben', reason: 'again' })),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('of two, the newer counts, and the older once that is withdrawn', async () => {
    await correct('2026-03-03 12:00', '120.00')
    const second = await correct('2026-03-03 12:00', '125.00')
    expect((await days())[1]).toBe('03 15.00 measured')
    await write(() => site.meters.decisions.withdraw(second, { by: null, reason: '' }))
    expect((await days())[1]).toBe('03 10.00 measured')
  })

  it('where the vendor sent nothing fills the gap, and an estimate is marked', async () => {
    await correct('2026-03-06 12:00', '150', { origin: 'manual', estimated: true })
    await site.meters.decisions.settled()
    const { rows } = await site.handlers['meters.usage'](anyCall, {
      meterIds: ['imr:A'],
      from: at('2026-03-06'),
      to: at('2026-03-07'),
      bucket: 'day',
    })
    expect(rows).toMatchObject([{ usage: '8.50', state: 'estimated' }])
    expect((await readings()).at(-1)).toMatchObject({ value: '150', flags: ['manual', 'estimated'] })
    const [a] = (await site.handlers['meters.list'](anyCall, { query: 'A' })).rows
    expect(a).toMatchObject({ lastReading: '150' })
  })

  it('is refused for what is no register, and for a meter without a series', async () => {
    await expect(correct('2026-03-03 12:00', '-1')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(correct('2026-03-03 12:00', '1', { meterId: 'imr:X' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('is not foretold, but what the vendor sent for a later instant can be corrected', async () => {
    const now = site.test.clock.now()
    const ahead = now - (now % 1000) + 86_400_000
    const wanted = { meterId: 'imr:A', kind: 'value', value: '99999', at: ahead } as const
    const refused = { code: 'INVALID_INPUT', data: { issues: [{ path: 'at' }] } }
    await expect(site.handlers['meters.previewDecision'](anyCall, wanted)).rejects.toMatchObject(refused)
    await expect(
      site.handlers['meters.decide'](anyCall, { ...wanted, reason: 'typed wrong' }),
    ).rejects.toMatchObject(refused)
    await site.ingest([reading('A', ahead, '142')])
    expect(await site.handlers['meters.previewDecision'](anyCall, wanted)).toHaveProperty('days')
  })
})

describe('what history.db holds', () => {
  it('is the same after decisions, when it was lost and fetched again', async () => {
    await correct('2026-03-03 12:00', '120.00')
    await correct('2026-03-06 12:00', '150', { origin: 'manual' })
    await days()
    const before = derived()
    const { history } = site.test.store
    await history.write(() => {
      for (const table of ['meter', 'reading', 'daily', 'latest', 'reading_fix', 'usage_event', 'meta'])
        history.sql.exec(`DELETE FROM ${table}`)
    })
    site.meters.close()
    const settings = { zone: () => ZONE, onChange: () => () => undefined }
    const again = createMeters(testContext(site.test), { settings })
    await again.settled()
    expect(derived()).toEqual([[], [], [], []])
    await history.write(() => again.catalogue.upsert([meter('A'), meter('B')], 1))
    await history.write(() =>
      again.readings.ingest(
        'imr',
        'readMeterList',
        DAYS.toReversed().map(([day, text]) => reading('A', `2026-03-0${day} 12:00`, text)),
        1,
      ),
    )
    expect(await days(again.handlers)).toContain('03 10.00 measured')
    expect(derived()).toEqual(before)
    again.close()
  })

  it('follows a decision whose transaction was the last before a stop', async () => {
    await correct('2026-03-03 12:00', '120.00')
    await days()
    const after = derived()
    const { history } = site.test.store
    site.meters.close()
    await history.write(() => {
      history.sql.exec("DELETE FROM reading_fix; DELETE FROM meta WHERE key = 'decisions'")
      history.sql.exec("UPDATE meta SET value = 'no' WHERE key = 'usage_checked'")
    })
    const settings = { zone: () => ZONE, onChange: () => () => undefined }
    const again = createMeters(testContext(site.test), { settings })
    await again.settled()
    expect(derived()).toEqual(after)
    again.close()
  })

  it('is the same when days are those of another zone and back', async () => {
    await correct('2026-03-03 12:00', '120.00')
    await correct('2026-03-06 00:00', '150', { origin: 'manual' })
    await days()
    const before = derived()
    site.setZone('-05:00')
    await site.meters.settled()
    expect(derived()).not.toEqual(before)
    site.setZone('+08:00')
    await site.meters.settled()
    expect(derived()).toEqual(before)
  })
})

describe('decisions through the door', () => {
  /** A call that commits like the dispatcher does. */
  const call = {
    ...anyCall,
    commit: <R>(work: () => R) => site.test.store.site.write(work),
  }

  it('preview says what the decision then makes, and nothing changes until then', async () => {
    const wanted = { meterId: 'imr:A', at: at('2026-03-03 12:00'), kind: 'value', value: '120' } as const
    const before = await days()
    const { days: shown } = await site.handlers['meters.previewDecision'](anyCall, wanted)
    expect(await days()).toEqual(before)
    await site.handlers['meters.decide'](call, { ...wanted, reason: 'read again' })
    const after = await days()
    expect(shown.slice(1).map(({ after: cell }) => `${cell.usage ?? '-'} ${cell.state}`)).toEqual(
      after.map((text) => text.slice(3)),
    )
    expect(shown[2]?.before).toEqual({ usage: null, state: 'reset' })
  })

  it('refuse what would make a negative figure or says nothing', async () => {
    await site.ingest([reading('A', '2026-03-06 12:00', '20')])
    const said = { meterId: 'imr:A', at: at('2026-03-06 12:00'), reason: 'x' } as const
    const decide = (more: object) => site.handlers['meters.decide'](call, { ...said, ...more } as never)
    const refused = { code: 'INVALID_INPUT' }
    await expect(decide({ kind: 'rollover', registerDigits: 1 })).rejects.toMatchObject(refused)
    await expect(decide({ kind: 'rollover' })).rejects.toMatchObject(refused)
    await expect(decide({ kind: 'exchange', oldLast: '100', newFirst: '0' })).rejects.toMatchObject(refused)
    await expect(decide({ kind: 'exchange', oldLast: '150', newFirst: '21' })).rejects.toMatchObject(refused)
    expect((await site.handlers['meters.decisions'](anyCall, {})).total).toBe(0)
  })

  it('list who decided and who took it back', async () => {
    const wanted = {
      meterId: 'imr:A',
      at: at('2026-03-03 12:00'),
      kind: 'ignore',
      reason: 'misread',
    } as const
    const { decisionIds } = await site.handlers['meters.decide'](call, wanted)
    const [decisionId = ''] = decisionIds
    await site.handlers['meters.withdrawDecision'](call, { decisionId, reason: 'it was right' })
    const { rows } = await site.handlers['meters.decisions'](anyCall, { meterId: 'imr:A' })
    expect(rows).toMatchObject([{ kind: 'ignore', original: '990.00', withdrawnReason: 'it was right' }])
    expect((await site.handlers['meters.events'](anyCall, { state: 'parked' })).rows).toMatchObject([
      { kind: 'spike', suspects: [at('2026-03-03 12:00')] },
    ])
    const found = async (query: string) =>
      (await site.handlers['meters.events'](anyCall, { query })).rows.map(({ tableNo }) => tableNo)
    expect(new Set(await found('a'))).toEqual(new Set(['A']))
    expect(await found('nowhere')).toEqual([])
  })
})

describe('while a fetch brings more and more', () => {
  it('usage of one meter is answered after the first pages, and is right', async () => {
    const others = Array.from({ length: 40 }, (_, i) => meter(`M${i}`))
    await site.catalogue(...others)
    let pages = 0
    const asked = { open: true }
    const fetching = (async () => {
      while (asked.open && pages < 200) {
        const day = 1 + (pages % 28)
        const page = others.map(({ deviceId }, i) =>
          reading(deviceId, `2026-02-${String(day).padStart(2, '0')} ${10 + (i % 10)}:00`, `${pages}.00`),
        )
        await site.ingest(page)
        pages++
      }
    })()
    const found = await days()
    asked.open = false
    await fetching
    expect(found).toEqual(['02 10.00 measured', '03 - reset', '04 - reset', '05 11.50 measured'])
    expect(pages).toBeLessThan(20)
  })
})
