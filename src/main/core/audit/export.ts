import type { Checked } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { base64Of } from '../pictures/index.ts'
import type { SiteDatabase } from '../store/store.ts'
import { headOf, NO_HASH, type AuditRow } from './chain.ts'
import { countOf, shown, walk, type AuditFilter } from './find.ts'

/** Rows of one file, some 30 MB; the next file goes on where it ends. */
const MOST_ROWS = 50_000
const SLICE = 1000
/** The format of the chain file; scripts/verify-audit.ts reads it. */
export const CHAIN_FORMAT = 'sitedesk-audit-chain/1'
const TYPE = 'application/x-ndjson'

interface File {
  readonly name: string
  readonly type: string
  readonly base64: string
  readonly rows: number
}

/** A file of JSON lines, written slice by slice. */
class JsonLines {
  readonly #encoder = new TextEncoder()
  #base64 = ''
  /** bytes that do not fill a group of three yet */
  #rest: Uint8Array = new Uint8Array()
  rows = 0

  add(lines: readonly unknown[]): void {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const bytes = this.#encoder.encode(text)
    const all = new Uint8Array(this.#rest.length + bytes.length)
    all.set(this.#rest)
    all.set(bytes, this.#rest.length)
    const whole = all.length - (all.length % 3)
    this.#base64 += base64Of(all.subarray(0, whole))
    this.#rest = all.slice(whole)
  }

  end = (name: string): File => ({
    name,
    type: TYPE,
    base64: this.#base64 + base64Of(this.#rest),
    rows: this.rows,
  })
}

/** What a filter finds, oldest first, as JSON lines: to be read elsewhere, no proof. */
export async function exportRows(ctx: CoreContext, filter: AuditFilter, zone: ZoneOffset): Promise<File> {
  const { site } = ctx.store
  refuseTooMany(countOf(site, filter))
  const file = new JsonLines()
  for (const rows of walk(site, filter, SLICE)) {
    file.add(rows.map(shown))
    file.rows += rows.length
    await ctx.ports.clock.yield()
  }
  return file.end(`audit ${formatDay(ctx.ports.clock.now(), zone)}.jsonl`)
}

export interface ChainFile extends File {
  readonly first: number
  readonly last: number
  readonly lastHash: string
}

/**
 * A span of the chain without a gap, between two anchors: which rows it holds, the hash before the first and that of
 * the last. The values stand as they were hashed.
 */
export async function exportChain(
  ctx: CoreContext,
  input: Checked<'audit.chain'>,
  { zone, site: siteName }: { readonly zone: ZoneOffset; readonly site: string },
): Promise<ChainFile> {
  const { site } = ctx.store
  const { first, last } = spanOf(site, input)
  const count = last - first + 1
  refuseTooMany(count)
  const previousHash = hashAt(site, first - 1) ?? NO_HASH
  const lastHash = hashAt(site, last) ?? NO_HASH
  const now = ctx.ports.clock.now()
  const file = new JsonLines()
  const anchors = { count, first, last, previousHash, lastHash }
  file.add([{ format: CHAIN_FORMAT, site: siteName, exportedAt: now, ...anchors, newest: headOf(site) }])
  const slice = site.statement<AuditRow>('SELECT * FROM audit WHERE id > ? AND id <= ? ORDER BY id LIMIT ?')
  let after = first - 1
  for (let rows = slice.all(after, last, SLICE); rows.length > 0; rows = slice.all(after, last, SLICE)) {
    file.add(rows.map(({ previous_hash: _said, ...row }) => row))
    file.rows += rows.length
    after = rows.at(-1)?.id ?? last
    await ctx.ports.clock.yield()
  }
  file.add([{ end: CHAIN_FORMAT, count, last, lastHash }])
  const day = formatDay(now, zone)
  return { ...file.end(`audit-chain ${first}-${last} ${day}.jsonl`), first, last, lastHash }
}

const hashAt = (db: SiteDatabase, id: number) =>
  db.statement<{ hash: string }>('SELECT hash FROM audit WHERE id = ?').get(id)?.hash

/** All rows between the first and the last one of a time: a clock that was set back makes no gap. */
function spanOf(
  db: SiteDatabase,
  { from, to, first, last }: Checked<'audit.chain'>,
): { first: number; last: number } {
  const found = db
    .statement<{ first: number | null; last: number | null }>(
      'SELECT min(id) AS first, max(id) AS last FROM audit WHERE at >= ? AND at < ? AND id >= ? AND id <= ?',
    )
    .get(from ?? 0, to ?? Number.MAX_SAFE_INTEGER, first ?? 0, last ?? Number.MAX_SAFE_INTEGER)
  const { first: lowest = null, last: highest = null } = found ?? {}
  if (lowest === null || highest === null) throw notFound('audit row', 'of that time')
  return { first: lowest, last: highest }
}

function refuseTooMany(total: number): void {
  if (total <= MOST_ROWS) return
  throw new SitedeskError(
    'INVALID_INPUT',
    `These are ${total} rows; one file holds ${MOST_ROWS}. Choose a shorter time.`,
    { total, most: MOST_ROWS },
  )
}
