import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { YearDesk } from '../../fixtures/year-desk.ts'

let desk: YearDesk
beforeEach(async () => {
  desk = new YearDesk()
  await desk.found()
  await desk.open()
})
afterEach(() => desk.remove())

const replaced = () => readdirSync(desk.directory).filter((name) => name.includes('replaced-'))
const space = async () => (await desk.call('retention.space', {})).replaced

it('the file from before a restore is counted, kept for 30 days, and goes by itself', async () => {
  expect(await space()).toEqual({ count: 0, bytes: 0, until: null })
  const { name } = await desk.call('backups.run', {})
  const from = { place: 'first', name } as const
  const { confirm } = await desk.call('backups.preview', { from })
  await desk.call('backups.restore', { from, confirm })
  await desk.close()
  await desk.open()
  const at = Number(replaced()[0]?.split('-')[1])
  // what a restore of the command line leaves, with the log that belongs to it
  const early = join(desk.directory, `history.db.replaced-${at - 10 * DAY}`)
  writeFileSync(early, 'x'.repeat(1000))
  writeFileSync(`${early}-wal`, 'x'.repeat(100))
  const other = join(desk.directory, 'site.db.replaced-by-hand')
  writeFileSync(other, 'not ours')
  const found = await space()
  expect(found).toMatchObject({ count: 2, until: at + 20 * DAY })
  expect(found.bytes).toBeGreaterThan(1100 + 100_000)

  desk.clock.setWall(at + 20 * DAY - HOUR)
  await desk.clock.advance(16 * MINUTE)
  expect(existsSync(early)).toBe(true)
  await desk.clock.advance(HOUR)
  expect(existsSync(early) || existsSync(`${early}-wal`)).toBe(false)
  expect(await space()).toMatchObject({ count: 1, until: at + 30 * DAY })

  // a desk that is not open when the time comes
  await desk.close()
  desk.clock.setWall(at + 31 * DAY)
  await desk.open()
  expect(replaced()).toEqual(['site.db.replaced-by-hand'])
  renameSync(other, `${other}-2`)
  expect(await space()).toEqual({ count: 0, bytes: 0, until: null })
})
