import { afterEach, beforeEach, expect, it } from 'vitest'
import { createExchangeLog } from '#core/chargers/exchanges.ts'
import { listExchanges } from '#core/chargers/exchange-list.ts'
import type { Exchange } from '#shared/contract/chargers.ts'
import { NAME, openWorld, type World } from './world.ts'

const SAID: readonly (readonly [Exchange['direction'], string])[] = [
  ['event', 'connected'],
  ['sent', '@POWERON|1|1|1700000000|abc&'],
  ['received', '@OK|0&'],
  ['sent', '@POWEROFF|1|1700000001|abd&'],
]

let world: World
beforeEach(async () => {
  world = await openWorld()
  const { site } = world.test.store
  const log = createExchangeLog({ site, log: world.test.ports.log }, () => undefined)
  const origin = { name: NAME, runId: null, step: null, operator: 'wang' }
  for (const [i, [direction, text]] of SAID.entries()) log.add(origin, { at: i, direction, text })
  await log.stored()
})
afterEach(() => world.close())

it('finds lines by a part of them and by their direction', () => {
  const texts = (input: Parameters<typeof listExchanges>[1]) => {
    const { total, rows } = listExchanges(world.test.store.site, input)
    expect(total).toBe(rows.length)
    return rows.map(({ text }) => text)
  }
  expect(texts({ text: 'power' })).toEqual([SAID[3]?.[1], SAID[1]?.[1]])
  expect(texts({ text: 'POWERON|1' })).toEqual([SAID[1]?.[1]])
  // no pattern language: what is typed is what is looked for
  expect(texts({ text: '%' })).toEqual([])
  expect(texts({ direction: 'received' })).toEqual(['@OK|0&'])
  expect(texts({ direction: 'sent', text: 'off' })).toEqual([SAID[3]?.[1]])
})
