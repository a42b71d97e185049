import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import type { Workers } from '#core/ports.ts'
import { createUpdates, type UpdateHost } from '#core/updates/index.ts'
import { createHttp } from '#main/adapters/http.ts'
import type { Input, OperationName } from '#shared/contract/index.ts'
import type { UpdateBlocker, UpdateSource, UpdateStatus } from '#shared/contract/updates.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { openConsole } from '../../fixtures/console.ts'
import { openTestStore, testContext } from '../../fixtures/store.ts'
import {
  INSTALLER,
  manifestOf,
  sharedFolder,
  signed,
  startFeed,
  STRANGER,
  testHost,
  type Answer,
} from './site.ts'

const FILE = '/feed/SiteDesk-1.1.0-linux-amd64.deb'

const opened: { close(): Promise<void> | void }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close()
})

/** The area on a real store, without the rest of the core; workers copy as the real ones do. */
async function desk(
  change: Partial<UpdateHost> = {},
  version = '1.0.0',
  atWork = { jobs: [] as string[], payment: false },
) {
  const { host, started } = testHost(change)
  const test = await openTestStore()
  opened.push(test)
  const workers: Workers = {
    async run(task, input) {
      if (task === 'copyDatabase') await test.store.site.sql.backup((input as { target: string }).target)
      return [] as never
    },
    close: () => Promise.resolve(),
  }
  const ctx = testContext(test, {
    ports: { http: createHttp(), workers },
    options: { version, updates: host },
  })
  const noted: unknown[] = []
  const call: Call = {
    caller: { door: 'inproc' },
    operator: { operatorId: 'a', name: 'Ada', roles: ['admin'] },
    note: (detail) => void noted.push(detail),
    commit: (work) => test.store.site.write(work),
  }
  const open = () =>
    createUpdates(ctx, {
      jobs: { running: () => atWork.jobs.map((kind) => ({ kind }) as JobRow) },
      payments: { underway: () => atWork.payment },
    })
  let updates = await open()
  opened.push({ close: () => updates.close() })
  type Ask = (call: Call, input: unknown) => UpdateStatus | Promise<UpdateStatus>
  return {
    console: {
      directory: test.directory,
      store: test.store,
      now: () => test.clock.now(),
      noted,
      start: () => updates.start(),
      call: async <N extends UpdateOperation>(name: N, input: Input<N>) =>
        await test.clock.until(Promise.resolve((updates.handlers[name] as Ask)(call, input))),
      async reopen() {
        await updates.close()
        updates = await open()
      },
    },
    started,
  }
}
type Begun = (parts: {
  write: (sql: string, ...values: (string | number)[]) => Promise<void>
  atWork: { jobs: string[]; payment: boolean }
}) => Promise<void> | void
type TestDesk = Awaited<ReturnType<typeof desk>>['console']
type UpdateOperation = Extract<OperationName, `updates.${string}`>

async function found(console: TestDesk, source: UpdateSource) {
  await console.call('updates.setSource', { source })
  return await console.call('updates.check', {})
}

function folder(document: string, installer: Buffer | null = INSTALLER): UpdateSource {
  const { path, remove } = sharedFolder(document, installer)
  opened.push({ close: remove })
  return { kind: 'folder', path }
}

const downloaded = async (console: TestDesk) => {
  await console.call('updates.download', {})
  return await ended(console)
}

async function ended(console: TestDesk): Promise<UpdateStatus> {
  const state = async () => (await console.call('updates.status', {})).state
  await expect.poll(state, { timeout: 10_000 }).not.toBe('downloading')
  return await console.call('updates.status', {})
}

describe('what is offered', () => {
  it('nothing, where no key was compiled in: not even looked for', async () => {
    const { console } = await desk({ publicKey: null })
    const status = await found(console, folder(signed()))
    expect(status).toMatchObject({ state: 'noKey', offered: null, checkedAt: null })
  })

  it('a newer version with its notes, from a folder, a file or a feed', async () => {
    const { console } = await desk()
    const source = folder(signed())
    const offered = { version: '1.1.0', notes: { zh: '修了毛病', en: 'Mended' }, bytes: INSTALLER.length }
    expect(await found(console, source)).toMatchObject({ state: 'available', offered, problem: null })
    const path = join('path' in source ? source.path : '', 'update.json')
    expect(await found(console, { kind: 'file', path })).toMatchObject({ offered })
    const feed = await startFeed({ '/feed/update.json': (_, response) => response.end(signed()) })
    opened.push(feed)
    expect(await found(console, { kind: 'feed', url: feed.url })).toMatchObject({ offered })
  })

  it.each<[string, () => string, string]>([
    ['another publisher', () => signed({}, STRANGER.privateKey), 'notSigned'],
    ['a changed byte', () => signed().replace('Mended', 'Mendet'), 'notSigned'],
    [
      'no signature',
      () => JSON.stringify({ manifest: JSON.stringify(manifestOf()), signature: '' }),
      'notSigned',
    ],
    ['no JSON', () => 'SiteDesk 1.1.0', 'malformed'],
    ['a huge document', () => signed().padEnd(300_000), 'tooLarge'],
    ['an older version', () => signed({ version: '0.9.9' }), 'older'],
    ['a pre-release of this version', () => signed({ version: '1.0.0-rc1' }), 'older'],
    ['one that is too far away', () => signed({ minVersion: '1.0.1' }), 'tooOld'],
    ['another system', () => signed({ files: [] }), 'wrongPlatform'],
  ])('never: %s', async (_, document, problem) => {
    const { console } = await desk()
    expect(await found(console, folder(document()))).toMatchObject({ state: 'idle', offered: null, problem })
    await expect(console.call('updates.download', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(console.call('updates.install', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('nothing when this version runs already, which is no problem', async () => {
    const { console } = await desk({}, '1.1.0')
    expect(await found(console, folder(signed()))).toMatchObject({
      state: 'idle',
      offered: null,
      problem: null,
    })
  })

  it('nothing through a redirect, an answer without end, or plain http over a network', async () => {
    const { console } = await desk()
    const feed = await startFeed({
      '/feed/update.json': (_, response) => response.writeHead(302, { location: '/feed/real.json' }).end(),
      '/feed/real.json': (_, response) => response.end(signed()),
      '/feed/huge.json': (_, response) => response.end(signed().padEnd(1_000_000)),
    })
    opened.push(feed)
    expect(await found(console, { kind: 'feed', url: feed.url })).toMatchObject({ problem: 'redirect' })
    expect(feed.asked).toEqual(['/feed/update.json'])
    const huge = { kind: 'feed', url: `${feed.url}huge.json` } as const
    expect(await found(console, huge)).toMatchObject({ problem: 'tooLarge' })
    for (const url of ['http://192.168.1.2/feed', 'ftp://127.0.0.1/', 'https://user:pass@127.0.0.1/'])
      await expect(found(console, { kind: 'feed', url })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('a download', () => {
  it('is proven whole before it counts, and is found again after a restart', async () => {
    const { console } = await desk()
    await found(console, folder(signed()))
    const { state, file, receivedBytes } = await downloaded(console)
    expect({ state, receivedBytes }).toEqual({ state: 'ready', receivedBytes: INSTALLER.length })
    expect(readFileSync(file ?? '').equals(INSTALLER)).toBe(true)
    await console.reopen()
    expect(await console.call('updates.check', {})).toMatchObject({ state: 'ready', file })
  })

  it('of a changed file is thrown away', async () => {
    const { console } = await desk()
    const other = Buffer.from(INSTALLER)
    other[100_000] = 0
    await found(console, folder(signed(), other))
    expect(await downloaded(console)).toMatchObject({
      state: 'available',
      problem: 'wrongHash',
      receivedBytes: 0,
    })
  })

  it('of a file that is too short or too long never counts', async () => {
    const { console } = await desk()
    await found(console, folder(signed(), INSTALLER.subarray(0, 1000)))
    expect(await downloaded(console)).toMatchObject({ state: 'available', problem: 'truncated' })
    await found(console, folder(signed(), Buffer.concat([INSTALLER, INSTALLER])))
    expect((await downloaded(console)).file).toBeNull()
  })

  it('that broke goes on where it stopped', async () => {
    const { console } = await desk()
    let whole = false
    let breakIt: () => void = () => {}
    const answer: Answer = (request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (whole) {
        response.writeHead(206).end(INSTALLER.subarray(from))
        return
      }
      breakIt = () => request.socket.destroy()
      response.writeHead(200, { 'content-length': INSTALLER.length })
      response.write(INSTALLER.subarray(0, 100_000))
    }
    const feed = await startFeed({
      '/feed/update.json': (_, response) => response.end(signed()),
      [FILE]: answer,
    })
    opened.push(feed)
    await found(console, { kind: 'feed', url: feed.url })
    await console.call('updates.download', {})
    const received = async () => (await console.call('updates.status', {})).receivedBytes
    await expect.poll(received, { timeout: 10_000 }).toBeGreaterThan(0)
    breakIt()
    const broken = await ended(console)
    expect(broken).toMatchObject({ state: 'available', problem: 'truncated' })
    expect(broken.receivedBytes).toBeGreaterThan(0)
    whole = true
    expect(await downloaded(console)).toMatchObject({ state: 'ready', problem: null })
    expect(feed.asked.at(-1)).toBe(`${FILE} bytes=${broken.receivedBytes}-`)
  })

  it('is not led elsewhere', async () => {
    const { console } = await desk()
    const feed = await startFeed({
      '/feed/update.json': (_, response) => response.end(signed()),
      [FILE]: (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      '/elsewhere': (_, response) => response.end(INSTALLER),
    })
    opened.push(feed)
    await found(console, { kind: 'feed', url: feed.url })
    expect(await downloaded(console)).toMatchObject({ state: 'available', problem: 'redirect' })
    expect(feed.asked).not.toContain('/elsewhere')
  })
})

describe('an installation', () => {
  let console: TestDesk
  let started: string[]
  const ready = async () => {
    await found(console, folder(signed()))
    return (await downloaded(console)).file ?? ''
  }
  beforeEach(async () => {
    ;({ console, started } = await desk())
  })

  it('starts the proven installer after copying the database, and the next start says what became of it', async () => {
    const file = await ready()
    await console.call('updates.install', {})
    expect(started).toEqual([file])
    expect(statSync(join(console.directory, 'updates', 'site.before-1.1.0.db')).size).toBeGreaterThan(4096)
    expect(console.noted.at(-1)).toEqual({ target: '1.1.0' })
    await console.reopen()
    console.start()
    const { last } = await console.call('updates.status', {})
    expect(last).toMatchObject({ from: '1.0.0', to: '1.1.0', result: 'notInstalled' })
  })

  it('proves the file once more: one that was changed on the disk is not started', async () => {
    const file = await ready()
    writeFileSync(file, INSTALLER.fill('x', 5, 10))
    await expect(console.call('updates.install', {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    INSTALLER.fill('sitedesk ')
    expect(started).toEqual([])
    expect(await console.call('updates.status', {})).toMatchObject({ problem: 'wrongHash', file: null })
  })

  it('waits two minutes for a sale that nobody answered, and starts nothing', async () => {
    await ready()
    const { site } = console.store
    const blockers = async () => (await console.call('updates.status', {})).blockers
    const since = (unknownSince: number) => JSON.stringify({ unknownSince })
    await site.write(() => site.statement(sale('UNKNOWN')).run(since(0), 0))
    expect(await blockers()).toEqual([])
    // nobody answered it half a minute ago
    const change = 'UPDATE recharge_intent SET memory = ?'
    await site.write(() => site.statement(change).run(since(console.now() - 30_000)))
    expect(await blockers()).toEqual(['recharge'])
    await expect(console.call('updates.install', {})).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { blockers: ['recharge'] },
    })
    expect(started).toEqual([])
  })

  it.each<[UpdateBlocker, Begun]>([
    ['recharge', ({ write }) => write(sale('SENT'), '{}', 0)],
    ['payment', ({ atWork }) => void (atWork.payment = true)],
    ['provisioning', ({ write }) => write(run)],
    ['command', ({ write }) => write(command)],
    ['job', ({ atWork }) => void (atWork.jobs = ['sync.imr', 'batch'])],
  ])('is refused while this is under way: %s; and goes on when it is over', async (blocker, begin) => {
    const atWork = { jobs: [] as string[], payment: false }
    const busy = await desk({}, '1.0.0', atWork)
    const { site } = busy.console.store
    const write = (sql: string, ...values: (string | number)[]) =>
      site.write(() => void site.statement(sql).run(...values))
    await found(busy.console, folder(signed()))
    await downloaded(busy.console)
    await begin({ write, atWork })
    expect((await busy.console.call('updates.status', {})).blockers).toEqual([blocker])
    await expect(busy.console.call('updates.install', {})).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { blockers: [blocker] },
    })
    expect(busy.started).toEqual([])
    Object.assign(atWork, { jobs: ['sync.imr'], payment: false })
    await write("UPDATE recharge_intent SET state = 'APPLIED'")
    await write("UPDATE provisioning_run SET state = 'done'")
    await write("UPDATE meter_command SET state = 'accepted'")
    expect(await busy.console.call('updates.install', {})).toMatchObject({ blockers: [], problem: null })
    expect(busy.started).toHaveLength(1)
  })

  it('is refused by what begins while the installer is read for the last time', async () => {
    const atWork = { jobs: [] as string[], payment: false }
    const started: string[] = []
    const install: UpdateHost['install'] = async (path, prove) => {
      atWork.jobs = ['batch']
      await prove(path)
      started.push(path)
    }
    const busy = await desk({ install }, '1.0.0', atWork)
    await found(busy.console, folder(signed()))
    await downloaded(busy.console)
    const blocked = { code: 'NOT_ALLOWED_NOW', data: { blockers: ['job'] } }
    await expect(busy.console.call('updates.install', {})).rejects.toMatchObject(blocked)
    expect(started).toEqual([])
    // nothing was started, so the next start has nothing to tell
    await busy.console.reopen()
    busy.console.start()
    expect(await busy.console.call('updates.check', {})).toMatchObject({ state: 'ready', last: null })
  })

  it('says so when the installer does not start, and can be tried again', async () => {
    let broken = true
    const started: string[] = []
    const install: UpdateHost['install'] = async (path, prove) => {
      await prove(path)
      if (broken) throw new Error('EACCES')
      started.push(path)
    }
    const { console } = await desk({ install })
    await found(console, folder(signed()))
    await downloaded(console)
    await expect(console.call('updates.install', {})).rejects.toMatchObject({ code: 'UPDATE_NOT_STARTED' })
    expect(await console.call('updates.status', {})).toMatchObject({ state: 'ready', problem: 'notStarted' })
    broken = false
    expect(await console.call('updates.install', {})).toMatchObject({ problem: null })
    expect(started).toHaveLength(1)
  })

  it('is by hand where the host starts none', async () => {
    const headless = await desk({ install: null })
    await found(headless.console, folder(signed()))
    expect(await downloaded(headless.console)).toMatchObject({ state: 'ready', byHand: true, blockers: [] })
    await expect(headless.console.call('updates.install', {})).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
    })
  })
})

describe('in the whole console', () => {
  it('is for administrators alone, and audited', async () => {
    const { host } = testHost()
    const console = await openConsole({ version: '1.0.0', updates: host })
    opened.push(console)
    await console.call('operators.createFirst', { name: 'Ada', pin: '482913', siteName: '测试园区' })
    expect(await console.call('updates.check', {})).toMatchObject({ state: 'idle', source: null })
    const { rows } = await console.call('audit.list', { operation: 'updates.check' })
    expect(rows).toMatchObject([{ operator: 'Ada', target: 'source' }])
    const { parts } = await console.call('system.status', {})
    expect(parts.at(-1)).toMatchObject({ part: 'updates', state: 'off' })
    await console.call('operators.create', { name: 'Viv', pin: '777777', roles: ['supervisor'] })
    const door = { door: 'api' } as const
    const { session } = await console.call('operators.signIn', { name: 'Viv', pin: '777777' }, door)
    await expect(console.call('updates.install', {}, { ...door, session })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
  })
})

const sale = (
  state: string,
) => `INSERT INTO recharge_intent (id, out_trade_no, state, room_id, room_path, amount_fen,
  tender, operator, memory, created_at) VALUES ('a', 'sdk1', '${state}', 'r', '1', 100, 'card', 'Ada', ?, ?)`
const run = `INSERT INTO provisioning_run (id, state, site, installer, adapter, options, created_by, created_at)
  VALUES ('a', 'running', '', '', 'demo', '{}', 'Ada', 0)`
const command = `INSERT INTO meter_command (id, meter_id, device_id, table_no, place, house, user_name, action, state,
  requested_by, door, requested_at) VALUES ('a', 'imr:1', '1', '1', '', '', '', 'read', 'sent', 'Ada', 'api', 0)`
