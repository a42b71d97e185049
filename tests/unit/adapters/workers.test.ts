import { afterAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { createWorkers } from '#main/adapters/workers.ts'

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'sitedesk-workers-'))
afterAll(async () => {
  await workers.close()
  rmSync(directory, { recursive: true, force: true })
})

const zoneOffset = 8 * 3_600_000
const columns = [
  { title: '表号', format: 'text' },
  { title: '读数', format: 'decimal' },
  { title: '时间', format: 'time' },
] as const
const at = Date.UTC(2026, 10, 21, 16, 5, 9)
const rows = [
  ['000123456789012345', '346.90', at],
  ['=HYPERLINK("x")', '-3.5', null],
]

describe('the threads', () => {
  it('start anew after a crash, and end what waited with an error', async () => {
    const script = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ id, input }) =>
        input.pin === 'crash' ? process.exit(3) : parentPort.postMessage({ id, ok: true, output: input.pin }))`
    const threads = createWorkers(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
    const salt = new Uint8Array()
    expect(await threads.run('hashPin', { pin: 'one', salt })).toBe('one')
    await expect(threads.run('hashPin', { pin: 'crash', salt })).rejects.toThrow('the worker stopped (3)')
    expect(await threads.run('hashPin', { pin: 'two', salt })).toBe('two')
    await threads.close()
    await expect(threads.run('hashPin', { pin: 'three', salt })).rejects.toThrow('closed')
  })

  it('let a short task go past a long one', async () => {
    const script = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ id, task }) => task === 'hashPin' && parentPort.postMessage({ id, ok: true }))`
    const threads = createWorkers(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
    const long = threads.run('checkDatabase', { path: 'never answered' })
    const ended = expect(long).rejects.toThrow('stopped')
    await threads.run('hashPin', { pin: '1', salt: new Uint8Array() })
    await threads.close()
    await ended
  })
})

describe('the worker', () => {
  it('hashes a PIN the same way every time, and differently with another salt', async () => {
    const salt = new Uint8Array(16).fill(7)
    const [one, again, other] = await Promise.all([
      workers.run('hashPin', { pin: '482913', salt }),
      workers.run('hashPin', { pin: '482913', salt }),
      workers.run('hashPin', { pin: '482913', salt: new Uint8Array(16).fill(8) }),
    ])
    expect(one).toHaveLength(32)
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it('finds a sound file sound and a damaged one damaged', async () => {
    const good = join(directory, 'good.db')
    const db = createSqlDriver().open(good, { durable: false })
    db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)')
    db.close()
    const bad = join(directory, 'bad.db')
    writeFileSync(
      bad,
      'this is no database at all, and long enough to be looked at as a header of one'.repeat(9),
    )
    expect(await workers.run('checkDatabase', { path: good })).toEqual([])
    expect(await workers.run('checkDatabase', { path: bad })).not.toEqual([])
  })

  it('answers a task that fails with its reason and goes on', async () => {
    const missing = join(directory, 'none.db')
    await expect(workers.run('checkDatabase', { path: missing })).rejects.toThrow(/directory|open|exist/)
    expect(await workers.run('checkDatabase', { path: join(directory, 'good.db') })).toEqual([])
  })

  it('writes CSV that gives every code and number back as it was', async () => {
    const pages = rows.map((row) => JSON.stringify([row]))
    const bytes = Buffer.from(
      await workers.run('writeSheet', { format: 'csv', columns, pages, zoneOffset }),
      'base64',
    )
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain('"000123456789012345",346.90,2026-11-22 00:05:09')
    const parsed = Papa.parse<string[]>(text, { skipEmptyLines: true })
    expect(parsed.data).toEqual([
      ['表号', '读数', '时间'],
      ['000123456789012345', '346.90', '2026-11-22 00:05:09'],
      ['\'=HYPERLINK("x")', '-3.5', ''],
    ])
  })
})
