import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '#shared/time.ts'
import { dial, LIN, openAlarmDesk, ZHOU, type AlarmDesk, type Dial } from '../../fixtures/alarms.ts'
import { openTestStore } from '../../fixtures/store.ts'

let rooms: Dial
let ports: Dial
let desk: AlarmDesk
beforeEach(async () => {
  rooms = dial('lowBalance')
  ports = dial('portBroken')
  desk = await openAlarmDesk([rooms, ports])
})
afterEach(() => desk.close())

const list = async (input = {}) => (await desk.call('alarms.list', input)).rows
const ids = async (input = {}) => (await list(input)).map(({ id }) => id)
const kindsOf = async (id: string) =>
  (await desk.call('alarms.get', { id })).events.map(({ kind }) => kind).toReversed()
const notices = (from: AlarmDesk) => {
  const heard: string[] = []
  from.alarms.bell.onNotice(({ title, lines }) => void heard.push([title, ...lines].join('|')))
  return heard
}

describe('a rule', () => {
  it('raises once on crossing, ends with hysteresis, and raises anew after that', async () => {
    desk.alarms.start()
    rooms.facts.set('101', 2000)
    await desk.minute()
    const [first] = await list()
    expect(first).toMatchObject({
      rule: 'lowBalance',
      subject: '101',
      name: '房间 101',
      severity: 'info',
      level: 1,
      state: 'raised',
      value: 2000,
      figure: '20.00',
      holds: true,
      members: 0,
    })
    rooms.facts.set('101', 2150)
    await desk.minute()
    expect(await ids()).toEqual([first?.id])
    rooms.facts.set('101', 2201)
    await desk.minute()
    expect(await list()).toEqual([])
    rooms.facts.set('101', 1000)
    await desk.minute()
    expect(await list({ state: 'all' })).toHaveLength(2)
    expect(await kindsOf(first?.id ?? '')).toEqual(['raised', 'ended'])
  })

  it('becomes more severe at the second level and comes back from it', async () => {
    rooms.facts.set('101', 1500)
    desk.alarms.start()
    await desk.minute()
    const [{ id } = { id: '' }] = await list()
    await desk.call('alarms.acknowledge', { ids: [id] }, LIN)
    rooms.facts.set('101', 480)
    await desk.minute()
    expect(await list()).toMatchObject([{ id, level: 2, severity: 'warning', state: 'raised' }])
    rooms.facts.set('101', 900)
    await desk.minute()
    expect(await list()).toMatchObject([{ id, level: 1, severity: 'info' }])
    expect(await kindsOf(id)).toEqual(['raised', 'acknowledged', 'crossed', 'eased'])
  })

  it('waits for its delay, and stays as it is while the area cannot say', async () => {
    await desk.set({ 'alarms.rules.portBroken.delayMinutes': 3 })
    ports.facts.set('A:1', 1)
    desk.alarms.start()
    await desk.minute()
    await desk.minute()
    expect(await list()).toEqual([])
    await desk.minute()
    expect(await list()).toHaveLength(1)
    ports.silent = true
    await desk.minute()
    expect(await list()).toHaveLength(1)
  })

  it('keeps since when a condition holds over a restart', async () => {
    const test = await openTestStore()
    try {
      const started = async () => {
        const one = await openAlarmDesk([ports], { test })
        one.alarms.start()
        await one.alarms.settled()
        return one
      }
      ports.facts.set('A:1', 1).set('A:2', 1)
      const first = await openAlarmDesk([ports], { test })
      await first.set({ 'alarms.rules.portBroken.delayMinutes': 10 })
      first.alarms.start()
      await first.minute()
      await first.close()
      await test.clock.advance(5 * MINUTE)
      const second = await started()
      expect((await second.call('alarms.list', {})).rows).toEqual([])
      ports.facts.delete('A:2')
      await second.minute()
      ports.facts.set('A:2', 1)
      await second.minute()
      await second.close()
      await test.clock.advance(2 * MINUTE)
      const third = await started()
      await third.minute()
      expect((await third.call('alarms.list', {})).rows).toMatchObject([{ subject: 'A:1' }])
      // what came back meanwhile began anew
      await test.clock.advance(10 * MINUTE)
      await third.minute()
      expect((await third.call('alarms.list', {})).total).toBe(2)
      expect(test.store.site.statement('SELECT * FROM alarm_waiting').all()).toEqual([])
      await third.close()
    } finally {
      await test.close()
    }
  })

  it('neither refires nor loses anything over a restart', async () => {
    const test = await openTestStore()
    try {
      const first = await openAlarmDesk([rooms], { test })
      rooms.facts.set('101', 100).set('102', 1500)
      first.alarms.start()
      await first.minute()
      const before = (await first.call('alarms.list', {})).rows
      expect(before).toHaveLength(2)
      await first.close()
      rooms.facts.delete('102')
      const second = await openAlarmDesk([rooms], { test })
      const heard = notices(second)
      second.alarms.start()
      await second.minute()
      const after = (await second.call('alarms.list', { state: 'all' })).rows
      expect(after.map(({ subject, state }) => `${subject} ${state}`).toSorted()).toEqual([
        '101 raised',
        '102 cleared',
      ])
      expect(heard).toEqual([])
      await second.close()
    } finally {
      await test.close()
    }
  })

  it('that is switched off ends what it raised; its settings are checked', async () => {
    ports.facts.set('A:1', 1)
    desk.alarms.start()
    await desk.minute()
    await desk.call('alarms.saveRule', { rule: 'portBroken', enabled: false })
    await desk.minute()
    expect(await list({ state: 'cleared' })).toMatchObject([{ subject: 'A:1', clearedBy: null }])
    await expect(desk.call('alarms.saveRule', { rule: 'lowBalance', level: 400 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await desk.call('alarms.saveRule', { rule: 'lowBalance', level: 4000, level2: 1000 })
    rooms.facts.set('101', 3900)
    await desk.minute()
    expect(await list()).toMatchObject([{ subject: '101' }])
    const { rows } = await desk.call('alarms.rules', {})
    expect(rows.find(({ rule }) => rule === 'lowBalance')).toMatchObject({
      level: 4000,
      open: 1,
      unit: 'fen',
    })
    expect(rows.find(({ rule }) => rule === 'portBroken')).toMatchObject({ enabled: false, lookedAt: null })
  })
})

describe('when it is looked', () => {
  it('is at once for who asks, on changes, and by the minute', async () => {
    rooms.facts.set('101', 100)
    expect(await list()).toHaveLength(1)
    expect(rooms.looks).toBe(1)
    expect(await list()).toHaveLength(1)
    expect(rooms.looks).toBe(1)
    rooms.facts.set('102', 100)
    desk.settings.onChange(() => undefined)
    await desk.set({ 'alarms.rules.lowBalance.level': 2100 })
    expect(await list()).toHaveLength(2)
  })

  it('is seldom where it costs something', async () => {
    const slow = dial('meterSilent', { gapMs: 5 * MINUTE, againMs: HOUR })
    const other = await openAlarmDesk([slow])
    other.alarms.start()
    await other.minute()
    expect(slow.looks).toBe(1)
    await other.test.clock.advance(50 * MINUTE)
    expect(slow.looks).toBe(1)
    await other.test.clock.advance(20 * MINUTE)
    expect(slow.looks).toBe(2)
    await other.call('alarms.list', {})
    expect(slow.looks).toBe(2)
    await other.close()
  })
})

describe('a flood', () => {
  const flood = (dialOf: Dial, from: number, count: number, value = 1500) => {
    for (let i = from; i < from + count; i++) dialOf.facts.set(`R${i}`, value)
  }

  it('becomes one digest that opens the list; it ends with the last of them', async () => {
    await desk.set({ 'alarms.desktop.from': 'info' })
    const heard = notices(desk)
    flood(rooms, 0, 250)
    desk.alarms.start()
    await desk.minute()
    const [digest, ...more] = await list()
    expect(more).toEqual([])
    expect(digest).toMatchObject({ rule: 'lowBalance', members: 250, state: 'raised' })
    expect((await desk.call('alarms.list', { digestId: digest?.id ?? '', limit: 10 })).total).toBe(250)
    expect(await desk.call('alarms.summary', {})).toMatchObject({ waiting: 1 })
    expect(heard).toEqual(['1 条新告警|250 项：余额低'])
    await desk.call('alarms.acknowledge', { ids: [digest?.id ?? ''] })
    expect(await list({ digestId: digest?.id, state: 'raised' })).toEqual([])
    rooms.facts.clear()
    await desk.minute()
    expect(await list({ state: 'all' })).toMatchObject([{ id: digest?.id, state: 'cleared' }])
  })

  it('that drips in joins the digest that nobody has seen yet', async () => {
    const heard = notices(desk)
    await desk.set({ 'alarms.rules.lowBalance.severity': 'warning' })
    desk.alarms.start()
    for (let i = 0; i < 8; i++) {
      flood(rooms, i * 4, 4)
      await desk.minute()
    }
    const rows = await list()
    // ten one by one at most, then one that grows
    expect(rows.filter(({ members }) => members === 0)).toHaveLength(8)
    expect(rows.filter(({ members }) => members > 0)).toMatchObject([{ members: 24 }])
    expect(heard).toHaveLength(3)
    expect(await kindsOf(rows.find(({ members }) => members > 0)?.id ?? '')).toEqual([
      'raised',
      ...Array.from({ length: 5 }, () => 'joined'),
    ])
  })

  it('whose program ended among its members is counted and ended as if it had not', async () => {
    const test = await openTestStore()
    try {
      flood(rooms, 0, 40)
      const first = await openAlarmDesk([rooms], { test })
      first.alarms.start()
      await first.minute()
      await first.close()
      // as it stands on the disk when the program dies after the first slice
      test.store.site.sql.exec(`DELETE FROM alarm_event WHERE alarm_id IN
        (SELECT id FROM alarm WHERE members = 0 AND CAST(substr(subject, 2) AS INTEGER) >= 20)`)
      test.store.site.sql.exec(
        'DELETE FROM alarm WHERE members = 0 AND CAST(substr(subject, 2) AS INTEGER) >= 20',
      )
      const second = await openAlarmDesk([rooms], { test })
      second.alarms.start()
      await second.minute()
      expect((await second.call('alarms.list', {})).rows).toMatchObject([{ members: 40 }])
      await second.close()
      // and when it dies before any
      test.store.site.sql.exec('DELETE FROM alarm_event; DELETE FROM alarm WHERE members = 0')
      rooms.facts.clear()
      const third = await openAlarmDesk([rooms], { test })
      third.alarms.start()
      await third.minute()
      expect((await third.call('alarms.list', { state: 'all' })).rows).toMatchObject([{ state: 'cleared' }])
      await third.close()
    } finally {
      await test.close()
    }
  })

  it('at the second level is taken out of the digest and told of by itself', async () => {
    flood(rooms, 0, 12)
    desk.alarms.start()
    await desk.minute()
    rooms.facts.set('R3', 200)
    await desk.minute()
    const shown = (await list()).map(({ subject, level, members }) => `${subject} ${level} ${members}`)
    expect(shown.toSorted()).toEqual([' 1 11', 'R3 2 0'])
  })
})

describe('people', () => {
  beforeEach(async () => {
    rooms.facts.set('101', 100).set('102', 1500)
    desk.alarms.start()
    await desk.minute()
  })

  it('acknowledge many at once, comment, assign; all is on record with who and when', async () => {
    const all = await ids()
    expect(await desk.call('alarms.acknowledge', { ids: all, comment: '在看' }, LIN)).toEqual({ changed: 2 })
    expect(await desk.call('alarms.acknowledge', { ids: all }, LIN)).toEqual({ changed: 0 })
    const [id = ''] = all
    await desk.call('alarms.comment', { id, comment: '打了电话' }, LIN)
    await desk.call('alarms.assign', { ids: [id], assignee: 'lin' }, LIN)
    await expect(desk.call('alarms.assign', { ids: [id], assignee: 'zhou' }, LIN)).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    await desk.call('alarms.assign', { ids: [id], assignee: 'zhou' }, ZHOU)
    await expect(desk.call('alarms.assign', { ids: [id], assignee: 'nobody' }, ZHOU)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const { alarm, events } = await desk.call('alarms.get', { id })
    expect(alarm).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'lin', assignee: 'zhou' })
    expect(events.map(({ kind, operator, comment }) => [kind, operator, comment])).toEqual([
      ['assigned', 'zhou', null],
      ['assigned', 'lin', null],
      ['commented', 'lin', '打了电话'],
      ['acknowledged', 'lin', '在看'],
      ['raised', null, null],
    ])
    expect(await list({ assignee: 'zhou' })).toHaveLength(1)
    expect((await desk.call('alarms.events', { alarmId: id })).total).toBe(5)
  })

  it('clear by hand what goes on: it stays quiet until the condition ended and came again', async () => {
    const [row] = await list({ query: '102' })
    await desk.call('alarms.clear', { ids: [row?.id ?? ''], comment: '已知' })
    await desk.minute()
    expect(await list({ query: '102' })).toEqual([])
    expect(await list({ query: '102', state: 'cleared' })).toMatchObject([{ clearedBy: 'zhou', holds: true }])
    rooms.facts.set('102', 9000)
    await desk.minute()
    rooms.facts.set('102', 1500)
    await desk.minute()
    expect(await list({ query: '102', state: 'all' })).toHaveLength(2)
  })

  it('snooze: nothing is counted nor told until then, and then it is', async () => {
    const heard = notices(desk)
    const [{ id } = { id: '' }] = await list({ query: '101' })
    await desk.call('alarms.snooze', { ids: [id], until: desk.test.clock.now() + HOUR }, LIN)
    expect(await desk.call('alarms.summary', {})).toEqual({
      waiting: 1,
      critical: 0,
      acknowledged: 0,
      snoozed: 1,
    })
    expect(await list({ snoozed: true })).toHaveLength(1)
    await desk.test.clock.advance(HOUR + MINUTE)
    await desk.alarms.settled()
    expect(await desk.call('alarms.summary', {})).toMatchObject({ waiting: 2, critical: 0, snoozed: 0 })
    expect(heard).toEqual(['1 条新告警|余额低 房间 101 1.00 元'])
    expect(await kindsOf(id)).toEqual(['raised', 'snoozed', 'woke'])
  })

  it('filter, sort and page the list', async () => {
    expect(await list({ severity: 'warning' })).toMatchObject([{ subject: '101' }])
    expect((await list({ sort: 'severity' })).map(({ subject }) => subject)).toEqual(['101', '102'])
    expect((await list({ sort: 'name', order: 'descending' })).map(({ subject }) => subject)).toEqual([
      '102',
      '101',
    ])
    expect(await desk.call('alarms.list', { limit: 1, offset: 1 })).toMatchObject({ total: 2 })
    expect(await list({ rule: 'portBroken' })).toEqual([])
    expect(await list({ to: desk.test.clock.now() - HOUR })).toEqual([])
  })
})
