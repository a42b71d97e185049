import type { ImageReason } from '#shared/contract/camera.ts'
import { parseDecimal, SCALE } from '#shared/decimal.ts'
import type { HistoryTables } from '../store/schema.ts'

const DAY_S = 86_400

/** A camera reading with what counts at its instant. */
export type CameraRow = Pick<
  HistoryTables['camera'],
  'at' | 'status' | 'ok' | 'value' | 'file' | 'problem'
> & {
  /** 1: somebody decided about the reading; `fix` is then what counts, null where it is ignored */
  readonly fixed: number
  readonly fix: number | null
  readonly fixDigits: number | null
}

export interface Register {
  /** epoch seconds */
  readonly at: number
  readonly scaled: number
  readonly digits: number
}

/** A row beside the one before it. */
export interface Judged {
  readonly row: CameraRow
  readonly previous: Register | null
  /** the value that counts, else what was read; null where nothing was */
  readonly shown: Register | null
  readonly reasons: readonly ImageReason[]
}

export interface Limits {
  readonly maxPerDay: number
  readonly unchangedDays: number
  /** a picture older than this is not missed, epoch seconds */
  readonly picturesFrom: number
}

/**
 * Goes through the camera readings of one meter in order of time and says why a person should look at one: the
 * status, a register that falls, grows too fast or stands still, a picture that is not there. A reading that
 * somebody vouched for starts a new run of the register.
 */
export function judge(
  rows: Iterable<CameraRow>,
  isVouched: (at: number) => boolean,
  limits: Limits,
  visit: (judged: Judged) => void,
): void {
  let previous: Register | null = null
  let stands: Register | null = null
  for (const row of rows) {
    const counting = countingOf(row)
    const shown = counting ?? readOf(row)
    visit({ row, previous, shown, reasons: reasonsOf({ row, previous, shown, stands }, limits) })
    if (!counting) continue
    previous = counting
    if (stands?.scaled !== counting.scaled || isVouched(row.at)) stands = counting
  }
}

function readOf({ at, value }: CameraRow): Register | null {
  const read = value === null ? null : parseDecimal(value)
  return read && { at, scaled: read.scaled, digits: read.digits }
}

function countingOf(row: CameraRow): Register | null {
  if (row.fixed === 0) return row.ok === 1 ? readOf(row) : null
  return row.fix === null ? null : { at: row.at, scaled: row.fix, digits: row.fixDigits ?? 0 }
}

interface Beside extends Omit<Judged, 'reasons'> {
  /** since when the register shows what it showed last */
  readonly stands: Register | null
}

function reasonsOf({ row, previous, shown, stands }: Beside, limits: Limits): ImageReason[] {
  const reasons: ImageReason[] = []
  if (row.ok === 0) reasons.push('status')
  if (shown && previous) {
    const difference = shown.scaled - previous.scaled
    // within a day a register may grow as much as in a day: cameras look several times
    const days = Math.max((row.at - previous.at) / DAY_S, 1)
    if (difference < 0) reasons.push('negative')
    if (difference > limits.maxPerDay * SCALE * days) reasons.push('aboveLimit')
  }
  if (shown && stands?.scaled === shown.scaled && row.at - stands.at >= limits.unchangedDays * DAY_S)
    reasons.push('unchanged')
  if (isMissing(row, limits)) reasons.push('imageMissing')
  return reasons
}

/** What is still being fetched, or went for its age, is not missing. */
const isMissing = ({ file, at }: CameraRow, { picturesFrom }: Limits) =>
  at >= picturesFrom && (file === 'none' || file === 'failed' || file === 'refused')
