import type { Checked } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { SCALE, parseDecimal } from '#shared/decimal.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { Decisions } from './decisions.ts'
import type { Effective } from './effective.ts'
import { createDecisionReader, createEventReader } from './event-rows.ts'
import { createExplain } from './explain.ts'
import type { Located } from './locate.ts'
import type { Marks } from './marks.ts'
import { createPreview, type Trial } from './preview.ts'
import type { createSeries } from './series.ts'
import type { SiteZone } from './index.ts'
import type { Usage } from './usage.ts'

export type DecisionOperations =
  | 'meters.events'
  | 'meters.previewDecision'
  | 'meters.decide'
  | 'meters.withdrawDecision'
  | 'meters.decisions'
  | 'meters.explain'

type Wanted = Checked<'meters.previewDecision'>

interface Parts {
  readonly decisions: Decisions
  readonly effective: Effective
  readonly marks: Marks
  readonly usage: Usage
  readonly series: ReturnType<typeof createSeries>
  readonly zone: SiteZone['zone']
  locate(meterId: string): Located | null
}

export function createDecideHandlers(
  ctx: CoreContext,
  parts: Parts,
): Pick<AreaHandlers<'meters'>, DecisionOperations> {
  const { decisions, effective } = parts
  const readers = { events: createEventReader(ctx, effective), decisions: createDecisionReader(ctx) }
  const explain = createExplain({ ...parts, ...readers })
  const preview = createPreview(parts)
  const must = (meterId: string) => {
    const found = parts.locate(meterId)
    if (!found) throw notFound('meter', meterId)
    return found
  }
  const optional = (meterId: string | undefined) => (meterId === undefined ? undefined : must(meterId))
  return {
    async 'meters.events'(_, input) {
      const meter = optional(input.meterId)
      await decisions.settled(meter && [meter.key])
      return readers.events.list(input, meter?.key)
    },
    'meters.decisions': (_, input) => readers.decisions.list(input, optional(input.meterId)),
    async 'meters.explain'(_, input) {
      const meter = must(input.meterId)
      await decisions.settled([meter.key])
      return explain(meter, input)
    },
    async 'meters.previewDecision'(_, wanted) {
      const meter = must(wanted.meterId)
      refuseUnfit(wanted, meter, effective, ctx.ports.clock.now())
      await decisions.settled([meter.key])
      return { days: preview(meter.key, wanted, trialOf(wanted)) }
    },
    async 'meters.decide'(call, { reason, ...wanted }) {
      const meter = must(wanted.meterId)
      refuseUnfit(wanted, meter, effective, ctx.ports.clock.now())
      const decisionIds = await call.commit(() => {
        const ids = enter(parts, wanted, { by: nameOf(call), reason })
        call.note({ target: wanted.meterId, after: { ...wanted, reason, decisionIds: ids } })
        return ids
      })
      await decisions.settled([meter.key])
      return { decisionIds }
    },
    async 'meters.withdrawDecision'(call, { decisionId, reason }) {
      const meterId = await call.commit(() => {
        const before = decisions.withdraw(decisionId, { by: nameOf(call), reason })
        const target = `${before.source}:${before.device_id}`
        call.note({ target, before, after: { reason } })
        return target
      })
      const meter = parts.locate(meterId)
      await decisions.settled(meter ? [meter.key] : [])
      return { ok: true }
    },
  }
}

const nameOf = (call: Call) => call.operator?.name ?? null

function enter({ decisions }: Parts, wanted: Wanted, who: { by: string | null; reason: string }): string[] {
  const { meterId, at, kind } = wanted
  const said = { ...who, meterId, at }
  switch (kind) {
    case 'value': {
      const { value = '', estimated } = wanted
      return [decisions.correct({ ...said, value, estimated, origin: 'manual' })]
    }
    case 'ignore':
      return instantsOf(wanted).map((one) => decisions.ignore({ ...said, at: one }))
    case 'accept':
      return [decisions.step({ ...said, kind })]
    case 'rollover':
      return [decisions.step({ ...said, kind, registerDigits: wanted.registerDigits ?? 0 })]
    default:
      return [
        decisions.step({ ...said, kind, oldLast: wanted.oldLast ?? '', newFirst: wanted.newFirst ?? '' }),
      ]
  }
}

const instantsOf = ({ at, also = [] }: Wanted) => [...new Set([at, ...also])]

const scaledOf = (text: string | undefined) => parseDecimal(text ?? '')?.scaled ?? null

function trialOf(wanted: Wanted): Trial {
  const at = Math.floor(wanted.at / SECOND)
  const { kind } = wanted
  const value = kind === 'value' ? scaledOf(wanted.value) : null
  const isStep = kind === 'accept' || kind === 'rollover' || kind === 'exchange'
  const step = {
    at,
    kind,
    register_digits: wanted.registerDigits ?? null,
    old_last: scaledOf(wanted.oldLast),
    new_first: scaledOf(wanted.newFirst),
  }
  return {
    ignored: kind === 'ignore' ? instantsOf(wanted).map((one) => Math.floor(one / SECOND)) : [],
    value: value === null ? null : { at, value },
    estimated: wanted.estimated === true,
    step: isStep ? step : null,
  }
}

/** What each kind needs, and that what it says of a fall makes no negative usage. */
function refuseUnfit(wanted: Wanted, meter: Located, effective: Effective, now: number): void {
  const refuse = (path: string, message: string) => {
    throw new SitedeskError('INVALID_INPUT', message, { issues: [{ path, message }] })
  }
  const needs = { value: ['value'], rollover: ['registerDigits'], exchange: ['oldLast', 'newFirst'] } as const
  const { kind } = wanted
  if (kind in needs)
    for (const field of needs[kind as keyof typeof needs])
      if (wanted[field] === undefined) refuse(field, `A decision of kind ${kind} needs ${field}.`)
  const at = Math.floor(wanted.at / SECOND)
  const [reading] = effective.upTo(meter.key, at, 1)
  const [before] = effective.upTo(meter.key, at - 1, 1)
  if (kind === 'value') {
    // it would stand as the last reading until then; one that came from the vendor so can be corrected
    if (wanted.at > now && reading?.at !== at) refuse('at', 'A reading cannot lie in the future.')
    return
  }
  if (kind !== 'ignore' && (reading?.at !== at || !before))
    return refuse('at', 'There is no reading at this instant, or none before it.')
  if (!reading || !before) return
  if (kind === 'rollover' && 10 ** (wanted.registerDigits ?? 0) * SCALE <= before.value)
    refuse('registerDigits', 'The register before is larger than so many digits hold.')
  if (kind === 'exchange' && (scaledOf(wanted.oldLast) ?? 0) < before.value)
    refuse('oldLast', 'The old meter ended below a reading that came before.')
  if (kind === 'exchange' && (scaledOf(wanted.newFirst) ?? 0) > reading.value)
    refuse('newFirst', 'The new meter began above the reading that came after.')
}
