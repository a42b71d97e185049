import { array, assert, asyncProperty, boolean, integer, record } from 'fast-check'
import { expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { anyCall, at, meter, openMeters, reading } from '../../fixtures/meters.ts'

const FROM = at('2026-03-01')
const DAYS = 40
const SLOTS = DAYS * 24

/** Register values on each hour of forty days, counting up; in steps of 0.01. */
const steps = array(integer({ min: 0, max: 500 }), { minLength: SLOTS + 1, maxLength: SLOTS + 1 })
/** Readings that somebody corrected, by hour, some with a late arrival just before. */
const decided = array(record({ slot: integer({ min: 1, max: SLOTS - 1 }), late: boolean() }), {
  maxLength: 6,
})

it('hours, days and months add up to the difference of the registers where nothing fell', async () => {
  await assert(
    asyncProperty(steps, decided, async (increments, changes) => {
      const site = await openMeters()
      try {
        await site.catalogue(meter('A'))
        let total = 0
        const registers = increments.map((step) => (total += step))
        const text = (i: number) => ((registers[i] ?? 0) / 100).toFixed(2)
        await site.ingest(registers.map((_, i) => reading('A', FROM + i * HOUR, text(i))))
        for (const { slot } of changes)
          await site.test.store.site.write(() =>
            // between the two around it: still counting up, and every hour keeps a reading
            site.meters.decisions.correct({
              meterId: 'imr:A',
              at: FROM + slot * HOUR,
              value: text(slot),
              origin: 'repair',
              by: null,
              reason: 'x',
            }),
          )
        for (const { slot, late } of changes)
          if (late) await site.ingest([reading('A', FROM + slot * HOUR - 60_000, text(slot))])
        const sum = async (bucket: 'hour' | 'day' | 'month') => {
          const range = { from: FROM, to: FROM + DAYS * DAY }
          const { rows } = await site.handlers['meters.usage'](anyCall, {
            meterIds: ['imr:A'],
            ...range,
            bucket,
          })
          expect(rows.every(({ usage }) => usage !== null)).toBe(true)
          return rows.reduce((all, { usage }) => all + Math.round(Number(usage) * 100), 0)
        }
        const whole = (registers.at(-1) ?? 0) - (registers[0] ?? 0)
        expect(await sum('hour')).toBe(whole)
        expect(await sum('day')).toBe(whole)
        expect(await sum('month')).toBe(whole)
      } finally {
        await site.close()
      }
    }),
    { numRuns: 8 },
  )
})
