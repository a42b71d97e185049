import { notFound } from '#shared/errors.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { Call } from '../../context.ts'
import { requireView, scopeOf, type Viewer } from '../access.ts'
import { projectOf, recordOf, type Books, type StoredRecord } from '../books.ts'
import { gangOf } from '../gang.ts'
import { correctionsOf, listedRecord, recordPage } from '../lists.ts'
import { isLocked, overriddenUntil } from '../locks.ts'
import { seesFrom } from '../quota.ts'
import { asDesk, AttendanceRefusal, refuse } from '../refusals.ts'
import { decideCheckIn, recordCheckOut } from '../shifts.ts'
import { type ConsoleParts, type Desk, sliceOf } from './parts.ts'
import { correctionRow, factRows, recordRow } from './rows.ts'

/** One record as its list shows it, for who acted on it. */
export function shownRecord({ books }: ConsoleParts, desk: Desk, recordId: number | string) {
  const row = listedRecord(books, Number(recordId))
  if (!row) throw notFound('record', String(recordId))
  return recordRow(books, row, desk.now)
}

/** for a single record. */
function requireRecordView(books: Books, viewer: Viewer, record: StoredRecord): void {
  scopeOf(books, viewer, { projectId: String(record.projectId), user: record.phone })
  const first = seesFrom(books, viewer.phone, viewer.now)
  if (first !== null && record.checkInAt < first) throw refuse('notYours')
}

export const shiftHandlers = (parts: ConsoleParts, desk: Desk) => ({
  ...reads(parts, desk),
  ...keeperActs(parts, desk),
})

function keeperActs(parts: ConsoleParts, desk: Desk) {
  const { books } = parts
  return {
    'attendance.decideCheckIn': async (call: Call, input: Checked<'attendance.decideCheckIn'>) => {
      const { recordId, decision, reason } = input
      await desk.commit(call, () => {
        decideCheckIn(
          books,
          desk.actor(call),
          { recordId, confirm: decision === 'confirm', reason },
          desk.now,
        )
        call.note({ target: recordId, before: { state: 'pending' } })
      })
      return shownRecord(parts, desk, recordId)
    },
    'attendance.decideCheckIns': async (call: Call, input: Checked<'attendance.decideCheckIns'>) => {
      const { recordIds, decision, reason } = input
      const confirm = decision === 'confirm'
      const actor = desk.actor(call)
      return desk.commit(call, () =>
        each(recordIds, (recordId) => decideCheckIn(books, actor, { recordId, confirm, reason }, desk.now)),
      )
    },
    'attendance.checkOut': async (call: Call, input: Checked<'attendance.checkOut'>) => {
      await desk.commit(call, () => {
        recordCheckOut(books, desk.actor(call), input, desk.now)
        const { checkInAt, checkOutAt } = recordOf(books, input.recordId)
        call.note({ target: input.recordId, after: { checkInAt, checkOutAt } })
      })
      return shownRecord(parts, desk, input.recordId)
    },
    'attendance.checkOuts': async (call: Call, input: Checked<'attendance.checkOuts'>) => {
      const { recordIds, ...how } = input
      const actor = desk.actor(call)
      const now = desk.now
      return desk.commit(call, () =>
        each(recordIds, (recordId) => recordCheckOut(books, actor, { ...how, recordId }, now)),
      )
    },
  }
}

function reads(parts: ConsoleParts, desk: Desk) {
  const { books } = parts
  return {
    'attendance.gang': (call: Call, { projectId }: Checked<'attendance.gang'>) =>
      asDesk(() => {
        const project = projectOf(books, projectId)
        const viewer = desk.viewer(call)
        const roles = requireView(books, viewer, project)
        const onlyOwn = !viewer.staff && roles.every((role) => role === 'worker')
        const rows = gangOf(books, project, onlyOwn ? viewer.phone : null, viewer.now)
        return {
          asOf: viewer.now,
          mayKeep: roles.includes('keeper'),
          rows: rows.map((row) => ({
            ...row,
            recordId: row.recordId === null ? null : String(row.recordId),
          })),
        }
      }),
    'attendance.records': (call: Call, input: Checked<'attendance.records'>) =>
      asDesk(() => {
        const viewer = desk.viewer(call)
        const { total, rows, limited } = recordPage(books, viewer, input, sliceOf(input))
        return { total, rows: rows.map((row) => recordRow(books, row, viewer.now)), limited }
      }),
    'attendance.record': (call: Call, { recordId }: Checked<'attendance.record'>) =>
      asDesk(() => {
        const viewer = desk.viewer(call)
        const record = recordOf(books, recordId)
        requireRecordView(books, viewer, record)
        const actor =
          viewer.phone === '' ? null : { phone: viewer.phone, operator: call.operator?.name ?? '' }
        const { now } = viewer
        return {
          ...shownRecord(parts, desk, record.id),
          locked: isLocked(books, record.projectId, [record.checkInAt], now),
          overriddenUntil: overriddenUntil(books, record.id, now),
          corrections: correctionsOf(books, record.id).map((row) =>
            correctionRow(books, row, { actor, now }),
          ),
          thread: factRows(books, record.projectId, { recordId: record.id }),
        }
      }),
  }
}

/** Each by itself: one that is refused stops none of the others. The rules refuse before they change anything. */
function each(recordIds: readonly string[], act: (recordId: string) => void) {
  const results = [...new Set(recordIds)].map((recordId) => {
    try {
      act(recordId)
      return { recordId, ok: true, reason: null, text: '' }
    } catch (error) {
      if (!(error instanceof AttendanceRefusal)) throw error
      return { recordId, ok: false, reason: error.reason, text: error.message }
    }
  })
  return { results }
}
