import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSearchIndex } from '#core/meters/search.ts'
import { openBenchCore } from '../lib/core.ts'
import { alternate, timed, type Bench, type Figure } from '../lib/harness.ts'

const METERS = 100_000
const GARDENS = ['阳光花园', '万科四季', '翠湖新城', '学府雅苑', '金色港湾', '桃李春风']
const FAMILY = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'
const QUERIES = ['1203', '张伟', '阳光花园', '万科四季12栋', '20253', '2025036', '不存在的', '阳光 张伟']

const pick = (text: string | readonly string[], n: number) => text[n % text.length] ?? ''

/** All hits among 100,000 meters, against LIKE on one column that holds the same text. */
export const bench: Bench = {
  name: 'search',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-search-'))
    const site = await openBenchCore(folder)
    const { raw } = site
    raw.exec('CREATE TABLE searched (text TEXT NOT NULL)')
    const meter = raw.prepare(
      `INSERT INTO meter (source, device_id, table_no, name, place, house, user_code, user_name, first_seen_at, seen_at)
       VALUES ('imr', ?, ?, ?, ?, ?, ?, ?, 1, 1)`,
    )
    const text = raw.prepare('INSERT INTO searched VALUES (?)')
    raw.transaction(() => {
      for (let i = 0; i < METERS; i++) {
        const no = String(202_500_000_000 + i * 7919)
        const place = `${pick(GARDENS, i)}${(i % 40) + 1}栋`
        const house = `${(i % 6) + 1}单元${((i * 7) % 30) + 1}0${(i % 4) + 1}`
        const user = pick(FAMILY, i * 7) + pick(GIVEN, Math.floor(i / 20)) + (i % 3 ? pick(GIVEN, i * 3) : '')
        const fields = [no, no, no, place, house, `U${100_000 + i}`, user]
        meter.run(...fields)
        text.run([...new Set(fields)].join(' ').toLowerCase())
      }
    })()
    const index = createSearchIndex(site.store.history, site.ports.clock)
    const build = await timed(() => index.find('x'))
    const like = raw.prepare('SELECT rowid FROM searched WHERE text LIKE ?')
    const figures: Figure[] = [{ name: 'search-build', value: build, unit: 'ms', ratio: null, target: null }]
    for (const query of QUERIES) {
      const ms = await alternate(15, {
        floor: () => like.all(`%${query.replace(' ', '%')}%`),
        search: () => index.find(query),
        first: () => index.find(query, 50),
      })
      const name = `search-${query.replace(' ', '+')}`
      figures.push(
        {
          name,
          value: ms.search,
          unit: 'ms',
          ratio: ms.floor / ms.search,
          target: { kind: 'least', of: 'ratio', limit: 2.5 },
        },
        {
          name: `${name}-each`,
          value: ms.search,
          unit: 'ms',
          ratio: null,
          target: { kind: 'most', of: 'value', limit: 5 },
        },
        { name: `${name}-first-50`, value: ms.first, unit: 'ms', ratio: ms.floor / ms.first, target: null },
      )
    }
    await site.close()
    rmSync(folder, { recursive: true, force: true })
    return figures
  },
}
