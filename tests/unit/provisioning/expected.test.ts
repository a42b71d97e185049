import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readLine } from '#core/provisioning/expected.ts'
import { codeOf, nameOf, World } from './world.ts'

let world: World | null = null
afterEach(async () => {
  await world?.close()
  world = null
})

describe('a line of a list', () => {
  it.each([
    ['00000017', { deviceCode: '00000017', name: null, alias: '' }],
    ['BUC_1A2B3C4D5E6F', { deviceCode: null, name: 'BUC_1A2B3C4D5E6F', alias: '' }],
    ['17\t1a2b3c4d5e6f\t东门 1', { deviceCode: '17', name: 'BUC_1A2B3C4D5E6F', alias: '东门 1' }],
    ['BUC_1A2B3C4D5E6F, A17', { deviceCode: 'A17', name: 'BUC_1A2B3C4D5E6F', alias: '' }],
    ['https://example.test/bind?deviceCode=A17', { deviceCode: 'A17', name: null, alias: '' }],
    [
      'https://example.test/u/A17 BUC_1A2B3C4D5E6F',
      { deviceCode: 'A17', name: 'BUC_1A2B3C4D5E6F', alias: '' },
    ],
    ['A17；1A2B3C4D5E6F', { deviceCode: 'A17', name: 'BUC_1A2B3C4D5E6F', alias: '' }],
    ['A17 BUC_1A2B3C', { deviceCode: 'A17', name: undefined, alias: '' }],
    ['A17 1A2B3C4D5E6F7', { deviceCode: 'A17', name: undefined, alias: '' }],
    ['东门', { deviceCode: undefined, name: null, alias: '' }],
    ['123456789', { deviceCode: undefined, name: null, alias: '' }],
  ])('%s', (text, wanted) => {
    expect(readLine(text)).toEqual(wanted)
  })

  it('is read whatever it holds, and never gives what is no code and no name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const { deviceCode, name, alias } = readLine(text)
        if (typeof deviceCode === 'string') expect(deviceCode).toMatch(/^[0-9A-Za-z]{1,8}$/)
        if (typeof name === 'string') expect(name).toMatch(/^BUC_[0-9A-Z]{12}$/)
        expect(alias.length).toBeLessThanOrEqual(60)
      }),
    )
  })
})

describe('expected and found', () => {
  it('says of each line what it means, and who is there that nobody expects', async () => {
    world = await World.open({ chargers: [0, 1, 2, 3].map((i) => ({ name: nameOf(i) })) })
    await world.ask('devices.register', { deviceCode: codeOf(0), btName: nameOf(0), alias: '东门' })
    await world.ask('devices.register', { deviceCode: codeOf(1), btName: nameOf(1) })
    await world.test.store.site.write(() =>
      world?.test.store.site.sql
        .exec(`INSERT INTO manager_info (manager, setupTime) VALUES ('13900005678', '2026-01-01 00:00:00');
        UPDATE device_info SET manager = '13900005678' WHERE deviceCode = '${codeOf(1)}'`),
    )
    await world.run(world.life.chargers.listen(5000))
    await world.run(world.clock.sleep(3000))
    const lines = [
      codeOf(0),
      `https://example.test/m?code=${codeOf(1)}`,
      '',
      `${codeOf(2)} ${nameOf(2)} 西门`,
      `${codeOf(9)} ${nameOf(9)}`,
      codeOf(2),
      codeOf(7),
      `${codeOf(0)} ${nameOf(8)}`,
      `NEW ${nameOf(1)}`,
      '#1',
      'N2 BUC_123',
    ]
    const { rows, unexpected } = await world.ask('provisioning.expected', { lines })
    expect(rows.map(({ line, state }) => `${line} ${state}`).join(' · ')).toBe(
      '1 ready · 2 ready · 4 ready · 5 missing · 6 twice · 7 noName · 8 twice · 9 twice · 10 badCode · 11 badName',
    )
    expect(rows[0]).toMatchObject({ name: nameOf(0), alias: '东门', registered: true, manager: null })
    expect(rows[1]).toMatchObject({ deviceCode: codeOf(1), manager: '139****5678' })
    expect(rows[2]).toMatchObject({ name: nameOf(2), alias: '西门', registered: false })
    expect(unexpected).toEqual([nameOf(3)])

    world.air.setFault('sameName', true, { charger: nameOf(2) })
    await world.run(world.life.chargers.listen(5000))
    await world.run(world.clock.sleep(3000))
    const twins = await world.ask('provisioning.expected', { lines: [lines[0] ?? '', lines[3] ?? ''] })
    expect(twins.rows.map(({ state }) => state)).toEqual(['ready', 'ambiguous'])

    const taken = await world.ask('provisioning.expected', {
      lines: [`${codeOf(0)} ${nameOf(8)}`, `NEW ${nameOf(1)}`],
    })
    expect(taken.rows.map(({ state }) => state)).toEqual(['codeTaken', 'nameTaken'])
  })
})
