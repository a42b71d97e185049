import { isMasked, showsWhole, type Numbers } from '#shared/privacy.ts'
import { PHONE } from '#shared/chargers.ts'
import type { Role } from '#shared/contract/define.ts'
import type { Call } from '../../context.ts'
import { maskedPhones, phoneOf } from '../../privacy.ts'
import type { Books } from '../books.ts'

/** Who reads, as far as phones go. */
export interface Reader {
  readonly phone: string
  readonly roles: readonly Role[]
  readonly staff: boolean
}

const NUMBERS: Numbers = 'attendance'
/** A number somebody wrote into a note. */
const IN_TEXT = /(?<![\w.-])(1[3-9]\d)\d{4}(\d{4})(?![\w.-])/g

/** Shows a phone as this reader may see it, in a project or in none. */
export type ShowPerson = (phone: string, projectId: string | null) => string

/**
 * Supervisors see everybody. A keeper or an owner sees the people of his project, an operator himself; he who is no
 * staff reads only what is his anyway. All others are shown masks, each of which names one person.
 */
export function showPeople(books: Books, reader: Reader): ShowPerson {
  if (showsWhole(NUMBERS, reader.roles)) return (phone) => phone
  const show = maskedPhones(books.db)
  let own: ReadonlySet<string> | null = null
  return (phone, projectId) => {
    if (phone === reader.phone) return phone
    own ??= ownProjects(books, reader.phone)
    const whole = projectId === null ? !reader.staff : own.has(projectId)
    return whole ? phone : show('person', phone)
  }
}

function ownProjects({ db }: Books, phone: string): ReadonlySet<string> {
  if (phone === '') return new Set()
  const rows = db
    .statement<{ id: number }>(
      'SELECT id FROM att_project WHERE ownerPhone = ? OR (keeperPhone = ? AND deletedAt IS NULL)',
    )
    .all(phone, phone)
  return new Set(rows.map(({ id }) => String(id)))
}

/** The same answer with its phones as they may be seen; a row that names its project is of that one. */
function shown(value: unknown, show: ShowPerson, projectId: string | null): unknown {
  if (typeof value === 'string')
    return PHONE.test(value) ? show(value, projectId) : value.replace(IN_TEXT, '$1****$2')
  if (Array.isArray(value)) return value.map((one) => shown(one, show, projectId))
  if (typeof value !== 'object' || value === null) return value
  const { projectId: said } = value as { projectId?: unknown }
  const project = typeof said === 'string' ? said : projectId
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one, show, project)]))
}

/** What its caller gave or what is his own file: an import's answer names the rows of the sheet. */
const AS_IT_IS: ReadonlySet<string> = new Set([
  'attendance.quota',
  'attendance.import',
  'attendance.importTemplate',
  'attendance.exported',
  'attendance.reveal',
])

interface Asked {
  readonly projectId?: string | undefined
  readonly user?: string | undefined
}

type Handler = (call: Call, input: never) => unknown

/** Every operation of the console behind the rule; a mask that was shown is taken for its phone again. */
export function behindMasks<H extends Readonly<Record<string, Handler>>>(
  books: Books,
  readerOf: (call: Call) => Reader,
  handlers: H,
): H {
  const wrap = (name: string, handler: Handler): Handler =>
    AS_IT_IS.has(name)
      ? handler
      : async (call, input) => {
          const asked: Asked = input
          const answer = await handler(call, unmasked(books, asked) as never)
          const reader = readerOf(call)
          if (showsWhole(NUMBERS, reader.roles)) return answer
          return shown(answer, showPeople(books, reader), asked.projectId ?? null)
        }
  return Object.fromEntries(Object.entries(handlers).map(([name, one]) => [name, wrap(name, one)])) as H
}

const unmasked = ({ db }: Books, asked: Asked): Asked =>
  asked.user !== undefined && isMasked(asked.user)
    ? { ...asked, user: phoneOf(db, 'person', asked.user) }
    : asked
