import { COMMANDS } from '../chargers.ts'
import { z } from '../z.ts'
import { done, instant, nothing, page, paging, read, write } from './define.ts'
import { btName } from './values.ts'

export const port = z.int().min(1).max(4)

export const radioState = z.enum(['ready', 'off', 'unauthorized', 'unavailable', 'unknown'])
export const radioReason = z.enum([
  'notInstalled',
  'wrongBuild',
  'notSupported',
  'noAdapter',
  'switchedOff',
  'noPermission',
  'notAnswering',
  'remoteGone',
  'scanStalled',
  'failed',
])
export const radioHealth = z.object({
  state: radioState,
  reason: radioReason.nullable(),
  detail: z.string().nullable(),
  /** `system`, `demo` or `tcp://HOST:PORT` */
  adapter: z.string(),
})
export type RadioHealthRow = z.infer<typeof radioHealth>

export const foundCharger = z.object({
  name: btName,
  chipId: z.string(),
  /** median of the last five, dBm */
  rssi: z.int(),
  lastSeenAt: instant,
  /** two devices say they have this name: neither is spoken to (pain 6) */
  ambiguous: z.boolean(),
  /** in the registry: its code and alias */
  deviceCode: z.string().nullable(),
  alias: z.string().nullable(),
  /** a task holds it now: `command`, `provisioning`, … */
  heldBy: z.string().nullable(),
})
export type FoundCharger = z.infer<typeof foundCharger>

export const exchangeDirection = z.enum(['sent', 'received', 'event'])

/** One line of what went over the radio; signatures stay, jam codes never appear. */
export const exchange = z.object({
  at: instant,
  direction: exchangeDirection,
  text: z.string(),
})
export type Exchange = z.infer<typeof exchange>

/** `unknown`: the reply did not name this port (B-13). */
export const portState = z.object({
  port,
  state: z.enum(['free', 'charging', 'broken', 'unknown']),
  /** minutes left while charging, else null */
  minutes: z.int().nullable(),
  /** when this port said so, where the others said so at another time */
  at: instant.optional(),
})
export type PortState = z.infer<typeof portState>

const commandInput = z.strictObject({
  name: btName,
  command: z.enum(COMMANDS),
  port: port.optional(),
  /** 1–360 (B-23); an installer's test 1 to `bluetooth.installerMinutes` */
  minutes: z.int().min(1).max(360).optional(),
  reason: z.string().trim().max(200).optional(),
})

const commandResult = z.object({
  /** the charger's digit: 0 done, 1 failed, 2 timestamp refused, 3 signature refused */
  status: z.int(),
  /** empty: no reply came, but STA shows that it was done (B-26, B-27) */
  reply: z.string(),
  exchange: z.array(exchange),
  /** as they were afterwards; after STA and commands that switch power */
  ports: z.array(portState).optional(),
  /** i18n key `chargerWarning.<code>` */
  warnings: z.array(z.string()).optional(),
})

export const chargers = {
  'chargers.radio': read({
    access: 'operator',
    summary: 'How the Bluetooth adapter is; `retry` loads and asks it again.',
    input: z.strictObject({ retry: z.boolean().optional() }),
    output: radioHealth,
  }),
  'chargers.scan': read({
    access: ['installer', 'supervisor'],
    summary:
      'Listens for so many seconds and answers which chargers were heard; other devices are only counted.',
    input: z.strictObject({ seconds: z.int().min(1).max(60) }),
    output: z.object({ found: z.array(foundCharger), strangers: z.int() }),
  }),
  'chargers.nearby': read({
    access: ['installer', 'supervisor'],
    summary:
      'The chargers heard lately, strongest first. With `listen` the radio goes on listening for the next ten seconds.',
    input: z.strictObject({ listen: z.boolean().optional() }),
    output: z.object({
      radio: radioHealth,
      listening: z.boolean(),
      now: instant,
      found: z.array(foundCharger),
      strangers: z.int(),
    }),
  }),
  'chargers.read': read({
    access: ['installer', 'supervisor'],
    summary: 'Asks a charger for its clock and its four ports (QTIME, STA).',
    input: z.strictObject({ name: btName }),
    output: z.object({
      at: instant,
      /** charger minus desk; null: its answer was no time */
      clockSkewS: z.int().nullable(),
      clock: z.string().nullable(),
      ports: z.array(portState),
      warnings: z.array(z.string()),
      exchange: z.array(exchange),
    }),
  }),
  'chargers.command': write({
    access: ['installer', 'supervisor'],
    summary:
      'One of the seven commands. Sets the clock first where the command needs it; POWERON only on a port that says it is free. ' +
      'STIME never probes.',
    input: commandInput,
    output: commandResult,
  }),
  'chargers.preview': read({
    access: ['installer', 'supervisor'],
    summary: 'The frame that a command would be now, with the text that is signed (the jam code left out).',
    input: commandInput,
    output: z.object({ frame: z.string(), signed: z.string().nullable(), bytes: z.int() }),
  }),
  'chargers.send': write({
    access: ['installer'],
    summary:
      'The raw console: sends one frame of a known command as it stands; the rules of POWERON hold here too.',
    input: z.strictObject({ name: btName, frame: z.string().min(3).max(200) }),
    output: commandResult.extend({ status: z.int().nullable() }),
  }),
  'chargers.exchanges': read({
    access: ['installer', 'supervisor'],
    summary: 'What went over the radio, newest first.',
    input: z.strictObject({
      ...paging,
      name: btName.optional(),
      runId: z.string().max(100).optional(),
      direction: exchangeDirection.optional(),
      /** a part of the line, in capitals or not */
      text: z.string().max(100).optional(),
    }),
    output: page(
      exchange.extend({
        name: btName,
        runId: z.string().nullable(),
        step: z.string().nullable(),
        operator: z.string().nullable(),
      }),
    ),
  }),
  'chargers.release': write({
    access: ['installer', 'supervisor'],
    summary:
      'Ends the connection that is held open for the next command, so that phones can use the charger.',
    input: z.strictObject({ name: btName }),
    output: done,
  }),
  'chargers.variants': read({
    access: 'operator',
    summary: 'The service layouts the desk knows, for the settings.',
    input: nothing,
    output: z.object({
      layouts: z.array(z.object({ service: z.string(), write: z.string(), notify: z.string() })),
    }),
  }),
}
