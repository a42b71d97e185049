import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCheck } from '#core/meters/check.ts'
import { createEffective } from '#core/meters/effective.ts'
import { meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { testContext } from '../../fixtures/store.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
  await site.catalogue(meter('A'), meter('B'))
  await site.ingest([reading('A', '2026-03-01', '1'), reading('B', '2026-03-02', '2')])
})
afterEach(() => site.close())

/** As a sync does: whenever some days were looked at, more have come. */
function openBusyCheck() {
  const ctx = testContext(site.test)
  const { history } = ctx.store
  const parts = { effective: createEffective(history), zone: () => ZONE, onChange: () => undefined }
  const check = createCheck(ctx, parts)
  const keys = history.statement<{ id: number }>('SELECT id FROM meter ORDER BY id').all()
  let on = true
  const more = async (): Promise<void> => {
    if (!on) return
    await history.write(() => {
      for (const { id } of keys) check.dirty.mark(id, 20_500)
    })
    return more()
  }
  const coming = more()
  const end = async () => {
    on = false
    await coming
    await check.settled()
    expect(check.dirty.isClean()).toBe(true)
    check.stop()
  }
  return { check, end, first: keys[0]?.id ?? 0 }
}

describe('looking for falls while a sync goes on', () => {
  it('answers for one meter without waiting for the others', async () => {
    const { check, end, first } = openBusyCheck()
    await check.settled([first])
    await end()
  })

  it('answers for all once what waited was looked at, whatever came since', async () => {
    const { check, end } = openBusyCheck()
    await check.settled()
    await end()
  })
})
