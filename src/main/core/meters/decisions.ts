import { formatDecimal, parseDecimal } from '#shared/decimal.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import type { SiteTables } from '../store/schema.ts'
import type { Effective } from './effective.ts'
import type { Located } from './locate.ts'

export type StoredDecision = SiteTables['meter_decision']
/** Where a value comes from: typed in, put right, read off a camera's image, read from a file. */
export type DecisionOrigin = 'manual' | 'repair' | 'camera' | 'import'

interface Who {
  readonly by: string | null
  readonly reason: string
}

/** A reading that a person vouches for: it counts instead of what the vendor sent for that instant, or beside it. */
export interface Correction extends Who {
  readonly meterId: string
  /** epoch ms; readings count in whole seconds */
  readonly at: number
  /** a decimal, as it was entered */
  readonly value: string
  readonly origin: DecisionOrigin
  /** nobody read it off the meter */
  readonly estimated?: boolean | undefined
  /** the import it came with */
  readonly batch?: string | undefined
}

/** What is said of a fall or a jump of the register at `at`. */
export type StepDecision = Who & { readonly meterId: string; readonly at: number } & (
    | { readonly kind: 'accept' }
    | { readonly kind: 'rollover'; readonly registerDigits: number }
    | { readonly kind: 'exchange'; readonly oldLast: string; readonly newFirst: string }
  )

/**
 * What people decided about readings, in site.db: who, when, why, and withdrawn rather than removed. The newest
 * that is not withdrawn counts. Each method only inside `site.write`; history.db follows after the commit.
 */
export interface Decisions {
  /** returns the decision's id; NOT_FOUND for a meter that is not known, INVALID_INPUT for what is no reading */
  correct(correction: Correction): string
  /** the reading at this instant does not count */
  ignore(what: Who & { readonly meterId: string; readonly at: number }): string
  step(what: StepDecision): string
  /** what was decided counts no longer; NOT_FOUND where it is not known, CONFLICT where it is withdrawn already */
  withdraw(id: string, who: Who): StoredDecision
  /** what one import brought, at most so many; returns how many */
  withdrawBatch(batch: string, who: Who, most?: number): number
  /** what stands for an instant, and who gave it */
  standing(meter: number, at: number): Standing | null
  get(id: string): StoredDecision | null
  /** resolves when usage is what the decisions say; of these meters only, if they are given */
  settled(of?: readonly number[]): Promise<void>
}

/** A register value, in 1/10 000; null: somebody said that the reading does not count. */
export interface Standing {
  readonly value: number | null
  readonly digits: number
  readonly by: 'vendor' | DecisionOrigin
}

interface Parts {
  readonly effective: Effective
  locate(meterId: string): Located | null
  /** after a decision was entered: makes history.db follow once it is committed */
  follow(): void
  settled(of?: readonly number[]): Promise<void>
}

type Entered = Partial<StoredDecision> & Pick<StoredDecision, 'at' | 'kind' | 'origin'>

export function createDecisions(ctx: CoreContext, parts: Parts): Decisions {
  const enter = createEnter(ctx, parts)
  const change = createWithdraw(ctx, parts.follow)
  const located = (meterId: string) => seriesMeter(meterId, parts.locate(meterId))
  const originalAt = createOriginal(ctx)
  return {
    ...change,
    standing: createStanding(ctx),
    settled: parts.settled,
    correct(one) {
      const meter = located(one.meterId)
      const at = Math.floor(one.at / SECOND)
      const value = registerOf(one.value, 'value')
      return enter(meter, one, {
        at,
        kind: 'value',
        origin: one.origin,
        value: value.scaled,
        digits: value.digits,
        estimated: one.estimated ? 1 : 0,
        original: originalAt(meter.key, at),
        batch: one.batch ?? null,
      })
    },
    ignore(one) {
      const meter = located(one.meterId)
      const at = Math.floor(one.at / SECOND)
      const original = originalAt(meter.key, at)
      return enter(meter, one, { at, kind: 'ignore', origin: 'repair', original })
    },
    step(one) {
      const meter = located(one.meterId)
      const at = Math.floor(one.at / SECOND)
      const [before] = parts.effective.upTo(meter.key, at - 1, 1)
      if (!before) throw invalid('at', 'No reading comes before this one.')
      const original = originalAt(meter.key, at)
      const said = { at, from_at: before.at, origin: 'repair' as const, original, kind: one.kind }
      return enter(meter, one, { ...said, ...stepOf(one) })
    },
  }
}

function stepOf(one: StepDecision): Partial<StoredDecision> {
  if (one.kind === 'rollover') return { register_digits: one.registerDigits }
  if (one.kind === 'accept') return {}
  return {
    old_last: registerOf(one.oldLast, 'oldLast').scaled,
    new_first: registerOf(one.newFirst, 'newFirst').scaled,
  }
}

/** A campus meter has no series: the platform does not say when it was read. */
function seriesMeter(meterId: string, found: Located | null): Located {
  if (!found) throw notFound('meter', meterId)
  if (found.source === 'campus')
    throw invalid(
      'meterId',
      'The campus platform gives no series of readings; use the meter of the meter system.',
    )
  return found
}

/** A register counts up from zero; more than four decimals are not kept (docs/decisions/0004). */
function registerOf(text: string, path: string) {
  const value = parseDecimal(text)
  if (!value?.exact || value.scaled < 0)
    throw invalid(path, 'A register value is a number from 0 on with at most four decimals.')
  return value
}

const invalid = (path: string, message: string) =>
  new SitedeskError('INVALID_INPUT', message, { issues: [{ path, message }] })

/** What the vendor sent for an instant, as text; null where it sent nothing. */
function createOriginal({ store: { history } }: CoreContext) {
  const find = history.statement<{ value: number; flags: number }>(
    'SELECT value, flags & 7 AS flags FROM reading WHERE meter = ? AND at = ?',
  )
  return (meter: number, at: number) => {
    const found = find.get(meter, at)
    return found ? formatDecimal(found.value, found.flags) : null
  }
}

/** After history.db followed: what counts at an instant. */
function createStanding({ store: { history } }: CoreContext): Decisions['standing'] {
  const fixed = history.statement<{ value: number | null; flags: number; origin: DecisionOrigin }>(
    'SELECT value, flags, origin FROM reading_fix WHERE meter = ? AND at = ?',
  )
  const sent = history.statement<{ value: number; flags: number }>(
    'SELECT value, flags & 7 AS flags FROM reading WHERE meter = ? AND at = ?',
  )
  return (meter, at) => {
    const fix = fixed.get(meter, at)
    if (fix) return { value: fix.value, digits: fix.flags, by: fix.origin }
    const found = sent.get(meter, at)
    return found ? { value: found.value, digits: found.flags, by: 'vendor' } : null
  }
}

function createEnter(ctx: CoreContext, { follow }: Pick<Parts, 'follow'>) {
  const { site } = ctx.store
  const next = nextChange(ctx)
  return ({ source, deviceId }: Located, { by, reason }: Who, entered: Entered): string => {
    const id = ctx.ports.random.uuid()
    const number = next()
    site.run(
      site.query.insertInto('meter_decision').values({
        id,
        entered: number,
        changed: number,
        source,
        device_id: deviceId,
        digits: 0,
        estimated: 0,
        reason,
        by,
        created_at: ctx.ports.clock.now(),
        ...entered,
      }),
    )
    follow()
    return id
  }
}

const nextChange = ({ store: { site } }: CoreContext) => {
  const newest = site.statement<{ n: number }>('SELECT coalesce(max(changed), 0) AS n FROM meter_decision')
  return () => (newest.get()?.n ?? 0) + 1
}

function createWithdraw(ctx: CoreContext, follow: () => void) {
  const { site } = ctx.store
  const next = nextChange(ctx)
  const find = site.statement<StoredDecision>('SELECT * FROM meter_decision WHERE id = ?')
  const ofBatch = site.statement<{ id: string }>(
    'SELECT id FROM meter_decision WHERE batch = ? AND withdrawn_at IS NULL LIMIT ?',
  )
  const set = site.statement(
    'UPDATE meter_decision SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?, changed = ? WHERE id = ?',
  )
  const one = (id: string, { by, reason }: Who) => void set.run(ctx.ports.clock.now(), by, reason, next(), id)
  return {
    get: (id: string) => find.get(id) ?? null,
    withdraw(id: string, who: Who): StoredDecision {
      const found = find.get(id)
      if (!found) throw notFound('decision', id)
      if (found.withdrawn_at !== null)
        throw new SitedeskError('CONFLICT', 'This decision is withdrawn already.', { id })
      one(id, who)
      follow()
      return found
    },
    withdrawBatch(batch: string, who: Who, most = -1): number {
      const ids = ofBatch.all(batch, most)
      for (const { id } of ids) one(id, who)
      follow()
      return ids.length
    },
  }
}
