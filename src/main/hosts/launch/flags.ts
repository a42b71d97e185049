import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { LaunchRefusal } from './refusal.ts'

export type Host = 'headless' | 'desktop'

/** What was asked on the command line (interfaces §1). */
export interface Flags {
  readonly dataDir: string | null
  readonly config: string | null
  /** null: the usual port, or any free one when it is taken */
  readonly port: number | null
  readonly demo: boolean
  /** open the browser (the desktop always shows its window) */
  readonly open: boolean
  /** `last` or the path of a backup to start from */
  readonly restore: string | null
  /** only try out whether this copy of the program works here, and end */
  readonly selfTest: boolean
}

const WITH_VALUE = ['--data-dir', '--config', '--port', '--restore'] as const
const SWITCHES = ['--demo', '--no-open', '--self-test'] as const
type WithValue = (typeof WITH_VALUE)[number]
type Switch = (typeof SWITCHES)[number]

const refuse = (message: string) => new LaunchRefusal(2, message)
const isWithValue = (name: string): name is WithValue => (WITH_VALUE as readonly string[]).includes(name)
const isSwitch = (name: string): name is Switch => (SWITCHES as readonly string[]).includes(name)

/**
 * Switches that Electron, Chromium and Node read themselves; automation and packagers pass them along with
 * ours. Everything else is a misspelt flag of ours.
 */
const ELECTRON_SWITCH =
  /^(-r|--require|--(inspect|remote-debugging|remote-allow|user-data-dir|no-sandbox|no-zygote|headless|disable-|enable-|ozone-|force-|use-|use\b|proxy-|ignore-|log-|js-flags|lang|password-store|gtk-|class|trace-|original-process-start-time|no-first-run|no-default-browser-check|allow-|in-process-gpu|gpu-|v\b|vmodule|expose-)[\w-]*(=.*)?)$/

/** Reads the flags after `--`; throws LaunchRefusal naming the first that is wrong. */
export function parseFlags(args: readonly string[], host: Host): Flags {
  const values = new Map<WithValue, string>()
  const switches = new Set<Switch>()
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const { name, inline } = split(arg)
    if (isWithValue(name)) take(values, name, inline ?? rest.shift())
    else if (isSwitch(name)) {
      if (inline !== undefined) throw refuse(`${name} takes no value`)
      switches.add(name)
    } else if (host === 'desktop' && ELECTRON_SWITCH.test(arg)) {
      if (name === '-r' || name === '--require') rest.shift()
    } else throw refuse(unknown(arg))
  }
  const demo = switches.has('--demo')
  if (demo && values.has('--config')) throw refuse('--demo and --config cannot be used together')
  const selfTest = switches.has('--self-test')
  if (selfTest && (demo || values.size > 0))
    throw refuse('--self-test stands alone: it has a folder of its own')
  return {
    dataDir: folder(values.get('--data-dir')),
    config: path(values.get('--config')),
    port: port(values.get('--port')),
    demo,
    open: !switches.has('--no-open'),
    restore: values.get('--restore') ?? null,
    selfTest,
  }
}

function split(arg: string): { name: string; inline: string | undefined } {
  const at = arg.startsWith('--') ? arg.indexOf('=') : -1
  return at === -1 ? { name: arg, inline: undefined } : { name: arg.slice(0, at), inline: arg.slice(at + 1) }
}

function take(values: Map<WithValue, string>, name: WithValue, value: string | undefined): void {
  if (value === undefined || value === '' || value.startsWith('--')) throw refuse(`${name} needs a value`)
  if (values.has(name)) throw refuse(`${name} is given twice`)
  values.set(name, value)
}

const unknown = (arg: string) =>
  arg.startsWith('-')
    ? `unknown flag ${split(arg).name}; known are ${[...WITH_VALUE, ...SWITCHES].join(' ')}`
    : `unexpected argument ${arg}; flags begin with --`

function port(text: string | undefined): number | null {
  if (text === undefined) return null
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= 65_535)) throw refuse(`--port: expected a number from 0 to 65535, got ${text}`)
  return value
}

const path = (text: string | undefined) => (text === undefined ? null : resolve(text))

function folder(text: string | undefined): string | null {
  const found = path(text)
  if (found === null) return null
  const stat = statSync(found, { throwIfNoEntry: false })
  if (stat && !stat.isDirectory()) throw refuse(`--data-dir: ${found} is not a folder`)
  return found
}

/**
 * The arguments after the program in Electron: unpackaged, everything up to and with the application's path is
 * Electron's own business.
 */
export function desktopArguments(argv: readonly string[], packaged: boolean): string[] {
  const args = argv.slice(1)
  if (packaged) return args
  let at = 0
  while (at < args.length && args[at]?.startsWith('-'))
    at += args[at] === '-r' || args[at] === '--require' ? 2 : 1
  return args.slice(at + 1)
}
