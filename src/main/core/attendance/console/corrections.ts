import { notFound } from '#shared/errors.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { Call } from '../../context.ts'
import { correctionOf } from '../books.ts'
import { decideCorrection, proposeCorrection, withdrawCorrection } from '../corrections.ts'
import { correctionPage, correctionsOf, subscriptionPage } from '../lists.ts'
import { asDesk } from '../refusals.ts'
import { type ConsoleParts, type Desk, sliceOf } from './parts.ts'
import { correctionRow } from './rows.ts'

export const correctionHandlers = (parts: ConsoleParts, desk: Desk) => ({
  ...reads(parts, desk),
  ...acts(parts, desk),
})

/** By whom a row is looked at: what he may do with it depends on it. */
const seenBy = (desk: Desk, call: Call) => {
  const { phone, now } = desk.viewer(call)
  return { actor: phone === '' ? null : { phone, operator: call.operator?.name ?? '' }, now }
}

function reads({ books }: ConsoleParts, desk: Desk) {
  return {
    'attendance.corrections': (call: Call, input: Checked<'attendance.corrections'>) =>
      asDesk(() => {
        const { total, rows, limited } = correctionPage(books, desk.viewer(call), input, sliceOf(input))
        const seen = seenBy(desk, call)
        return { total, rows: rows.map((row) => correctionRow(books, row, seen)), limited }
      }),
    'attendance.notices': (call: Call, input: Checked<'attendance.notices'>) =>
      asDesk(() => {
        const { total, rows, limited } = subscriptionPage(books, desk.viewer(call), input, sliceOf(input))
        const shownRows = rows.map(({ recordId, projectId, ...row }) => ({
          ...row,
          recordId: String(recordId),
          projectId: String(projectId),
        }))
        return { total, rows: shownRows, limited }
      }),
  }
}

function acts({ books }: ConsoleParts, desk: Desk) {
  const shown = (call: Call, correctionId: number | string) => {
    const { recordId, id } = correctionOf(books, correctionId)
    const row = correctionsOf(books, recordId).find((one) => one.id === id)
    if (!row) throw notFound('correction', String(correctionId))
    return correctionRow(books, row, seenBy(desk, call))
  }
  return {
    'attendance.newCorrection': async (call: Call, input: Checked<'attendance.newCorrection'>) => {
      const correctionId = await desk.commit(call, () => {
        const made = proposeCorrection(books, desk.actor(call), input, desk.now)
        const { oldCheckInAt, oldCheckOutAt, newCheckInAt, newCheckOutAt } = correctionOf(books, made)
        call.note({
          target: input.recordId,
          before: { checkInAt: oldCheckInAt, checkOutAt: oldCheckOutAt },
          after: { checkInAt: newCheckInAt, checkOutAt: newCheckOutAt, note: input.note },
        })
        return made
      })
      return shown(call, correctionId)
    },
    'attendance.decideCorrection': async (call: Call, input: Checked<'attendance.decideCorrection'>) => {
      const { correctionId, decision, reason } = input
      await desk.commit(call, () => {
        const accept = decision === 'confirm'
        decideCorrection(books, desk.actor(call), { correctionId, accept, reason }, desk.now)
        const { recordId, state } = correctionOf(books, correctionId)
        call.note({
          target: correctionId,
          before: { state: 'pending' },
          after: { state, recordId: String(recordId), reason },
        })
      })
      return shown(call, correctionId)
    },
    'attendance.withdrawCorrection': async (
      call: Call,
      { correctionId }: Checked<'attendance.withdrawCorrection'>,
    ) => {
      await desk.commit(call, () => {
        withdrawCorrection(books, desk.actor(call), correctionId, desk.now)
        call.note({ target: correctionId, before: { state: 'pending' }, after: { state: 'withdrawn' } })
      })
      return shown(call, correctionId)
    },
  }
}
