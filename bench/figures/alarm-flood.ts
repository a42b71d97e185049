import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lowBalance } from '#core/alarms/sources/rooms.ts'
import { createAlarms } from '#core/alarms/index.ts'
import { createSettings } from '#core/settings/index.ts'
import type { Bench, Figure } from '../lib/harness.ts'
import { openContext } from '../lib/site.ts'
import { startTicker } from '../lib/ticker.ts'

/** Rooms of a large campus whose balance is low all at once. */
const ROOMS = 99_500

/** The main thread's longest work at a stretch while so many alarms are raised, read at a start, and ended. */
export const bench: Bench = {
  name: 'alarm-flood',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-alarms-'))
    const { ctx, close } = await openContext(folder)
    const { history, site } = ctx.store
    const node = history.statement('INSERT INTO room (id, name, level, seen_at) VALUES (?, ?, 103, 1)')
    const balance = history.statement(
      'INSERT INTO room_balance (room_id, balance_fen, balance_raw, at) VALUES (?, ?, 0, 1)',
    )
    history.sql.exec('BEGIN')
    for (let i = 0; i < ROOMS; i++) {
      node.run(`H-${i}`, `A${i}`)
      balance.run(`H-${i}`, 600 + (i % 1000))
    }
    history.sql.exec('COMMIT')
    const settings = await createSettings(ctx)
    const parts = { settings, operators: { names: () => [] }, sources: [lowBalance(history)] }
    const open = () =>
      site.statement<{ n: number }>('SELECT count(*) AS n FROM alarm WHERE holds = 1').get()?.n
    const figures: Figure[] = []

    async function measured(name: string, expected: number): Promise<void> {
      const alarms = createAlarms(ctx, parts)
      const stop = startTicker()
      alarms.start()
      await alarms.settled()
      const { longest, longestCpu, longestOwn } = stop()
      await alarms.close()
      if (open() !== expected) throw new Error(`${name}: ${open()} alarms hold instead of ${expected}`)
      const target = { kind: 'most', of: 'value', limit: 30 } as const
      figures.push(
        { name: `alarm-flood-${name}`, value: longestCpu, unit: 'ms', ratio: null, target },
        // with what the disk takes for each commit
        {
          name: `alarm-flood-${name}-own`,
          value: longestOwn ?? longest,
          unit: 'ms',
          ratio: null,
          target: null,
        },
      )
    }

    await measured('raised', ROOMS)
    await measured('restarted', ROOMS)
    history.sql.exec('UPDATE room_balance SET balance_fen = 100000')
    await measured('ended', 0)
    await close()
    rmSync(folder, { recursive: true, force: true })
    return figures
  },
}
