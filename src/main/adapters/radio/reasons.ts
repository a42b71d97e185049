import type { RadioHealth, RadioReason } from '#core/chargers/radio.ts'

/** First match counts. Texts of Node, of the native parts and of libusb (ble.md §4). */
const SIGNS: readonly (readonly [RegExp, RadioReason])[] = [
  [/MODULE_NOT_FOUND|No native build was found/, 'notInstalled'],
  [/ERR_DLOPEN_FAILED|NODE_MODULE_VERSION|did not self-register/, 'wrongBuild'],
  [/EAFNOSUPPORT|Unsupported platform|LIBUSB_ERROR_NOT_SUPPORTED/, 'notSupported'],
  [/ENODEV|No compatible USB Bluetooth|LIBUSB_ERROR_NO_DEVICE/, 'noAdapter'],
  [/EPERM|EACCES|LIBUSB_ERROR_ACCESS/, 'noPermission'],
]

/** Why the driver could not be loaded or did not begin. */
export function reasonOf(error: unknown): RadioReason {
  const text = `${codeOf(error)} ${wordsOf(error)}`
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? 'failed'
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** noble's states in our words; null for those that say nothing yet. */
export function healthOf(state: string): RadioHealth | null {
  switch (state) {
    case 'poweredOn':
      return { state: 'ready', reason: null, detail: null }
    case 'poweredOff':
      return { state: 'off', reason: 'switchedOff', detail: state }
    case 'unauthorized':
      return { state: 'unauthorized', reason: 'noPermission', detail: state }
    case 'unsupported':
      return unavailable('notSupported', state)
    default:
      return null
  }
}

export const unavailable = (reason: RadioReason, detail: string): RadioHealth => ({
  state: 'unavailable',
  reason,
  detail,
})
