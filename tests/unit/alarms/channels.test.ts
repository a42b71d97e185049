import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AlarmSource } from '#core/alarms/index.ts'
import { createHttp } from '#main/adapters/http.ts'
import { VENDOR_NAMES } from '#shared/alarm-words.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import { dial, openAlarmDesk, type AlarmDesk, type Dial } from '../../fixtures/alarms.ts'

interface Got {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: { text: unknown; msgtype?: string; event?: string; site?: string; alarms?: unknown[] }
}

/** An invented receiver on loopback that answers as it is told. */
class Receiver {
  readonly got: Got[] = []
  answer: { status: number; body: object } = { status: 200, body: { errcode: 0, errmsg: 'ok' } }
  readonly #server: Server = createServer((request, response) => {
    void this.#take(request).then(() => {
      response.writeHead(this.answer.status, { 'content-type': 'application/json' })
      return response.end(JSON.stringify(this.answer.body))
    })
  })

  async #take(request: IncomingMessage): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Got['body']
    this.got.push({ path: request.url ?? '', authorization: request.headers.authorization, body })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close = () => new Promise((resolve) => this.#server.close(resolve))
}

const KEY = 'invented-robot-key-0001'
let ports: Dial
let receiver: Receiver
let base: string
let desk: AlarmDesk
beforeEach(async () => {
  ports = dial('portBroken')
  receiver = new Receiver()
  base = await receiver.listen()
  desk = await openAlarmDesk([ports], { http: createHttp() })
  await desk.set({ siteName: '测试园区' })
})
afterEach(async () => {
  await desk.close()
  await receiver.close()
})

const robot = () =>
  desk.set({ 'alarms.wecom.enabled': true, 'alarms.wecom.url': `${base}/send`, 'alarms.wecom.key': KEY })
const webhook = (more = {}) =>
  desk.set({ 'alarms.webhook.enabled': true, 'alarms.webhook.url': `${base}/hook`, ...more })
const deliveries = async (input = {}) => (await desk.call('alarms.deliveries', input)).rows
const raise = async (...subjects: string[]) => {
  for (const subject of subjects) ports.facts.set(subject, 1)
  desk.alarms.start()
  await desk.call('alarms.list', {})
}
/** Lets time pass until the newest delivery was tried so often. */
const tried = async (times: number, ms: number) => {
  await desk.test.clock.advance(ms)
  await expect
    .poll(async () => (await deliveries())[0])
    .toMatchObject({
      tries: times,
      result: expect.not.stringMatching('sending') as string,
    })
}

describe('a group robot', () => {
  it('is told of several alarms in one text, by its key, and the log holds no key', async () => {
    await robot()
    await raise('A:1', 'A:2')
    await expect.poll(() => deliveries()).toMatchObject([{ state: 'waiting', tries: 0, alarms: 2 }])
    await tried(1, 5 * SECOND)
    expect(receiver.got).toHaveLength(1)
    const [{ path, body }] = receiver.got as [Got]
    expect(path).toBe(`/send?key=${KEY}`)
    expect(body.msgtype).toBe('text')
    const { content } = body.text as { content: string }
    expect(content.split('\n')).toEqual([
      '【测试园区】2 条新告警',
      '2026-03-01 00:00:05',
      '[警告] 充电端口故障（999） 房间 A:1',
      '[警告] 充电端口故障（999） 房间 A:2',
    ])
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ state: 'sent', result: 'errcode 0', text: content, alarms: 2 })
    expect(JSON.stringify([await deliveries(), desk.test.ports.log.recent()])).not.toContain(KEY)
    expect(await desk.call('alarms.channels', {})).toMatchObject({
      rows: [
        { channel: 'webhook', enabled: false, problem: 'noAddress' },
        { channel: 'wecom', problem: null },
      ],
    })
  })

  it('gets one message a minute at most, whatever happens', async () => {
    await robot()
    await raise('A:1')
    await tried(1, 5 * SECOND)
    for (const subject of ['A:2', 'A:3']) {
      ports.facts.set(subject, 1)
      await desk.test.clock.advance(16 * SECOND)
      await desk.alarms.settled()
    }
    expect(receiver.got).toHaveLength(1)
    await desk.minute()
    await expect.poll(() => receiver.got.length).toBe(2)
    const content = JSON.stringify(receiver.got[1]?.body.text)
    expect(content).toMatch(/A:2[^]*A:3/)
  })

  it('that refuses the key is not asked again; the refusal is on record', async () => {
    receiver.answer = { status: 200, body: { errcode: 93000, errmsg: `invalid webhook url, key ${KEY}` } }
    await robot()
    await raise('A:1')
    await tried(1, 5 * SECOND)
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ state: 'failed', nextAt: null })
    expect(delivery?.result).toBe('errcode 93000 invalid webhook url, key [redacted]')
  })
})

describe('a webhook', () => {
  it('gets JSON with its token; phones that slipped into a name are masked', async () => {
    await webhook({ 'alarms.webhook.token': 'invented-token-77' })
    await raise('13800001234')
    await tried(1, 5 * SECOND)
    const [{ path, authorization, body }] = receiver.got as [Got]
    expect([path, authorization]).toEqual(['/hook', 'Bearer invented-token-77'])
    expect(body).toMatchObject({
      event: 'alarms',
      site: '测试园区',
      alarms: [{ rule: 'portBroken', severity: 'warning', name: '房间 138****1234', members: 0 }],
    })
    expect(JSON.stringify(body)).not.toContain('13800001234')
  })

  it('gets the vendor as the console calls it', async () => {
    await desk.close()
    const stale: Dial = dial('syncStale')
    const source: AlarmSource = {
      ...stale.source,
      facts: () => [{ subject: 'campus', name: () => VENDOR_NAMES.campus, value: 30 }],
    }
    desk = await openAlarmDesk([{ ...stale, source }], { http: createHttp() })
    await webhook()
    desk.alarms.start()
    await tried(1, 5 * SECOND)
    expect(receiver.got[0]?.body).toMatchObject({ alarms: [{ name: '校园水电' }] })
    expect(receiver.got[0]?.body.text).toContain('同步数据过旧 校园水电 30 小时')
    for (const [query, total] of [
      ['校园', 1],
      ['campus', 1],
      ['用水', 0],
    ] as const)
      expect((await desk.call('alarms.list', { query })).total).toBe(total)
  })

  it('that fails is tried again with growing pauses, and given up in the end', async () => {
    receiver.answer = { status: 503, body: {} }
    await webhook()
    await raise('A:1')
    await tried(1, 5 * SECOND)
    const pauses = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR]
    for (const [i, pause] of pauses.entries()) {
      expect(await deliveries()).toMatchObject([{ state: 'waiting', tries: i + 1, result: 'HTTP 503' }])
      await tried(i + 2, pause)
    }
    expect(await deliveries({ state: 'failed' })).toMatchObject([{ tries: 6, nextAt: null }])
    expect(receiver.got).toHaveLength(6)
  })

  it('that comes back gets what waited', async () => {
    receiver.answer = { status: 500, body: {} }
    await webhook()
    await raise('A:1')
    await tried(1, 5 * SECOND)
    receiver.answer = { status: 204, body: {} }
    await tried(2, 30 * SECOND)
    expect(await deliveries()).toMatchObject([{ state: 'sent', result: 'HTTP 204' }])
  })

  it('is told of an alarm or the alarm is not raised: both stand in one transaction', async () => {
    await webhook()
    const { sql } = desk.test.store.site
    sql.exec(`CREATE TRIGGER broken BEFORE INSERT ON alarm_delivery BEGIN SELECT RAISE(ABORT, 'no'); END`)
    await raise('A:1')
    expect((await desk.call('alarms.list', { state: 'all' })).rows).toEqual([])
    sql.exec('DROP TRIGGER broken')
    await desk.minute()
    expect((await desk.call('alarms.list', {})).rows).toMatchObject([{ subject: 'A:1' }])
    expect(await deliveries()).toMatchObject([{ alarms: 1 }])
  })

  it('takes only what is severe enough for it', async () => {
    await webhook({ 'alarms.webhook.from': 'critical' })
    await raise('A:1')
    expect(await deliveries()).toEqual([])
  })

  it('is never reached over plain http at another computer, unless an administrator allows it', async () => {
    await webhook({ 'alarms.webhook.url': 'http://desk.example.invalid/hook' })
    const problem = async () => (await desk.call('alarms.channels', {})).rows[0]?.problem
    expect(await problem()).toBe('insecure')
    expect(await desk.call('alarms.testChannel', { channel: 'webhook' })).toMatchObject({
      kind: 'test',
      state: 'failed',
      result: 'insecure',
      tries: 1,
    })
    await desk.set({ 'alarms.allowPlainHttp': true })
    expect(await problem()).toBeNull()
    await desk.set({
      'alarms.allowPlainHttp': null,
      'alarms.webhook.url': 'https://desk.example.invalid/hook',
    })
    expect(await problem()).toBeNull()
  })
})

describe('the test button', () => {
  it('sends one message and answers what came back', async () => {
    await webhook()
    expect(await desk.call('alarms.testChannel', { channel: 'webhook' })).toMatchObject({
      kind: 'test',
      state: 'sent',
      result: 'HTTP 200',
      alarms: 0,
    })
    expect(receiver.got).toMatchObject([{ body: { event: 'test', alarms: [] } }])
    expect(await desk.call('alarms.testChannel', { channel: 'wecom' })).toMatchObject({
      state: 'failed',
      result: 'noAddress',
    })
    await desk.set({ 'alarms.wecom.url': `${base}/send?key=in-the-address` })
    expect(await desk.call('alarms.testChannel', { channel: 'wecom' })).toMatchObject({
      result: 'keyInAddress',
    })
    await desk.set({ 'alarms.wecom.url': `${base}/send` })
    expect(await desk.call('alarms.testChannel', { channel: 'wecom' })).toMatchObject({ result: 'noKey' })
    await receiver.close()
    expect(await desk.call('alarms.testChannel', { channel: 'webhook' })).toMatchObject({
      state: 'failed',
      result: 'refused',
      tries: 1,
    })
  })
})
