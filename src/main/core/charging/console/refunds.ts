import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers } from '../../context.ts'
import type { ConsoleParts } from './parts.ts'

interface StoredTask {
  readonly id: string
  readonly orderId: string
  readonly wxPayid: string
  readonly amountFen: number
  readonly reason: string
  readonly raisedAt: number
  readonly doneBy: string | null
  readonly doneAt: number | null
  readonly note: string | null
}

/** Money that came too late and is to be given back by hand. */
export function refundHandlers({
  ctx,
  books,
}: ConsoleParts): Pick<AreaHandlers<'orders'>, 'orders.refundTasks' | 'orders.refundDone'> {
  const { db } = books
  return {
    'orders.refundTasks': (_call, { offset = 0, limit = DEFAULT_LIMIT, done }) => {
      const where = done === undefined ? '' : `WHERE doneAt IS ${done ? 'NOT ' : ''}NULL`
      const total = db.statement<{ n: number }>(`SELECT count(*) AS n FROM order_refund_task ${where}`).get()
      const sql = `SELECT * FROM order_refund_task ${where} ORDER BY doneAt IS NOT NULL, raisedAt DESC LIMIT ? OFFSET ?`
      const rows = db.statement<StoredTask>(sql).all(limit, offset)
      return {
        total: total?.n ?? 0,
        rows: rows.map(({ wxPayid, ...task }) => ({ ...task, providerId: wxPayid })),
      }
    },
    'orders.refundDone': async (call, { id, note }) => {
      await call.commit(() => {
        const task = db.statement<StoredTask>('SELECT * FROM order_refund_task WHERE id = ?').get(id)
        if (!task) throw notFound('refund task', id)
        if (task.doneAt !== null)
          throw new SitedeskError('NOT_ALLOWED_NOW', 'This money was given back already.', {
            reason: 'refundDone',
          })
        db.statement('UPDATE order_refund_task SET doneBy = ?, doneAt = ?, note = ? WHERE id = ?').run(
          call.operator?.name ?? '',
          ctx.ports.clock.now(),
          note,
          id,
        )
        call.note({ target: task.orderId, after: { amountFen: task.amountFen, note } })
      })
      ctx.events.emit({ type: 'changed', area: 'orders' })
      return { ok: true }
    },
  }
}
