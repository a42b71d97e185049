import type { ImageReason, ImageRow, ImageState } from '#shared/contract/camera.ts'
import { formatDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { z } from '#shared/z.ts'
import type { imageProblem } from '#shared/contract/camera.ts'
import { meterIdOf } from '../meters/index.ts'
import type { Judged, Register } from './judge.ts'
import { imageIdOf } from './names.ts'
import type { CameraMeter } from './queue.ts'
import type { StoredReview } from './reviews.ts'

const DAY_S = 86_400

export function stateOf(reasons: readonly ImageReason[], review: StoredReview | null): ImageState {
  if (review) return review.state
  return reasons.length > 0 ? 'waiting' : 'fine'
}

export function imageRowOf(meter: CameraMeter, judged: Judged, review: StoredReview | null): ImageRow {
  const { row, previous, shown, reasons } = judged
  return {
    id: imageIdOf({ source: meter.source, tableNo: meter.table_no, at: row.at }),
    meterId: meterIdOf(meter.source, meter.device_id),
    tableNo: meter.table_no,
    name: meter.name,
    place: meter.place,
    house: meter.house,
    at: row.at * SECOND,
    status: row.status,
    ok: row.ok === 1,
    value: row.value,
    previous: previous && {
      at: previous.at * SECOND,
      value: formatDecimal(previous.scaled, previous.digits),
    },
    difference: previous && shown && differenceOf(previous, shown),
    days: previous && Math.round(((row.at - previous.at) / DAY_S) * 100) / 100,
    reasons: [...reasons],
    file: row.file,
    fileProblem: row.problem as z.infer<typeof imageProblem> | null,
    state: stateOf(reasons, review),
    review: review && {
      id: review.id,
      value: review.value,
      original: review.original,
      by: review.by,
      at: review.created_at,
      reason: review.reason,
    },
  }
}

const differenceOf = (before: Register, after: Register) =>
  formatDecimal(after.scaled - before.scaled, Math.max(before.digits, after.digits))
