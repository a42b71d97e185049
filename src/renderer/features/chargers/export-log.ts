import type { Output } from '#shared/contract/index.ts'
import { formatDateTime, type ZoneOffset } from '#shared/time.ts'

export type LogLine = Output<'chargers.exchanges'>['rows'][number]

export const ARROW = { sent: '→', received: '←', event: '·' } as const

/** `yyyy-MM-dd HH:mm:ss.SSS` of the site */
const stamp = (at: number, zone: ZoneOffset) =>
  `${formatDateTime(at, zone)}.${String(at % 1000).padStart(3, '0')}`

/** For the vendor, oldest first: one JSON object a line. Who did it is nobody's business outside. */
export const toJsonLines = (newestFirst: readonly LogLine[]): string =>
  lines(newestFirst, ({ at, name, direction, text, step }) =>
    JSON.stringify({ at: new Date(at).toISOString(), name, direction, text, ...(step ? { step } : {}) }),
  )

export const toText = (newestFirst: readonly LogLine[], zone: ZoneOffset): string =>
  lines(
    newestFirst,
    ({ at, name, direction, text }) => `${stamp(at, zone)} ${name} ${ARROW[direction]} ${text}`,
  )

const lines = (newestFirst: readonly LogLine[], line: (of: LogLine) => string) =>
  newestFirst
    .toReversed()
    .map((of) => `${line(of)}\n`)
    .join('')
