import { deriveJamCode, type JamParity } from '#shared/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { formatDateTime } from '#shared/time.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import { phoneOf, seesWhole, showPhones } from '../privacy.ts'
import type { Settings } from '../settings/index.ts'
import type { SiteDatabase } from '../store/store.ts'
import { change, remove, transfer } from './change.ts'
import { enrol, nameOf, type Enrolment } from './enrol.ts'
import { importDevices, importTemplate } from './import.ts'
import { mergeReport } from './ports.ts'
import { rowOf, type StoredDevice } from './rows.ts'
import { byCode, byName, list } from './store.ts'

export type { Enrolment } from './enrol.ts'
export { mergeReport, portTimeOf, unpackPorts, type ReportedPorts } from './ports.ts'

/** The charger registry: device_info of the charger document (spec §3.6), one row a charger. */
export interface Devices {
  byCode(deviceCode: string): DeviceRow | null
  byName(btName: string): DeviceRow | null
  /** the stored jam code beats the derived one (B-02); never leaves the core */
  jamCodeOf(btName: string, parity: JamParity): string
  profileOf(btName: string): BleProfile | null
  /** by any part of code, alias, Bluetooth name or manager, as who asks may see them; all words must match */
  find(call: Call, query: string, limit: number): DeviceRow[]
  /** What the probe found out. Only inside `site.write`; nothing where the charger is not registered. */
  saveProfile(btName: string, profile: BleProfile): void
  /** A report of the ports, packed as U-17. Only inside `site.write`. */
  saveReport(btName: string, packed: string, at: number): void
  /** New, or the same again; throws CODE_TAKEN. Only inside `site.write`. */
  enrol(device: Enrolment, at: number): 'new' | 'changed' | 'same'
  /** after a commit: the screens ask again */
  changed(deviceCodes: readonly string[]): void
  readonly handlers: AreaHandlers<'devices'>
}

interface Parts {
  readonly settings: Pick<Settings, 'zone'>
}

export function createDevices(ctx: CoreContext, { settings }: Parts): Devices {
  const { site } = ctx.store
  const text = (at: number) => formatDateTime(at, settings.zone())
  const now = () => text(ctx.ports.clock.now())
  const row = (device: StoredDevice | undefined) => (device ? rowOf(device, settings.zone()) : null)
  const changed = (ids: readonly string[]) => ctx.events.emit({ type: 'changed', area: 'devices', ids })
  return {
    byCode: (deviceCode) => row(byCode(site, deviceCode)),
    byName: (btName) => row(byName(site, btName)),
    jamCodeOf: (btName, parity) => byName(site, btName)?.jamCode ?? deriveJamCode(btName, parity),
    profileOf: (btName) => row(byName(site, btName))?.profile ?? null,
    find: (call, query, limit) =>
      list(site, { query, limit }, seesWhole(call)).rows.flatMap((device) => row(device) ?? []),
    saveProfile: (btName, profile) => saveProfile(ctx, btName, profile),
    saveReport(btName, packed, at) {
      const device = byName(site, btName)
      if (!device) return
      const set = site.query.updateTable('device_info').set(mergeReport(device, packed, text(at)))
      site.run(set.where('btName', '=', btName))
    },
    enrol: (device, at) => enrol(site, device, text(at)),
    changed,
    handlers: createHandlers(ctx, { now, row, changed }),
  }
}

/** The jam code follows the parity that the firmware proved to have, unless it was entered by hand. */
function saveProfile({ store: { site } }: CoreContext, btName: string, profile: BleProfile): void {
  const device = byName(site, btName)
  if (!device) return
  const derived = (['one', 'zero'] as const).some(
    (parity) => deriveJamCode(btName, parity) === device.jamCode,
  )
  const jamCode = derived ? deriveJamCode(btName, profile.jamParity) : device.jamCode
  const bleProfile = JSON.stringify(profile)
  site.run(site.query.updateTable('device_info').set({ bleProfile, jamCode }).where('btName', '=', btName))
}

interface Tools {
  now(): string
  row(device: StoredDevice | undefined): DeviceRow | null
  changed(ids: readonly string[]): void
}

/** D-17 */
function showManager(site: SiteDatabase, call: Call): (row: DeviceRow | null) => DeviceRow | null {
  const show = showPhones(site, call)
  return (row) => (row?.manager ? { ...row, manager: show('manager', row.manager) } : row)
}

function createHandlers(ctx: CoreContext, tools: Tools): AreaHandlers<'devices'> {
  const { site } = ctx.store
  const { now, row, changed } = tools
  const found = (call: Call, code: string) =>
    showManager(site, call)(row(byCode(site, code))) ?? missing(code)
  return {
    'devices.list': (call, { manager, ...input }) => {
      const wanted = manager === undefined ? input : { ...input, manager: phoneOf(site, 'manager', manager) }
      const { total, rows } = list(site, wanted, seesWhole(call))
      const show = showManager(site, call)
      return { total, rows: rows.flatMap((device) => show(row(device)) ?? []) }
    },
    'devices.get': (call, { deviceCode, btName }) => {
      const device = deviceCode === undefined ? byName(site, btName ?? '') : byCode(site, deviceCode)
      return showManager(site, call)(row(device)) ?? missing(deviceCode ?? btName ?? '')
    },
    async 'devices.register'(call, { btName: given, ...rest }) {
      const device = { ...rest, btName: nameOf(given) }
      call.note({ target: device.deviceCode, after: { ...device, jamCode: undefined } })
      await call.commit(() => enrol(site, device, now()))
      changed([device.deviceCode])
      return found(call, device.deviceCode)
    },
    async 'devices.update'(call, { deviceCode, ...changes }) {
      await call.commit(() => {
        const before = change(site, deviceCode, changes, now())
        call.note({ target: deviceCode, before: row(before), after: row(byCode(site, deviceCode)) })
      })
      changed([deviceCode])
      return found(call, deviceCode)
    },
    'devices.updateMany': (call, input) => updateMany(ctx, tools, call, input),
    async 'devices.transfer'(call, { deviceCodes, manager }) {
      const moved = await call.commit(() => {
        const codes = transfer(site, deviceCodes, manager, now())
        call.note({ target: manager, after: { deviceCodes: codes } })
        return codes
      })
      changed(moved)
      return { transferred: moved.length }
    },
    async 'devices.remove'(call, { deviceCode }) {
      await call.commit(() => call.note({ target: deviceCode, before: row(remove(site, deviceCode)) }))
      changed([deviceCode])
      return { ok: true }
    },
    'devices.import': (call, file) => importFile(ctx, tools, call, file),
    'devices.importTemplate': (_call, { format, sample }) => importTemplate(ctx, format, sample),
  }
}

function missing(code: string): never {
  throw notFound('charger', code)
}

/** Each for itself: one that is refused holds none of the others back. */
async function updateMany(
  { store: { site } }: CoreContext,
  { now, changed }: Tools,
  call: Call,
  { deviceCodes, changes }: Parameters<AreaHandlers<'devices'>['devices.updateMany']>[1],
) {
  const codes = [...new Set(deviceCodes)]
  const results = await call.commit(() => {
    const each = codes.map((deviceCode) => {
      try {
        change(site, deviceCode, changes, now())
        return { deviceCode, ok: true, error: null }
      } catch (error) {
        if (!(error instanceof SitedeskError)) throw error
        const code = error.code === 'NOT_FOUND' ? 'notFound' : 'orderTooDear'
        return { deviceCode, ok: false, error: { code } }
      }
    })
    call.note({ target: `${codes.length}`, after: { changes, results: each } })
    return each
  })
  changed(results.filter(({ ok }) => ok).map(({ deviceCode }) => deviceCode))
  return { results }
}

async function importFile(
  ctx: CoreContext,
  { now, changed }: Tools,
  call: Call,
  file: Parameters<AreaHandlers<'devices'>['devices.import']>[1],
) {
  const { fileName, dryRun } = file
  const result = await importDevices(
    ctx,
    file,
    (work) =>
      call.commit(() => {
        const judged = work()
        const taken = judged.filter(({ outcome }) => outcome === 'new' || outcome === 'changed').length
        call.note({ target: fileName, after: { dryRun, rows: judged.length, taken: dryRun ? 0 : taken } })
        return judged
      }),
    now(),
  )
  if (!dryRun) changed(result.rows.map(({ deviceCode }) => deviceCode))
  return result
}
