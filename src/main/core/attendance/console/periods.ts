import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import { notFound } from '#shared/errors.ts'
import { DAY, HOUR } from '#shared/time.ts'
import type { Call } from '../../context.ts'
import { phoneOf, seesWhole } from '../../privacy.ts'
import { projectOf, recordOf } from '../books.ts'
import { importPeople, importTemplate } from '../import.ts'
import { liftLock, lockOf, lockPeriod, overrideLock } from '../locks.ts'
import { setVip } from '../quota.ts'
import { deskError } from '../refusals.ts'
import type { ConsoleParts, Desk } from './parts.ts'
import { shownProject } from './projects.ts'

/** What the desk does around the shifts: locks of paid periods, people from a sheet, who is VIP. */
export const periodHandlers = (parts: ConsoleParts, desk: Desk) => ({
  ...locks(parts, desk),
  ...people(parts, desk),
})

function locks(parts: ConsoleParts, desk: Desk) {
  const { books } = parts
  const lockState = (projectId: string) => {
    const lock = lockOf(books, projectOf(books, projectId).id)
    return lock ? { before: lock.before, graceUntil: lock.graceUntil } : null
  }
  return {
    'attendance.lockPeriod': async (call: Call, input: Checked<'attendance.lockPeriod'>) => {
      const { projectId, before, graceDays, note = '' } = input
      await desk.commit(call, () => {
        const by = desk.locker(call, projectOf(books, projectId))
        const graceUntil = desk.now + graceDays * DAY
        call.note({ target: projectId, before: lockState(projectId), after: { before, graceUntil, note } })
        lockPeriod(books, by, { projectId, before, graceUntil, note })
      })
      return shownProject(parts, desk, call, projectId)
    },
    'attendance.liftLock': async (call: Call, { projectId, reason }: Checked<'attendance.liftLock'>) => {
      await desk.commit(call, () => {
        const by = desk.locker(call, projectOf(books, projectId))
        call.note({ target: projectId, before: lockState(projectId), after: { reason } })
        liftLock(books, by, projectId, reason)
      })
      return shownProject(parts, desk, call, projectId)
    },
    'attendance.overrideLock': async (call: Call, input: Checked<'attendance.overrideLock'>) => {
      const { recordId, reason, hours } = input
      const until = desk.now + hours * HOUR
      await desk.commit(call, () => {
        const project = projectOf(books, recordOf(books, recordId).projectId)
        overrideLock(books, desk.locker(call, project), { recordId, reason, until })
        call.note({ target: recordId, after: { until, reason } })
      })
      return { recordId, until }
    },
  }
}

function people({ books, ctx }: ConsoleParts, desk: Desk) {
  return {
    'attendance.reveal': async (call: Call, { phone: shown }: Checked<'attendance.reveal'>) => {
      const phone = phoneOf(books.db, 'person', shown)
      if (!books.db.statement('SELECT 1 FROM att_person WHERE phone = ?').get(phone))
        throw notFound('person', shown)
      call.note({ target: phone })
      await call.commit(() => undefined)
      return { phone }
    },
    'attendance.import': async (call: Call, input: Checked<'attendance.import'>) => {
      const { projectId, fileName, dryRun } = input
      const act = desk.importer(call, projectId)
      call.note({ target: projectId, after: { fileName, dryRun } })
      const imported = await importPeople(ctx, books, input, { act, run: (work) => call.commit(work) }).catch(
        (error: unknown) => {
          throw deskError(error)
        },
      )
      if (!dryRun) desk.changed()
      return imported
    },
    'attendance.importTemplate': (_call: Call, { format, sample }: Checked<'attendance.importTemplate'>) =>
      importTemplate(ctx, format, sample),
    'attendance.vips': (call: Call, input: Checked<'attendance.vips'>) => {
      const { offset = 0, limit = DEFAULT_LIMIT, query = '' } = input
      const named = `SELECT v.*, coalesce((SELECT u.userName FROM user_info u WHERE u.user = v.phone), '') AS name FROM att_vip v`
      // who may not see a phone does not find it out digit by digit either
      const phone = seesWhole(call, 'attendance')
        ? 'instr(phone, ?) > 0'
        : `? IN ('', phone, substr(phone, 8))`
      const where = `WHERE ${phone} OR instr(name, ?) > 0`
      const total = books.db.statement<{ n: number }>(`SELECT count(*) AS n FROM (${named}) ${where}`)
      const rows = books.db
        .statement<{ phone: string; name: string; expiresAt: number; setBy: string; setAt: number }>(
          `SELECT * FROM (${named}) ${where} ORDER BY expiresAt DESC, phone LIMIT ? OFFSET ?`,
        )
        .all(query, query, limit, offset)
      return {
        total: total.get(query, query)?.n ?? 0,
        rows: rows.map((row) => ({ ...row, active: row.expiresAt > desk.now })),
      }
    },
    'attendance.setVip': async (call: Call, { phone, expiresAt }: Checked<'attendance.setVip'>) => {
      await desk.commit(call, () => {
        const before = books.db
          .statement<{ expiresAt: number }>('SELECT expiresAt FROM att_vip WHERE phone = ?')
          .get(phone)
        call.note({ target: phone, before: before ?? null, after: { expiresAt } })
        setVip(books, { phone, expiresAt, by: call.operator?.name ?? '' }, desk.now)
      })
      return { ok: true as const }
    },
  }
}
