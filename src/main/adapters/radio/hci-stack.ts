import Module, { createRequire } from 'node:module'
import type { Bindings, Noble } from './noble-types.ts'

/** The native part that noble's HCI stack asks for at load; it may be missing, or built for something else. */
const NATIVE = '@abandonware/bluetooth-hci-socket'
const BINDINGS = '@abandonware/noble/lib/hci-socket/bindings'
/** Files of noble that keep the socket class they were loaded with. */
const KEEPERS = [BINDINGS, '@abandonware/noble/lib/hci-socket/hci']

type Load = (name: string, ...rest: unknown[]) => unknown
type MakeBindings = new (options: object) => Bindings

const modules = Module as unknown as { _load: Load }

/**
 * noble's own HCI stack on a socket that we give it, on any OS. The stack is loaded a second time, beside the one
 * that the computer's adapter may use, with our class in the place of the native one: for that moment only, and
 * without a change to any file (ble.md §3).
 */
export function createHciStack(): (socket: object) => Noble {
  const load = createRequire(import.meta.url)
  let next: object | null = null
  const Sockets = function () {
    // called with `new`: what it returns stands in for `this`
    return next
  }
  const HciBindings = loadBeside(load, Sockets) as MakeBindings
  const withBindings = load('@abandonware/noble/with-bindings') as (bindings: Bindings) => Noble
  return (socket) => {
    next = socket
    return withBindings(new HciBindings({}))
  }
}

function loadBeside(load: NodeJS.Require, Sockets: object): unknown {
  const paths = KEEPERS.map((name) => load.resolve(name))
  const kept = paths.map((path) => load.cache[path])
  const { _load: loadModule } = modules
  const replaced: Load = (name, ...rest) => (name === NATIVE ? Sockets : loadModule(name, ...rest))
  for (const path of paths) delete load.cache[path]
  Object.assign(modules, { _load: replaced })
  try {
    return load(BINDINGS)
  } finally {
    Object.assign(modules, { _load: loadModule })
    for (const [at, path] of paths.entries()) {
      const before = kept[at]
      if (before) load.cache[path] = before
      else delete load.cache[path]
    }
  }
}
