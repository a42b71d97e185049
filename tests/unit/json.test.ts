import { array, assert, asyncProperty, constant, dictionary, jsonValue, oneof, string } from 'fast-check'
import { expect, it } from 'vitest'
import { jsonOf } from '#main/json.ts'

const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ i, name: `表 ${i}`, none: undefined, gone: null }))

it('is what JSON.stringify says, however long its lists are and whatever they hold', async () => {
  const held = oneof(jsonValue(), constant(undefined))
  await assert(
    asyncProperty(array(held, { maxLength: 30 }), dictionary(string(), held), async (some, more) => {
      const long = Array.from({ length: 2500 }, (_, i) => some[i % (some.length || 1)])
      for (const value of [
        long,
        { ...more, rows: long },
        { id: 1, ok: true, result: { ...more, rows: long, last: 1 } },
      ])
        expect(String(await jsonOf(value))).toBe(JSON.stringify(value))
    }),
    { numRuns: 20 },
  )
})

it('leaves short answers to JSON.stringify, and dates and lists below a list to it too', async () => {
  expect(await jsonOf({ rows: rows(3) })).toBe(JSON.stringify({ rows: rows(3) }))
  expect(await jsonOf(null)).toBe('null')
  const value = { at: new Date(0), rows: rows(1001).map((row) => ({ ...row, list: rows(2) })) }
  expect(String(await jsonOf(value))).toBe(JSON.stringify(value))
})

it('lets others have their turn while a long list is written', async () => {
  let turns = 0
  let over = false
  const count = () => {
    turns++
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  await jsonOf({ rows: rows(100_000) })
  over = true
  expect(turns).toBeGreaterThan(1)
})
