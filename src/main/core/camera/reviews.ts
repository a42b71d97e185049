import type { ImageDecision, ImageState } from '#shared/contract/camera.ts'
import { parseDecimal } from '#shared/decimal.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { meterIdOf, type Decisions } from '../meters/index.ts'
import type { SiteTables } from '../store/schema.ts'
import type { Found, ImageName } from './names.ts'

export type StoredReview = SiteTables['camera_review']

interface Review {
  readonly decision: ImageDecision
  readonly value?: string | undefined
  readonly reason?: string | undefined
  readonly by: string | null
}

/** What people decided on camera readings, in site.db. `enter` and `withdraw` only inside `site.write`. */
export interface Reviews {
  /** what holds for one image by now */
  of(name: ImageName): StoredReview | null
  ofMeter(source: string, tableNo: string): ReadonlyMap<number, StoredReview>
  /** all that hold in this state, or in any */
  all(state?: ImageState): StoredReview[]
  enter(image: Found, review: Review): StoredReview
  /** returns what held until now; CONFLICT where nothing did */
  withdraw(image: Found, by: string | null): StoredReview
}

const STATES = { accept: 'accepted', correct: 'corrected', reject: 'rejected', skip: 'skipped' } as const

export function createReviews(ctx: CoreContext, decisions: Decisions): Reviews {
  const { site } = ctx.store
  const valid = 'FROM camera_review WHERE withdrawn_at IS NULL'
  const one = site.statement<StoredReview>(`SELECT * ${valid} AND source = ? AND table_no = ? AND at = ?`)
  const many = site.statement<StoredReview>(`SELECT * ${valid} AND source = ? AND table_no = ?`)
  const every = site.statement<StoredReview>(`SELECT * ${valid}`)
  const inState = site.statement<StoredReview>(`SELECT * ${valid} AND state = ?`)
  const of = ({ source, tableNo, at }: ImageName) => one.get(source, tableNo, at) ?? null
  const set = site.statement('UPDATE camera_review SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ?')
  const takeBack = (found: StoredReview, by: string | null) => {
    set.run(ctx.ports.clock.now(), by, found.id)
    if (found.decision === null) return
    // somebody may have withdrawn it where the readings are
    if (decisions.get(found.decision)?.withdrawn_at === null)
      decisions.withdraw(found.decision, { by, reason: found.reason })
  }
  return {
    of,
    ofMeter: (source, tableNo) => new Map(many.all(source, tableNo).map((row) => [row.at, row])),
    all: (state) => (state === undefined ? every.all() : inState.all(state)),
    enter(image, review) {
      const before = of(image)
      if (before) takeBack(before, review.by)
      const row = rowOf(ctx, image, review, decide(decisions, image, review))
      site.run(site.query.insertInto('camera_review').values(row))
      return row
    },
    withdraw(image, by) {
      const found = of(image)
      if (!found) throw new SitedeskError('CONFLICT', 'Nobody decided on this image.', { imageId: image.id })
      takeBack(found, by)
      return found
    },
  }
}

function rowOf(
  { ports }: CoreContext,
  { source, tableNo, at, row }: Found,
  { decision, value, reason = '', by }: Review,
  decisionId: string | null,
): StoredReview {
  return {
    id: ports.random.uuid(),
    source,
    table_no: tableNo,
    at,
    state: STATES[decision],
    value: decision === 'correct' ? (value ?? null) : null,
    original: row.value,
    status: row.status,
    reason,
    by,
    created_at: ports.clock.now(),
    decision: decisionId,
    withdrawn_at: null,
    withdrawn_by: null,
  }
}

/** What the decision means for the series of the meter; null where the series stays as it is. */
function decide(decisions: Decisions, image: Found, review: Review): string | null {
  const { row, source, deviceId, at } = image
  const { reason = '', by } = review
  const reading = { meterId: meterIdOf(source, deviceId), at: at * SECOND, reason, by }
  const read = row.value !== null && parseDecimal(row.value) !== null ? row.value : null
  // only what the vendor calls read is in the series (I-28)
  const counts = read !== null && row.ok === 1
  const put = (value: string) => decisions.correct({ ...reading, value, origin: 'camera' })
  if (review.decision === 'correct') {
    if (review.value === undefined) throw needsValue('A correction needs a value.')
    return put(review.value)
  }
  if (review.decision === 'accept') {
    if (read === null) throw needsValue('There is no value to accept: correct it or reject it.')
    return counts ? null : put(read)
  }
  return review.decision === 'reject' && counts ? decisions.ignore(reading) : null
}

const needsValue = (message: string) =>
  new SitedeskError('INVALID_INPUT', message, { issues: [{ path: 'value', message }] })
