import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { dial, LIN, openAlarmDesk, type AlarmDesk, type Dial } from '../../fixtures/alarms.ts'

const LOW = 1500
const VERY_LOW = 200

let rooms: Dial
let desk: AlarmDesk
let heard: string[]
beforeEach(async () => {
  rooms = dial('lowBalance')
  desk = await openAlarmDesk([rooms])
  heard = []
  desk.alarms.bell.onNotice(({ lines }) => void heard.push(lines.join('|')))
  await desk.set({ 'alarms.desktop.from': 'info' })
  desk.alarms.start()
})
afterEach(() => desk.close())

const put = (from: number, count: number, fen: number) => {
  for (let i = from; i < from + count; i++) rooms.facts.set(`R${i}`, fen)
}
const digests = async () =>
  (await desk.call('alarms.list', {})).rows
    .filter(({ members }) => members > 0)
    .map(({ severity, level, members }) => `${severity} ${level} ${members}`)
    .toSorted()
const summary = () => desk.call('alarms.summary', {})

describe('a digest that nobody has seen', () => {
  it('takes up nothing that is worse than what it was told as', async () => {
    put(0, 50, LOW)
    await desk.minute()
    expect(await digests()).toEqual(['info 1 50'])
    await desk.test.clock.advance(14 * MINUTE)
    put(0, 40, VERY_LOW)
    await desk.minute()
    expect(await digests()).toEqual(['info 1 10', 'warning 2 40'])
    expect(heard).toEqual(['50 项：余额低', '40 项：余额低'])
    const [worse] = (await desk.call('alarms.list', { severity: 'warning' })).rows
    expect((await desk.call('alarms.list', { digestId: worse?.id ?? '' })).total).toBe(40)
  })

  it('takes up what is no worse, and counts each that it stands for once', async () => {
    put(0, 20, VERY_LOW)
    put(20, 30, LOW)
    await desk.minute()
    expect(await digests()).toEqual(['warning 2 50'])
    put(20, 25, VERY_LOW)
    await desk.minute()
    expect(await digests()).toEqual(['warning 2 50'])
    put(45, 25, LOW)
    await desk.minute()
    expect(await digests()).toEqual(['warning 2 70'])
    const [{ id } = { id: '' }] = (await desk.call('alarms.list', {})).rows
    expect((await desk.call('alarms.list', { digestId: id })).total).toBe(70)
    const { events } = await desk.call('alarms.get', { id })
    expect(events.map(({ kind, data }) => [kind, data])).toEqual([
      ['joined', { members: 20 }],
      ['raised', { members: 50 }],
    ])
    expect(heard).toEqual(['50 项：余额低'])
  })

  it('of a rule that is critical anyway takes up none of the second level either', async () => {
    await desk.set({ 'alarms.rules.lowBalance.severity': 'critical' })
    put(0, 50, LOW)
    await desk.minute()
    put(0, 40, VERY_LOW)
    await desk.minute()
    expect(await digests()).toEqual(['critical 1 10', 'critical 2 40'])
    expect(heard).toHaveLength(2)
  })

  it('takes up nothing while somebody looks away from it', async () => {
    put(0, 50, LOW)
    await desk.minute()
    const [{ id } = { id: '' }] = (await desk.call('alarms.list', {})).rows
    await desk.call('alarms.snooze', { ids: [id], until: desk.test.clock.now() + 20 * DAY }, LIN)
    expect(await summary()).toMatchObject({ waiting: 0, snoozed: 1 })
    put(50, 40, VERY_LOW)
    await desk.minute()
    expect(await digests()).toEqual(['info 1 50', 'warning 2 40'])
    expect(heard).toEqual(['50 项：余额低', '40 项：余额低'])
    expect(await summary()).toMatchObject({ waiting: 1, snoozed: 1 })
    put(90, 40, LOW)
    await desk.minute()
    expect(await digests()).toEqual(['info 1 50', 'warning 2 80'])
  })

  it('wakes as one; a member that was snoozed by itself wakes by itself', async () => {
    const snooze = (id: string, hours: number) =>
      desk.call('alarms.snooze', { ids: [id], until: desk.test.clock.now() + hours * HOUR }, LIN)
    const hours = async (count: number) => {
      heard.length = 0
      await desk.test.clock.advance(count * HOUR + MINUTE)
      await desk.alarms.settled()
    }
    put(0, 250, LOW)
    await desk.minute()
    const [{ id } = { id: '' }] = (await desk.call('alarms.list', {})).rows
    await snooze(id, 1)
    await hours(1)
    expect(heard).toEqual(['250 项：余额低'])
    const [member] = (await desk.call('alarms.list', { digestId: id, query: 'R3', limit: 1 })).rows
    await snooze(member?.id ?? '', 2)
    await hours(2)
    expect(heard).toEqual([expect.stringMatching(/^余额低 房间 R3/)])
  })
})
