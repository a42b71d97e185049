import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '#shared/time.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { openCommandSite, SUPERVISOR, type CommandSite } from '../fixtures/command-site.ts'
import { readingRow, startImrVendor, type ImrVendor, type VendorCall } from '../fixtures/imr-vendor.ts'

const METERS = ['00000000001', '00000000002', '00000000003', '00000000004']
const [ONE = '', TWO = '', THREE = ''] = METERS.map((no) => `imr:${no}`)

let vendor: ImrVendor
let site: CommandSite

/** How the vendor says each meter stands. */
let gates: Record<string, string>
let readAt: number
const showMeters = () => {
  vendor.readings = METERS.map((no) => ({ ...readingRow(no, readAt, '100.5'), gate: gates[no] ?? '合闸' }))
}
beforeEach(async () => {
  vendor = await startImrVendor()
  gates = {}
  readAt = FAKE_START - HOUR
  showMeters()
  site = await openCommandSite(vendor.url, METERS)
})
afterEach(async () => {
  await site.close()
  await vendor.close()
})

const instructs = () => vendor.calls.filter((call) => call.endpoint === 'meterInstruct')
const commands = async (input = {}) => (await site.call('meters.commands', input)).rows
const only = async () => {
  const [row] = await commands()
  if (!row) throw new Error('there is no command')
  return row
}
/** Lets fake time pass until no command is open, or so much of it is over. */
const settled = async (limit = 6 * MINUTE) => {
  const end = site.clock.now() + limit
  while (site.clock.now() < end) {
    await site.until(site.clock.sleep(1000))
    const rows = await commands()
    if (rows.every((row) => row.endedAt !== null)) return rows
  }
  return commands()
}
const obeys = (call: VendorCall) => {
  if (call.endpoint !== 'meterInstruct') return undefined
  const no = String(call.body['deviceId'])
  if (call.body['type'] === '1') gates[no] = '跳闸'
  if (call.body['type'] === '2') gates[no] = '合闸'
  if (call.body['type'] === '3') readAt += 2 * HOUR
  showMeters()
  return undefined
}

describe('meters.command', () => {
  it('is accepted first, and confirmed when the meter shows it (I-30)', async () => {
    vendor.onCall = (call) =>
      call.endpoint === 'readMeter' && instructs().length > 0 ? obeyLate() : undefined
    let looks = 0
    const obeyLate = () => {
      looks++
      if (looks === 3) {
        gates['00000000001'] = '跳闸'
        showMeters()
      }
      return undefined
    }
    const { commandId, state } = await site.call('meters.command', { meterId: ONE, action: 'close' })
    expect(state).toBe('accepted')
    expect(instructs().map((call) => [call.body['deviceId'], call.body['type']])).toEqual([
      ['00000000001', '1'],
    ])
    expect(await only()).toMatchObject({
      id: commandId,
      state: 'accepted',
      place: '7栋',
      requestedBy: 'lin',
      gateBefore: '合闸',
      endedAt: null,
    })
    const [row] = await settled()
    expect(row).toMatchObject({ state: 'confirmed', gateNow: '跳闸' })
    // three looks at least 2.2 s apart
    expect((row?.endedAt ?? 0) - (row?.acceptedAt ?? 0)).toBeGreaterThanOrEqual(3 * 2200)
    expect((await site.call('meters.get', { meterId: ONE })).gate).toBe('closed')
    expect(instructs()).toHaveLength(1)
  })

  it('writes the audit row and the log before anything leaves', async () => {
    const seen: unknown[] = []
    vendor.onCall = (call) => {
      if (call.endpoint === 'meterInstruct') {
        const audit = site.test.store.site
          .statement<{ n: number }>("SELECT count(*) AS n FROM audit WHERE operation = 'meters.command'")
          .get()
        const log = site.test.store.site.statement('SELECT state FROM meter_command').all()
        seen.push(audit?.n, log)
      }
      return undefined
    }
    await site.call('meters.command', { meterId: ONE, action: 'open' })
    expect(seen).toEqual([1, [{ state: 'sent' }]])
  })

  it('confirms a reading by its time', async () => {
    vendor.onCall = obeys
    await site.call('meters.command', { meterId: ONE, action: 'read' })
    const [row] = await settled()
    expect(row).toMatchObject({ state: 'confirmed', readAtBefore: FAKE_START - HOUR })
    expect(row?.readAtNow).toBe(FAKE_START + HOUR)
  })

  it('is unconfirmed after five minutes, never done, and never sent again (F-35)', async () => {
    await site.call('meters.command', { meterId: ONE, action: 'close' })
    const [row] = await settled()
    expect(row).toMatchObject({ state: 'unconfirmed', gateNow: '合闸' })
    expect((row?.endedAt ?? 0) - (row?.sentAt ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE)
    expect(instructs()).toHaveLength(1)
  })

  it.each([
    ['a trailing comma (I-03)', { json: '{"code":200,"msg":"ok",}' }],
    ['no answer', 'hangUp' as const],
    ['1001 (F-07)', { json: { code: 1001, msg: '失败' } }],
    ['a page of the gateway', { json: '<html></html>', status: 502 }],
  ])(
    'does not know what became of it after %s, watches, and sends nothing twice (I-31)',
    async (_, answer) => {
      vendor.onCall = (call) => {
        if (call.endpoint !== 'meterInstruct') return undefined
        obeys(call)
        return answer
      }
      const refused = await site
        .call('meters.command', { meterId: ONE, action: 'close' })
        .catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'UPSTREAM_FAULT', data: { state: 'unknown' } })
      expect(await only()).toMatchObject({ state: 'unknown' })
      const [row] = await settled()
      expect(row).toMatchObject({ state: 'confirmed', gateNow: '跳闸' })
      expect(instructs()).toHaveLength(1)
    },
  )

  it('is rejected by a vendor that says no', async () => {
    vendor.onCall = (call) =>
      call.endpoint === 'meterInstruct' ? { json: { code: 1009, msg: 'no right' } } : undefined
    await expect(site.call('meters.command', { meterId: ONE, action: 'close' })).rejects.toMatchObject({
      code: 'UPSTREAM_REFUSED',
    })
    expect(await only()).toMatchObject({ state: 'rejected' })
  })

  it('is refused with nothing pending when the vendor is away, and never sent later (R-77)', async () => {
    const url = new URL(vendor.url)
    await vendor.close()
    await expect(site.call('meters.command', { meterId: ONE, action: 'close' })).rejects.toMatchObject({
      code: 'UPSTREAM_OFFLINE',
    })
    expect(await commands()).toEqual([])
    vendor = await startImrVendor(Number(url.port))
    showMeters()
    await site.until(site.clock.sleep(10 * MINUTE))
    expect(instructs()).toEqual([])
  })

  it('is not taken twice while the first is on its way', async () => {
    await site.call('meters.command', { meterId: ONE, action: 'close' })
    await expect(site.call('meters.command', { meterId: ONE, action: 'close' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { reason: 'commandOpen' },
    })
    // the way back is open
    await site.call('meters.command', { meterId: ONE, action: 'open' })
    expect(instructs()).toHaveLength(2)
  })

  it('outlives the program: an accepted one is watched on, one without answer is not sent again', async () => {
    await site.call('meters.command', { meterId: ONE, action: 'close' })
    // as a crash right after the row was written would leave it
    await site.test.store.site.write(() =>
      site.test.store.site
        .statement(
          `INSERT INTO meter_command (id, meter_id, device_id, table_no, place, house, user_name, action, state,
             requested_by, door, requested_at, sent_at) SELECT 'x', ?, '00000000002', '00000000002', '', '', '', 'close',
             'sent', 'lin', 'api', ?, ?`,
        )
        .run(TWO, site.clock.now(), site.clock.now()),
    )
    site = await site.reopen('crash')
    expect((await commands()).map((row) => [row.meterId, row.state])).toEqual([
      [TWO, 'unknown'],
      [ONE, 'accepted'],
    ])
    gates['00000000001'] = '跳闸'
    showMeters()
    const rows = await settled()
    expect(rows.map((row) => row.state)).toEqual(['unconfirmed', 'confirmed'])
    expect(instructs()).toHaveLength(1)
  })
})

describe('meters.commandMany', () => {
  const cut = (meterIds: string[], second?: { name: string; pin: string }) =>
    site.call('meters.commandMany', { meterIds, action: 'close', ...(second ? { second } : {}) })

  it('needs a second person to cut the supply of more than one', async () => {
    await expect(cut([ONE, TWO])).rejects.toMatchObject({ data: { reason: 'secondPerson' } })
    await expect(cut([ONE, TWO], { ...SUPERVISOR, pin: '000000' })).rejects.toMatchObject({
      code: 'PIN_WRONG',
    })
    await expect(cut([ONE, TWO], { ...SUPERVISOR, name: 'mei' })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    const own = { meterIds: [ONE, TWO], action: 'close' as const, second: SUPERVISOR }
    await expect(site.call('meters.commandMany', own, 'sun')).rejects.toMatchObject({
      data: { reason: 'samePerson' },
    })
    expect(instructs()).toEqual([])
    expect(await commands()).toEqual([])
    vendor.onCall = obeys
    const { waiting, skipped } = await cut([ONE, TWO], SUPERVISOR)
    expect({ waiting, skipped }).toEqual({ waiting: 2, skipped: 0 })
    const rows = await settled()
    expect(rows.map((row) => [row.state, row.confirmedBy])).toEqual([
      ['confirmed', 'sun'],
      ['confirmed', 'sun'],
    ])
  })

  it('skips protected supplies when it cuts off, and only then', async () => {
    await site.call('meters.protect', { meterId: TWO, protected: true, reason: '消防水泵' }, 'sun')
    vendor.onCall = obeys
    expect(await cut([ONE, TWO, THREE], SUPERVISOR)).toMatchObject({ waiting: 2, skipped: 1 })
    const rows = await settled()
    expect(rows.map((row) => [row.meterId, row.state])).toEqual([
      [THREE, 'confirmed'],
      [TWO, 'skipped'],
      [ONE, 'confirmed'],
    ])
    await site.call('meters.commandMany', { meterIds: [ONE, TWO], action: 'open' })
    await settled()
    expect(instructs().map((call) => call.body['deviceId'])).toEqual(
      ['1', '3', '1', '2'].map((n) => `0000000000${n}`),
    )
    await expect(site.call('meters.command', { meterId: TWO, action: 'close' })).rejects.toMatchObject({
      data: { reason: 'secondPerson' },
    })
  })

  it('spares what is put under protection while it runs', async () => {
    vendor.onCall = obeys
    await cut([ONE, TWO, THREE], SUPERVISOR)
    while (instructs().length < 1) await new Promise((resolve) => setImmediate(resolve))
    // the second stands in the queue of the endpoint already (the pause between two calls)
    await site.call('meters.protect', { meterId: THREE, protected: true, reason: '消防水泵' }, 'sun')
    const rows = await settled()
    expect(rows.map((row) => [row.meterId, row.state])).toEqual([
      [THREE, 'skipped'],
      [TWO, 'confirmed'],
      [ONE, 'confirmed'],
    ])
    expect(instructs().map((call) => call.body['deviceId'])).toEqual(['00000000001', '00000000002'])
  })

  it('sends nothing more once the vendor is gone, and says so of each', async () => {
    vendor.onCall = (call) => {
      if (call.endpoint === 'meterInstruct' && call.body['deviceId'] === '00000000002')
        return { json: { code: 1002, msg: 'no account' } }
      return obeys(call)
    }
    await site.call('meters.commandMany', { meterIds: METERS.map((no) => `imr:${no}`), action: 'open' })
    const rows = await settled()
    expect(rows.map((row) => row.state)).toEqual(['notSent', 'notSent', 'rejected', 'unconfirmed'])
    expect(instructs()).toHaveLength(2)
  })

  it('leaves nothing waiting after the program ended in the middle', async () => {
    vendor.onCall = (call) =>
      call.endpoint === 'meterInstruct' && call.body['deviceId'] === '00000000002' ? 'wait' : undefined
    await site.call('meters.commandMany', { meterIds: [ONE, TWO, THREE], action: 'open' })
    while (instructs().length < 2) await new Promise((resolve) => setImmediate(resolve))
    site = await site.reopen('close')
    expect((await commands()).map((row) => row.state)).toEqual(['notSent', 'unknown', 'accepted'])
    const rows = await settled()
    expect(rows.map((row) => row.state)).toEqual(['notSent', 'confirmed', 'confirmed'])
    expect(instructs()).toHaveLength(2)
  })
})
