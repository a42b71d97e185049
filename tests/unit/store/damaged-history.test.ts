import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCore, type Core } from '#core/core.ts'
import { createPorts } from '#main/adapters/ports.ts'
import type { Input, OperationName, Output } from '#shared/contract/index.ts'
import { SCREEN } from '../../fixtures/console.ts'
import { inlineWorkers } from '../../fixtures/inline-workers.ts'
import { inFile } from '../../fixtures/restartable-desk.ts'

const ADA = { name: 'Ada', pin: '482913' }
let directory: string
let core: Core | null
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-damaged-'))
  await open()
  await call('operators.createFirst', ADA)
})
afterEach(async () => {
  await close()
  rmSync(directory, { recursive: true })
})

async function open(): Promise<void> {
  const workerUrl = new URL('../../../src/main/worker.ts', import.meta.url)
  const ports = createPorts({ directory, workerUrl, log: { mirror: () => undefined } })
  core = await openCore({ ...ports, workers: inlineWorkers() }, { version: '0', directory, demo: false })
}
async function close(): Promise<void> {
  const open = core
  core = null
  await open?.close()
}
const call = <N extends OperationName>(name: N, input: Input<N>) =>
  core?.call(SCREEN, name, input) as Promise<Output<N>>

/** Opens the desk again on a history whose pages of these tables are noise, as a bad disk would leave them. */
async function reopenDamaged(...tables: string[]): Promise<void> {
  await close()
  const path = join(directory, 'history.db')
  const pages = inFile(path, (db) => {
    db.exec(`INSERT INTO meter (id, source, device_id, table_no, first_seen_at, seen_at) VALUES (1, 'imr', 'A', 'A', 1, 1);
      INSERT INTO reading VALUES (1, 1, 1, 0)`)
    const root = db.statement<{ page: number }>('SELECT rootpage AS page FROM sqlite_schema WHERE name = ?')
    return tables.map((table) => root.get(table)?.page ?? 0)
  })
  const file = openSync(path, 'r+')
  for (const page of pages) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096)
  closeSync(file)
  await open()
  await call('operators.signIn', ADA)
}

const damagedFiles = async () =>
  (await call('system.status', {})).problems.flatMap(({ code, data }) =>
    code === 'STORE_DAMAGED' ? [data?.['file']] : [],
  )
const refused = { code: 'STORE_DAMAGED', data: { file: expect.stringMatching(/history\.db$/) } }

describe('a damaged history.db', () => {
  it('is named by the background, and site.db is copied all the same', async () => {
    await reopenDamaged('reading')
    core?.startBackground()
    await expect.poll(damagedFiles, { timeout: 10_000 }).toEqual(['history.db'])
    expect(readdirSync(join(directory, 'backups')).some((name) => /^site\..*\.db$/.test(name))).toBe(true)
  })

  it('is what its reads answer, not a bug of the program', async () => {
    await reopenDamaged('reading', 'meter')
    const span = { from: 0, to: 86_400_000 }
    await expect(call('meters.list', {})).rejects.toMatchObject(refused)
    await expect(call('meters.readings', { meterId: 'imr:A', ...span })).rejects.toMatchObject(refused)
    await expect(call('meters.usage', { meterIds: ['imr:A'], ...span, bucket: 'day' })).rejects.toMatchObject(
      refused,
    )
  })

  it('leaves the status to tell of it, and the desk to close its files', async () => {
    await reopenDamaged('meter', 'reading', 'sync_state', 'latest')
    core?.startBackground()
    await expect.poll(damagedFiles, { timeout: 10_000 }).toEqual(['history.db'])
    const { sources } = await call('system.status', {})
    expect(sources[0]).toMatchObject({ source: 'imr', lastCompleteAt: null })
    await close()
    await open()
    await call('operators.signIn', ADA)
    const { problems } = await call('system.status', {})
    expect(problems.map(({ code }) => code)).not.toContain('UNCLEAN_STOP')
  })

  it('that the desk cannot even open with is named, with what can be done', async () => {
    await expect(reopenDamaged('meta')).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('There is no good backup of it'),
    })
  })
})
