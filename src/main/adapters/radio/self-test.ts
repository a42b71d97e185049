/** What of noble this copy of the program has. */
export interface NoblePart {
  readonly state: 'loaded' | 'absent' | 'unusable'
  /** null when loaded */
  readonly reason: string | null
  /** a copy without Bluetooth, as made: it is no defect */
  readonly expected: boolean
}

type Load = Pick<NodeJS.Require, 'resolve'> & ((name: string) => unknown)

/** noble's own native part, per system; on Linux the socket to the adapter. */
const NATIVE: Partial<Record<NodeJS.Platform, string>> = {
  linux: '@abandonware/bluetooth-hci-socket',
  darwin: '@abandonware/noble/lib/mac/bindings',
  win32: '@abandonware/noble/lib/win/bindings',
}

/**
 * Loads noble and its native part without opening an adapter. noble is an optional package: a copy made where it could
 * not be compiled lacks it, and on Linux its socket serves the one Node or Electron that it was compiled for.
 */
export function noblePart(load: Load, platform: NodeJS.Platform = process.platform): NoblePart {
  const native = NATIVE[platform]
  if (native === undefined) return absent(`noble knows no ${platform}`)
  if (!resolves(load, '@abandonware/noble/package.json') || !resolves(load, native))
    return absent('noble was not installed where this copy was made: everything works but Bluetooth')
  try {
    load('@abandonware/noble/with-custom-binding')
    load(native)
    return { state: 'loaded', reason: null, expected: false }
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ')
    return { state: 'unusable', reason: said, expected: platform === 'linux' && isOtherNode(said) }
  }
}

const absent = (reason: string): NoblePart => ({ state: 'absent', reason, expected: true })

/** Compiled for another Node: `npm run ble:linux`, or electron-rebuild before packing, makes it fit. */
const isOtherNode = (said: string) => /NODE_MODULE_VERSION|compiled against|self-register/.test(said)

function resolves(load: Load, name: string): boolean {
  try {
    load.resolve(name)
    return true
  } catch {
    return false
  }
}
