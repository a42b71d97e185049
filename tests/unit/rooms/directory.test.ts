import { expect, it } from 'vitest'
import { createDirectory } from '#core/rooms/directory.ts'
import { openTestStore } from '../../fixtures/store.ts'

const ROOMS = 9001

it('a site of many slices is read to its last room, and the old tree answers until the new one stands', async () => {
  const test = await openTestStore()
  const { history } = test.store
  const add = (ids: readonly number[]) =>
    history.write(() => {
      const insert = history.statement(
        "INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, 'top', ?, 103, 1)",
      )
      for (const i of ids) insert.run(`H-${i}`, `房${i}`)
    })
  await history.write(() =>
    history
      .statement(
        "INSERT INTO room (id, parent_id, name, level, seen_at) VALUES ('top', NULL, '东区', 101, 1)",
      )
      .run(),
  )
  await add(Array.from({ length: ROOMS }, (_, i) => i))
  const directory = createDirectory(history, test.clock)
  expect(await directory.find('房')).toHaveLength(ROOMS)
  expect(directory.tree().roots.map((one) => one.children.length)).toEqual([ROOMS])
  expect(
    directory
      .tree()
      .roots[0]?.children.map((one) => one.name)
      .slice(0, 3),
  ).toEqual(['房0', '房1', '房2'])
  await add([ROOMS])
  const renewed = Promise.all([directory.renew(), directory.renew()])
  expect(directory.tree().places.size).toBe(ROOMS + 1)
  await renewed
  expect(directory.tree().places.size).toBe(ROOMS + 2)
  expect((await directory.find(`房${ROOMS}`)).map((one) => one.id)).toEqual([`H-${ROOMS}`])
  expect(await directory.resolve(`东区/房${ROOMS}`)).toBe(`H-${ROOMS}`)
  await test.close()
})

it('names rooms slice by slice, and anew when they or their meters changed', async () => {
  const test = await openTestStore()
  const { history } = test.store
  await history.write(() => {
    const room = history.statement(
      'INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, NULL, ?, 103, 1)',
    )
    const meter = history.statement("INSERT INTO room_meter VALUES (?, ?, '25', NULL, 1)")
    for (let i = 0; i < ROOMS; i++) {
      room.run(`H-${i}`, `房${i}`)
      meter.run(`H-${i}`, `00${i}`)
    }
  })
  // what the event loop is given back in between: a block of all rooms would give none
  let turns = 0
  test.clock.yield = () => Promise.resolve(void turns++)
  const directory = createDirectory(history, test.clock)
  const all = (texts: readonly string[]) => Promise.all(texts.map((text) => directory.resolve(text)))
  expect(await all(['房8999', '008999', 'H-7', 'h-7', '房', '0', ' 房 12 '])).toEqual([
    'H-8999',
    'H-8999',
    'H-7',
    null,
    null,
    null,
    'H-12',
  ])
  const built = turns
  // each a slice of some thousands: link, numbers, names of rooms, of meters
  expect(built).toBeGreaterThanOrEqual(10)
  await directory.resolve('房1')
  expect(turns).toBe(built)
  await history.write(() =>
    history.statement("INSERT INTO room_meter VALUES ('H-1', 'new', '25', NULL, 1)").run(),
  )
  directory.markNumbersStale()
  expect(await all(['new', '房1'])).toEqual(['H-1', 'H-1'])
  await test.close()
})

it('a name that two rooms have names none, whatever else it is called', async () => {
  const test = await openTestStore()
  const { history } = test.store
  await history.write(() => {
    const room = history.statement(
      'INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, ?, ?, ?, 1)',
    )
    for (const [id, parent, name, level] of [
      ['A', null, '东区', 101],
      ['B', null, '西区', 101],
      ['H-1', 'A', '101', 103],
      ['H-2', 'B', '101', 103],
    ] as const)
      room.run(id, parent, name, level)
  })
  const directory = createDirectory(history, test.clock)
  expect(await directory.resolve('101')).toBeNull()
  expect(await directory.resolve('西区/101')).toBe('H-2')
  await test.close()
})
