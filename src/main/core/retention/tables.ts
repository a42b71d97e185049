import type { KeptGroup } from '#shared/contract/retention.ts'
import type { RetentionKind } from '#shared/retention.ts'

/** What becomes of the rows of a table: a rule may take them, or they are kept for a reason. */
export type Fate = { readonly kind: RetentionKind } | { readonly kept: KeptGroup }

const rule = (kind: RetentionKind): Fate => ({ kind })
const all = (kept: KeptGroup, names: string): [string, Fate][] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, { kept }])

/** Every table of site.db. A new one must be entered here: a test compares with the file. */
export const SITE_TABLES: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ['job', rule('jobs')],
  ['alarm', rule('alarms')],
  ['alarm_event', rule('alarms')],
  ['alarm_delivery', rule('deliveries')],
  ['charger_exchange', rule('exchanges')],
  // money that was taken and given back, and the papers about it: for ever
  ...all(
    'money',
    'recharge_intent recharge_event refund recharge_batch recharge_batch_row shift shift_movement',
  ),
  ...all('money', 'receipt number_series reconciliation_day reconciliation_room'),
  // orders, coins and cash-outs with the people they belong to
  ...all('charging', 'order_info order_pay_info order_refund_task pmoney_charge_info pmoney_charge_pay'),
  ...all('charging', 'pmoney_gift_info cashout_info cashout_approval user_info manager_info profession_info'),
  ...all('charging', 'black_user_info device_info'),
  // hours that people are paid for
  ...all('attendance', 'att_project att_member att_person att_record att_correction att_fact att_lock'),
  ...all('attendance', 'att_override att_subscription att_vip'),
  // who did what: the chain breaks where a row is missing; commands and acceptance are evidence
  ...all('proof', 'audit meter_command provisioning_run provisioning_device'),
  // what people decided, entered and closed
  ...all('decided', 'meter_decision meter_import meter_attribute meter_attribute_change protected_meter'),
  ...all('decided', 'camera_review water_link room_mark room_told report_version report_figure report_meter'),
  // who may sign in, and how the site is set up
  ...all('site', 'meta operator permission sign_in_failure setting secret key_wrap payment_merchant'),
  // answers and sessions that go by themselves after minutes or days
  ...all('small', 'alarm_waiting lan_replay wx_info sqlite_sequence'),
])

/** Every table of history.db. */
export const HISTORY_TABLES: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ['reading', rule('readings')],
  ['reading_note', rule('conflicts')],
  ['quarantine', rule('quarantine')],
  ['water_record', rule('waterReadings')],
  ['band', rule('bands')],
  ['phase', rule('phases')],
  ['consumption', rule('consumption')],
  // nobody knows how long a vendor keeps its own; pictures themselves go by camera.cacheMb and camera.imageDays
  ...all('history', 'daily latest meter meter_vendor camera usage_event reading_fix'),
  ...all('history', 'room room_balance room_meter room_recharge room_cost room_records'),
  ...all('history', 'water_region water_member'),
  // how far each fetch went
  ...all('small', 'meta sync_window sync_state'),
])
