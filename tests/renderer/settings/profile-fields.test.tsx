import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { siteSettings } from '#shared/contract/profile.ts'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { Rules } from '../../../src/renderer/features/lan/Rules.tsx'
import type { SettingsData } from '../../../src/renderer/features/settings/fields.ts'
import { Settings } from '../../../src/renderer/features/settings/Settings.tsx'
import { HELLO, renderPart } from '../render.tsx'

const FEATURES = join(import.meta.dirname, '../../../src/renderer/features')
/** Set elsewhere than in a field of its own name, or for tests and rare repairs by the file alone. */
const NO_FIELD = [
  // when recharges and commands are asked about again (spec R-11)
  /^upstreams\.(campus|imr|water)\.recovery\./,
  // the fields of the way of credentials that is chosen (fields.ts, AUTH_FIELDS)
  /^upstreams\.water\.auth\./,
  // backups, how long data is kept and the rules of alarms have screens of their own
  /^(backups|retention|alarms\.rules)\./,
  // how far the first hour went: its wizard and Today say so
  /^setup\./,
  // a switch, a pair and a provider with parts of their own
  /^lan\.(enabled|manager|user|previous|wechat|payment)(\.|$)/,
]

interface Schema {
  readonly def: {
    readonly type: string
    readonly innerType?: Schema
    readonly in?: Schema
    readonly shape?: Readonly<Record<string, Schema>>
    readonly options?: readonly Schema[]
  }
}

/** Every value that the profile knows, by its path. */
function pathsOf({ def }: Schema, path = ''): string[] {
  const inner = def.innerType ?? def.in
  if (inner) return pathsOf(inner, path)
  if (def.shape)
    return Object.entries(def.shape).flatMap(([key, next]) => pathsOf(next, path ? `${path}.${key}` : key))
  return def.options ? def.options.flatMap((option) => pathsOf(option, path)) : [path]
}

const sources = () =>
  ['settings', 'lan'].flatMap((folder) =>
    readdirSync(join(FEATURES, folder)).map((name) => readFileSync(join(FEATURES, folder, name), 'utf8')),
  )

const data = (values: object): SettingsData =>
  ({ values, fixed: [], secretsSet: [], keyProtection: ['keyFile'], changedAt: null }) as never

describe('the settings screens', () => {
  it('have a field for everything that the profile knows', () => {
    const text = sources().join('\n')
    const missing = pathsOf(siteSettings as unknown as Schema)
      .filter((path) => !NO_FIELD.some((rule) => rule.test(path)))
      .filter((path) => !text.includes(`'${path}'`))
    expect(missing).toEqual([])
  })

  it('change how the service answers and trades, each group by itself', async () => {
    const lan = { strictPaging: false, missingTime: 'empty', systemTimeFormat: 'ymd', mostCoins: 10_000 }
    const page = renderPart(<Rules settings={data({ lan })} />, {
      answers: { 'settings.update': () => ({ changed: ['lan.strictPaging'] }) },
    })
    await userEvent.click(screen.getByLabelText('订单号和分页不能同时给'))
    const [, answering] = screen.getAllByRole('button', { name: '保存' })
    await userEvent.click(answering ?? document.body)
    await waitFor(() =>
      expect(page.calls).toEqual([
        { operation: 'settings.update', input: { changes: { 'lan.strictPaging': true } } },
      ]),
    )
    expect(screen.getByLabelText<HTMLInputElement>('一次最多买').value).toBe('10000')
  })

  it('say how many pictures of meters are kept, and which must be seen', async () => {
    const camera = { cacheMb: 2048, imageDays: 90, reviewDays: 31, maxPerDay: 100, unchangedDays: 14 }
    const page = renderPart(
      <ThemeProvider>
        <Settings />
      </ThemeProvider>,
      {
        hello: HELLO,
        answers: {
          'settings.get': () => data({ camera: { ...camera, imageHosts: [] } }),
          'settings.update': () => ({ changed: ['camera.cacheMb'] }),
          'system.automation': () => ({ enabled: false, url: null, token: null, reason: 'off' }),
        },
      },
    )
    const most = await screen.findByLabelText<HTMLInputElement>('图片最多占用')
    expect(most.value).toBe('2048')
    await userEvent.clear(most)
    await userEvent.type(most, '512{Enter}')
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'settings.update')?.input).toEqual({
        changes: { 'camera.cacheMb': 512 },
      }),
    )
  })
})
