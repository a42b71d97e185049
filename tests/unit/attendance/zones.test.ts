import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { CASES } from '../../fixtures/attendance-cases.ts'

const run = promisify(execFile)
const probe = join(import.meta.dirname, '../../fixtures/attendance-zone-probe.ts')

it('the zone of the computer has no say in anybody\u2019s hours (spec §6.2)', async () => {
  const zones = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati']
  const printed: string[] = []
  for (const TZ of zones) {
    const { stdout } = await run(process.execPath, [probe], {
      env: { ...process.env, TZ },
      maxBuffer: 2 ** 24,
    })
    printed.push(stdout)
  }
  expect(printed.map((one) => one === printed[0])).toEqual([true, true, true, true])
  const { sums } = JSON.parse(printed[0] ?? '{}') as { sums: { user: string; minutes: number }[][] }
  const expected = CASES.map(([, , minutes]) => minutes)
  for (const rows of sums)
    expect(rows.toSorted((a, b) => (a.user < b.user ? -1 : 1)).map(({ minutes }) => minutes)).toEqual(
      expected,
    )
})
