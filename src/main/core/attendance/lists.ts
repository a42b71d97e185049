import type { SqlValue } from '../ports.ts'
import { wholePhone } from '../privacy.ts'
import { clamp, scopeOf, type Viewer } from './access.ts'
import type { Books, StoredCorrection, StoredMember, StoredProject, StoredRecord } from './books.ts'
import type { CorrectionState, RecordState } from '../store/schema-attendance.ts'

/** Lists as both the desk and the phones show them. All of this only reads. */

export interface Slice {
  readonly offset: number
  /** null: all of them */
  readonly limit: number | null
}

interface Parts {
  readonly columns: string
  readonly from: string
  readonly where: string
  readonly order: string
  readonly values: readonly SqlValue[]
}

interface Page<Row> {
  readonly total: number
  readonly rows: Row[]
}

function pageOf<Row>({ db }: Books, parts: Parts, { offset, limit }: Slice): Page<Row> {
  const { columns, from, where, order, values } = parts
  const total = db.statement<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${where}`).get(...values)
  const rows = db
    .statement<Row>(`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...values, limit ?? -1, offset)
  return { total: total?.n ?? 0, rows }
}

interface Given {
  readonly sql: string
  readonly values: readonly SqlValue[]
}
const NOTHING_GIVEN: Given = { sql: '', values: [] }

const placeholders = (values: readonly unknown[]) => values.map(() => '?').join(', ')

export interface ListedProject extends StoredProject {
  readonly ownerName: string
  readonly members: number
  readonly open: number
  readonly pending: number
  readonly corrections: number
  readonly isOwner: number
  readonly isKeeper: number
  readonly isWorker: number
}

const PROJECT_COLUMNS = `p.*, coalesce((SELECT u.userName FROM user_info u WHERE u.user = p.ownerPhone), '') AS ownerName,
  (SELECT count(*) FROM att_member m WHERE m.projectId = p.id AND m.removedAt IS NULL) AS members,
  (SELECT count(*) FROM att_record r WHERE r.projectId = p.id AND r.state = 'confirmed') AS open,
  (SELECT count(*) FROM att_record r WHERE r.projectId = p.id AND r.state = 'pending') AS pending,
  (SELECT count(*) FROM att_record r JOIN att_correction c ON c.recordId = r.id
    WHERE r.projectId = p.id AND c.state = 'pending') AS corrections,
  p.ownerPhone = ? AS isOwner, p.deletedAt IS NULL AND p.keeperPhone IS ? AS isKeeper,
  p.deletedAt IS NULL AND EXISTS (SELECT 1 FROM att_member m WHERE m.phone = ? AND m.projectId = p.id) AS isWorker`

const ROLE_SQL = {
  owner: 'p.ownerPhone = ?',
  keeper: '(p.keeperPhone = ? AND p.deletedAt IS NULL)',
  worker: `(p.deletedAt IS NULL AND p.id IN (SELECT m.projectId FROM att_member m WHERE m.phone = ?))`,
} as const

export interface ProjectFilter {
  readonly role?: keyof typeof ROLE_SQL | undefined
  /** absent: both */
  readonly deleted?: boolean | undefined
  readonly query?: string | undefined
  readonly projectId?: number | undefined
}

/** A part of a name, or of a phone for who may see it. */
function named(
  columns: { name: string; phones: readonly string[] },
  query: string | undefined,
  masked = false,
): Given {
  if (query === undefined || query === '') return NOTHING_GIVEN
  const part = (column: string): Given => ({ sql: `instr(coalesce(${column}, ''), ?) > 0`, values: [query] })
  const phones = columns.phones.map((column) => (masked ? wholePhone(column, query) : part(column)))
  const all = [part(columns.name), ...phones]
  return { sql: `(${all.map(({ sql }) => sql).join(' OR ')})`, values: all.flatMap(({ values }) => values) }
}

/** Live ones first, newest first. */
export function projectPage(
  books: Books,
  { phone, staff, masked }: Viewer,
  { role, deleted, query, projectId }: ProjectFilter,
  slice: Slice,
): { total: number; rows: ListedProject[] } {
  const given: string[] = []
  const values: SqlValue[] = []
  const mine = role === undefined ? Object.values(ROLE_SQL) : [ROLE_SQL[role]]
  if (!staff || role !== undefined) {
    given.push(`(${mine.join(' OR ')})`)
    values.push(...mine.map(() => (phone === '' ? null : phone)))
  }
  if (deleted !== undefined) given.push(`p.deletedAt IS ${deleted ? 'NOT ' : ''}NULL`)
  if (projectId !== undefined) {
    given.push('p.id = ?')
    values.push(projectId)
  }
  const who = named({ name: 'p.name', phones: ['p.ownerPhone', 'p.keeperPhone'] }, query, masked)
  if (who.sql !== '') given.push(who.sql)
  values.push(...who.values)
  const where = given.length === 0 ? '1 = 1' : given.join(' AND ')
  const total = books.db
    .statement<{ n: number }>(`SELECT count(*) AS n FROM att_project p WHERE ${where}`)
    .get(...values)
  const rows = books.db
    .statement<ListedProject>(
      `SELECT ${PROJECT_COLUMNS} FROM att_project p WHERE ${where}
       ORDER BY p.deletedAt IS NOT NULL, p.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...[phone, phone, phone].map((one) => one || null), ...values, slice.limit ?? -1, slice.offset)
  return { total: total?.n ?? 0, rows }
}

export interface ListedMember extends StoredMember {
  /** has used the mini-program */
  readonly known: number
}

/** Those at work first, by name; a worker who left is listed where asked for, his last membership only. */
export function memberPage(
  books: Books,
  filter: {
    projectId: number
    user: string | null
    removed?: boolean | undefined
    query?: string | undefined
    masked?: boolean | undefined
  },
  slice: Slice,
): { total: number; rows: ListedMember[] } {
  const given = [
    'm.projectId = ?',
    'm.id = (SELECT max(o.id) FROM att_member o WHERE o.projectId = m.projectId AND o.phone = m.phone)',
  ]
  const values: SqlValue[] = [filter.projectId]
  if (filter.user !== null) {
    given.push('m.phone = ?')
    values.push(filter.user)
  }
  if (filter.removed !== undefined) given.push(`m.removedAt IS ${filter.removed ? 'NOT ' : ''}NULL`)
  const who = named(MEMBER, filter.query, filter.masked)
  if (who.sql !== '') given.push(who.sql)
  values.push(...who.values)
  return pageOf(
    books,
    {
      columns: 'm.*, EXISTS (SELECT 1 FROM user_info u WHERE u.user = m.phone) AS known',
      from: 'att_member m',
      where: given.join(' AND '),
      order: 'm.removedAt IS NOT NULL, m.name, m.phone',
      values,
    },
    slice,
  )
}

export interface ListedRecord extends StoredRecord {
  readonly projectName: string
  readonly userName: string
  /** that waits for an answer */
  readonly pendingCorrection: number | null
  /** how often both sides changed it */
  readonly corrected: number
  readonly subscribed: number
  /** the same worker was in another project at that time */
  readonly elsewhere: number
}

const RECORD_FROM =
  'att_record r JOIN att_project p ON p.id = r.projectId JOIN att_member m ON m.id = r.memberId'

/** Shifts of more than a month lie over others unseen: the look-up stays short. */
const ELSEWHERE = `EXISTS (SELECT 1 FROM att_record o WHERE o.phone = r.phone AND o.projectId <> r.projectId
  AND o.state IN ('confirmed', 'closed') AND r.state IN ('confirmed', 'closed')
  AND o.checkInAt < coalesce(r.checkOutAt, 9000000000000000) AND o.checkInAt > r.checkInAt - 2678400000
  AND coalesce(o.checkOutAt, 9000000000000000) > r.checkInAt)`

const recordColumns = (perWorker: boolean) => `r.*, p.name AS projectName, m.name AS userName,
  (SELECT c.id FROM att_correction c WHERE c.recordId = r.id AND c.state = 'pending') AS pendingCorrection,
  (SELECT count(*) FROM att_correction c WHERE c.recordId = r.id AND c.state = 'applied') AS corrected,
  EXISTS (SELECT 1 FROM att_subscription s WHERE s.recordId = r.id) AS subscribed,
  ${perWorker ? ELSEWHERE : '0'} AS elsewhere`

export interface RecordFilter {
  readonly projectId?: string | undefined
  readonly user?: string | undefined
  /** of the check-in, epoch ms; `to` exclusive */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly states?: readonly RecordState[] | undefined
  /** a part of the worker's name or phone */
  readonly query?: string | undefined
  /** only what nobody answered, or nobody ended, for too long */
  readonly waiting?: 'late' | 'forgotten' | undefined
}

const MEMBER = { name: 'm.name', phones: ['m.phone'] }
const memberNamed = (query: string | undefined, { masked }: Viewer): Given => {
  const { sql, values } = named(MEMBER, query, masked)
  return { sql: sql === '' ? '' : ` AND ${sql}`, values }
}

/** As `isLate` and `isForgotten` say of one record. */
function waitingLong(books: Books, waiting: RecordFilter['waiting'], now: number): Given {
  if (waiting === undefined) return NOTHING_GIVEN
  const { pendingFor, forgottenAfter } = books.rules()
  return waiting === 'late'
    ? { sql: ` AND r.state = 'pending' AND r.requestedAt < ?`, values: [now - pendingFor] }
    : { sql: ` AND r.state = 'confirmed' AND r.checkInAt < ?`, values: [now - forgottenAfter] }
}

export interface RecordPage {
  readonly total: number
  readonly rows: readonly ListedRecord[]
  /** */
  readonly limited: boolean
}

/** Newest first. */
export function recordPage(books: Books, viewer: Viewer, filter: RecordFilter, slice: Slice): RecordPage {
  const scope = scopeOf(books, viewer, filter)
  const { from, to, limited } = clamp(books, viewer, filter)
  const states = filter.states ?? []
  const inStates = states.length === 0 ? '' : ` AND r.state IN (${placeholders(states)})`
  const who = memberNamed(filter.query, viewer)
  const long = waitingLong(books, filter.waiting, viewer.now)
  const page = pageOf<ListedRecord>(
    books,
    {
      columns: recordColumns(scope.user !== null),
      from: RECORD_FROM,
      where: `${scope.sql} AND r.checkInAt >= ? AND r.checkInAt < ?${inStates}${who.sql}${long.sql}`,
      order: 'r.checkInAt DESC, r.id DESC',
      values: [...scope.values, from, to, ...states, ...who.values, ...long.values],
    },
    slice,
  )
  return { ...page, limited }
}

export const listedRecord = ({ db }: Books, id: number): ListedRecord | undefined =>
  db.statement<ListedRecord>(`SELECT ${recordColumns(true)} FROM ${RECORD_FROM} WHERE r.id = ?`).get(id)

export interface ListedCorrection extends StoredCorrection {
  readonly projectId: number
  readonly projectName: string
  readonly ownerPhone: string
  readonly keeperPhone: string | null
  readonly keeperName: string
  readonly user: string
  readonly userName: string
  readonly recordState: RecordState
}

const CORRECTION_FROM = `att_correction c JOIN att_record r ON r.id = c.recordId
  JOIN att_project p ON p.id = r.projectId JOIN att_member m ON m.id = r.memberId`
const CORRECTION_COLUMNS = `c.*, r.projectId, p.name AS projectName, p.ownerPhone, p.keeperPhone, p.keeperName,
  r.phone AS user, m.name AS userName, r.state AS recordState`

export interface CorrectionFilter {
  readonly projectId?: string | undefined
  readonly user?: string | undefined
  readonly states?: readonly CorrectionState[] | undefined
  readonly query?: string | undefined
}

/** What waits first, the longest waiting first; then the newest. R-62 holds for the records behind them. */
export function correctionPage(
  books: Books,
  viewer: Viewer,
  filter: CorrectionFilter,
  slice: Slice,
): { total: number; rows: ListedCorrection[]; limited: boolean } {
  const scope = scopeOf(books, viewer, filter)
  const { from, limited } = clamp(books, viewer, {})
  const states = filter.states ?? []
  const inStates = states.length === 0 ? '' : ` AND c.state IN (${placeholders(states)})`
  const who = memberNamed(filter.query, viewer)
  const page = pageOf<ListedCorrection>(
    books,
    {
      columns: CORRECTION_COLUMNS,
      from: CORRECTION_FROM,
      where: `${scope.sql} AND r.checkInAt >= ?${inStates}${who.sql}`,
      order: `c.state <> 'pending', CASE WHEN c.state = 'pending' THEN c.createdAt ELSE -c.createdAt END, c.id DESC`,
      values: [...scope.values, from, ...states, ...who.values],
    },
    slice,
  )
  return { ...page, limited }
}

/** All corrections of a record, oldest first: its thread. */
export const correctionsOf = ({ db }: Books, recordId: number): ListedCorrection[] =>
  db
    .statement<ListedCorrection>(
      `SELECT ${CORRECTION_COLUMNS} FROM ${CORRECTION_FROM} WHERE c.recordId = ? ORDER BY c.id`,
    )
    .all(recordId)

export interface Notice {
  readonly recordId: number
  readonly projectId: number
  readonly projectName: string
  readonly state: RecordState
  readonly checkInAt: number
  readonly reason: string
  readonly notifiedAt: number
  readonly decidedBy: string
}

/** the keeper's answers that this phone asked to be told of, newest first. */
export const noticePage = (books: Books, phone: string, slice: Slice): { total: number; rows: Notice[] } =>
  pageOf(
    books,
    {
      columns: `r.id AS recordId, r.projectId, p.name AS projectName, r.state, r.checkInAt, r.reason, s.notifiedAt,
        coalesce(r.decidedBy, '') AS decidedBy`,
      from: 'att_subscription s JOIN att_record r ON r.id = s.recordId JOIN att_project p ON p.id = r.projectId',
      where: 's.phone = ? AND s.notifiedAt IS NOT NULL',
      order: 's.notifiedAt DESC, r.id DESC',
      values: [phone],
    },
    slice,
  )

export interface Subscription extends Omit<Notice, 'notifiedAt' | 'decidedBy'> {
  readonly user: string
  readonly userName: string
  readonly createdAt: number
  /** null: not answered yet */
  readonly notifiedAt: number | null
  readonly decidedBy: string | null
}

/** The same for the desk: of every worker that it may see, told or still waiting. */
export function subscriptionPage(
  books: Books,
  viewer: Viewer,
  filter: Pick<RecordFilter, 'projectId' | 'user' | 'query'> & { readonly told?: boolean | undefined },
  slice: Slice,
): { total: number; rows: Subscription[]; limited: boolean } {
  const scope = scopeOf(books, viewer, filter)
  const { from, limited } = clamp(books, viewer, {})
  const who = memberNamed(filter.query, viewer)
  const told = filter.told === undefined ? '' : ` AND s.notifiedAt IS ${filter.told ? 'NOT ' : ''}NULL`
  const page = pageOf<Subscription>(
    books,
    {
      columns: `r.id AS recordId, r.projectId, p.name AS projectName, r.phone AS user, m.name AS userName, r.state,
        r.checkInAt, r.reason, s.createdAt, s.notifiedAt, r.decidedBy`,
      from: `${RECORD_FROM} JOIN att_subscription s ON s.recordId = r.id`,
      where: `${scope.sql} AND r.checkInAt >= ?${told}${who.sql}`,
      order: 's.createdAt DESC, r.id DESC',
      values: [...scope.values, from, ...who.values],
    },
    slice,
  )
  return { ...page, limited }
}
