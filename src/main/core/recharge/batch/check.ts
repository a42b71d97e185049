import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { CoreContext } from '../../context.ts'
import { readSheet, refuseSheet } from '../../sheets.ts'
import { checkRow, layoutOf, sheetRows, type CheckedRow, type RowJudge, type SheetRow } from './columns.ts'
import { sharedId } from './identity.ts'
import { HEADER_ROW, type StoredBatch, type StoredRow } from './stored.ts'

const MAX_ROWS = 20_000
/** Rows looked up between two turns of the event loop. */
const TOGETHER = 500

export interface Checked {
  readonly batch: StoredBatch
  readonly rows: readonly StoredRow[]
}

/** The dry run: nothing is posted, every row is judged. */
export async function checkSheet(
  ctx: CoreContext,
  judge: RowJudge,
  file: { fileName: string; base64: string; operator: string },
): Promise<Checked> {
  const [header = [], ...body] = await readSheet(ctx, file.base64, MAX_ROWS)
  const layout = layoutOf(header)
  if ('missing' in layout)
    throw refuseSheet('columnsMissing', `The first row lacks: ${layout.missing.join(', ')}.`, {
      missing: layout.missing,
    })
  const rows = sheetRows(body, layout)
  if (rows.length === 0) throw refuseSheet('empty', 'The sheet has no rows.')
  const checked = await checkAll(ctx, rows, judge)
  const batch: StoredBatch = {
    id: ctx.ports.random.uuid(),
    file_name: file.fileName,
    digest: digestOf(rows),
    state: 'checked',
    tender: null,
    created_by: file.operator,
    created_at: ctx.ports.clock.now(),
  }
  const head = { row: HEADER_ROW, cells: header, room: '', amount: '', note: '' }
  const first: CheckedRow = { ...head, roomId: null, amountFen: null, error: null }
  return { batch, rows: [storedRow(batch, first, null), ...withIntents(batch, checked)] }
}

async function checkAll(ctx: CoreContext, rows: readonly SheetRow[], judge: RowJudge): Promise<CheckedRow[]> {
  const checked: CheckedRow[] = []
  for (const row of rows) {
    checked.push(await checkRow(row, judge))
    if (checked.length % TOGETHER === 0) await ctx.ports.clock.yield()
  }
  return checked
}

/** Of what the rows say, so that the same list saved as another format is the same list. */
function digestOf(rows: readonly SheetRow[]): string {
  const said = rows.map(({ row, room, amount, note }) => [row, room, amount, note])
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(said))))
}

function withIntents(batch: StoredBatch, rows: readonly CheckedRow[]): StoredRow[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const { roomId, amountFen, note, error } = row
    if (error !== null || roomId === null || amountFen === null) return storedRow(batch, row, null)
    const first = sharedId({ roomId, amountFen, note }, 1)
    const ordinal = (seen.get(first) ?? 0) + 1
    seen.set(first, ordinal)
    return storedRow(batch, row, sharedId({ roomId, amountFen, note }, ordinal))
  })
}

const storedRow = (batch: StoredBatch, row: CheckedRow, intentId: string | null): StoredRow => ({
  batch_id: batch.id,
  row: row.row,
  cells: JSON.stringify(row.cells),
  room: row.room,
  room_id: row.roomId,
  amount: row.amount,
  amount_fen: row.amountFen,
  note: row.note,
  error: row.error,
  intent_id: intentId,
  repeat_by: null,
  repeat_at: null,
})
