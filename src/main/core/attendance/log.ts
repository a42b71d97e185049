import type { SqlValue } from '../ports.ts'
import type {
  Actor,
  Books,
  StoredCorrection,
  StoredFact,
  StoredMember,
  StoredProject,
  StoredRecord,
} from './books.ts'
import { recordOf } from './books.ts'
import {
  correctionAfter,
  memberAfter,
  projectAfter,
  recordAfter,
  type CorrectionFact,
  type Fact,
  type MemberFact,
  type NoteFact,
  type ProjectFact,
  type RecordFact,
} from './facts.ts'

/** The only way into the tables of attendance: a fact, and what it makes of its row. Only inside `site.write`. */

export type ByRole = StoredFact['byRole']
/** What a caller says of a fact; who and when is added here. */
type Said<F extends Fact> = F extends unknown ? Omit<F, 'at' | 'byPhone'> : never
export interface Act {
  readonly actor: Actor
  readonly role: ByRole
  readonly now: number
}

interface About {
  readonly projectId: number
  readonly memberId?: number
  readonly recordId?: number
  readonly correctionId?: number
}

type Table = 'att_project' | 'att_member' | 'att_record' | 'att_correction'

/** Statements of one form each, whatever the order of the keys: they are prepared once. */
function insert({ db }: Books, table: Table, row: object): number {
  const columns = Object.keys(row).toSorted()
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
  return db.statement(sql).run(...valuesOf(row, columns)).lastInsertRowid
}

function update({ db }: Books, table: Table, id: number, row: object): void {
  const columns = Object.keys(row)
    .filter((column) => column !== 'id' && column !== 'minutes')
    .toSorted()
  const sql = `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`
  db.statement(sql).run(...valuesOf(row, columns), id)
}

const valuesOf = (row: object, columns: readonly string[]): SqlValue[] =>
  columns.map((column) => (row as Record<string, SqlValue>)[column] ?? null)

function keep({ db }: Books, { actor, role, now }: Act, about: About, fact: Said<Fact>): void {
  const { kind, ...data } = fact
  db.statement(
    `INSERT INTO att_fact (at, kind, projectId, memberId, recordId, correctionId, byRole, byPhone, operator, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    now,
    kind,
    about.projectId,
    about.memberId ?? null,
    about.recordId ?? null,
    about.correctionId ?? null,
    role,
    actor.phone,
    actor.operator,
    JSON.stringify(data),
  )
}

/** The fact as it happened: what was said of it, when, and by whose phone. */
const stamped = (said: object, { actor, now }: Act): never =>
  ({ ...said, at: now, byPhone: actor.phone }) as never

export function beginProject(books: Books, act: Act, said: Said<ProjectFact>): number {
  const projectId = insert(books, 'att_project', projectAfter(null, stamped(said, act)))
  keep(books, act, { projectId }, said)
  return projectId
}

export function changeProject(books: Books, act: Act, project: StoredProject, said: Said<ProjectFact>): void {
  update(books, 'att_project', project.id, projectAfter(project, stamped(said, act)))
  keep(books, act, { projectId: project.id }, said)
}

export function beginMember(books: Books, act: Act, projectId: number, said: Said<MemberFact>): number {
  const memberId = insert(books, 'att_member', memberAfter(null, stamped(said, act), projectId))
  keep(books, act, { projectId, memberId }, said)
  return memberId
}

export function changeMember(books: Books, act: Act, member: StoredMember, said: Said<MemberFact>): void {
  const { id: memberId, projectId } = member
  update(books, 'att_member', memberId, memberAfter(member, stamped(said, act), projectId))
  keep(books, act, { projectId, memberId }, said)
}

export function beginRecord(
  books: Books,
  act: Act,
  { id: memberId, projectId }: StoredMember,
  said: Said<RecordFact>,
): number {
  const of = { projectId, memberId }
  const recordId = insert(books, 'att_record', recordAfter(null, stamped(said, act), of))
  keep(books, act, { ...of, recordId }, said)
  return recordId
}

export function changeRecord(books: Books, act: Act, record: StoredRecord, said: Said<RecordFact>): void {
  const { id: recordId, projectId, memberId } = record
  update(books, 'att_record', recordId, recordAfter(record, stamped(said, act), { projectId, memberId }))
  const about = { projectId, memberId, recordId }
  keep(books, act, 'correctionId' in said ? { ...about, correctionId: said.correctionId } : about, said)
}

export function beginCorrection(
  books: Books,
  act: Act,
  { id: recordId, projectId, memberId }: StoredRecord,
  said: Said<CorrectionFact>,
): number {
  const correctionId = insert(books, 'att_correction', correctionAfter(null, stamped(said, act), recordId))
  keep(books, act, { projectId, memberId, recordId, correctionId }, said)
  return correctionId
}

export function changeCorrection(
  books: Books,
  act: Act,
  correction: StoredCorrection,
  said: Said<CorrectionFact>,
): void {
  const { id: correctionId, recordId } = correction
  const { projectId, memberId } = recordOf(books, recordId)
  update(books, 'att_correction', correctionId, correctionAfter(correction, stamped(said, act), recordId))
  keep(books, act, { projectId, memberId, recordId, correctionId }, said)
}

export function keepNote(books: Books, act: Act, about: About, said: Said<NoteFact>): void {
  keep(books, act, about, said)
}

/** Every fact of the log in its order. */
export const allFacts = ({ db }: Books): StoredFact[] =>
  db.statement<StoredFact>('SELECT * FROM att_fact ORDER BY id').all()

/** What the log alone says of every row; `differs` names rows of the tables that say otherwise. */
export function retell(books: Books): { differs: string[] } {
  const tables: Record<Table, Map<number, object>> = {
    att_project: new Map(),
    att_member: new Map(),
    att_record: new Map(),
    att_correction: new Map(),
  }
  for (const stored of allFacts(books)) apply(tables, stored)
  const differs = (Object.keys(tables) as Table[]).flatMap((table) => compare(books, table, tables[table]))
  return { differs }
}

function apply(tables: Record<Table, Map<number, object>>, stored: StoredFact): void {
  const { kind, at, byPhone, projectId, memberId, recordId, correctionId } = stored
  const fact = { kind, at, byPhone, ...(JSON.parse(stored.data) as object) } as Fact
  const step = (table: Table, id: number | null, next: (row: never, fact: never) => object) => {
    if (id === null) throw new Error(`fact ${stored.id} names no row`)
    tables[table].set(id, next((tables[table].get(id) ?? null) as never, fact as never))
  }
  if (kind.startsWith('project') || kind === 'keeperSet') step('att_project', projectId, projectAfter)
  else if (kind.startsWith('member'))
    step('att_member', memberId, (row, fact) => memberAfter(row, fact, projectId))
  else if (kind.startsWith('check') || kind === 'timesCorrected')
    step('att_record', recordId, (row, fact) =>
      recordAfter(row, fact, { projectId, memberId: memberId ?? 0 }),
    )
  else if (kind.startsWith('correction'))
    step('att_correction', correctionId, (row, fact) => correctionAfter(row, fact, recordId ?? 0))
}

function compare({ db }: Books, table: Table, told: ReadonlyMap<number, object>): string[] {
  const rows = db.statement<{ id: number }>(`SELECT * FROM ${table} ORDER BY id`).all()
  const same = (row: { id: number }): boolean => {
    const other = told.get(row.id) as Record<string, SqlValue> | undefined
    if (!other) return false
    return Object.entries(row).every(([k, v]) => k === 'id' || k === 'minutes' || other[k] === v)
  }
  const wrong = rows.filter((row) => !same(row)).map((row) => `${table} ${row.id}`)
  return rows.length === told.size ? wrong : [...wrong, `${table}: ${rows.length} rows, ${told.size} told`]
}
