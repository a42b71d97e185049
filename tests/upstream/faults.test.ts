import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { vendorError, type Answer } from '../fixtures/vendor-server.ts'
import { bench, LATEST, many, meterRow, METERS, type Bench } from './harness.ts'

const page = { page: 1, pageSize: 1000 }
const SECOND = 1000
const ok: Answer = { body: { code: 200, data: [meterRow(1)], totalCount: 1 } }

/** Milliseconds of fake time that a call took. */
async function took(b: Bench, call: () => Promise<unknown>): Promise<number> {
  const start = b.clock.monotonic()
  await b.run(call().catch(() => undefined))
  return b.clock.monotonic() - start
}

describe('too fast and failed (F-05, F-07, F-12, I-33)', () => {
  it('1011 twice, then right: waits 2.2 s and 4.4 s, and paces the whole account from then on', async () => {
    const b = await bench()
    await b.run(b.imr.login())
    b.server.script(METERS, vendorError(1011, '访问过快'), vendorError(1011))
    expect(await took(b, () => b.imr.meterList(page))).toBe(2200 + 4400)
    expect(b.server.of(METERS)).toHaveLength(3)
    expect(b.limiter.scope).toBe('account')
  })

  it('1011 holds back everybody on that endpoint, and nobody elsewhere', async () => {
    const b = await bench({ access: { minIntervalMs: 0 } })
    await b.run(b.imr.login())
    const starts: [string, number][] = []
    const seen = (name: string, answer: Answer) => () => {
      starts.push([name, b.clock.monotonic()])
      return answer
    }
    b.server.script(METERS, seen('first', vendorError(1011)), seen('again', ok), seen('other', ok))
    b.server.script(LATEST, seen('latest', ok))
    await b.run(Promise.all([b.imr.meterList(page), b.imr.meterList(page), b.imr.readMeter(page)]))
    const at = Object.fromEntries(starts)
    expect([at['first'], at['latest']]).toEqual([0, 0])
    expect(Math.min(at['again'] ?? 0, at['other'] ?? 0)).toBe(2200)
  })

  it('one 1011 alone leaves each endpoint its own gap', async () => {
    const b = await bench()
    b.server.script(METERS, vendorError(1011))
    await b.run(b.imr.meterList(page))
    expect(b.limiter.scope).toBe('endpoint')
  })

  it('1011 for ever: five times again, at most 30 s apart, then fails', async () => {
    const b = await bench()
    b.server.script(METERS, ...many(20, () => vendorError(1011)))
    const start = b.clock.monotonic()
    expect((await b.fails(b.imr.meterList(page))).fault).toBe('tooFast')
    expect(b.server.of(METERS)).toHaveLength(6)
    expect(b.clock.monotonic() - start).toBe(2200 + 4400 + 8800 + 17_600 + 30_000)
  })

  it('1001: again after 2 s and 8 s, then fails (F-07)', async () => {
    const b = await bench({ access: { minIntervalMs: 0 } })
    b.server.script(METERS, ...many(9, () => vendorError(1001, '失败')))
    const start = b.clock.monotonic()
    const error = await b.fails(b.imr.meterList(page))
    expect(error.fault).toBe('failed')
    expect(b.server.of(METERS)).toHaveLength(3)
    expect(b.clock.monotonic() - start).toBe(10 * SECOND)
  })

  it('429 with Retry-After in seconds or as a date: waits that long (F-12)', async () => {
    const b = await bench()
    const at = (ms: number) => new Date(b.clock.now() + ms).toUTCString()
    b.server.script(METERS, { status: 429, headers: { 'retry-after': '7' } })
    expect(await took(b, () => b.imr.meterList(page))).toBe(7 * SECOND)
    b.server.script(LATEST, { status: 429, headers: { 'retry-after': at(9 * SECOND) } })
    expect(await took(b, () => b.imr.readMeter(page))).toBe(9 * SECOND)
  })

  it('429 that asks for more than a minute fails at once', async () => {
    const b = await bench()
    b.server.script(METERS, { status: 429, headers: { 'retry-after': '3600' } })
    expect((await b.fails(b.imr.meterList(page))).fault).toBe('tooFast')
    expect(b.server.of(METERS)).toHaveLength(1)
  })
})

describe('no answer (F-09, F-10)', () => {
  it('silence: three more tries after 1, 4 and 16 s, then offline', async () => {
    const b = await bench({ access: { minIntervalMs: 0 } })
    await b.run(b.imr.login())
    b.http.totalTimeoutMs = 60
    b.server.script(METERS, ...many(4, () => ({ hang: true })))
    const start = b.clock.monotonic()
    const error = await b.fails(b.imr.meterList(page))
    expect([error.fault, error.code]).toEqual(['timeout', 'UPSTREAM_OFFLINE'])
    expect(b.clock.monotonic() - start).toBe(21 * SECOND)
    expect(b.client.status.state).toBe('offline')
    // known offline: one probe, nobody waits for three more; and back as soon as it answers
    b.server.script(METERS, { hang: true })
    expect(await took(b, () => b.imr.meterList(page))).toBe(0)
    b.http.totalTimeoutMs = null
    await b.run(b.imr.meterList(page))
    expect(b.client.status).toEqual({ state: 'live', lastError: null })
  })

  it('a dropped line is tried again', async () => {
    const b = await bench()
    b.server.script(METERS, { body: { code: 200 }, cutAt: 0 }, ok)
    expect((await b.run(b.imr.meterList(page))).rows).toHaveLength(1)
  })

  it('refused and unknown hosts: offline', async () => {
    const unused = createServer()
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve))
    const { port } = unused.address() as AddressInfo
    await new Promise<void>((resolve) => unused.close(() => resolve()))
    for (const baseUrl of [`http://127.0.0.1:${port}`, 'http://no-such-host.invalid']) {
      const b = await bench({ access: { baseUrl, minIntervalMs: 0 } })
      const error = await b.fails(b.imr.meterList(page))
      expect([error.fault, error.code]).toEqual(['offline', 'UPSTREAM_OFFLINE'])
      expect(b.clock.monotonic()).toBe(21 * SECOND)
    }
  })

  it('a plain server where TLS was due: offline, before any byte of ours', async () => {
    const b = await bench()
    const tls = await bench({ access: { baseUrl: b.server.url.replace('http', 'https') } })
    const error = await tls.fails(tls.imr.meterList(page))
    expect(error.fault).toBe('offline')
    expect(error.message).toContain('tls')
  })
})

describe('status and body (F-08, F-11 … F-16, C-08, C-51)', () => {
  const table: [string, Answer, string, number][] = [
    ['500', { status: 500, body: 'oops' }, 'http', 4],
    ['502 with a page', { status: 502, body: '<html>bad gateway</html>' }, 'http', 4],
    ['a page with 200 (F-13)', { body: '\n <!DOCTYPE html><p>nginx</p>' }, 'html', 4],
    ['text/html that is no JSON', { headers: { 'content-type': 'text/html' }, body: 'hello' }, 'html', 4],
    ['404', { status: 404, body: 'no' }, 'notFound', 1],
    ['403', { status: 403, body: 'no' }, 'http', 1],
    ['a captive portal', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'redirect', 1],
    ['an empty body (F-15)', { body: '' }, 'malformed', 4],
    ['null', { body: 'null' }, 'malformed', 4],
    ['an array', { body: '[]' }, 'malformed', 4],
    ['leading text (F-16)', { body: 'Notice: x in y.php\n{"code":200,"data":[]}' }, 'malformed', 4],
    ['a missing comma (I-03)', { body: '{"code":200 "data":[]}' }, 'malformed', 4],
    ['no code (C-08)', { body: { data: [] } }, 'malformed', 1],
    ['a code that is no number', { body: { code: 'abc' } }, 'malformed', 1],
    ['an unknown code (F-08)', { body: { code: 4711, msg: 'x' } }, 'unknownCode', 1],
    ['1010 (F-06)', vendorError(1010), 'duplicate', 1],
    ['data that is no list', { body: { code: 200, data: 7 } }, 'malformed', 1],
    ['500 with a code', { status: 500, body: { code: 4711 } }, 'http', 4],
  ]
  it.each(table)('%s', async (_, answer, fault, requests) => {
    const b = await bench({ access: { minIntervalMs: 0 } })
    b.server.script(METERS, ...many(9, () => answer))
    expect((await b.fails(b.imr.meterList(page))).fault).toBe(fault)
    expect(b.server.of(METERS)).toHaveLength(requests)
  })

  it('logs how a web page begins, and no more of it (F-13)', async () => {
    const b = await bench({ access: { minIntervalMs: 0 } })
    const answer = { body: `<html><title>502 Bad Gateway</title>${'x'.repeat(5000)}` }
    b.server.script(METERS, ...many(4, () => answer))
    await b.fails(b.imr.meterList(page))
    const line = b.log.lines.find((l) => l.includes('502 Bad Gateway')) ?? ''
    expect(line.length).toBeGreaterThan(200)
    expect(line.length).toBeLessThan(600)
  })

  it('the vendor’s code counts whatever the status says (C-51)', async () => {
    const b = await bench()
    b.server.script(METERS, { status: 500, body: { code: 1007, msg: '' } }, { status: 400, ...ok })
    expect((await b.run(b.imr.meterList(page))).rows).toHaveLength(1)
  })

  it('reads 200 as number and as text, with BOM, in GB18030 where declared (F-16)', async () => {
    // 中 in GBK: D6 D0
    const gbk = Buffer.concat([
      Buffer.from('{"code":200,"data":[{"tableNo":"1","deviceName":"'),
      Buffer.from([0xd6, 0xd0]),
      Buffer.from('"}]}'),
    ])
    const b = await bench()
    b.server.script(
      METERS,
      { body: '\uFEFF{"code":" 200 ","data":[{"tableNo":"1","deviceName":"中"}]}' },
      { headers: { 'content-type': 'application/json; charset=GBK' }, body: gbk },
      { headers: { 'content-type': 'text/html' }, body: '{"code":200,"data":[]}' },
    )
    expect((await b.run(b.imr.meterList(page))).rows[0]?.name).toBe('中')
    expect((await b.run(b.imr.meterList(page))).rows[0]?.name).toBe('中')
    expect((await b.run(b.imr.meterList(page))).rows).toEqual([])
  })

  it('cut at every 50th byte, also with a true Content-Length: never a wrong success (F-14)', async () => {
    const whole = JSON.stringify({ code: 200, data: many(5, meterRow), msg: '操作成功', totalCount: 5 })
    const bytes = Buffer.from(whole)
    const b = await bench({ access: { minIntervalMs: 0 } })
    for (let cut = 0; cut < bytes.length; cut += 50) {
      b.server.script(METERS, { body: bytes.subarray(0, cut) }, { body: whole })
      b.server.script(LATEST, { body: whole, cutAt: cut }, { body: { code: 200, data: [], totalCount: 0 } })
      const sent = b.server.of(METERS).length
      expect((await b.run(b.imr.meterList(page))).rows).toHaveLength(5)
      expect(b.server.of(METERS).length - sent).toBe(2)
      expect((await b.run(b.imr.readMeter(page))).received).toBe(0)
    }
  })

  it('an answer over 20 MiB is cut off with its own fault, so that the page can be halved (F-31)', async () => {
    const b = await bench()
    b.server.script(METERS, { body: Buffer.alloc(21 * 1024 * 1024, 0x20) })
    expect((await b.fails(b.imr.meterList(page))).fault).toBe('tooLarge')
    expect(b.server.of(METERS)).toHaveLength(1)
  })
})

describe('clocks (F-25)', () => {
  it.each([-86_400_000, -5000, 0, 86_400_000])(
    'vendor’s clock %i ms from ours: no lost window',
    async (skew) => {
      const b = await bench()
      const at = () => new Date(b.clock.now() + skew).toUTCString()
      b.server.script(METERS, () => ({ ...ok, headers: { date: at() } }))
      await b.run(b.imr.meterList(page))
      expect(Math.abs((b.skew.value ?? NaN) - skew)).toBeLessThan(1000)
      const now = b.clock.now()
      const end = b.skew.windowEnd(now)
      expect(end).toBeLessThanOrEqual(Math.min(now, now + skew) - 119_000)
      expect(end).toBeGreaterThan(Math.min(now, now + skew) - 122_000)
      expect(b.log.lines.some((line) => line.includes('clocks'))).toBe(Math.abs(skew) > 60_000)
    },
  )

  it('averages noise, believes a clock that was set', async () => {
    const b = await bench()
    const see = (skew: number) => b.skew.see(new Date(b.clock.now() + skew).toUTCString(), b.clock.now())
    for (const noise of [0, 2000, 0, 2000]) see(noise)
    expect(b.skew.value).toBeGreaterThan(0)
    expect(b.skew.value).toBeLessThan(2000)
    see(3_600_000)
    expect(b.skew.value).toBeGreaterThan(3_599_000)
    b.skew.see('no date', b.clock.now())
    expect(b.skew.value).toBeGreaterThan(3_599_000)
  })
})

describe('people first (F-29), and leaving (I-32)', () => {
  it('a person waits at most one gap while a sync has a long queue', async () => {
    const b = await bench()
    await b.run(b.imr.login())
    b.server.tables.set(METERS, many(50, meterRow))
    const sync = Promise.all(many(10, (n) => b.imr.meterList({ page: n + 1, pageSize: 5 })))
    await b.clock.advance(500)
    const start = b.clock.monotonic()
    await b.run(b.imr.meterList({ page: 99, pageSize: 5 }, { urgent: true }))
    expect(b.clock.monotonic() - start).toBeLessThanOrEqual(2200)
    expect(b.server.of(METERS)).toHaveLength(2)
    await b.run(sync)
  })

  it('a cancelled call ends at once, in the queue, on the wire and between tries', async () => {
    const b = await bench()
    await b.run(b.imr.login())
    const cancel = async (prepare: () => void) => {
      prepare()
      const wish = new AbortController()
      const call = b.imr.meterList(page, { signal: wish.signal })
      const ended = call.catch((error: unknown) => error)
      for (let i = 0; i < 20; i++) await b.clock.yield()
      wish.abort()
      return (await ended) as { code: string }
    }
    expect((await cancel(() => b.server.script(METERS, { hang: true }))).code).toBe('CANCELLED')
    expect((await cancel(() => undefined)).code).toBe('CANCELLED')
    await b.clock.advance(5000)
    expect((await cancel(() => b.server.script(METERS, vendorError(1001)))).code).toBe('CANCELLED')
  })

  it('closing ends what runs and what waits', async () => {
    const b = await bench()
    await b.run(b.imr.login())
    b.server.script(METERS, { hang: true })
    const calls = Promise.allSettled([b.imr.meterList(page), b.imr.meterList(page)])
    for (let i = 0; i < 20; i++) await b.clock.yield()
    b.client.close()
    const faults = (await calls).map((end) =>
      end.status === 'rejected' ? (end.reason as { fault: string }).fault : '',
    )
    expect(faults).toEqual(['stopped', 'stopped'])
  })
})
