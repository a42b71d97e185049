import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { verifyChain } from '#core/audit/index.ts'
import { figuresOf, type Figure } from '#core/backups/figures.ts'
import { isCutOff } from '#core/backups/copies.ts'
import type { Inspection } from '#core/backups/manifest.ts'
import type { SqlDatabase, WorkerTasks } from '#core/ports.ts'
import { Database } from '#core/store/database.ts'
import { schemaVersion } from '#core/store/migrate.ts'
import type { SiteTables } from '#core/store/schema.ts'
import { createClock } from '../adapters/clock.ts'
import { createSqlDriver } from '../adapters/sqlite.ts'

/** Faults of one file that are reported; one is enough to know that it is bad. */
const MAX_FAULTS = 20

export function checkDatabase({ path }: WorkerTasks['checkDatabase']['input']): string[] {
  let db: SqlDatabase | undefined
  try {
    db = createSqlDriver().open(path, { durable: false, readonly: true })
    return pagesOf(db)
  } catch (error) {
    // A file that cannot be read at all says nothing about its pages: that is the caller's to know.
    if (isDamage(error)) return [error.message]
    throw error
  } finally {
    db?.close()
  }
}

function pagesOf(db: SqlDatabase): string[] {
  const found = db.statement<{ integrity_check: string }>(`PRAGMA integrity_check(${MAX_FAULTS})`).all()
  return found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
}

const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code))

/** Opens a copy whole: every page, the schema, references, the chain of the audit, and what it holds of money. */
export async function inspectCopy({ path, file }: WorkerTasks['inspectCopy']['input']): Promise<Inspection> {
  const { bytes, sha256 } = await hashOf(path)
  const nothing = { bytes, sha256, schema: 0, auditRows: 0, figures: [], warnings: [] }
  let db: SqlDatabase | undefined
  try {
    db = createSqlDriver().open(path, { durable: false, readonly: true })
    const pages = [...pagesOf(db), ...(isCutOff(db, bytes) ? ['its last page is cut off'] : [])]
    if (pages.length > 0) return { ...nothing, problems: pages }
    const schema = schemaVersion(db)
    if (schema === 0) return { ...nothing, problems: ['there is no schema in it'] }
    if (file === 'history.db') return { ...nothing, schema, problems: [] }
    return { ...nothing, schema, problems: [], ...(await insideSite(db)) }
  } catch (error) {
    if (isDamage(error)) return { ...nothing, problems: [error.message] }
    throw error
  } finally {
    db?.close()
  }
}

/** What must hold of every site.db, whatever happened to the program. */
const RULES: Readonly<Record<string, string>> = {
  'a closed shift does not add up':
    "SELECT 1 FROM shift WHERE state <> 'open' AND difference_fen <> counted_fen - expected_fen LIMIT 1",
  'an applied recharge has no event': `SELECT 1 FROM recharge_intent i WHERE state = 'APPLIED'
     AND NOT EXISTS (SELECT 1 FROM recharge_event e WHERE e.intent_id = i.id) LIMIT 1`,
  'an order in a cash-out that does not exist': `SELECT 1 FROM order_info o WHERE cashOutFlag = 1
     AND NOT EXISTS (SELECT 1 FROM cashout_info c WHERE c.cashOutId = o.cashOutId) LIMIT 1`,
  'a setting that is no JSON': 'SELECT 1 FROM setting WHERE NOT json_valid(value) LIMIT 1',
}

async function insideSite(db: SqlDatabase): Promise<Pick<Inspection, 'warnings' | 'auditRows' | 'figures'>> {
  const chain = await verifyChain(new Database<SiteTables>(db, createClock()))
  const figures = figuresOf(db)
  const there = new Set(figures.map(({ table }) => table))
  const rules = there.has('cashout_info')
    ? Object.entries(RULES).filter(([, sql]) => db.statement(sql).get() !== undefined)
    : []
  const warnings = rules.map(([what]) => what)
  if (!chain.ok) warnings.push(`the audit chain is broken at row ${chain.brokenAt}`)
  const [orphan] = db.pragma('foreign_key_check') as { table: string }[]
  if (orphan) warnings.push(`a row of ${orphan.table} refers to nothing`)
  return { warnings, auditRows: chain.rows, figures }
}

/** The figures of an open file at one moment. */
export function readFigures({ path }: WorkerTasks['readFigures']['input']): Figure[] {
  const db = createSqlDriver().open(path, { durable: false, readonly: true })
  try {
    db.exec('BEGIN')
    return figuresOf(db)
  } finally {
    db.close()
  }
}

export async function hashOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(piece as Buffer)
  return { bytes: statSync(path).size, sha256: hash.digest('hex') }
}
