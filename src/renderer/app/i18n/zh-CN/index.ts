import { alarms } from './alarms.ts'
import { attendance } from './attendance.ts'
import { audit } from './audit.ts'
import { backups } from './backups.ts'
import { batch } from './batch.ts'
import { chargerQuestion } from './charger-question.ts'
import { chargerReason } from './charger-reason.ts'
import { chargerEvent, chargerTask, chargerWarning } from './charger-codes.ts'
import { chargers } from './chargers.ts'
import { charging } from './charging.ts'
import { chargingRule } from './charging-rule.ts'
import { common } from './common.ts'
import { connection } from './connection.ts'
import { deviceError } from './device-error.ts'
import { devices } from './devices.ts'
import { errors } from './errors.ts'
import { images } from './images.ts'
import { labels } from './labels.ts'
import { lan } from './lan.ts'
import { meterData } from './meterData.ts'
import { meterImport } from './meter-import.ts'
import { meters } from './meters.ts'
import { operators } from './operators.ts'
import { paper } from './paper.ts'
import { problem } from './problem.ts'
import { provisioning } from './provisioning.ts'
import { radio } from './radio.ts'
import { receipts } from './receipts.ts'
import { recharge } from './recharge.ts'
import { reconciliation } from './reconciliation.ts'
import { report } from './report.ts'
import { reports } from './reports.ts'
import { retention } from './retention.ts'
import { rooms } from './rooms.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { sheetImport } from './sheet-import.ts'
import { shell } from './shell.ts'
import { shifts } from './shifts.ts'
import { step } from './step.ts'
import { style } from './style.ts'
import { sync } from './sync.ts'
import { system } from './system.ts'
import { updates } from './updates.ts'
import { timesheets } from './timesheets.ts'
import { today } from './today.ts'
import { water } from './water.ts'

/** One file per area; `errors`, `problem`, `report`, `step`, `connection`, `charger…` and `radio` are keyed by the core's codes. */
export const zhCN = {
  alarms,
  attendance,
  audit,
  backups,
  batch,
  chargerEvent,
  chargerTask,
  chargerWarning,
  chargers,
  chargerQuestion,
  chargerReason,
  charging,
  chargingRule,
  common,
  connection,
  deviceError,
  devices,
  errors,
  images,
  labels,
  lan,
  meterData,
  meterImport,
  meters,
  operators,
  paper,
  problem,
  radio,
  provisioning,
  receipts,
  recharge,
  reconciliation,
  report,
  reports,
  retention,
  rooms,
  settings,
  setup,
  sheetImport,
  shell,
  shifts,
  step,
  style,
  sync,
  system,
  updates,
  timesheets,
  today,
  water,
} as const
