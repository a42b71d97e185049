import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import { demoProfile, startDemoSite, type DemoSite } from '#main/demo/index.ts'
import type { OperationName } from '#shared/contract/index.ts'
import { ADMIN, openTestCore, type TestCore } from '../fixtures/doors.ts'

/** What each import gives as its sample, it takes as it is: on a site with rooms, meters and a gang of its own. */

type Answer = Record<string, unknown>
interface Sample {
  readonly name: string
  readonly base64: string
}

const PIN = '135791'
let demo: DemoSite
let test: TestCore
let projectId: string
const call = (screen: string, name: OperationName, input: Answer = {}) =>
  test.core.call({ door: 'inproc', screen } satisfies Caller, name, input) as Promise<Answer>

beforeAll(async () => {
  demo = await startDemoSite({ meters: 5, hourly: 1, days: 2, flats: 8, gapMs: 0 })
  test = await openTestCore({ demo: true, demoSite: demo, profile: demoProfile(demo) })
  await call('admin', 'operators.signIn', ADMIN)
  const project = keptProject()
  projectId = String(project.id)
  await call('admin', 'operators.create', {
    name: 'Keeper',
    pin: PIN,
    roles: ['attendance'],
    phone: project.keeper,
  })
  await call('keeper', 'operators.signIn', { name: 'Keeper', pin: PIN })
  for (const source of ['imr', 'campus', 'water'])
    await ended((await call('admin', 'sync.start', { source }))['jobId'])
}, 60_000)
afterAll(async () => {
  await test.close()
  await demo.close()
})

function keptProject(): { id: number; keeper: string } {
  const db = new Sqlite(join(test.directory, 'site.db'), { readonly: true })
  const found = db
    .prepare('SELECT id, keeperPhone AS keeper FROM att_project WHERE keeperPhone IS NOT NULL LIMIT 1')
    .get()
  db.close()
  return found as { id: number; keeper: string }
}

async function ended(id: unknown): Promise<void> {
  while ((await call('admin', 'jobs.get', { id }))['endedAt'] === null) await test.ports.clock.yield()
}

const counts = (answer: Answer) =>
  answer['counts'] as { new: number; changed: number; same: number; error: number }

async function meterRows(kind: string, file: Answer): Promise<Answer> {
  const { jobId } = await call('admin', 'meters.import', { kind, ...file, dryRun: true })
  await ended(jobId)
  return call('admin', 'meters.importResult', { jobId })
}

const IMPORTS: readonly {
  readonly name: string
  readonly template: readonly [screen: string, name: OperationName, more?: Answer]
  readonly dryRun: (file: Answer) => Promise<Answer>
}[] = [
  {
    name: 'chargers',
    template: ['admin', 'devices.importTemplate'],
    dryRun: (file) => call('admin', 'devices.import', { ...file, dryRun: true }),
  },
  {
    name: 'workers',
    template: ['keeper', 'attendance.importTemplate'],
    dryRun: (file) => call('keeper', 'attendance.import', { ...file, projectId, dryRun: true }),
  },
  {
    name: 'links of water accounts',
    template: ['admin', 'water.linkTemplate'],
    dryRun: (file) => call('admin', 'water.importLinks', { ...file, dryRun: true }),
  },
  {
    name: 'readings of meters',
    template: ['admin', 'meters.importTemplate', { kind: 'readings' }],
    dryRun: (file) => meterRows('readings', file),
  },
  {
    name: 'attributes of meters',
    template: ['admin', 'meters.importTemplate', { kind: 'attributes' }],
    dryRun: (file) => meterRows('attributes', file),
  },
]

describe.each(['xlsx', 'csv'] as const)('a sample in %s', (format) => {
  const sampleOf = async (screen: string, name: OperationName, more: Answer = {}) => {
    const { name: fileName, base64 } = (await call(screen, name, {
      ...more,
      format,
      sample: true,
    })) as unknown as Sample
    return { fileName, base64 }
  }

  it.each(IMPORTS)('of $name is taken without an error', async ({ template, dryRun }) => {
    const answer = await dryRun(await sampleOf(...template))
    const { error, ...good } = counts(answer)
    expect([error, answer['errorFile']]).toEqual([0, null])
    expect(good.new + good.changed + good.same).toBeGreaterThan(0)
  })

  it('of a batch recharge is taken without an error', async () => {
    const batch = await call(
      'admin',
      'recharge.batchCheck',
      await sampleOf('admin', 'recharge.batchTemplate'),
    )
    expect(batch['errors']).toBe(0)
    expect(batch['rows']).toBeGreaterThan(0)
  })
})
