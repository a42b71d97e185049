import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDevices, type Devices } from '#core/devices/index.ts'
import { createSearch } from '#core/search/index.ts'
import { contract, type Output } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/index.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

const ZONE = 8 * 3_600_000
type Hit = Output<'search.find'>['rows'][number]

let test: TestStore
let devices: Devices
beforeEach(async () => {
  test = await openTestStore()
  devices = createDevices(testContext(test), { settings: { zone: () => ZONE } })
  const at = '2026-03-01 08:00:00'
  await test.store.site.write(() => {
    for (const [deviceCode, btName, alias] of [
      ['00000017', 'BUC_1A2B3C4D5E6F', '东门 1'],
      ['00000018', 'BUC_AAAAAAAAAA18', '东门 2'],
      ['A5', 'BUC_AAAAAAAAAAA5', ''],
    ] as const)
      devices.enrol({ deviceCode, btName, alias }, Date.parse(`${at.replace(' ', 'T')}Z`))
  })
})
afterEach(() => test.close())

const meter = (i: number): Hit => ({ kind: 'meter', id: `imr:${i}`, title: `表 ${i}`, subtitle: '' })

/** The registry as it is, beside so many rooms and meters that answer to everything. */
async function find(
  query: string,
  { rooms = 0, meters = 0, limit = 12, roles = ['installer'] as Role[] } = {},
) {
  const { handlers } = createSearch({
    devices,
    rooms: {
      find: () =>
        Promise.resolve(
          Array.from({ length: rooms }, (_, i) => ({ id: `H-${i}`, name: `${i}`, path: ['梅园', `${i}`] })),
        ) as never,
    },
    meters: {
      handlers: {
        'search.find': () => Promise.resolve({ rows: Array.from({ length: meters }, (_, i) => meter(i)) }),
      } as never,
    },
  })
  const { input, output } = contract['search.find']
  return output.parse(
    await handlers['search.find'](callOf(test, 'lin', roles), input.parse({ query, limit })),
  ).rows
}

describe('the search of the shell', () => {
  it.each([
    ['00000017', ['00000017']],
    ['17', ['00000017']],
    ['东门', ['00000017', '00000018']],
    ['东门 AA18', ['00000018']],
    ['1a2b3c', ['00000017']],
    ['BUC_1A2B3C4D5E6F', ['00000017']],
    ['a5', ['A5']],
    ['西门', []],
    ['%', []],
    ['  ', []],
  ])('finds chargers by %j', async (query, codes) => {
    expect((await find(query)).map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      codes.map((code) => `charger ${code}`),
    )
  })

  it('says their code, alias and name, codes with their zeros', async () => {
    expect(await find('00000017')).toEqual([
      { kind: 'charger', id: '00000017', title: '00000017 东门 1', subtitle: 'BUC_1A2B3C4D5E6F' },
    ])
    expect((await find('A5'))[0]?.title).toBe('A5')
  })

  it('leaves room for every kind, and none unused', async () => {
    const count = async (rooms: number, meters: number, limit: number) => {
      const rows = await find('东门', { rooms, meters, limit })
      return ['room', 'charger', 'meter'].map((kind) => rows.filter((row) => row.kind === kind).length)
    }
    expect(await count(50, 50, 12)).toEqual([5, 2, 5])
    expect(await count(1, 50, 12)).toEqual([1, 2, 9])
    expect(await count(50, 0, 12)).toEqual([10, 2, 0])
    expect(await count(0, 0, 12)).toEqual([0, 2, 0])
    expect(await count(50, 50, 1)).toEqual([1, 0, 0])
    expect(await count(50, 50, 2)).toEqual([1, 1, 0])
  })

  it('shows nothing of the registry to those who may not read it', async () => {
    expect(await find('东门', { roles: ['attendance'], meters: 1 })).toEqual([meter(0)])
    for (const role of ['admin', 'supervisor', 'viewer', 'cashier'] as const)
      expect(await find('东门', { roles: [role] })).toHaveLength(2)
  })
})
