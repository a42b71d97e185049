import { ALARM_CHANNELS, ALARM_RULES, ALARM_STATES, SEVERITIES } from '../alarms.ts'
import { z } from '../z.ts'
import { id, instant, nothing, page, paging, read, write, type Role } from './define.ts'

export const alarmRule = z.enum(ALARM_RULES)
export const severity = z.enum(SEVERITIES)
export const alarmState = z.enum(ALARM_STATES)
export const alarmChannel = z.enum(ALARM_CHANNELS)

/** Who deals with alarms; a viewer only sees them. */
export const ALARM_STAFF: readonly Role[] = ['supervisor', 'cashier', 'installer', 'meters', 'attendance']

export const alarmRow = z.object({
  id,
  rule: alarmRule,
  /** what it is about: a room, a meter, `CODE:PORT`, a source, a sale, a file */
  subject: z.string(),
  /** as people call it */
  name: z.string(),
  /** of a digest how many it stands for, else 0 */
  members: z.int(),
  digestId: id.nullable(),
  severity,
  /** 2: beyond the second level */
  level: z.union([z.literal(1), z.literal(2)]),
  state: alarmState,
  /** in the rule's unit, when it crossed; null where there is none */
  value: z.int().nullable(),
  /** the same without its unit: fen as yuan */
  figure: z.string().nullable(),
  /** what the condition still is: a person may clear what goes on */
  holds: z.boolean(),
  raisedAt: instant,
  changedAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  clearedAt: instant.nullable(),
  /** null: by itself */
  clearedBy: z.string().nullable(),
  snoozedUntil: instant.nullable(),
  assignee: z.string().nullable(),
})
export type AlarmRow = z.infer<typeof alarmRow>

export const alarmEventKind = z.enum([
  'raised',
  'joined',
  'crossed',
  'eased',
  'acknowledged',
  'commented',
  'snoozed',
  'woke',
  'assigned',
  'cleared',
  'ended',
])

export const alarmEvent = z.object({
  id,
  alarmId: id,
  at: instant,
  /** null: by itself */
  operator: z.string().nullable(),
  kind: alarmEventKind,
  comment: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
})
export type AlarmEvent = z.infer<typeof alarmEvent>

export const ruleValues = z.strictObject({
  enabled: z.boolean().optional(),
  severity: severity.optional(),
  /** in the rule's unit */
  level: z.int().min(-10_000_000).max(31_536_000).optional(),
  /** of rules with two; one step more severe */
  level2: z.int().min(-10_000_000).max(31_536_000).optional(),
  /** how far back the figure must come before the alarm ends and can be raised anew */
  hysteresis: z.int().min(0).max(31_536_000).optional(),
  /** minutes that it must go on before it is raised */
  delayMinutes: z.int().min(0).max(10_080).optional(),
})
export type RuleValues = z.infer<typeof ruleValues>

const comment = z.string().trim().min(1).max(400)
const ids = z.array(id).min(1).max(1000)
const changed = z.object({ changed: z.int() })

export const alarmDelivery = z.object({
  id,
  channel: alarmChannel,
  kind: z.enum(['alarms', 'test']),
  state: z.enum(['waiting', 'sent', 'failed']),
  madeAt: instant,
  /** of the last try */
  triedAt: instant.nullable(),
  nextAt: instant.nullable(),
  tries: z.int(),
  /** what came back, in words; null: not tried */
  result: z.string().nullable(),
  /** what was sent, without key */
  text: z.string(),
  alarms: z.int(),
})

export const alarms = {
  'alarms.list': read({
    access: 'operator',
    summary:
      'Alarms, newest first. Without `state` those that are not cleared; those inside a digest only with its `digestId`.',
    input: z.strictObject({
      ...paging,
      state: z.enum(['open', 'all', ...ALARM_STATES]).optional(),
      rule: alarmRule.optional(),
      severity: severity.optional(),
      assignee: z.string().max(40).optional(),
      snoozed: z.boolean().optional(),
      query: z.string().max(100).optional(),
      digestId: id.optional(),
      from: instant.optional(),
      to: instant.optional(),
      sort: z.enum(['raisedAt', 'severity', 'name', 'rule']).optional(),
      order: z.enum(['ascending', 'descending']).optional(),
    }),
    output: page(alarmRow),
  }),
  'alarms.get': read({
    access: 'operator',
    summary: 'One alarm with everything that happened to it.',
    input: z.strictObject({ id }),
    output: z.object({ alarm: alarmRow, events: z.array(alarmEvent) }),
  }),
  'alarms.events': read({
    access: 'operator',
    summary: 'Every step of every alarm, newest first.',
    input: z.strictObject({
      ...paging,
      alarmId: id.optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
    output: page(alarmEvent.extend({ rule: alarmRule, name: z.string() })),
  }),
  'alarms.summary': read({
    access: 'operator',
    summary: 'How many wait; a digest counts once, what is snoozed does not.',
    input: nothing,
    output: z.object({
      /** raised, not acknowledged, not snoozed */
      waiting: z.int(),
      critical: z.int(),
      acknowledged: z.int(),
      snoozed: z.int(),
    }),
  }),
  'alarms.assignees': read({
    access: 'operator',
    summary: 'Operators that an alarm can be given to.',
    input: nothing,
    output: z.object({ names: z.array(z.string()) }),
  }),
  'alarms.acknowledge': write({
    access: ALARM_STAFF,
    summary: 'Somebody has seen them and deals with them; of a digest all that it stands for.',
    input: z.strictObject({ ids, comment: comment.optional() }),
    output: changed,
  }),
  'alarms.comment': write({
    access: ALARM_STAFF,
    summary: 'Adds a comment.',
    input: z.strictObject({ id, comment }),
    output: alarmRow,
  }),
  'alarms.snooze': write({
    access: ALARM_STAFF,
    summary: 'Quiet until then; the second level breaks through. `until` null ends it.',
    input: z.strictObject({ ids, until: instant.nullable(), comment: comment.optional() }),
    output: changed,
  }),
  'alarms.assign': write({
    access: ALARM_STAFF,
    summary: 'Gives it to an operator, or to nobody; others than oneself need a supervisor.',
    input: z.strictObject({ ids, assignee: z.string().min(1).max(40).nullable() }),
    output: changed,
  }),
  'alarms.clear': write({
    access: ['supervisor'],
    summary:
      'Clears by hand, with a reason; it is raised anew only after the condition ended and came again.',
    input: z.strictObject({ ids, comment }),
    output: changed,
  }),
  'alarms.rules': read({
    access: 'operator',
    summary: 'All rules with their settings and how many of each are open.',
    input: z.strictObject({ ...paging }),
    output: page(
      z.object({
        rule: alarmRule,
        unit: z.enum(['fen', 'hours', 'minutes', 'seconds', 'percent', 'mebibytes', 'times']).nullable(),
        side: z.enum(['above', 'below']),
        two: z.boolean(),
        least: z.int(),
        most: z.int(),
        ...ruleValues.required().shape,
        /** some of it is decided by the config file */
        fixed: z.boolean(),
        open: z.int(),
        /** when it was last looked at; null: not yet, or off */
        lookedAt: instant.nullable(),
      }),
    ),
  }),
  'alarms.saveRule': write({
    access: ['supervisor'],
    summary: 'Changes the settings of a rule (`alarms.rules.<rule>` of the site profile).',
    input: ruleValues.extend({ rule: alarmRule }),
    output: z.object({ changed: z.array(z.string()) }),
  }),
  'alarms.channels': read({
    access: ['supervisor'],
    summary: 'Where messages go, whether that can work, and how the last one went.',
    input: nothing,
    output: z.object({
      rows: z.array(
        z.object({
          channel: alarmChannel,
          enabled: z.boolean(),
          url: z.string().nullable(),
          from: severity,
          /** why nothing can be sent; null: it can */
          problem: z.enum(['noAddress', 'noKey', 'keyInAddress', 'insecure', 'locked']).nullable(),
          waiting: z.int(),
          lastSentAt: instant.nullable(),
          lastFailure: z.object({ at: instant, result: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  'alarms.testChannel': write({
    access: ['supervisor'],
    summary: 'Sends a test message once and answers what became of it.',
    input: z.strictObject({ channel: alarmChannel }),
    output: alarmDelivery,
  }),
  'alarms.deliveries': read({
    access: ['supervisor'],
    summary: 'What was sent, when, and what came back; newest first.',
    input: z.strictObject({
      ...paging,
      channel: alarmChannel.optional(),
      state: z.enum(['waiting', 'sent', 'failed']).optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
    output: page(alarmDelivery),
  }),
}
