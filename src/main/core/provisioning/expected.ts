import { btNameOf, deviceCodeOf } from '#shared/chargers.ts'
import type { ShowPhone } from '../privacy.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import type { ProvisioningAreas } from './parts.ts'

type Expected = Output<'provisioning.expected'>
type Row = Expected['rows'][number]

/** What a line says. null: it has none; undefined: what it has is none. */
export interface Line {
  readonly deviceCode: string | null | undefined
  readonly name: string | null | undefined
  readonly alias: string
}

/** A name has 16 characters, or 12 without its `BUC_`; a code has 8 at most, so neither is taken for the other. */
const looksLikeName = (word: string) => /^BUC/i.test(word) || /^[0-9A-Za-z]{12,}$/.test(word)
const SEPARATORS = /[\s,;，；、]+/

/** `code`, `name`, a label's address, or a code and a name in either order, then an alias. */
export function readLine(text: string): Line {
  const words = text.split(SEPARATORS).filter((word) => word !== '')
  let deviceCode: Line['deviceCode'] = null
  let name: Line['name'] = null
  const rest: string[] = []
  for (const word of words) {
    if (name === null && looksLikeName(word)) name = btNameOf(word) ?? undefined
    else if (deviceCode === null) deviceCode = deviceCodeOf(word) ?? undefined
    else rest.push(word)
  }
  return { deviceCode, name, alias: rest.join(' ').slice(0, 60) }
}

/** A list of the site against the registry and the air (features §3.1 "Expected-vs-found"). */
export function expectedOf(
  { chargers, devices }: Pick<ProvisioningAreas, 'chargers' | 'devices'>,
  { lines }: Checked<'provisioning.expected'>,
  show: ShowPhone,
): Expected {
  const heard = new Map(chargers.heard().map(({ name, ambiguous }) => [name, ambiguous]))
  const seen = new Set<string>()
  const rows = lines.flatMap((raw, index): Row[] => {
    const text = raw.trim()
    if (text === '') return []
    const line = readLine(text)
    const known = registered(devices, line)
    const deviceCode = line.deviceCode ?? known?.deviceCode ?? null
    const name = line.name ?? (line.name === null ? (known?.btName ?? null) : null)
    const state = stateOf({ line, deviceCode, name, seen, heard }, devices)
    for (const one of [deviceCode, name]) if (one !== null) seen.add(one)
    return [
      {
        line: index + 1,
        text,
        deviceCode,
        name,
        alias: line.alias === '' ? (known?.alias ?? '') : line.alias,
        state,
        manager: known?.manager ? show('manager', known.manager) : null,
        registered: known !== null,
      },
    ]
  })
  const wanted = new Set(rows.map(({ name }) => name))
  return { rows, unexpected: [...heard.keys()].filter((name) => !wanted.has(name)) }
}

const registered = (devices: ProvisioningAreas['devices'], { deviceCode, name }: Line) =>
  (typeof deviceCode === 'string' ? devices.byCode(deviceCode) : null) ??
  (typeof name === 'string' ? devices.byName(name) : null)

interface Facts {
  readonly line: Line
  readonly deviceCode: string | null
  readonly name: string | null
  readonly seen: ReadonlySet<string>
  /** by name; true: two devices have it (pain 6) */
  readonly heard: ReadonlyMap<string, boolean>
}

function stateOf(
  { line, deviceCode, name, seen, heard }: Facts,
  devices: ProvisioningAreas['devices'],
): Row['state'] {
  if (line.name === undefined) return 'badName'
  if (line.deviceCode === undefined || deviceCode === null) return 'badCode'
  if (seen.has(deviceCode) || (name !== null && seen.has(name))) return 'twice'
  if (name === null) return 'noName'
  const byCode = devices.byCode(deviceCode)
  if (byCode && byCode.btName !== name) return 'codeTaken'
  const byName = devices.byName(name)
  if (byName && byName.deviceCode !== deviceCode) return 'nameTaken'
  const twins = heard.get(name)
  if (twins === undefined) return 'missing'
  return twins ? 'ambiguous' : 'ready'
}
