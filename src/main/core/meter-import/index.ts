import type { ZoneOffset } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import type { Jobs } from '../jobs/index.ts'
import type { ImportOperation, Meters } from '../meters/index.ts'
import { attributeList } from './attributes.ts'
import { readingList } from './readings.ts'
import { createRun, refuseRunning } from './run.ts'
import { importStore, type ImportStore } from './store.ts'
import { createWithdraw } from './withdraw.ts'

export type ImportMeters = Pick<
  Meters,
  'decisions' | 'attributes' | 'locate' | 'ofNumber' | 'settled' | 'changed'
>

export interface ImportParts {
  readonly ctx: CoreContext
  readonly meters: ImportMeters
  readonly jobs: Pick<Jobs, 'register' | 'start' | 'running'>
  readonly store: ImportStore
  readonly zone: () => ZoneOffset
  /** tells the screens */
  changed(): void
}

/** Readings and attributes of meters from sheets, beside what the vendors say. */
export interface MeterImports {
  readonly handlers: Pick<AreaHandlers<'meters'>, ImportOperation>
  /** takes up withdrawals that the end of the program cut off */
  start(): void
  /** resolves when what was withdrawn is, and counts no more */
  settled(): Promise<void>
  close(): Promise<void>
}

export function createMeterImports(
  ctx: CoreContext,
  areas: Pick<ImportParts, 'meters' | 'jobs' | 'zone'>,
): MeterImports {
  const parts: ImportParts = {
    ...areas,
    ctx,
    store: importStore(ctx.store.site),
    changed: () => ctx.events.emit({ type: 'changed', area: 'meters' }),
  }
  const lists = { readings: readingList(parts), attributes: attributeList(parts) }
  const run = createRun(parts, lists)
  const withdraw = createWithdraw(parts)
  return {
    start: withdraw.resume,
    settled: withdraw.settled,
    close: withdraw.close,
    handlers: {
      'meters.importTemplate': (_call, { kind, format, sample }) => lists[kind].template(format, sample),
      'meters.import': run.begin,
      'meters.importResult': run.result,
      'meters.imports': (_call, input) => parts.store.page(input),
      async 'meters.withdrawImport'(call, { importId, reason }) {
        refuseRunning(parts)
        return { withdrawn: await withdraw.all(call, importId, reason) }
      },
    },
  }
}
