import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Books, StoredCorrection, StoredRecord } from '#core/attendance/books.ts'
import { decideCorrection, proposeCorrection, withdrawCorrection } from '#core/attendance/corrections.ts'
import { retell } from '#core/attendance/log.ts'
import { addMember, deleteMember, leaveProject } from '#core/attendance/members.ts'
import { deleteProject, newProject, setKeeper } from '#core/attendance/projects.ts'
import { AttendanceRefusal } from '#core/attendance/refusals.ts'
import { cancelCheckIn, decideCheckIn, recordCheckOut, requestCheckIn } from '#core/attendance/shifts.ts'
import { statistics, type Dimension } from '#core/attendance/statistics.ts'
import { HOUR, MINUTE, startOfDay } from '#shared/time.ts'
import { Model, type Action, type ModelRecord } from '../../fixtures/attendance-model.ts'
import { openTestStore } from '../../fixtures/store.ts'

/**
 * Anybody tries anything, in many projects at once: the rules and a simple model of them say the same, and no step
 * changes a counted time without both sides. Sums agree at every step.
 */

const ZONE = 8 * HOUR
const START = Date.UTC(2026, 2, 1)
const PEOPLE = ['13800000001', '13800000002', '13800000003', '13800000004', '13800000005']

const number = (projectOrRecord: number) => String(projectOrRecord + 1)

/** One action on the real rules. */
function apply(books: Books, action: Action, now: number): void {
  const actor: Actor = { phone: action.actor, operator: null }
  const projectId = 'project' in action ? number(action.project) : ''
  const recordId = 'record' in action ? number(action.record) : ''
  switch (action.kind) {
    case 'newProject':
      return void newProject(books, actor, '工地', now)
    case 'deleteProject':
      return deleteProject(books, actor, projectId, now)
    case 'setKeeper':
      return setKeeper(books, actor, { projectId, keeper: action.user, keeperName: '考' }, now)
    case 'addMember':
      return void addMember(books, actor, { projectId, user: action.user, userName: '工' }, now)
    case 'deleteMember':
      return deleteMember(books, actor, { projectId, user: action.user }, now)
    case 'leave':
      return leaveProject(books, actor, projectId, now)
    case 'checkIn':
      return void requestCheckIn(books, actor, { projectId, checkInAt: action.at }, now)
    case 'cancel':
      return cancelCheckIn(books, actor, recordId, now)
    case 'decide':
      return decideCheckIn(books, actor, { recordId, confirm: action.yes }, now)
    case 'checkOut':
      return recordCheckOut(books, actor, { recordId, checkOutAt: action.at, confirmLong: action.long }, now)
    case 'propose': {
      const wanted = { recordId, checkInAt: action.in, checkOutAt: action.out ?? undefined }
      return void proposeCorrection(books, actor, wanted, now)
    }
    case 'answer': {
      const correctionId = number(action.correction)
      return decideCorrection(books, actor, { correctionId, accept: action.yes }, now)
    }
    case 'withdraw':
      return withdrawCorrection(books, actor, number(action.correction), now)
  }
}

/** Picks that become an action once it is known what there is by then. */
interface Pick {
  readonly kind: Action['kind']
  /** the person whose turn it is by right, mostly; else anybody */
  readonly rightful: boolean
  readonly actor: number
  readonly user: number
  readonly which: number
  readonly yes: boolean
  readonly minutes: number
  readonly length: number
  readonly pass: number
}

/** How often each is tried; the rare ones change who somebody is. */
const WEIGHTS: Readonly<Record<Action['kind'], number>> = {
  newProject: 1,
  deleteProject: 1,
  setKeeper: 3,
  addMember: 5,
  deleteMember: 2,
  leave: 2,
  checkIn: 14,
  cancel: 2,
  decide: 14,
  checkOut: 14,
  propose: 14,
  answer: 16,
  withdraw: 2,
}
const KINDS = Object.keys(WEIGHTS) as Action['kind'][]
const kinds = fc.oneof(...KINDS.map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant(kind) })))

const picks: fc.Arbitrary<Pick> = fc.record({
  kind: kinds,
  rightful: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
  actor: fc.nat(PEOPLE.length - 1),
  user: fc.nat(PEOPLE.length - 1),
  which: fc.nat(),
  yes: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
  minutes: fc.integer({ min: -600, max: 3 }),
  length: fc.integer({ min: -10, max: 1800 }),
  pass: fc.integer({ min: 0, max: 400 }),
})

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]
const person = (n: number) => PEOPLE[n] ?? ''

/** One of those an action fits, mostly; else any of the newest. */
function choose<T>(list: readonly T[], pick: Pick, fits: (one: T) => boolean): number {
  const fitting = list.flatMap((one, i) => (fits(one) ? [i] : []))
  if (fitting.length > 0 && pick.minutes % 7 !== 0) return at(fitting, pick.which) ?? 0
  return Math.max(0, list.length - 1 - (pick.which % Math.max(1, Math.min(list.length, 6))))
}

const STATES: Readonly<Partial<Record<Action['kind'], readonly ModelRecord['state'][]>>> = {
  cancel: ['pending'],
  decide: ['pending'],
  checkOut: ['confirmed'],
  propose: ['closed', 'confirmed'],
}

function actionOf(model: Model, pick: Pick, now: number): Action {
  const { kind, rightful, yes } = pick
  const project = choose(model.projects, pick, (one) => !one.deleted)
  const record = choose(model.records, pick, ({ state }) => STATES[kind]?.includes(state) ?? true)
  const correction = choose(model.corrections, pick, ({ state }) => state === 'pending')
  const user = person(pick.user)
  const anybody = person(pick.actor)
  const own = model.projects[project]
  const shift = model.records[record]
  const asked = model.corrections[correction]
  const keeperOf = (one = shift) => (one && model.projects[one.project]?.keeper) ?? anybody
  const as = (right: string | null | undefined) => (rightful ? (right ?? anybody) : anybody)
  const time = now + pick.minutes * MINUTE
  switch (kind) {
    case 'newProject':
      return { kind, actor: anybody }
    case 'deleteProject':
      return { kind, actor: as(own?.owner), project }
    case 'setKeeper':
      return { kind, actor: as(own?.owner), project, user }
    case 'addMember':
    case 'deleteMember':
      return { kind, actor: as(own?.keeper), project, user }
    case 'leave':
      return { kind, actor: anybody, project }
    case 'checkIn':
      return { kind, actor: as(at([...(own?.members ?? [])], pick.user)), project, at: time }
    case 'cancel':
      return { kind, actor: as(shift?.user), record }
    case 'decide':
      return { kind, actor: as(keeperOf()), record, yes }
    case 'checkOut':
      return {
        kind,
        actor: as(keeperOf()),
        record,
        at: Math.min(now, (shift?.in ?? now) + pick.length * MINUTE),
        long: yes,
      }
    case 'propose': {
      const from = (shift?.in ?? now) + pick.minutes * MINUTE
      const out = shift?.out === null ? null : from + pick.length * MINUTE
      return { kind, actor: as(yes ? shift?.user : keeperOf()), record, in: from, out }
    }
    case 'answer': {
      const of = asked && model.records[asked.record]
      const other = asked?.side === 'worker' ? keeperOf(of) : of?.user
      // who asked tries to answer himself, every fifth time
      return { kind, actor: pick.length % 5 === 0 && asked ? asked.by : as(other), correction, yes }
    }
    case 'withdraw':
      return { kind, actor: as(asked?.by), correction }
    default:
      return kind satisfies never
  }
}

const records = ({ db }: Books) => db.statement<StoredRecord>('SELECT * FROM att_record ORDER BY id').all()
const correctionsIn = ({ db }: Books) =>
  db.statement<StoredCorrection>('SELECT * FROM att_correction ORDER BY id').all()

/** A counted time that moved, moved because the other of the two said yes just now. */
function holdBothSides(before: readonly StoredRecord[], books: Books, model: Model, action: Action): void {
  const after = records(books)
  for (const [i, was] of before.entries()) {
    const is = after[i]
    if (!is) throw new Error('a record is gone')
    const counted = was.state === 'confirmed' || was.state === 'closed'
    const moved =
      was.checkInAt !== is.checkInAt || (was.state === 'closed' && was.checkOutAt !== is.checkOutAt)
    if (!counted || !moved) continue
    const correction = correctionsIn(books).find(({ id }) => id === is.correctionId)
    expect(action).toMatchObject({ kind: 'answer', yes: true })
    expect(correction).toMatchObject({ state: 'applied', recordId: is.id, decidedBy: action.actor })
    expect(correction?.byPhone).not.toBe(action.actor)
    // the worker is one of the two, and the other keeps the project or kept it when he asked
    expect([correction?.byPhone, action.actor]).toContain(is.phone)
    if (correction?.byRole === 'worker') expect(model.projects[is.projectId - 1]?.keeper).toBe(action.actor)
    expect([is.checkInAt, is.checkOutAt]).toEqual([correction?.newCheckInAt, correction?.newCheckOutAt])
  }
}

/** Sums over workers, over days, over weeks and over months are what the model counts, for each project and for all. */
function holdSums(books: Books, model: Model, now: number): void {
  const viewer = { phone: '', staff: true, now }
  const sumOf = (by: Dimension[], projectId?: string) => {
    const { rows, totals } = statistics(books, viewer, {
      projectId,
      from: startOfDay(START, ZONE) - 40 * HOUR,
      by,
    })
    expect(rows.reduce((sum, row) => sum + row.minutes, 0)).toBe(totals.minutes)
    return [totals.minutes, totals.count, totals.open, totals.pending]
  }
  const expected = (project?: number) => {
    const mine = model.records.filter((one) => project === undefined || one.project === project)
    const closed = mine.filter(({ state }) => state === 'closed')
    return [
      closed.reduce((sum, one) => sum + Math.floor(((one.out ?? one.in) - one.in) / MINUTE), 0),
      closed.length,
      mine.filter(({ state }) => state === 'confirmed').length,
      mine.filter(({ state }) => state === 'pending').length,
    ]
  }
  for (const [i] of model.projects.entries())
    for (const by of [['user'], ['day'], ['project']] as Dimension[][])
      expect(sumOf(by, number(i))).toEqual(expected(i))
  for (const by of [['user', 'month'], ['week'], ['project', 'user', 'day']] as Dimension[][])
    expect(sumOf(by)).toEqual(expected())
}

const reached = new Map<string, number>()

async function run(steps: readonly Pick[]): Promise<void> {
  const test = await openTestStore()
  const hours = { pendingFor: 24 * HOUR, forgottenAfter: 16 * HOUR, longShift: 24 * HOUR }
  const books: Books = { db: test.store.site, zone: () => ZONE, rules: () => hours }
  // a test's file need not outlive the power
  test.store.site.sql.pragma('synchronous = OFF')
  const model = new Model()
  let now = START
  try {
    for (const pick of steps) {
      now += pick.pass * MINUTE
      const action = actionOf(model, pick, now)
      const before = records(books)
      const done = await books.db
        .write(() => apply(books, action, now))
        .then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof AttendanceRefusal)) throw error
            return false
          },
        )
      holdBothSides(before, books, model, action)
      expect({ action, done }).toEqual({ action, done: model.act(action, now) })
      if (done) reached.set(action.kind, (reached.get(action.kind) ?? 0) + 1)
      if (done && action.kind === 'answer' && action.yes)
        reached.set('applied', (reached.get('applied') ?? 0) + 1)
      const real = records(books).map(({ state, checkInAt, checkOutAt }) => ({
        state,
        in: checkInAt,
        out: checkOutAt,
      }))
      expect(real).toEqual(model.records.map(({ state, in: from, out }) => ({ state, in: from, out })))
      holdSums(books, model, now)
    }
    expect(correctionsIn(books).map(({ state }) => state)).toEqual(
      model.corrections.map(({ state }) => state),
    )
    expect(retell(books)).toEqual({ differs: [] })
  } finally {
    await test.close()
  }
}

/** Two projects with people in them, so that few steps are lost before anything can happen. */
const step = (kind: Action['kind'], more: Partial<Pick>): Pick => ({
  kind,
  rightful: true,
  actor: 0,
  user: 0,
  which: 0,
  yes: true,
  minutes: 0,
  length: 0,
  pass: 1,
  ...more,
})
const OPENING = [0, 1].flatMap((actor) => [
  step('newProject', { actor }),
  step('setKeeper', { user: actor + 1 }),
  ...[3, 4].map((user) => step('addMember', { user })),
])

describe('attendance against a simple model', () => {
  it('says the same of every step, and moves no counted time without both sides', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(picks, { minLength: 60, maxLength: 160 }), async (steps) => {
        await run([...OPENING, ...steps])
      }),
      { numRuns: 30, endOnFailure: true },
    )
    // the run is worth something only if everything happened in it
    for (const kind of [...new Set(KINDS), 'applied'])
      expect([kind, (reached.get(kind) ?? 0) > 0]).toEqual([kind, true])
  }, 120_000)
})
