import type { MeterImportRow } from '#shared/contract/meter-import.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Call } from '../context.ts'
import { NO_OWN, type Own } from '../meters/index.ts'
import type { SiteTables } from '../store/schema.ts'
import type { ImportParts } from './index.ts'

/** Rows taken back in one transaction: a block well under 30 ms. */
const SLICE = 100

type Change = SiteTables['meter_attribute_change']
interface Said {
  readonly by: string | null
  readonly reason: string
}

/** Takes back what a file brought: readings that still stand, attributes that nobody changed since. */
export function createWithdraw(parts: ImportParts) {
  const { ctx, meters, store, changed } = parts
  const { site } = ctx.store
  const undo = createUndo(parts)
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  /** inside `site.write`: some of it; then what is left to do in history.db */
  const some = ({ id, kind }: MeterImportRow, said: Said): { n: number; after: () => Promise<void> } =>
    kind === 'attributes'
      ? undo(id, said.by)
      : { n: meters.decisions.withdrawBatch(id, said, SLICE), after: () => Promise.resolve() }
  const rest = async (row: MeterImportRow, said: Said): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { n, after } = await site.write(() => some(row, said))
      await after()
      if (n === 0) return
      await ctx.ports.clock.yield()
    }
  }
  /** one after the other, in the background: the end of the program cuts it off, and the next start goes on */
  const finish = (rows: readonly MeterImportRow[]) => {
    const run = async () => {
      for (const row of rows) await rest(row, { by: row.withdrawnBy, reason: row.withdrawnReason ?? '' })
      meters.changed()
      changed()
    }
    running = running.then(run).catch((error: unknown) => {
      ctx.ports.log.error('an import could not be withdrawn to its end', { error: String(error) })
    })
  }
  return {
    /** answers once the import counts as withdrawn; its rows follow */
    async all(call: Call, importId: string, reason: string): Promise<number> {
      const by = call.operator?.name ?? null
      const row = store.get(importId)
      const withdrawn = store.standing(importId)
      await call.commit(() => {
        if (store.get(importId).withdrawnAt !== null)
          throw new SitedeskError('CONFLICT', 'This import is withdrawn already.', { id: importId })
        store.withdraw(importId, { at: ctx.ports.clock.now(), by, reason })
        call.note({ target: row.fileName, before: row, after: { importId, reason, withdrawn } })
      })
      finish([store.get(importId)])
      return withdrawn
    },
    /** at the start: the end of the program came between two transactions */
    resume() {
      const left = store.unfinished()
      if (left.length > 0) finish(left)
    },
    async settled() {
      await running
      await meters.settled()
    },
    async close() {
      stopping.abort()
      await running
    },
  }
}

/** Puts back what stood before, field by field, where the import's own value still stands. */
function createUndo({ ctx, meters }: ImportParts) {
  const { site, history } = ctx.store
  const next = site.statement<Change>(
    `SELECT * FROM meter_attribute_change WHERE import = ? AND undone = 0 LIMIT ${SLICE}`,
  )
  const mark = site.statement(
    'UPDATE meter_attribute_change SET undone = 1 WHERE import = ? AND source = ? AND device_id = ?',
  )
  return (importId: string, by: string | null) => {
    const rows = next.all(importId)
    const touched: number[] = []
    for (const row of rows) {
      mark.run(importId, row.source, row.device_id)
      const meter = meters.locate(`${row.source}:${row.device_id}`)
      if (!meter) continue
      meters.attributes.set(meter, putBack(meters.attributes.own(meter), row), by)
      touched.push(meter.key)
    }
    return { n: rows.length, after: () => history.write(() => meters.attributes.follow(touched, touched)) }
  }
}

function putBack(now: Own, { before: beforeText, after: afterText }: Change): Own {
  const before = JSON.parse(beforeText) as Own
  const after = JSON.parse(afterText) as Own
  const fields = Object.keys(NO_OWN) as (keyof Own)[]
  return Object.fromEntries(
    fields.map((field) => [
      field,
      after[field] !== before[field] && now[field] === after[field] ? before[field] : now[field],
    ]),
  ) as unknown as Own
}
