import { PROVISIONING_STEPS } from '../provisioning-codes.ts'
import { z } from '../z.ts'
import { exchange } from './chargers.ts'
import { btName, deviceCode } from './values.ts'
import { done, id, instant, nothing, page, paging, read, write } from './define.ts'

export const stepName = z.enum(PROVISIONING_STEPS)
export type StepName = z.infer<typeof stepName>

/** Why something failed: i18n key `chargerReason.<code>` with its values; never a bare driver message. */
export const reason = z.object({
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})
export type Reason = z.infer<typeof reason>

export const stepState = z.enum(['waiting', 'running', 'asking', 'passed', 'failed', 'skipped'])

export const step = z.object({
  step: stepName,
  state: stepState,
  /** what the person is asked: i18n key `chargerQuestion.<code>` */
  question: reason.optional(),
  reason: reason.optional(),
  /** a person said so, who and when; absent: the charger's own answer */
  confirmedBy: z.string().optional(),
  at: instant.optional(),
})
export type Step = z.infer<typeof step>

export const provisioningDevice = z.object({
  name: btName,
  deviceCode,
  alias: z.string(),
  state: z.enum(['waiting', 'running', 'asking', 'passed', 'failed', 'skipped']),
  reason: reason.nullable(),
  steps: z.array(step),
  /** dBm while it was handled */
  signal: z.object({ min: z.int(), median: z.int(), max: z.int() }).nullable(),
  clockSkewS: z.int().nullable(),
  attempts: z.int(),
  labelPrintedAt: instant.nullable(),
})
export type ProvisioningDevice = z.infer<typeof provisioningDevice>

export const runState = z.enum(['running', 'asking', 'paused', 'done', 'partial', 'failed', 'cancelled'])

const runHead = z.object({
  id,
  state: runState,
  site: z.string(),
  installer: z.string(),
  adapter: z.string(),
  createdAt: instant,
  endedAt: instant.nullable(),
  counts: z.object({
    waiting: z.int(),
    running: z.int(),
    asking: z.int(),
    passed: z.int(),
    failed: z.int(),
    skipped: z.int(),
  }),
})
export type RunHead = z.infer<typeof runHead>
const run = runHead.extend({ devices: z.array(provisioningDevice) })
export type Run = z.infer<typeof run>

const one = z.strictObject({ id })
const access = ['installer', 'supervisor'] as const

/** The acceptance report, the same in JSON and on paper. `sha256` is of the JSON of `content`, keys as they stand. */
const reportContent = z.object({
  version: z.literal(1),
  run: runHead.omit({ counts: true, id: true }).extend({ id: z.string() }),
  counts: runHead.shape.counts,
  /** the program and its version */
  desk: z.string(),
  /** when the run last changed: until it does again, the text and its hash stay the same */
  madeAt: instant,
  devices: z.array(
    provisioningDevice.extend({ exchanges: z.array(exchange.extend({ step: z.string().nullable() })) }),
  ),
})
const report = z.object({
  sha256: z.string(),
  content: reportContent,
  /** `content` as the text that was hashed */
  json: z.string(),
})
export type AcceptanceReport = z.infer<typeof report>

export const provisioning = {
  'provisioning.start': write({
    access,
    summary: 'Begins a run over these chargers. Naming a charger counts as identifying it.',
    input: z.strictObject({
      devices: z
        .array(z.strictObject({ name: btName, deviceCode, alias: z.string().trim().max(60).optional() }))
        .min(1)
        .max(500),
      installer: z.string().trim().max(60).optional(),
      site: z.string().trim().max(80).optional(),
      /** ports to test with power and a person's eyes; all four unless it says otherwise */
      testPorts: z.array(z.int().min(1).max(4)).max(4).optional(),
    }),
    output: z.object({ id }),
  }),
  'provisioning.get': read({
    access,
    summary: 'One run with every charger and step.',
    input: one,
    output: run,
  }),
  'provisioning.list': read({
    access,
    summary: 'Runs, newest first.',
    input: z.strictObject({ ...paging, state: runState.optional() }),
    output: page(runHead),
  }),
  'provisioning.answer': write({
    access,
    summary: "Settles a step that needs a person's eyes.",
    input: z.strictObject({
      id,
      name: btName,
      step: stepName,
      ok: z.boolean(),
      /** to `switchOnAgain`: its light is on, nothing is to be sent again */
      lit: z.literal(true).optional(),
    }),
    output: done,
  }),
  'provisioning.pause': write({
    access,
    summary: 'Stops after the step it is in.',
    input: one,
    output: done,
  }),
  'provisioning.resume': write({ access, summary: 'Goes on with a paused run.', input: one, output: done }),
  'provisioning.cancel': write({
    access,
    summary: 'Ends a run; what passed stays passed, ports it switched on are switched off.',
    input: one,
    output: done,
  }),
  'provisioning.retry': write({
    access,
    summary: 'Tries failed and skipped chargers again, all or these, from their first unverified step.',
    input: z.strictObject({ id, names: z.array(btName).max(500).optional() }),
    output: z.object({ count: z.int() }),
  }),
  'provisioning.skip': write({
    access,
    summary: 'Leaves a charger out for now.',
    input: z.strictObject({ id, name: btName }),
    output: done,
  }),
  'provisioning.labelled': write({
    access,
    summary: 'Says that labels of these chargers were printed.',
    input: z.strictObject({ id, names: z.array(btName).min(1).max(500) }),
    output: done,
  }),
  'provisioning.expected': read({
    access,
    summary:
      'A pasted, scanned or imported list of codes against the registry and what is on the air: what each line means, ' +
      'and which chargers are there that nobody expects.',
    input: z.strictObject({
      /** `deviceCode`, a QR label, or `deviceCode` and name, a line each */
      lines: z.array(z.string().max(400)).max(1000),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          line: z.int(),
          text: z.string(),
          deviceCode: z.string().nullable(),
          name: btName.nullable(),
          alias: z.string(),
          /**
           * `ready`: can be run · `missing`: not heard lately · `ambiguous`: two chargers say they have this name · the
           * others say what is wrong with the line
           */
          state: z.enum([
            'ready',
            'missing',
            'ambiguous',
            'noName',
            'badCode',
            'badName',
            'twice',
            'codeTaken',
            'nameTaken',
          ]),
          manager: z.string().nullable(),
          registered: z.boolean(),
        }),
      ),
      unexpected: z.array(btName),
    }),
  }),
  'provisioning.report': read({
    access,
    summary: 'The acceptance report of a run.',
    input: one,
    output: report,
  }),
  'provisioning.waiting': read({
    access,
    summary:
      'What waits for a person: chargers that ask something, and those of open runs and of the last 30 days that are ' +
      'still not in the registry.',
    input: nothing,
    output: z.object({
      asking: z.int(),
      /** the newest run that has one of them */
      askingRun: z.string().nullable(),
      toRegister: z.int(),
      toRegisterRun: z.string().nullable(),
    }),
  }),
  'provisioning.current': read({
    access,
    summary: 'The run that is under way, if any.',
    input: nothing,
    output: z.object({ run: runHead.nullable() }),
  }),
}
