import { audit } from './audit.ts'
import { common } from './common.ts'
import { connection } from './connection.ts'
import { errors } from './errors.ts'
import { meters } from './meters.ts'
import { operators } from './operators.ts'
import { problem } from './problem.ts'
import { report } from './report.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { step } from './step.ts'
import { style } from './style.ts'
import { sync } from './sync.ts'
import { system } from './system.ts'
import { today } from './today.ts'
import type { Same } from '../key.ts'
import type { zhCN } from '../zh-CN/index.ts'

/** One file per area; `errors`, `problem`, `report`, `step` and `connection` are keyed by the core's codes. */
export const en: Same<typeof zhCN> = {
  audit,
  common,
  connection,
  errors,
  meters,
  operators,
  problem,
  report,
  settings,
  shell,
  step,
  style,
  sync,
  system,
  today,
}
