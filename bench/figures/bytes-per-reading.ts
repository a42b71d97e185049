import { join } from 'node:path'
import { openBenchCore } from '../lib/core.ts'
import type { Bench } from '../lib/harness.ts'
import { bigFolder, bytesOf, METERS, PER_METER } from '../lib/site.ts'

/** Bytes of history.db for each reading in it; the floor is the clustered table of readings alone. */
export const bench: Bench = {
  name: 'bytes-per-reading',
  async run() {
    const folder = await bigFolder()
    const site = await openBenchCore(folder)
    const page = site.raw.pragma('page_size', { simple: true }) as number
    const alone = site.raw.prepare<[], { pages: number }>(
      "SELECT count(*) AS pages FROM dbstat WHERE name = 'reading'",
    )
    const floor = (alone.get()?.pages ?? 0) * page
    await site.close()
    const value = bytesOf(join(folder, 'history.db')) / (METERS * PER_METER)
    return [
      {
        name: 'bytes-per-reading',
        value,
        unit: 'bytes',
        ratio: (value * METERS * PER_METER) / floor,
        target: { kind: 'most', of: 'value', limit: 25 },
      },
    ]
  },
}
