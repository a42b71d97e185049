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
  expect(directory.resolve(`东区/房${ROOMS}`)).toBe(`H-${ROOMS}`)
  await test.close()
})
