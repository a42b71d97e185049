import { VENDOR_RULES, vendorsLike } from '#shared/alarm-words.ts'
import { figureText, type AlarmRule } from '#shared/alarms.ts'
import type { AlarmEvent, AlarmRow } from '#shared/contract/alarms.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { sql } from 'kysely'
import type { AlarmTables } from '../store/schema-alarms.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { StoredAlarm } from './types.ts'

export function rowOf(alarm: StoredAlarm): AlarmRow {
  return {
    id: alarm.id,
    rule: alarm.rule,
    subject: alarm.subject,
    name: alarm.name,
    members: alarm.members,
    digestId: alarm.digest_id,
    severity: alarm.severity,
    level: alarm.level,
    state: alarm.state,
    value: alarm.value,
    figure: figureText(alarm.rule, alarm.value),
    holds: alarm.holds === 1,
    raisedAt: alarm.raised_at,
    changedAt: alarm.changed_at,
    acknowledgedAt: alarm.acknowledged_at,
    acknowledgedBy: alarm.acknowledged_by,
    clearedAt: alarm.cleared_at,
    clearedBy: alarm.cleared_by,
    snoozedUntil: alarm.snoozed_until,
    assignee: alarm.assignee,
  }
}

const holdsWord = (word: string) =>
  sql<boolean>`instr(lower(name || ' ' || subject), ${word.toLowerCase()}) > 0`

type ListInput = Checked<'alarms.list'>
const SEVERITY = sql<number>`CASE severity WHEN 'critical' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END`

function filtered(db: SiteDatabase, input: ListInput) {
  const { state = 'open', query = '' } = input
  let rows = db.query
    .selectFrom('alarm')
    .where('digest_id', input.digestId === undefined ? 'is' : '=', input.digestId ?? null)
  if (state === 'open') rows = rows.where('state', '<>', 'cleared')
  else if (state !== 'all') rows = rows.where('state', '=', state)
  if (input.rule !== undefined) rows = rows.where('rule', '=', input.rule)
  if (input.severity !== undefined) rows = rows.where('severity', '=', input.severity)
  if (input.assignee !== undefined) rows = rows.where('assignee', '=', input.assignee)
  if (input.snoozed !== undefined) rows = rows.where('snoozed_until', input.snoozed ? 'is not' : 'is', null)
  if (input.from !== undefined) rows = rows.where('raised_at', '>=', input.from)
  if (input.to !== undefined) rows = rows.where('raised_at', '<', input.to)
  const word = query.trim()
  if (word === '') return rows
  return rows.where((is) =>
    is.or([
      holdsWord(word),
      // vendors are kept under one name and shown under others
      is.and([is('rule', 'in', VENDOR_RULES), is('subject', 'in', vendorsLike(word))]),
    ]),
  )
}

export function listAlarms(db: SiteDatabase, input: ListInput): Output<'alarms.list'> {
  const rows = filtered(db, input)
  const { sort = 'raisedAt', offset = 0, limit = DEFAULT_LIMIT } = input
  const natural = sort === 'raisedAt' || sort === 'severity' ? 'descending' : 'ascending'
  const order = (input.order ?? natural) === 'ascending' ? 'asc' : 'desc'
  const total = db.get(rows.select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
  const by = { raisedAt: 'raised_at', severity: SEVERITY, name: 'name', rule: 'rule' } as const
  const page = rows.selectAll().orderBy(by[sort], order).orderBy('raised_at', 'desc').orderBy('id')
  return { total, rows: db.all(page.limit(limit).offset(offset)).map(rowOf) }
}

type StoredEvent = Omit<AlarmTables['alarm_event'], 'id'> & { id: number }

const eventOf = (row: StoredEvent): AlarmEvent => ({
  id: String(row.id),
  alarmId: row.alarm_id,
  at: row.at,
  operator: row.operator,
  kind: row.kind,
  comment: row.comment,
  data: row.data === null ? null : (JSON.parse(row.data) as Record<string, unknown>),
})

export const eventsOf = (db: SiteDatabase, alarmId: string): AlarmEvent[] =>
  db
    .statement<StoredEvent>('SELECT * FROM alarm_event WHERE alarm_id = ? ORDER BY id DESC LIMIT 1000')
    .all(alarmId)
    .map(eventOf)

export function listEvents(db: SiteDatabase, input: Checked<'alarms.events'>): Output<'alarms.events'> {
  let rows = db.query.selectFrom('alarm_event as e')
  if (input.alarmId !== undefined) rows = rows.where('e.alarm_id', '=', input.alarmId)
  if (input.from !== undefined) rows = rows.where('e.at', '>=', input.from)
  if (input.to !== undefined) rows = rows.where('e.at', '<', input.to)
  const total = db.get(rows.select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
  const page = rows
    .innerJoin('alarm as a', 'a.id', 'e.alarm_id')
    .selectAll('e')
    .select(['a.rule', 'a.name'])
    .orderBy('e.id', 'desc')
    .limit(input.limit ?? DEFAULT_LIMIT)
    .offset(input.offset ?? 0)
  return { total, rows: db.all(page).map((row) => ({ ...eventOf(row), rule: row.rule, name: row.name })) }
}

const SUMMARY = `SELECT
    coalesce(sum(state = 'raised' AND snoozed_until IS NULL), 0) AS waiting,
    coalesce(sum(state = 'raised' AND snoozed_until IS NULL AND severity = 'critical'), 0) AS critical,
    coalesce(sum(state = 'acknowledged'), 0) AS acknowledged,
    coalesce(sum(snoozed_until IS NOT NULL), 0) AS snoozed
  FROM alarm WHERE digest_id IS NULL AND state <> 'cleared'`

export const summaryOf = (db: SiteDatabase): Output<'alarms.summary'> =>
  db.statement<Output<'alarms.summary'>>(SUMMARY).get() ?? {
    waiting: 0,
    critical: 0,
    acknowledged: 0,
    snoozed: 0,
  }

/** Open alarms of each rule, those in digests too. */
export function openByRule(db: SiteDatabase): ReadonlyMap<AlarmRule, number> {
  const rows = db
    .statement<{ rule: AlarmRule; n: number }>(
      "SELECT rule, count(*) AS n FROM alarm WHERE state <> 'cleared' AND members = 0 GROUP BY rule",
    )
    .all()
  return new Map(rows.map(({ rule, n }) => [rule, n]))
}
