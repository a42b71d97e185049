import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDemoConsole, SCREEN, type DemoConsole } from '../../fixtures/console.ts'

let desk: DemoConsole
beforeEach(async () => {
  desk = await openDemoConsole()
})
afterEach(() => desk.close())

/** Looks at every push until the job has ended. */
async function run(input: { source: 'campus' | 'imr'; dataset?: 'catalogue' }) {
  const { jobId } = await desk.call('sync.start', input)
  let pushed = () => {}
  const stop = desk.core.subscribe(SCREEN, () => pushed())
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => (pushed = resolve))
      const job = await desk.call('jobs.get', { id: jobId })
      if (job.endedAt !== null) return job
      await next
    }
  } finally {
    stop()
  }
}

const campus = async () => {
  const { sources } = await desk.call('system.status', {})
  return sources.find(({ source }) => source === 'campus')
}

describe('rooms in the whole core, against the demo platform', () => {
  it('tells when the campus system was last read completely, and finds its rooms beside meters', async () => {
    expect(await campus()).toMatchObject({ lastCompleteAt: null })
    const before = Date.now()
    expect(await run({ source: 'campus' })).toMatchObject({ kind: 'sync.campus', state: 'done' })
    const status = await campus()
    expect(status).toMatchObject({ partial: false, lastError: null })
    expect(status?.lastCompleteAt).toBeGreaterThanOrEqual(before)

    const [room] = (await desk.call('rooms.lowBalance', { limit: 1, belowFen: 100_000_000 })).rows
    if (!room) throw new Error('the demo has no room')
    const { rows } = await desk.call('search.find', { query: room.path.join(' ') })
    expect(rows).toContainEqual({
      kind: 'room',
      id: room.id,
      title: room.name,
      subtitle: room.path.slice(0, -1).join(' · '),
    })
  })

  it('lists the meters of its rooms with all others, and each once in a search', async () => {
    await run({ source: 'imr', dataset: 'catalogue' })
    await run({ source: 'campus' })
    const { total, rows, asOf } = await desk.call('meters.list', { source: 'campus', limit: 1000 })
    expect(total).toBeGreaterThan(0)
    expect(asOf).not.toBeNull()
    const names = new Set(rows.map(({ id }) => id))
    expect(names.size).toBe(total)
    for (const meter of rows) expect(meter).toMatchObject({ id: `campus:${meter.tableNo}`, source: 'campus' })
    const twin = rows.find(({ sameAs }) => sameAs)
    if (!twin?.sameAs) throw new Error('the demo has no meter in both systems')
    expect(await desk.call('meters.get', { meterId: twin.sameAs })).toMatchObject({ sameAs: twin.id })
    const found = await desk.call('search.find', { query: twin.tableNo })
    const meters = found.rows.filter(({ kind }) => kind === 'meter').map(({ id }) => id)
    expect(meters).toEqual([twin.sameAs])
    expect(await desk.call('meters.list', { source: 'campus', query: twin.tableNo })).toMatchObject({
      total: 1,
      rows: [{ id: twin.id, place: twin.place }],
    })
  })

  it('leads from a room to its meter in the IMR list', async () => {
    await run({ source: 'imr', dataset: 'catalogue' })
    await run({ source: 'campus' })
    const { rows: meters } = await desk.call('meters.list', { source: 'imr', limit: 1000 })
    const numbers = new Map(meters.map((meter) => [meter.tableNo, meter.id]))
    const { rows } = await desk.call('rooms.lowBalance', { limit: 1000, belowFen: 100_000_000 })
    const found: string[] = []
    for (const { id } of rows.slice(0, 20))
      for (const meter of (await desk.call('rooms.refresh', { roomId: id })).meters) {
        expect(meter.meterId).toBe(numbers.get(meter.tableNo) ?? null)
        if (meter.meterId) found.push(meter.meterId)
      }
    expect(found.length).toBeGreaterThan(0)
  })
})
