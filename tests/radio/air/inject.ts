import type { EventEmitter } from 'node:events'
import Module, { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Noble } from './noble-types.ts'
import { socketClass, VirtualHciSocket } from './socket.ts'
import type { Adapters } from './transport.ts'

/**
 * Both stacks take their HCI socket class from a native package at load. Here its place in `require.cache` is filled
 * before they load, so the addon is never looked at: it may be absent, or built for another Node.
 */
const require = createRequire(import.meta.url)

export interface VirtualNoble {
  readonly noble: Noble
  /** noble has no stop: ends its one-second poll and takes its listeners off the process. */
  close(): void
}

/** Whether noble itself is there: where it cannot be compiled, `npm install` leaves it out. */
export function nobleInstalled(): boolean {
  try {
    return require.resolve('@abandonware/noble/package.json') !== ''
  } catch {
    return false
  }
}

/** The adapters the stack that is being constructed gets; stacks on different airs can live side by side. */
let current: Adapters = { adapter: () => undefined }

/** noble's own HCI stack on a virtual adapter, on any OS. Every call is an instance of its own. */
export function loadVirtualNoble(adapters: Adapters, options: { deviceId?: number } = {}): VirtualNoble {
  fill('@abandonware/noble', '@abandonware/bluetooth-hci-socket', constructsCurrent())
  const Bindings = require('@abandonware/noble/lib/hci-socket/bindings') as new (
    options: object,
  ) => HciBindings
  const withBindings = require('@abandonware/noble/with-bindings') as (bindings: object) => Noble
  current = adapters
  const bindings = new Bindings({ deviceId: options.deviceId ?? 0 })
  const { _hci: hci } = bindings
  const { _socket: socket } = hci
  const listeners = watchProcessListeners(bindings)
  return {
    noble: withBindings(bindings),
    close() {
      hci.pollIsDevUp = () => {}
      hci.removeAllListeners()
      socket.stop()
      listeners.remove()
    },
  }
}

/** One bleno per adapter; `resolve-bindings` with `hci` works on any OS. */
export function loadVirtualBleno(adapters: Adapters, deviceId: number): unknown {
  const loadDriver = () => socketClass(current)
  fill(
    '@stoprocent/bleno',
    '@stoprocent/bluetooth-hci-socket',
    Object.assign(constructsCurrent(), { loadDriver }),
  )
  const resolve = require('@stoprocent/bleno/lib/resolve-bindings') as (
    type: string,
    options: object,
  ) => unknown
  current = adapters
  return resolve('hci', { deviceId })
}

/** The parts of noble's HciBindings used here; all of them private to it. */
interface HciBindings {
  init(): void
  readonly _hci: EventEmitter & { pollIsDevUp: () => void; readonly _socket: VirtualHciSocket }
}

function constructsCurrent(): () => VirtualHciSocket {
  // called with `new`; the object a constructor returns stands in for `this`
  return function BluetoothHciSocket() {
    return new VirtualHciSocket(current)
  }
}

function fill(stack: string, name: string, exports: object): void {
  const requireOfStack = createRequire(require.resolve(`${stack}/package.json`))
  const filename = resolved(requireOfStack, name)
  if (require.cache[filename] !== undefined) return
  const module = new Module(filename)
  require.cache[filename] = Object.assign(module, { filename, loaded: true, exports })
}

/** Where the package would be; where it is not installed at all, a name that resolution is taught. */
function resolved(requireOfStack: NodeJS.Require, name: string): string {
  try {
    return requireOfStack.resolve(name)
  } catch {
    const filename = requireOfStack.resolve('debug').replace(/[^/\\]+$/, `${name.replace('/', '-')}.cjs`)
    const url = pathToFileURL(filename).href
    Module.registerHooks({
      resolve: (specifier, context, next) =>
        specifier === name ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
    })
    return filename
  }
}

function watchProcessListeners(bindings: HciBindings): { remove(): void } {
  const added: [string, (...args: unknown[]) => void][] = []
  const init = bindings.init.bind(bindings)
  bindings.init = () => {
    const before = new Map(['SIGINT', 'exit'].map((name) => [name, new Set(process.rawListeners(name))]))
    init()
    for (const [name, known] of before) {
      for (const listener of process.rawListeners(name)) {
        if (!known.has(listener)) added.push([name, listener as () => void])
      }
    }
  }
  return {
    remove() {
      for (const [name, listener] of added.splice(0)) process.removeListener(name, listener)
    },
  }
}
