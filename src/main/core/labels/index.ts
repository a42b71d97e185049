import { labelSettings, type LabelKind, type LabelSettings } from '#shared/contract/labels.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { labelText, misfits } from '#shared/labels.ts'
import { formatDay } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Devices } from '../devices/index.ts'
import type { Settings } from '../settings/index.ts'
import { standardLabels } from './standard.ts'

const KEY = 'labels'

/** Pixels of a module: 8 makes a code that any printer keeps sharp at 20 mm. */
const DEFAULT_SCALE = 8

const KIND_NAMES: Readonly<Record<LabelKind, string>> = { manager: '管理', user: '用户' }

interface Parts {
  readonly devices: Pick<Devices, 'byCode'>
  readonly settings: Pick<Settings, 'values' | 'zone'>
}

/** The two QR codes of a charger (S3 L25–27), on sheets, rolls, or as pictures. */
export function createLabels(
  ctx: CoreContext,
  { devices, settings }: Parts,
): { handlers: AreaHandlers<'labels'> } {
  const { site } = ctx.store
  const read = () => readSettings(ctx, settings.values().siteName)
  return {
    handlers: {
      'labels.settings': read,
      async 'labels.save'(call, wanted) {
        check(wanted)
        const value = JSON.stringify(wanted)
        call.note({ before: read(), after: wanted })
        await call.commit(() =>
          site.run(
            site.query
              .insertInto('meta')
              .values({ key: KEY, value })
              .onConflict((on) => on.column('key').doUpdateSet({ value })),
          ),
        )
        ctx.events.emit({ type: 'changed', area: 'labels' })
        return read()
      },
      async 'labels.images'(_call, { deviceCodes, kinds, scale = DEFAULT_SCALE }) {
        const current = read()
        const images = [...new Set(deviceCodes)].flatMap((code) => {
          const device = devices.byCode(code)
          if (!device) throw notFound('charger', code)
          return kinds.map((kind) => ({
            file: `${code}-${KIND_NAMES[kind]}.png`,
            text: labelText(current, kind, code),
            cells: [code, device.alias, device.btName, KIND_NAMES[kind]],
          }))
        })
        const base64 = await ctx.ports.workers.run('labelImages', { images, scale })
        return { fileName: `标签-${formatDay(ctx.ports.clock.now(), settings.zone())}.zip`, base64 }
      },
    },
  }
}

function readSettings({ store: { site }, ports }: CoreContext, siteName: string): LabelSettings {
  const base = standardLabels(siteName)
  const row = site.get(site.query.selectFrom('meta').select('value').where('key', '=', KEY))
  if (!row) return base
  const stored = labelSettings.safeParse({ ...base, ...(JSON.parse(row.value) as object) })
  if (stored.success) return stored.data
  ports.log.warn('the stored label sheets no longer fit; the standard ones are used')
  return base
}

/** A layout that does not fit its page prints on the desk. */
function check({ layouts, chosen }: LabelSettings): void {
  const names = layouts.map(({ name }) => name)
  const issues = layouts.flatMap((layout, i) => [
    ...misfits(layout).map((field) => ({ path: `layouts.${i}.${field}`, message: 'does not fit' })),
    ...(names.indexOf(layout.name) === i
      ? []
      : [{ path: `layouts.${i}.name`, message: 'another layout has this name' }]),
  ])
  if (!names.includes(chosen)) issues.push({ path: 'chosen', message: 'no layout has this name' })
  if (issues.length > 0)
    throw new SitedeskError('INVALID_INPUT', 'The labels do not fit their page.', {
      reason: 'layout',
      issues,
    })
}
