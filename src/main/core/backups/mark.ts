import { z } from '#shared/z.ts'
import { UNENDED } from '../charging/index.ts'
import type { Ports, SqlDatabase } from '../ports.ts'
import { figure } from './manifest.ts'
import type { StoreFile } from './copies.ts'

/**
 * A restore in two halves: while the desk is open the copy is laid ready and this mark is written, whole; when the
 * desk opens the next time, whoever closed it and however, the files change places before anything is read.
 */
const restoreMark = z.object({
  format: z.literal(1),
  at: z.int(),
  by: z.string().nullable(),
  from: z.string(),
  madeAt: z.int(),
  files: z.array(z.enum(['site.db', 'history.db'])).min(1),
  /** what site.db of the copy held; empty where only history.db is restored */
  figures: z.array(figure),
})
export type RestoreMark = z.infer<typeof restoreMark>

const MARK = 'restore.json'
const DONE = 'restored.json'

type MarkPorts = Pick<Ports, 'sql' | 'files'>

const markPath = (ports: MarkPorts, directory: string) => ports.files.join(directory, MARK)
const donePath = (ports: MarkPorts, directory: string) => ports.files.join(directory, DONE)
export const stagedPath = (ports: MarkPorts, directory: string, file: StoreFile) =>
  ports.files.join(directory, `${file}.restoring`)
const keptPath = (ports: MarkPorts, directory: string, file: StoreFile, mark: RestoreMark) =>
  ports.files.join(directory, `${file}.replaced-${mark.at}`)

export async function writeMark(ports: MarkPorts, directory: string, mark: RestoreMark): Promise<void> {
  await ports.files.write(markPath(ports, directory), new TextEncoder().encode(JSON.stringify(mark)))
}

export const hasMark = (ports: MarkPorts, directory: string) => ports.files.exists(markPath(ports, directory))

async function readMark(ports: MarkPorts, path: string): Promise<unknown> {
  if (!ports.files.exists(path)) return null
  try {
    return JSON.parse(new TextDecoder().decode(await ports.files.read(path)))
  } catch {
    return null
  }
}

/** What became of a restore; read once by the desk that opens. */
const outcome = z.object({
  mark: restoreMark,
  /** recharges and payments on their way in the file of before: nothing was exchanged */
  openRecharges: z.int(),
  openPayments: z.int().default(0),
  kept: z.string().nullable(),
})
export type RestoreOutcome = z.infer<typeof outcome>

/**
 * Puts the laid-out files in place if a mark says so; each step can be cut off and is done again. Nothing changes
 * places while a recharge or a payment of the present file is on its way: its number would be forgotten.
 */
export async function exchangeFiles(ports: MarkPorts, directory: string): Promise<void> {
  const path = markPath(ports, directory)
  const mark = restoreMark.safeParse(await readMark(ports, path)).data
  if (!mark) return
  const staged = mark.files.filter((file) => ports.files.exists(stagedPath(ports, directory, file)))
  const untouched = staged.length === mark.files.length
  const open = untouched && mark.files.includes('site.db') ? inFlight(ports, directory) : NOTHING
  const given = open.openRecharges + open.openPayments > 0
  if (given) for (const file of staged) ports.files.remove(stagedPath(ports, directory, file))
  else for (const file of staged) exchange(ports, directory, file, mark)
  const kept = given ? null : keptPath(ports, directory, mark.files[0] ?? 'site.db', mark)
  const done: RestoreOutcome = { mark, ...open, kept }
  await ports.files.write(donePath(ports, directory), new TextEncoder().encode(JSON.stringify(done)))
  ports.files.remove(path)
}

/** The write-ahead log belongs to the file that goes, so it goes with it. */
function exchange(ports: MarkPorts, directory: string, file: StoreFile, mark: RestoreMark): void {
  const path = ports.files.join(directory, file)
  const kept = keptPath(ports, directory, file, mark)
  for (const suffix of ['', '-wal', '-shm'])
    if (ports.files.exists(path + suffix)) ports.files.rename(path + suffix, kept + suffix)
  ports.files.rename(stagedPath(ports, directory, file), path)
}

type Open = Pick<RestoreOutcome, 'openRecharges' | 'openPayments'>
const NOTHING: Open = { openRecharges: 0, openPayments: 0 }

/** A recharge whose end is not known: a file without it would forget that it was sent. */
export const UNSETTLED = "state IN ('DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN')"

/**
 * A restore begins only where none of these is, so whatever is found came since; UNKNOWN is what the close leaves of a
 * recharge that it cut. A file that cannot be read at all has nothing that could be waited for.
 */
const IN_FLIGHT = `SELECT count(*) AS n FROM recharge_intent WHERE ${UNSETTLED}`

function inFlight(ports: MarkPorts, directory: string): Open {
  let db: SqlDatabase | undefined
  try {
    // read only: a log beside a damaged file must stay as it is
    db = ports.sql.open(ports.files.join(directory, 'site.db'), { durable: true, readonly: true })
    return { openRecharges: countOf(db, IN_FLIGHT), openPayments: countOf(db, UNENDED) }
  } catch {
    return NOTHING
  } finally {
    db?.close()
  }
}

function countOf(db: SqlDatabase, sql: string): number {
  try {
    return db.statement<{ n: number }>(sql).get()?.n ?? 0
  } catch {
    return 0
  }
}

/** What `exchangeFiles` did before this desk opened; null: nothing. */
export async function readOutcome(ports: MarkPorts, directory: string): Promise<RestoreOutcome | null> {
  return outcome.safeParse(await readMark(ports, donePath(ports, directory))).data ?? null
}

export const forgetOutcome = (ports: MarkPorts, directory: string): void =>
  ports.files.remove(donePath(ports, directory))
