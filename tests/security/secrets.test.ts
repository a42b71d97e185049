import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import { startDemoSite, type DemoSite } from '#main/demo/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import { ADMIN, openTestCore, type TestCore } from '../fixtures/doors.ts'

/** Recognisable anywhere, also with a few characters cut off an end. */
const known = (name: string) => `known-${name}-71c2e9`
const WATER = known('water-token')
const PIN = '975310864213'

interface Witness {
  readonly server: Server
  readonly url: string
  /** tokens that the vendor gave out */
  readonly tokens: Set<string>
}

/** Stands between the desk and the vendor and remembers every token that passes. */
async function watch(vendor: string): Promise<Witness> {
  const tokens = new Set<string>()
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming
    const forward = request(`${vendor}${url}`, { method, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1')
        outgoing.write(chunk)
      })
      answer.on('end', () => {
        if (/login/i.test(url ?? '')) for (const token of tokensIn(text)) tokens.add(token)
        outgoing.end()
      })
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
    })
    forward.on('error', () => outgoing.destroy())
    incoming.pipe(forward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens }
}

/** The vendor's token is 24 random bytes in base64. */
const tokensIn = (text: string) => text.match(/[A-Za-z0-9+/]{32}/g) ?? []

const profile = (demo: DemoSite, baseUrl: string): SiteProfile => ({
  upstreams: {
    imr: { baseUrl, account: demo.account, password: demo.password, minIntervalMs: demo.gapMs + 2 },
    campus: { baseUrl: 'http://127.0.0.1:9', account: 'c', password: known('campus') },
    water: { baseUrl: 'http://127.0.0.1:9', auth: { kind: 'bearer', token: WATER } },
  },
  lan: {
    manager: { appId: 'm', appKey: known('manager') },
    user: { appId: 'u', appKey: known('user') },
    httpJam: known('jam'),
    wechat: {
      kind: 'wechat',
      manager: { appId: 'm', secret: known('wx-m') },
      user: { appId: 'u', secret: known('wx-u') },
    },
  },
  sync: { historyDays: 3, everyMinutes: 0 },
})

/** As it is, and as it would stand in an address, a body of a form, base64 or JSON. */
const disguises = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
]

describe('secrets', () => {
  let demo: DemoSite
  let witness: Witness
  let test: TestCore
  let job: JobRow
  let secrets: string[]
  let diagnostics: string
  const caller: Caller = { door: 'inproc', screen: 'secrets' }

  beforeAll(async () => {
    demo = await startDemoSite({ meters: 20, hourly: 2, days: 5, gapMs: 1 })
    witness = await watch(demo.imrUrl)
    test = await openTestCore({ profile: profile(demo, witness.url) })
    await test.core.call(caller, 'operators.signIn', ADMIN)
    await test.core.call(caller, 'operators.create', { name: 'Pin', pin: PIN, roles: ['viewer'] })
    await test.core.call(caller, 'settings.testConnection', {
      source: 'imr',
      imr: { password: known('typed') },
    })
    await test.core
      .call({ door: 'api' }, 'operators.signIn', { name: 'Pin', pin: `${PIN.slice(0, -1)}0` })
      .catch(() => undefined)
    const script = (await test.core.call({ door: 'api' }, 'operators.signIn', { name: 'Pin', pin: PIN })) as {
      session: string
    }
    job = await synced(test, caller)
    // What a careless line of ours would write.
    test.ports.log.error('the vendor refused', {
      url: `${witness.url}/meter?token=${encodeURIComponent([...witness.tokens][0] ?? '')}`,
      headers: { authorization: `Bearer ${test.web.token}` },
      text: `password was ${demo.password}, key ${known('manager')}, water ${WATER}`,
    })
    await demo.setFault('serverError', 2)
    await test.core.call(caller, 'sync.start', { source: 'imr', dataset: 'catalogue' })
    const bundle = (await test.core.call(caller, 'system.diagnostics', {})) as { zip: string }
    diagnostics = Object.values(unzipSync(Buffer.from(bundle.zip, 'base64')))
      .map((bytes) => strFromU8(bytes))
      .join('\n')
    secrets = [
      demo.password,
      ...['campus', 'manager', 'user', 'jam', 'wx-m', 'wx-u', 'typed'].map(known),
      WATER,
      PIN,
      script.session,
      test.web.token,
      ...witness.tokens,
    ]
  })
  afterAll(async () => {
    await test.close()
    witness.server.closeAllConnections()
    witness.server.close()
    await demo.close()
  })

  const found = (text: string) => secrets.flatMap(disguises).filter((secret) => text.includes(secret))

  it('were really used: the sync stored readings and the vendor gave a token', async () => {
    expect(job).toMatchObject({ state: 'done' })
    expect(witness.tokens.size).toBeGreaterThan(0)
    expect(await test.core.call(caller, 'meters.list', {})).toMatchObject({ total: 20 })
  })

  it('stand in no file of the data folder: databases, journals, logs', () => {
    const files = readdirSync(test.directory, { recursive: true, withFileTypes: true }).filter((e) =>
      e.isFile(),
    )
    expect(files.map((file) => file.name)).toEqual(
      expect.arrayContaining(['site.db', 'history.db', 'sitedesk.log']),
    )
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1')
      expect([file.name, found(text)]).toEqual([file.name, []])
    }
  })

  it('are not in the diagnostics bundle, the log lines or what stderr shows', () => {
    expect(diagnostics.length).toBeGreaterThan(500)
    expect(found(diagnostics)).toEqual([])
    expect(found(test.ports.log.recent().join('\n'))).toEqual([])
    expect(found(test.mirrored.join('\n'))).toEqual([])
  })

  it('are in no answer that a screen gets', async () => {
    const answers = await Promise.all(
      ['settings.get', 'system.status', 'system.hello', 'jobs.list', 'audit.list', 'operators.list'].map(
        (name) => test.core.call(caller, name, {}),
      ),
    )
    expect(found(JSON.stringify(answers))).toEqual([])
    expect(answers[0]).toMatchObject({
      secretsSet: expect.arrayContaining(['upstreams.imr.password', 'lan.httpJam']),
    })
  })
})

/** Syncs all of IMR and waits for the job's own end. */
async function synced({ core }: TestCore, caller: Caller): Promise<JobRow> {
  let id: string | undefined
  const seen = new Map<string, JobRow>()
  const ended = new Promise<JobRow>((resolve) => {
    core.subscribe(caller, (event) => {
      if (event.type !== 'job' || event.job.endedAt === null) return
      seen.set(event.job.id, event.job)
      if (event.job.id === id) resolve(event.job)
    })
  })
  const started = (await core.call(caller, 'sync.start', { source: 'imr' })) as { jobId: string }
  id = started.jobId
  return seen.get(id) ?? ended
}
