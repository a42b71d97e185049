import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '#shared/time.ts'
import { openLan, type LanSite } from '../fixtures/lan.ts'

/** A phone may report some ports of a charger only: what it does not name stays as it was said (R-07, U-17, U-23). */

const BOSS = '13900005678'
let site: LanSite
let users = 0
beforeEach(async () => {
  site = await openLan()
  await site.add.manager(BOSS)
  await site.add.charger('A1', { manager: BOSS, priceFen: 50 })
})
afterEach(() => site.close())

const report = (portState: string) => site.call('reportDevicePort', { deviceCode: 'A1', portState })
/** Of somebody who owes nothing. */
async function order(port: number): Promise<{ code: number; orderId: string }> {
  const user = await site.add.user(`138000${String((users += 1)).padStart(5, '0')}`)
  const wanted = { user, deviceCode: 'A1', port, unitPrice: 0.5, unit: 2, money: 1 }
  const { code, data } = await site.call<{ orderId: string }[]>('newPowerOrder', wanted)
  return { code, orderId: data[0]?.orderId ?? '' }
}
const FREE = 0
const TAKEN = 6

describe('a report of one port', () => {
  it('leaves what the others said, with the time at which they did', async () => {
    await report('1020201030004999')
    await site.clock.advance(MINUTE)
    await report('3000')
    expect(site.get('SELECT portState, portStateTime FROM device_info')).toEqual({
      portState: '1020201030004999',
      portStateTime: '2026-03-01 00:01:00',
    })
    expect((await order(2)).code).toBe(TAKEN)
    expect((await order(4)).code).toBe(TAKEN)
    expect((await order(3)).code).toBe(FREE)
    const row = site.devices.byCode('A1')
    const [first, later] = [site.clock.now() - MINUTE, site.clock.now()]
    expect(row?.portsAt).toBe(later)
    expect(row?.ports).toEqual([
      { port: 1, state: 'charging', minutes: 20, at: first },
      { port: 2, state: 'charging', minutes: 10, at: first },
      { port: 3, state: 'free', minutes: null, at: later },
      { port: 4, state: 'broken', minutes: null, at: first },
    ])
  })

  it('makes no other report younger: after two minutes it counts no more', async () => {
    await report('2030')
    await site.clock.advance(100 * SECOND)
    await report('3000')
    expect((await order(2)).code).toBe(TAKEN)
    await site.clock.advance(30 * SECOND)
    expect((await order(2)).code).toBe(FREE)
  })

  it('does not take the proof that another port runs (U-23)', async () => {
    const { orderId } = await order(1)
    await site.clock.advance(10 * SECOND)
    await report('1060')
    await site.clock.advance(10 * SECOND)
    await report('3000')
    const said = await site.call('cancelPowerOrder', { orderId })
    expect(said).toMatchObject({ code: 0, data: [{ result: 1, reason: '端口正在充电' }] })
  })

  it('frees a port that said otherwise before, and one of all four has one time again', async () => {
    await report('1020201030004999')
    await site.clock.advance(10 * SECOND)
    await report('2000')
    expect((await order(2)).code).toBe(FREE)
    await report('1000200030004000')
    expect(site.get('SELECT portState, portTimes FROM device_info')).toEqual({
      portState: '1000200030004000',
      portTimes: null,
    })
    expect((await order(4)).code).toBe(FREE)
  })

  it('knows nothing of ports that were never reported', async () => {
    await report('2010')
    await site.clock.advance(SECOND)
    await report('1000')
    expect(site.devices.byCode('A1')?.ports.map(({ state }) => state)).toEqual([
      'free',
      'charging',
      'unknown',
      'unknown',
    ])
  })
})
