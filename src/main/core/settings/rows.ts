import type { CoreContext } from '../context.ts'
import type { Leaves } from './paths.ts'

/** What was set on the screen, without secrets. */
export function readStored({ store: { site } }: CoreContext): Leaves {
  const rows = site.all(site.query.selectFrom('setting').select(['path', 'value']))
  return new Map(rows.map(({ path, value }) => [path, JSON.parse(value) as unknown]))
}

/** Only inside `site.write`; null takes the row away. */
export function writeSetting({ store: { site }, ports }: CoreContext, path: string, value: unknown): void {
  if (value === null) {
    site.run(site.query.deleteFrom('setting').where('path', '=', path))
    return
  }
  const row = { value: JSON.stringify(value), changed_at: ports.clock.now() }
  site.run(
    site.query
      .insertInto('setting')
      .values({ path, ...row })
      .onConflict((on) => on.column('path').doUpdateSet(row)),
  )
}

/** When a setting or a secret was last changed on the screen; null when never. */
export function lastChange({ store: { site } }: CoreContext): number | null {
  const newest = (table: 'setting' | 'secret') =>
    site.get(site.query.selectFrom(table).select(({ fn }) => fn.max('changed_at').as('at')))?.at ?? 0
  return Math.max(newest('setting'), newest('secret')) || null
}
