import type { Output } from '#shared/contract/index.ts'
import type { Audit } from '../audit/index.ts'
import type { CoreContext } from '../context.ts'
import { takeUpAgain } from '../store/laid-aside.ts'
import type { SiteDatabase } from '../store/store.ts'
import { figuresOf, isMoney, moneyDifferences, type Figure } from './figures.ts'
import { forgetOutcome, readOutcome, type RestoreOutcome } from './mark.ts'

type LastRestore = NonNullable<Output<'backups.status'>['lastRestore']>

const LAST = 'last_restore'
/** Told to the areas that must not take the restored rows for what is still to be done. */
const RESTORED = 'restored'
const SET =
  'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'

/**
 * After the files changed places and before anything else reads them: proves that the money of the copy is what
 * stands here now, and writes who restored what into the restored file.
 */
export async function finishRestore(ctx: CoreContext, audit: Pick<Audit, 'append'>): Promise<void> {
  const { ports, options, store } = ctx
  await takeUpAgain(store.site)
  const done = await readOutcome(ports, options.directory)
  if (!done) return
  if (readLast(store.site)?.at !== done.mark.at) {
    const told = tell(done, figuresOf(store.site.sql))
    await store.site.write(() => {
      store.site.statement(SET).run(LAST, JSON.stringify(told))
      if (told.state === 'done' && done.mark.files.includes('site.db'))
        store.site.statement(SET).run(RESTORED, String(done.mark.at))
      audit.append({
        operator: told.by,
        door: 'start',
        operation: 'backups.restore',
        target: told.from,
        outcome: outcomeOf(told),
        after: { madeAt: told.madeAt, differences: told.differences, kept: told.kept },
      })
    })
    if (told.differences.length > 0)
      ports.log.error('money differs from the copy after a restore', { tables: told.differences })
  }
  forgetOutcome(ports, options.directory)
}

const outcomeOf = ({ state, openRecharges }: LastRestore) => {
  if (state === 'done') return 'ok'
  return openRecharges > 0 ? 'RECHARGE_OPEN' : 'NOT_ALLOWED_NOW'
}

function tell(
  { mark, openRecharges, openPayments, kept }: RestoreOutcome,
  now: readonly Figure[],
): LastRestore {
  const { at, by, from, madeAt, figures } = mark
  // a migration that ran since may have added tables: they hold nothing of the copy
  const measured = now.filter(({ table }) => figures.some((one) => one.table === table))
  const state = openRecharges + openPayments === 0 ? 'done' : 'abandoned'
  return {
    at,
    by,
    from,
    madeAt,
    state,
    openRecharges,
    openPayments,
    kept,
    differences: state === 'done' && figures.length > 0 ? moneyDifferences(figures, measured) : [],
    money: figures.filter(isMoney).map(({ table, sums, rows }) => ({
      table,
      rows,
      copySums: sums,
      sums: measured.find((one) => one.table === table)?.sums ?? {},
    })),
  }
}

/** What the last restore did; null: there was none. */
export function readLast(site: SiteDatabase): LastRestore | null {
  const row = site.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(LAST)
  // one of before counted no payments
  return row ? { openPayments: 0, ...(JSON.parse(row.value) as Omit<LastRestore, 'openPayments'>) } : null
}
