import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDirectory } from '#core/rooms/directory.ts'
import { openBenchCore } from '../lib/core.ts'
import { alternate, timed, type Bench, type Figure } from '../lib/harness.ts'

const AREAS = ['东区', '西区', '学府雅苑', '教工宿舍', '桃李园']
const BUILDINGS = 20
const FLOORS = 25
const ROOMS = 20
const QUERIES = ['A1203', '东区', '桃李园12栋', 'xfyy', '不存在的', '西区 1203', '20250391']

/** All hits among 50,000 rooms, against LIKE on one column that holds the same text. */
export const bench: Bench = {
  name: 'room-search',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-rooms-'))
    const site = await openBenchCore(folder)
    const { raw } = site
    raw.exec('CREATE TABLE searched (text TEXT NOT NULL)')
    const node = raw.prepare('INSERT INTO room (id, parent_id, name, level, seen_at) VALUES (?, ?, ?, ?, 1)')
    const meter = raw.prepare(
      "INSERT INTO room_meter (room_id, table_no, type_code, at) VALUES (?, ?, '25', 1)",
    )
    const text = raw.prepare('INSERT INTO searched VALUES (?)')
    let made = 0
    raw.transaction(() => {
      for (const [a, area] of AREAS.entries()) {
        node.run(`1-${a}`, null, area, 101)
        for (let b = 1; b <= BUILDINGS; b++) {
          node.run(`2-${a}-${b}`, `1-${a}`, `${b}栋`, 102)
          for (let f = 1; f <= FLOORS; f++)
            for (let r = 1; r <= ROOMS; r++) {
              const id = `H-${made}`
              const name = `A${f}${String(r).padStart(2, '0')}`
              const number = String(202_500_000_000 + made++ * 7919)
              node.run(id, `2-${a}-${b}`, name, 103)
              meter.run(id, number)
              text.run(`${area}${b}栋${name} ${number} ${id}`.toLowerCase())
            }
        }
      }
    })()
    const directory = createDirectory(site.store.history, site.ports.clock)
    const build = await timed(() => directory.find('x'))
    const like = raw.prepare('SELECT rowid FROM searched WHERE text LIKE ?')
    const figures: Figure[] = [
      { name: 'room-search-build', value: build, unit: 'ms', ratio: null, target: null },
    ]
    for (const query of QUERIES) {
      const ms = await alternate(15, {
        floor: () => like.all(`%${query.replace(' ', '%')}%`),
        search: () => directory.find(query),
      })
      figures.push({
        name: `room-search-${query.replace(' ', '+')}`,
        value: ms.search,
        unit: 'ms',
        ratio: ms.floor / ms.search,
        target: { kind: 'least', of: 'ratio', limit: 2.5 },
      })
    }
    await site.close()
    rmSync(folder, { recursive: true, force: true })
    return figures
  },
}
