import { KNOWN_LAYOUTS, type GattLayout } from '#core/chargers/radio.ts'
import type { Characteristic } from './noble-types.ts'

/** Generic access, generic attribute, device information, battery: never a way to the charger (B-08). */
const STANDARD = new Set(['1800', '1801', '180a', '180f'])

/** The middle and the end of a short UUID written out. */
const BASE = /^0000([0-9a-f]{4})00001000800000805f9b34fb$/

/** Platforms write them with dashes, in capitals, in full, or without leading zeros. */
export function uuidOf(text: string): string {
  const plain = text.replaceAll('-', '').toLowerCase()
  return BASE.exec(plain)?.[1] ?? (plain.length < 4 ? plain.padStart(4, '0') : plain)
}

/** The services worth looking into, the likeliest first. */
export function inOrder<S extends { readonly uuid: string }>(
  services: readonly S[],
  wished: readonly GattLayout[],
): S[] {
  const order = [...wished, ...KNOWN_LAYOUTS].map((layout) => uuidOf(layout.service))
  const rank = ({ uuid }: S) => {
    const at = order.indexOf(uuidOf(uuid))
    return at === -1 ? order.length : at
  }
  return services.filter(({ uuid }) => !STANDARD.has(uuidOf(uuid))).toSorted((a, b) => rank(a) - rank(b))
}

export interface Ways {
  readonly write: Characteristic
  readonly notify: Characteristic
}

/** The way in and the way out of a service; null when one of them is missing. */
export function waysOf(
  service: string,
  characteristics: readonly Characteristic[],
  wished: readonly GattLayout[],
): Ways | null {
  const writable = characteristics.filter(takesBytes)
  const notifying = characteristics.filter(givesBytes)
  const named = (uuid: string) => (one: Characteristic) => uuidOf(one.uuid) === uuidOf(uuid)
  for (const layout of [...wished, ...KNOWN_LAYOUTS].filter((one) => uuidOf(one.service) === service)) {
    const write = writable.find(named(layout.write))
    const notify = notifying.find(named(layout.notify))
    if (write && notify) return { write, notify }
  }
  const [write] = writable
  const [notify] = notifying
  return write && notify ? { write, notify } : null
}

const takesBytes = ({ properties }: Characteristic) =>
  properties.includes('write') || properties.includes('writeWithoutResponse')

const givesBytes = ({ properties }: Characteristic) =>
  properties.includes('notify') || properties.includes('indicate')
