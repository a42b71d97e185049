import type { Generated } from 'kysely'
import { initial as historyInitial } from './migrations/history/0001-initial.ts'
import { rooms as historyRooms } from './migrations/history/0002-rooms.ts'
import { bands as historyBands } from './migrations/history/0003-bands.ts'
import { usageEvents as historyUsageEvents } from './migrations/history/0004-usage-events.ts'
import { water as historyWater } from './migrations/history/0005-water.ts'
import { camera as historyCamera } from './migrations/history/0006-camera.ts'
import { initial as siteInitial } from './migrations/site/0001-initial.ts'
import { recharge as siteRecharge } from './migrations/site/0002-recharge.ts'
import { chargers as siteChargers } from './migrations/site/0003-chargers.ts'
import { lan as siteLan } from './migrations/site/0004-lan.ts'
import { attendance as siteAttendance } from './migrations/site/0005-attendance.ts'
import { meterDecisions as siteMeterDecisions } from './migrations/site/0006-meter-decisions.ts'
import { payments } from './migrations/site/0007-payments.ts'
import { privacy } from './migrations/site/0008-privacy.ts'
import { meterCommands as siteMeterCommands } from './migrations/site/0009-meter-commands.ts'
import { waterLinks as siteWaterLinks } from './migrations/site/0010-water-links.ts'
import { cameraReview as siteCameraReview } from './migrations/site/0011-camera-review.ts'
import { reports as siteReports } from './migrations/site/0012-reports.ts'
import { peopleAndPlaces } from './migrations/site/0013-people-and-places.ts'
import { meterImports as siteMeterImports } from './migrations/site/0014-meter-imports.ts'
import { permissions } from './migrations/site/0015-permissions.ts'
import { alarms as siteAlarms } from './migrations/site/0016-alarms.ts'
import { alarmsWaiting } from './migrations/site/0017-alarms-waiting.ts'
import { reportsInSlices } from './migrations/site/0018-reports-in-slices.ts'
import { receiptsNotOut } from './migrations/site/0019-receipts-not-out.ts'
import { payees } from './migrations/site/0020-payees.ts'
import { portTimes } from './migrations/site/0021-port-times.ts'
import type { AlarmTables } from './schema-alarms.ts'
import type { AttendanceTables } from './schema-attendance.ts'
import type { ChargingTables, LanTables, ProvisioningTables } from './schema-chargers.ts'
import type { CameraReviewTables, CameraTables } from './schema-camera.ts'
import type { BandTables } from './schema-bands.ts'
import type { MeterCommandTables } from './schema-meter-commands.ts'
import type { DecidedTables, UsageEventTables } from './schema-meters.ts'
import type { RechargeTables, RoomTables } from './schema-recharge.ts'
import type { WaterLinkTables, WaterTables } from './schema-water.ts'
import type { Migration } from './migrate.ts'

export const siteMigrations: readonly Migration[] = [
  siteInitial,
  siteRecharge,
  siteChargers,
  siteLan,
  siteAttendance,
  siteMeterDecisions,
  payments,
  privacy,
  siteMeterCommands,
  siteWaterLinks,
  siteCameraReview,
  siteReports,
  peopleAndPlaces,
  siteMeterImports,
  permissions,
  siteAlarms,
  alarmsWaiting,
  reportsInSlices,
  receiptsNotOut,
  payees,
  portTimes,
]
export const historyMigrations: readonly Migration[] = [
  historyInitial,
  historyRooms,
  historyBands,
  historyUsageEvents,
  historyWater,
  historyCamera,
]

interface MetaTable {
  key: string
  value: string
}

/** Tables of site.db: what cannot be fetched again. Times are epoch ms. */
export interface SiteTables
  extends
    RechargeTables,
    ChargingTables,
    ProvisioningTables,
    LanTables,
    AttendanceTables,
    DecidedTables,
    MeterCommandTables,
    WaterLinkTables,
    CameraReviewTables,
    AlarmTables {
  meta: MetaTable
  operator: {
    id: string
    name: string
    /** JSON array of roles */
    roles: string
    phone: string
    pin_salt: Uint8Array
    pin_hash: Uint8Array
    /** given by an administrator: to be changed at the next sign-in */
    pin_temporary: Generated<number>
    disabled: number
    created_at: number
    last_sign_in_at: number | null
  }
  permission: { grp: string; role: string; reach: string }
  sign_in_failure: { name: string; failures: number; closed_until: number }
  setting: { path: string; value: string; changed_at: number }
  secret: { path: string; nonce: Uint8Array; cipher: Uint8Array; changed_at: number }
  key_wrap: { kind: string; blob: Uint8Array; created_at: number }
  audit: {
    id: Generated<number>
    at: number
    operator: string | null
    door: string
    operation: string
    target: string | null
    outcome: string
    before: string | null
    after: string | null
    previous_hash: string
    hash: string
    /** machine and screen; null: rows from before it was kept */
    place: string | null
  }
  job: {
    id: string
    kind: string
    spec: string
    state: string
    step: string | null
    done: number
    total: number | null
    error: string | null
    report: string
    started_by: string | null
    created_at: number
    updated_at: number
    ended_at: number | null
    resumable: number
  }
}

/** Tables of history.db: what a vendor can send again. Readings count in epoch seconds, the rest in epoch ms. */
export interface HistoryTables extends RoomTables, BandTables, UsageEventTables, WaterTables, CameraTables {
  meta: MetaTable
  meter: {
    id: Generated<number>
    source: string
    device_id: string
    table_no: string
    name: string
    project: string
    type_code: string
    kind: string
    place: string
    house: string
    user_code: string
    user_name: string
    online: string
    online_raw: string
    online_at: number | null
    gate: string
    gate_raw: string
    active: number
    first_seen_at: number
    seen_at: number
  }
  reading: { meter: number; at: number; value: number; flags: number }
  reading_note: { meter: number; at: number; kind: string; text: string; endpoint: string; seen_at: number }
  daily: {
    day: number
    meter: number
    first_value: number
    last_value: number
    last_at: number
    readings: number
    fell: number
  }
  latest: { meter: number; at: number; value: number; flags: number }
  sync_window: {
    source: string
    dataset: string
    scope: string
    from_at: number
    to_at: number
    page_size: number
    next_page: number
    state: string
    rows: number
    total_hint: number | null
    flags: string
    updated_at: number
  }
  sync_state: {
    source: string
    dataset: string
    last_complete_at: number | null
    partial: number
    complete_to: number | null
    last_error: string | null
    unsupported: number
  }
  quarantine: {
    id: Generated<number>
    source: string
    dataset: string
    at: number
    reason: string
    raw: string
  }
}
