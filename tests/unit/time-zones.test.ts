import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const probe = join(import.meta.dirname, '../fixtures/zone-probe.ts')

/** What the probe prints under a TZ, and the local hour a host with that TZ sees. */
async function under(zone: string): Promise<{ printed: string; localHour: string }> {
  const env = { ...process.env, TZ: zone }
  const [{ stdout: printed }, { stdout: localHour }] = await Promise.all([
    run(process.execPath, [probe], { env, maxBuffer: 2 ** 24 }),
    run(process.execPath, ['-p', 'new Date(0).getHours()'], { env }),
  ])
  return { printed, localHour: localHour.trim() }
}

describe('the zone of the computer (spec §6.2)', () => {
  it('changes nothing: usage, calendars and lists are equal under three zones', async () => {
    const [utc, newYork, shanghai] = await Promise.all(
      ['UTC', 'America/New_York', 'Asia/Shanghai'].map((zone) => under(zone)),
    )
    expect([utc?.localHour, newYork?.localHour, shanghai?.localHour]).toEqual(['0', '19', '8'])
    expect(newYork?.printed).toBe(utc?.printed)
    expect(shanghai?.printed).toBe(utc?.printed)
    const { usage, nights } = JSON.parse(utc?.printed ?? '{}') as {
      usage: { coverage: { measured: number } }[]
      nights: number[][]
    }
    // The first reading, exactly at midnight, is the register before the first hour and day asked.
    expect(usage.map((one) => one.coverage.measured)).toEqual([287, 12, 0])
    expect(nights.flat().every((at) => at > 0)).toBe(true)
  })
})
