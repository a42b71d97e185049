import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { USAGE_CASES } from '../fixtures/usage-cases.ts'

const run = promisify(execFile)
const probe = join(import.meta.dirname, '../fixtures/zone-probe.ts')

/** What the probe prints under a TZ, and the local hour a host with that TZ sees. */
async function under(zone: string): Promise<{ printed: string; localHour: string }> {
  const env = { ...process.env, TZ: zone }
  const { stdout: printed, stderr: localHour } = await run(process.execPath, [probe], {
    env,
    maxBuffer: 2 ** 24,
  })
  return { printed, localHour: localHour.trim() }
}

/** Four processes, each of some seconds where the machine is busy. */
const LIMIT_MS = 60_000

describe('the zone of the computer (spec §6.2)', () => {
  it(
    'changes nothing: usage, calendars, lists and the table of series are equal under four zones',
    async () => {
      const [utc, newYork, berlin, shanghai] = await Promise.all(
        ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Shanghai'].map((zone) => under(zone)),
      )
      expect([utc, newYork, berlin, shanghai].map((one) => one?.localHour)).toEqual(['0', '19', '1', '8'])
      expect(newYork?.printed).toBe(utc?.printed)
      expect(berlin?.printed).toBe(utc?.printed)
      expect(shanghai?.printed).toBe(utc?.printed)
      const { usage, nights, cases } = JSON.parse(utc?.printed ?? '{}') as {
        usage: { coverage: { measured: number } }[]
        nights: number[][]
        cases: unknown
      }
      expect(cases).toEqual(USAGE_CASES.map(({ name, days }) => ({ name, days })))
      // The first reading, exactly at midnight, is the register before the first hour and day asked.
      expect(usage.map((one) => one.coverage.measured)).toEqual([287, 12, 0])
      expect(nights.flat().every((at) => at > 0)).toBe(true)
    },
    LIMIT_MS,
  )
})
