import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectPage, connectScript, type Client } from '../../fixtures/doors.ts'
import { startHost, type HostProcess } from '../../fixtures/host-process.ts'

const ADMIN = { name: 'Ada', pin: '482913' }
const SOURCES = ['imr', 'campus', 'water'] as const

let home: string
let real: HostProcess
let vendor: Server
let practice: Client | null = null
let asked = 0
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sitedesk-practice-'))
  mkdirSync(join(home, 'tmp'))
  asked = 0
  vendor = createServer((_request, response) => {
    asked += 1
    response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  // whoever forgets to say which folder gets the real one here
  const env = { XDG_DATA_HOME: home, TMPDIR: join(home, 'tmp') }
  real = startHost(['--no-open', '--port', '0', '--data-dir', join(home, 'sitedesk')], env)
})
afterEach(async () => {
  practice?.close()
  real.child.kill('SIGCONT')
  real.child.kill('SIGTERM')
  await real.ended
  await new Promise((resolve) => vendor.close(resolve))
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const hashes = () =>
  readdirSync(join(home, 'sitedesk'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')] as const
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))

// a process that stands still is a matter of POSIX
it.skipIf(process.platform === 'win32')(
  'practice changes no byte of the real folder and calls none of its vendors',
  async () => {
    const ready = await real.ready
    const desk = connectScript({ url: ready.console, token: ready.token })
    await desk.call('operators.createFirst', ADMIN)
    await desk.call('operators.signIn', ADMIN)
    const address = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
    const changes = Object.fromEntries(SOURCES.map((source) => [`upstreams.${source}.baseUrl`, address]))
    await desk.call('settings.update', { changes })
    const { url } = await desk.call('system.practice', { run: true })

    // the real desk stands still: whatever moves now, practice moved it
    real.child.kill('SIGSTOP')
    asked = 0
    const before = hashes()
    expect(before.map(([path]) => path)).toContain(join(home, 'sitedesk', 'site.db'))
    practice = await connectPage(url ?? '')
    const { dataDir } = await practice.call('system.status', {})
    expect(dataDir).toContain(join(home, 'tmp', 'sitedesk-demo-'))
    for (const source of SOURCES)
      expect(await practice.call('settings.testConnection', { source }), source).toMatchObject({ ok: true })
    await practice.call('settings.update', { changes: { 'setup.checklist': true } })
    await practice.call('backups.run', {})
    const { rows } = await practice.call('rooms.search', { query: '梅' })
    const sale = {
      intentId: crypto.randomUUID(),
      roomId: rows[0]?.id ?? '',
      amountFen: 100,
      tender: 'card' as const,
    }
    await practice.call('recharge.create', sale)
    expect(hashes()).toEqual(before)
    expect(asked).toBe(0)

    real.child.kill('SIGCONT')
    practice.close()
    await desk.call('system.practice', { run: false })
    expect(readdirSync(join(home, 'tmp')).filter((name) => name.startsWith('sitedesk-demo-'))).toEqual([])
  },
  // two hosts start one after the other
  60_000,
)
