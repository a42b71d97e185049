import type { Source } from '#shared/contract/index.ts'
import type { CoreContext } from '../context.ts'
import type { Located } from './locate.ts'

/** What people know better than the vendor; null: the vendor's stands. Digits: whole ones of the register. */
export interface Own {
  readonly name: string | null
  readonly place: string | null
  readonly house: string | null
  readonly user_name: string | null
  readonly digits: number | null
}
export const NO_OWN: Own = { name: null, place: null, house: null, user_name: null, digits: null }

/** A meter's texts, as its vendor has them or as they count. */
export type Texts = Readonly<Record<'name' | 'place' | 'house' | 'user_name', string>>

/**
 * Attributes entered by people, in site.db. The catalogue in history.db has what counts, so that lists, search and
 * reports say it; `meter_vendor` keeps what the vendor says of these meters.
 */
export interface Attributes {
  own(meter: Pick<Located, 'source' | 'deviceId' | 'tableNo'>): Own
  /** as they count */
  texts(meter: number): Texts | null
  /** as the vendor has them, where somebody entered others */
  vendor(meter: number): Texts | null
  /** inside `site.write`; history.db follows with `follow` */
  set(meter: Pick<Located, 'source' | 'deviceId'>, own: Own, by: string | null): void
  /** inside `history.write`: the catalogue says of these meters what counts by now */
  follow(meters: readonly number[]): void
  /** inside `history.write`: around what writes a vendor's texts of a meter */
  around<T>(source: Source, deviceId: string, tableNo: string, write: () => T): T
  /** resolves when the catalogue is what site.db says: a crash may have come between the two files */
  settled(): Promise<void>
  stop(): void
}

interface StoredTexts extends Texts {
  readonly id: number
  readonly source: Source
  readonly device_id: string
  readonly table_no: string
}

const SLICE = 200
const FIELDS = ['name', 'place', 'house', 'user_name'] as const

export function createAttributes(ctx: CoreContext, onChange: () => void): Attributes {
  const { history } = ctx.store
  const stored = createOwn(ctx)
  const find = history.statement<StoredTexts>(
    'SELECT id, source, device_id, table_no, name, place, house, user_name FROM meter WHERE id = ?',
  )
  const keyOf = history.statement<{ id: number }>('SELECT id FROM meter WHERE source = ? AND device_id = ?')
  const vendorOf = history.statement<Texts>(
    'SELECT name, place, house, user_name FROM meter_vendor WHERE meter = ?',
  )
  const put = history.statement('UPDATE meter SET name = ?, place = ?, house = ?, user_name = ? WHERE id = ?')
  const keep = history.statement(
    'INSERT OR REPLACE INTO meter_vendor (meter, name, place, house, user_name) VALUES (?, ?, ?, ?, ?)',
  )
  const drop = history.statement('DELETE FROM meter_vendor WHERE meter = ?')
  const valuesOf = (texts: Texts) => FIELDS.map((field) => texts[field])
  const restore = (meter: number) => {
    const vendor = vendorOf.get(meter)
    if (!vendor) return
    put.run(...valuesOf(vendor), meter)
    drop.run(meter)
  }
  const apply = (meter: number) => {
    restore(meter)
    const row = find.get(meter)
    const own = row && stored.of(row.source, row.device_id, row.table_no)
    if (!own || FIELDS.every((field) => own[field] === null)) return
    keep.run(meter, ...valuesOf(row))
    put.run(...FIELDS.map((field) => own[field] ?? row[field]), meter)
  }
  const recovery = recover(ctx, { stored, apply, keyOf }, onChange)
  return {
    own: ({ source, deviceId, tableNo }) => stored.of(source, deviceId, tableNo) ?? NO_OWN,
    texts: (meter) => find.get(meter) ?? null,
    vendor: (meter) => vendorOf.get(meter) ?? null,
    set: stored.set,
    follow(meters) {
      for (const meter of meters) apply(meter)
    },
    around(source, deviceId, tableNo, write) {
      if (!stored.of(source, deviceId, tableNo)) return write()
      const before = keyOf.get(source, deviceId)
      if (before) restore(before.id)
      const done = write()
      const key = keyOf.get(source, deviceId)
      if (key) apply(key.id)
      return done
    },
    settled: () => recovery.done,
    stop: recovery.stop,
  }
}

/** The rows of site.db; which meters have one is kept in memory, since every row of a catalogue asks. */
function createOwn({ store: { site }, ports }: CoreContext) {
  const nameOf = (source: string, deviceId: string) => `${source}\n${deviceId}`
  const known = new Set(
    site
      .statement<{ source: string; device_id: string }>('SELECT source, device_id FROM meter_attribute')
      .all()
      .map((one) => nameOf(one.source, one.device_id)),
  )
  const find = site.statement<Own>(
    'SELECT name, place, house, user_name, digits FROM meter_attribute WHERE source = ? AND device_id = ?',
  )
  const save = site.statement(
    `INSERT OR REPLACE INTO meter_attribute (source, device_id, name, place, house, user_name, digits, by, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const one = (source: string, deviceId: string) =>
    known.has(nameOf(source, deviceId)) ? find.get(source, deviceId) : undefined
  return {
    all: () => [...known].map((name) => name.split('\n') as [Source, string]),
    /** a meter may have been known by its number only when somebody entered them (I-14) */
    of: (source: string, deviceId: string, tableNo: string): Own | undefined =>
      known.size === 0 ? undefined : (one(source, deviceId) ?? one(source, tableNo)),
    set({ source, deviceId }: Pick<Located, 'source' | 'deviceId'>, own: Own, by: string | null) {
      known.add(nameOf(source, deviceId))
      const texts = FIELDS.map((field) => own[field])
      save.run(source, deviceId, ...texts, own.digits, by, ports.clock.now())
    },
  }
}

interface RecoverParts {
  readonly stored: ReturnType<typeof createOwn>
  readonly keyOf: { get(source: string, deviceId: string): { id: number } | undefined }
  apply(meter: number): void
}

/** At the start: what either file says and the other does not. */
function recover(ctx: CoreContext, { stored, keyOf, apply }: RecoverParts, onChange: () => void) {
  const stopping = new AbortController()
  const kept = ctx.store.history.statement<{ meter: number }>('SELECT meter FROM meter_vendor')
  const meters = [
    ...new Set([
      ...kept.all().map(({ meter }) => meter),
      ...stored.all().flatMap(([source, deviceId]) => keyOf.get(source, deviceId)?.id ?? []),
    ]),
  ]
  const run = async () => {
    for (let at = 0; at < meters.length && !stopping.signal.aborted; at += SLICE)
      await ctx.store.history.write(() => {
        for (const meter of meters.slice(at, at + SLICE)) apply(meter)
      })
    if (meters.length > 0) onChange()
  }
  const failed = (error: unknown) =>
    ctx.ports.log.error('attributes of meters could not be applied', { error: String(error) })
  return { done: run().catch(failed), stop: () => stopping.abort() }
}
