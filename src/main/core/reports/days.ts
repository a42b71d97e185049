import type { Checked, Output } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { ReportVersion } from '#shared/contract/reports.ts'
import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { DAY, formatDay, parseDateTime, startOfDay } from '#shared/time.ts'
import type { Call } from '../context.ts'
import { GAP, usageText } from '../meters/index.ts'
import { ABSENT, type Change, type Figure } from './day-store.ts'
import { column, tableOf, type Builder, type ReportParts } from './parts.ts'
import { hasFigure, METER_COLUMNS, sumText } from './usage.ts'

/** Days that are over, closed once: what was handed on stays what it was, whatever readings come later. */

/** Meters between two looks at the clock. */
const SLICE = 1000

const STATES = ['gap', 'measured', 'reset', 'estimated', 'absent'] as const
const stateName = (state: number) => STATES[state] ?? 'gap'
const textOf = ({ usage, state }: Figure) => (hasFigure(state) ? usageText(usage) : null)

function spanOfDay({ zone }: ReportParts, day: string) {
  const from = parseDateTime(day, zone())
  if (from === null)
    throw new SitedeskError('INVALID_INPUT', `day: ${day} is no day.`, {
      issues: [{ path: 'day', message: 'is no day' }],
    })
  return { from, to: from + DAY }
}

/** All meters of all kinds on one day as history has them now. */
async function computed(parts: ReportParts, day: string): Promise<Figure[]> {
  const span = spanOfDay(parts, day)
  const meters = await parts.figures.meters({}, span)
  const { table } = await parts.figures.usage(meters, span, 'day')
  return await eachOf(parts, meters, ({ id, tableNo, kind, place, house, user }, slot) => {
    const state = table.state[slot] ?? GAP
    const usage = hasFigure(state) ? (table.usage[slot] ?? 0) : 0
    return [{ meterId: id, tableNo, kind, place, house, user, usage, state }]
  })
}

/** `flatMap` over the meters of a site, which lets others have their turn. */
async function eachOf<T, R>(
  { breathe }: Pick<ReportParts, 'breathe'>,
  all: readonly T[],
  work: (one: T, index: number) => readonly R[],
): Promise<R[]> {
  const found: R[] = []
  for (const [index, one] of all.entries()) {
    if (index % SLICE === 0) await breathe()
    found.push(...work(one, index))
  }
  return found
}

/** One day: as it was closed, or, while it is open, as it is now. */
export const dayReport: Builder = async (parts, filter) => {
  const { zone, days, ctx } = parts
  const day = filter.day ?? formatDay(startOfDay(ctx.ports.clock.now(), zone()) - DAY, zone())
  const span = spanOfDay(parts, day)
  const closed = days.version(day, filter.version)
  if (filter.version !== undefined && closed === null)
    throw notFound('version of a closed day', `${day} ${filter.version}`)
  const all = closed
    ? [...(await days.figures(day, closed.version, parts.breathe)).values()]
    : await computed(parts, day)
  const { kind = REPORT_DEFAULTS.kind, place, query = '' } = filter
  const text = query.trim().toLowerCase()
  const isShown = (one: Figure) =>
    one.kind === kind &&
    (place === undefined || one.place === place) &&
    [one.tableNo, one.place, one.house, one.user].some((value) => value.toLowerCase().includes(text))
  const shown = await eachOf(parts, all, (one) => (isShown(one) ? [one] : []))
  const measured = shown.filter(({ state }) => hasFigure(state))
  const usage = measured.reduce((sum, one) => sum + one.usage, 0)
  return tableOf('day', {
    ...span,
    columns: [...METER_COLUMNS, column('usage', 'decimal'), column('state', 'word')],
    rows: await eachOf(parts, shown, (one) => [
      [one.tableNo, one.place, one.house, one.user, textOf(one), stateName(one.state)],
    ]),
    total: [null, null, null, null, sumText({ usage, measured: measured.length }), null],
    coverage: { measured: measured.length, total: shown.length },
    asOf: closed ? closed.asOf : parts.figures.asOf(span),
    closed,
  })
}

/** Readings of a day come until both clocks are past it (F-25). */
function requireOver(parts: ReportParts, day: string): void {
  const { to } = spanOfDay(parts, day)
  const end = Math.min(parts.windowEnd('imr'), parts.windowEnd('water'))
  if (to <= end) return
  throw new SitedeskError('NOT_ALLOWED_NOW', `${day} is not over yet.`, { day, reason: 'dayNotOver' })
}

const same = (a: Figure, b: Figure) =>
  a.usage === b.usage &&
  a.state === b.state &&
  a.tableNo === b.tableNo &&
  a.kind === b.kind &&
  a.place === b.place &&
  a.house === b.house &&
  a.user === b.user

/** What is otherwise now, and what is not there any more. */
async function changedFigures(
  parts: ReportParts,
  before: ReadonlyMap<string, Figure>,
  now: readonly Figure[],
): Promise<Figure[]> {
  const gone = new Map(before)
  const changed = await eachOf(parts, now, (figure) => {
    const old = gone.get(figure.meterId)
    gone.delete(figure.meterId)
    return old && same(old, figure) ? [] : [figure]
  })
  return [...changed, ...[...gone.values()].map((figure) => ({ ...figure, usage: 0, state: ABSENT }))]
}

async function addVersion(
  parts: ReportParts,
  call: Call,
  day: string,
  reason: string,
): Promise<ReportVersion> {
  const { ctx, days, figures } = parts
  const span = spanOfDay(parts, day)
  const before = days.version(day)
  if (before === null && reason !== '') throw notFound('closed day', day)
  if (before !== null && reason === '')
    throw new SitedeskError('CONFLICT', `${day} is closed already.`, { day, version: before.version })
  const now = await computed(parts, day)
  const asOf = figures.asOf(span)
  const changes = before
    ? await changedFigures(parts, await days.figures(day, before.version, parts.breathe), now)
    : now
  const kept = await days.keep(changes)
  const version = await call.commit(() => {
    const added: ReportVersion = {
      day,
      version: (before?.version ?? 0) + 1,
      at: ctx.ports.clock.now(),
      by: call.operator?.name ?? '',
      reason,
      meters: now.length,
      asOf,
      changed: before ? changes.length : 0,
    }
    days.add(added, kept)
    call.note({ target: day, before, after: added })
    return added
  })
  ctx.events.emit({ type: 'changed', area: 'reports' })
  return version
}

export function dayHandlers(parts: ReportParts) {
  /** one day after the other: what is kept waits for its version */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (call: Call, day: string, reason: string) => {
    const turn = last.then(() => addVersion(parts, call, day, reason))
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    'reports.close': (call: Call, { day }: Checked<'reports.close'>) => {
      requireOver(parts, day)
      return inTurn(call, day, '')
    },
    'reports.recompute': (call: Call, { day, reason }: Checked<'reports.recompute'>) =>
      inTurn(call, day, reason),
    ...readHandlers(parts),
  }
}

const readHandlers = (parts: ReportParts) => ({
  'reports.versions': (_: Call, input: Checked<'reports.versions'>) => parts.days.versions(input),
  'reports.changes': async (_: Call, input: Checked<'reports.changes'>) => {
    const { day, version, offset = 0, limit = DEFAULT_LIMIT } = input
    if (parts.days.version(day, version) === null)
      throw notFound('version of a closed day', `${day} ${version}`)
    const all = await parts.days.changes(day, version, parts.breathe)
    return { total: all.length, rows: all.slice(offset, offset + limit).map(changeRow) }
  },
})

const changeRow = ({ before, after }: Change): Output<'reports.changes'>['rows'][number] => ({
  meterId: after.meterId,
  tableNo: after.tableNo,
  place: after.place,
  before: before && textOf(before),
  after: textOf(after),
  stateBefore: before ? stateName(before.state) : 'absent',
  stateAfter: stateName(after.state),
})
