import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoProfile, startDemoSite, type DemoSite } from '#main/demo/index.ts'
import type { Caller } from '#core/context.ts'
import { createLan, createPayments } from '#main/lan/index.ts'
import { contract, ROLES, type OperationName, type Role } from '#shared/contract/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY, formatDay, HOUR } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import { ADMIN, openTestCore, type TestCore } from '../fixtures/doors.ts'

/** The whole demo site, every operation that reads, every role: no number stands whole that the rule hides. */

const PIN = '135791'
/** of an account that is nobody else's */
const OPERATOR_PHONE = '15598760001'
const NOW = Date.now()
const MONTH = formatDay(NOW, 8 * HOUR).slice(0, 7)
const TODAY = formatDay(NOW, 8 * HOUR)
const LONG = { from: NOW - 60 * DAY, to: NOW + DAY }

type ReadName = { [N in OperationName]: N }[OperationName]
type Ask = Readonly<Record<string, unknown>>

let demo: DemoSite
let test: TestCore
/** what must not be seen, by kind */
let numbers: Record<
  'charging' | 'attendance' | 'operators' | 'water' | 'account' | 'openId',
  ReadonlySet<string>
>
const screenOf = (role: string): Caller => ({ door: 'inproc', screen: role })
const call = (role: string, name: OperationName, input: Ask = {}) =>
  test.core.call(screenOf(role), name, input) as Promise<Record<string, unknown>>
const rowsOf = async (name: OperationName, input: Ask = {}) =>
  (await call('admin', name, { limit: 1000, ...input }))['rows'] as Record<string, string>[]

beforeAll(async () => {
  demo = await startDemoSite({ meters: 5, hourly: 1, days: 2, flats: 8, gapMs: 0 })
  test = await openTestCore({
    demo: true,
    demoSite: demo,
    profile: demoProfile(demo),
    createLan,
    createPayments,
  })
  await call('admin', 'operators.signIn', ADMIN)
  for (const role of ROLES.filter((one) => one !== 'admin'))
    await call('admin', 'operators.create', { name: role, pin: PIN, roles: [role] })
  await call('admin', 'operators.create', {
    name: 'Phil',
    pin: PIN,
    roles: ['viewer'],
    phone: OPERATOR_PHONE,
  })
  for (const role of ROLES.filter((one) => one !== 'admin'))
    await call(role, 'operators.signIn', { name: role, pin: PIN })
  await synced('water')
  await call('admin', 'shifts.open', { cashFloatFen: 0 })
  spoilRow()
  numbers = stored()
}, 60_000)
afterAll(async () => {
  await test.close()
  await demo.close()
})

/** A row that could not be understood is kept as it came. */
function spoilRow(): void {
  const db = new Sqlite(join(test.directory, 'history.db'))
  const [phone] = db
    .prepare("SELECT body ->> 'phone_number' FROM water_record WHERE dataset = 'costs'")
    .pluck()
    .all()
  const raw = JSON.stringify({ user_code: null, phone_number: phone })
  const sql = "INSERT INTO quarantine (source, dataset, at, reason, raw) VALUES ('water', 'costs', 0, 'x', ?)"
  db.prepare(sql).run(raw)
  db.close()
}

/** What the files hold. */
function stored(): typeof numbers {
  const open = (name: string) => new Sqlite(join(test.directory, name), { readonly: true })
  const [site, history] = [open('site.db'), open('history.db')]
  const column = (db: typeof site, sql: string) => new Set(db.prepare(sql).pluck().all().map(String))
  const found = {
    charging: column(site, 'SELECT user FROM user_info UNION SELECT manager FROM manager_info'),
    attendance: column(site, 'SELECT phone FROM att_person'),
    operators: new Set([OPERATOR_PHONE]),
    water: column(
      history,
      `SELECT body ->> 'phone_number' FROM water_record WHERE body ->> 'phone_number' <> ''`,
    ),
    account: column(site, 'SELECT bankCode FROM cashout_info'),
    openId: column(site, 'SELECT openId FROM wx_info'),
  }
  for (const db of [site, history]) db.close()
  return found
}

async function synced(source: string): Promise<void> {
  const { jobId } = (await call('admin', 'sync.start', { source })) as { jobId: string }
  for (;;) {
    const job = (await call('admin', 'jobs.get', { id: jobId })) as unknown as JobRow
    if (job.endedAt !== null) return
    await test.ports.clock.yield()
  }
}

/** The kinds that a role sees whole in answers; nobody sees the others. */
const SEES: Readonly<Record<Role, readonly (keyof typeof numbers)[]>> = {
  admin: ['charging', 'attendance', 'operators'],
  supervisor: ['charging', 'attendance'],
  cashier: [],
  installer: [],
  meters: [],
  attendance: [],
  viewer: [],
}

const leaks = (role: Role, text: string) =>
  Object.entries(numbers).flatMap(([kind, all]) =>
    SEES[role].includes(kind as never)
      ? []
      : [...all]
          // some people are of two kinds
          .filter((one) => !SEES[role].some((seen) => numbers[seen].has(one)))
          .filter((one) => new RegExp(`(?<!\\d)${one}(?!\\d)`).test(text))
          .map((one) => `${kind} ${one}`),
  )

/** One plausible question for each operation that reads; null: it answers nothing about people, and why. */
async function questions(): Promise<Record<string, Ask | null>> {
  const [alarm] = await rowsOf('alarms.list')
  const [order] = await rowsOf('orders.list')
  const [cashout] = await rowsOf('cashouts.list')
  const [user] = await rowsOf('users.list')
  const [device] = await rowsOf('devices.list', { bound: true })
  const [project] = await rowsOf('attendance.projects')
  const [record] = await rowsOf('attendance.records')
  const [watch] = await rowsOf('water.flows')
  const projectId = project?.['projectId']
  return {
    'attendance.exported': null, // a file of the one who asked: tests/unit/attendance/export.test.ts
    'attendance.project': { projectId },
    'attendance.members': { projectId },
    'attendance.importTemplate': null, // empty
    'attendance.gang': { projectId },
    'attendance.record': { recordId: record?.['recordId'] },
    'attendance.calendar': { projectId, month: MONTH },
    'attendance.statistics': { ...LONG, by: ['project', 'user', 'day'] },
    'attendance.sheet': { projectId, month: MONTH },
    'audit.list': { limit: 1000 },
    'cashouts.get': { cashOutId: cashout?.['cashOutId'] },
    'alarms.get': alarm ? { id: alarm['id'] } : null,
    'backups.check': null, // files of this program
    'backups.preview': null,
    'backups.tryPlace': null,
    'camera.image': null, // a picture
    'chargers.scan': null, // the air: Bluetooth names only
    'chargers.read': null,
    'chargers.preview': null,
    'devices.get': { deviceCode: device?.['deviceCode'] },
    'devices.importTemplate': null,
    'exports.create': {
      list: 'orders.list',
      input: {},
      format: 'csv',
      name: 'x',
      columns: ['user', 'manager'].map((key) => ({ key, title: key, format: 'text' })),
    },
    'jobs.get': { id: (await rowsOf('jobs.list'))[0]?.['id'] },
    'labels.images': null, // pictures of codes
    'lan.request': null, // no request came in: the ring is redacted whole (tests/unit/lan)
    'lan.sign': null, // what was asked is what is answered
    'lan.testProvider': null,
    'lan.openapi': null, // published; its numbers are invented
    'meters.bands': null, // registers of one meter
    'meters.consumption': null,
    'meters.previewDecision': null,
    'meters.explain': null,
    'meters.get': null,
    'meters.readings': null,
    'meters.usage': { ...LONG, bucket: 'day' },
    'meters.fetch': null,
    'meters.importTemplate': null, // two samples
    'meters.importResult': null, // a file of the one who asked: tests/unit/meters/import.test.ts
    'orders.get': { orderId: order?.['orderId'] },
    'orders.dashboard': { days: 31 },
    'provisioning.get': null, // a run of chargers
    'provisioning.report': null,
    'provisioning.expected': { lines: [String(device?.['deviceCode'])] },
    'receipts.get': null, // a room, no person
    'recharge.get': null,
    'recharge.batchTemplate': null,
    'recharge.batchGet': null,
    'recharge.batchRows': null,
    'recharge.batchErrors': null,
    'reconciliation.get': null,
    'reconciliation.records': { day: TODAY },
    'reports.get': { report: 'arrears' },
    'reports.changes': null,
    'reports.exported': null,
    'rooms.search': { query: '1' },
    'rooms.get': null,
    'rooms.refresh': null,
    'rooms.recharges': null,
    'rooms.costs': null,
    'search.find': { query: '13' },
    'settings.testConnection': null,
    'sync.coverage': { source: 'water', ...LONG },
    'users.get': { user: user?.['user'] },
    'coins.ledger': { user: user?.['user'] },
    'water.words': { list: 'payments' },
    'water.picture': null,
    'water.watch': { kind: 'silent' },
    'water.linkTemplate': null,
    'water.readings': { device_code: watch?.['device_code'] },
  }
}

const reads = Object.keys(contract).filter((name) => contract[name as ReadName].kind === 'read') as ReadName[]

describe('numbers of people in answers', () => {
  it('are there to be hidden: the demo has people of every kind', () => {
    expect(Object.entries(numbers).filter(([, all]) => all.size === 0)).toEqual([])
  })

  it('stand in what an administrator and a supervisor read, where the rule lets them', async () => {
    const orders = JSON.stringify(await rowsOf('orders.list'))
    const records = JSON.stringify(await rowsOf('attendance.records'))
    expect([...numbers.charging].some((one) => orders.includes(one))).toBe(true)
    expect([...numbers.attendance].some((one) => records.includes(one))).toBe(true)
    expect(JSON.stringify(await rowsOf('operators.list'))).toContain(OPERATOR_PHONE)
  })

  it.each(ROLES)('are masked for %s in every operation that reads, but what he may see', async (role) => {
    const asked = await questions()
    const found: string[] = []
    const refused: string[] = []
    for (const name of reads) {
      const input = asked[name]
      if (input === null) continue
      try {
        const answer = JSON.stringify(await call(role, name, input ?? {}))
        const text = name === 'exports.create' ? decoded(answer) : answer
        found.push(...leaks(role, text).map((leak) => `${name}: ${leak}`))
      } catch (error) {
        if (!(error instanceof SitedeskError)) throw error
        refused.push(`${name} ${error.code}`)
      }
    }
    expect(found).toEqual([])
    // whoever may do everything was refused nothing that was really asked; what is new and says numbers is asked above
    const looked = ([name = '']: string[]) =>
      Object.hasOwn(asked, name) || fieldsOf(name as OperationName).some((field) => PERSONAL.has(field))
    if (role === 'admin') expect(refused.filter((one) => looked(one.split(' ')))).toEqual([])
  })

  it('are named in the answers of writes only where a test looks at them', () => {
    const writes = Object.keys(contract).filter((name) => contract[name as ReadName].kind === 'write')
    const personal = writes.filter((name) =>
      fieldsOf(name as OperationName).some((field) => PERSONAL.has(field)),
    )
    expect(personal.toSorted()).toEqual([...WRITES_WITH_PEOPLE].toSorted())
  })
})

const decoded = (answer: string) =>
  Buffer.from((JSON.parse(answer) as { base64: string }).base64, 'base64').toString('utf8')

const PERSONAL: ReadonlySet<string> = new Set([
  'user',
  'manager',
  'phone',
  'phone_number',
  'owner',
  'keeper',
  'byPhone',
  'bankCode',
  'lastPaidBankCode',
  'openId',
  'other',
])

/**
 * They answer through the same rows as the lists. Those of attendance pass one gate whatever they are (`behindMasks`);
 * `*.reveal` say a number whole, and are audited; `operators.*` are the administrator's.
 */
const WRITES_WITH_PEOPLE: readonly string[] = [
  ...[
    'checkOut',
    'decideCheckIn',
    'decideCorrection',
    'import',
    'liftLock',
    'lockPeriod',
    'newCorrection',
  ].map((one) => `attendance.${one}`),
  ...['newProject', 'reveal', 'setKeeper', 'withdrawCorrection'].map((one) => `attendance.${one}`),
  'cashouts.decide',
  'cashouts.reveal',
  'coins.confirmPayment',
  'devices.register',
  'devices.update',
  'operators.create',
  'operators.update',
  'orders.cancel',
  'orders.confirmPayment',
  // the phone of the site itself, which stands on every receipt
  'receipts.printed',
  'receipts.saveTemplate',
  'users.reveal',
  'water.reveal',
]

function fieldsOf(name: OperationName): string[] {
  const names: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { properties } = value as { properties?: Record<string, unknown> }
    if (properties) names.push(...Object.keys(properties))
    for (const one of Object.values(value)) walk(one)
  }
  walk(z.toJSONSchema(contract[name].output, { io: 'output', unrepresentable: 'any' }))
  return names
}
