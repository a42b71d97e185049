import { describe, expect, it } from 'vitest'
import { vendorError } from '../fixtures/vendor-server.ts'
import { bench, HISTORY, LATEST, LOGIN, many, meterRow, METERS } from './harness.ts'

const page = { page: 1, pageSize: 1000 }
const MINUTE = 60_000

describe('token and log-in (C-05 … C-07, F-01 … F-04, F-30)', () => {
  it('logs in once and sends token and account in every body', async () => {
    const { server, imr, run } = await bench()
    server.tables.set(METERS, many(3, meterRow))
    const found = await run(imr.meterList(page))
    expect(found.rows).toHaveLength(3)
    expect(server.of(LOGIN)).toHaveLength(1)
    expect(server.of(METERS)[0]?.fields).toEqual({
      token: [...server.tokens][0],
      admin_user_name: server.account,
      pageNo: 1,
      pageSize: 1000,
    })
  })

  it('takes the token from `token` or `data` and sends it back as it is (I-06, C-06)', async () => {
    for (const body of [
      { code: 200, token: 'not base64 !!' },
      { code: '200', data: 'not base64 !!', token: '' },
    ]) {
      const { server, imr, run } = await bench()
      server.tokens.add('not base64 !!')
      server.script(LOGIN, { body })
      await run(imr.meterList(page))
      expect(server.of(METERS)[0]?.fields['token']).toBe('not base64 !!')
    }
  })

  it('refuses a log-in answer without a token, and does not hammer it (I-06)', async () => {
    const { server, imr, fails } = await bench()
    server.script(LOGIN, { body: { code: 200, data: {} } })
    expect((await fails(imr.meterList(page))).fault).toBe('malformed')
    expect(server.of(LOGIN)).toHaveLength(1)
  })

  it('renews at 110 minutes of monotonic time, whatever the wall clock says', async () => {
    const { server, imr, run, clock } = await bench()
    await run(imr.meterList(page))
    clock.setWall(clock.now() + 86_400_000)
    await clock.advance(109 * MINUTE)
    await run(imr.meterList(page))
    expect(server.of(LOGIN)).toHaveLength(1)
    await clock.advance(2 * MINUTE)
    await run(imr.meterList(page))
    expect(server.of(LOGIN)).toHaveLength(2)
    expect(server.of(METERS).every((r) => server.tokens.has(String(r.fields['token'])))).toBe(true)
  })

  it.each([1006, 1007])(
    'two calls refused with %i at once: one log-in, both repeated once (F-02)',
    async (code) => {
      const { server, imr, run, clock } = await bench()
      await run(imr.login())
      await clock.advance(10 * MINUTE)
      server.script(METERS, vendorError(code))
      server.script(LATEST, vendorError(code))
      await run(Promise.all([imr.meterList(page), imr.readMeter(page)]))
      expect(server.of(LOGIN)).toHaveLength(2)
      expect(server.of(METERS)).toHaveLength(2)
      expect(server.of(LATEST)).toHaveLength(2)
    },
  )

  it('an old token that is refused late does not cost the new one', async () => {
    const { server, imr, run, clock } = await bench()
    await run(imr.login())
    await clock.advance(10 * MINUTE)
    const { promise: after, resolve: renewed } = Promise.withResolvers<void>()
    server.script(LATEST, { ...vendorError(1007), after })
    server.script(METERS, vendorError(1007))
    const late = imr.readMeter(page)
    // stands still until the late answer is let go, so that the other call is through by then
    const early = imr.meterList(page)
    while (server.of(LOGIN).length < 2) await clock.advance(100)
    for (let i = 0; i < 30; i++) await clock.advance(100)
    expect((await early).rows).toEqual([])
    renewed()
    await run(late)
    expect(server.of(LOGIN)).toHaveLength(2)
    expect(server.of(LATEST).map((r) => r.fields['token'])[1]).toBe(server.of(METERS)[1]?.fields['token'])
  })

  it('gives up a call at the second refusal in a row (F-01)', async () => {
    const { server, imr, clock, run, fails } = await bench()
    await run(imr.login())
    await clock.advance(10 * MINUTE)
    server.script(METERS, vendorError(1007), vendorError(1007))
    expect((await fails(imr.meterList(page))).fault).toBe('tokenRefused')
    expect(server.of(METERS)).toHaveLength(2)
    // the next call starts afresh
    await run(imr.meterList(page))
  })

  it('backs off when somebody else logs in with the account: at most 3 log-ins a minute (F-30)', async () => {
    const { server, imr, clock, fails, log } = await bench()
    const logins: number[] = []
    const stolen = () => {
      logins.push(clock.monotonic())
      return { body: { code: 200, data: `token-${logins.length}` } }
    }
    server.script(LOGIN, ...many(50, () => stolen))
    const faults: (string | undefined)[] = []
    // every token is dead at once, for five minutes
    while (clock.monotonic() < 5 * MINUTE) faults.push((await fails(imr.meterList(page))).fault)
    for (const start of logins)
      expect(logins.filter((at) => at >= start && at < start + MINUTE).length).toBeLessThanOrEqual(3)
    expect(faults).toContain('accountElsewhere')
    expect(log.lines.some((line) => line.includes('used elsewhere'))).toBe(true)
    // a person who waits is told at once, and nothing is sent
    while ((await fails(imr.meterList(page))).fault !== 'accountElsewhere') await clock.advance(MINUTE)
    const { length } = server.received
    const before = clock.monotonic()
    await clock.advance(2200)
    expect((await fails(imr.meterList(page, { urgent: true }))).fault).toBe('accountElsewhere')
    expect(clock.monotonic() - before).toBe(2200)
    expect(server.received).toHaveLength(length)
  })

  it('1009: one forced log-in, then this endpoint is paused and the others go on (F-03, C-47)', async () => {
    const { server, imr, run, fails } = await bench()
    await run(imr.login())
    server.script(METERS, vendorError(1009), vendorError(1009))
    expect((await fails(imr.meterList(page))).fault).toBe('denied')
    expect(server.of(LOGIN)).toHaveLength(2)
    expect((await fails(imr.meterList(page))).fault).toBe('denied')
    expect(server.of(METERS)).toHaveLength(2)
    await run(imr.readMeter(page))
    expect(server.of(LOGIN)).toHaveLength(2)
  })

  it('1009 on every endpoint does not make a log-in storm', async () => {
    const { server, imr, run, fails } = await bench()
    await run(imr.login())
    for (const path of [METERS, LATEST, HISTORY]) server.script(path, vendorError(1009), vendorError(1009))
    await fails(imr.meterList(page))
    await fails(imr.readMeter(page))
    await fails(imr.readMeterList({ ...page, from: 0, to: 86_400_000 }))
    expect(server.of(LOGIN)).toHaveLength(2)
  })

  it('wrong password: exactly one attempt, however many ask (F-04)', async () => {
    const { server, imr, client, run } = await bench({ access: { password: 'wrong one' } })
    const ends = await run(
      Promise.allSettled([imr.meterList(page), imr.readMeter(page), imr.login(), imr.meterList(page)]),
    )
    expect(ends.every((end) => end.status === 'rejected')).toBe(true)
    await run(Promise.allSettled([imr.meterList(page)]))
    expect(server.of(LOGIN)).toHaveLength(1)
    expect(server.received).toHaveLength(1)
    expect(client.status.state).toBe('stopped')
    expect(client.status.lastError?.code).toBe('wrongPassword')
  })

  it.each([
    [1002, 'noAccount'],
    [1008, 'missingField'],
  ])('%i while reading stops the account (F-04)', async (code, fault) => {
    const { server, imr, fails } = await bench()
    server.script(METERS, vendorError(code))
    expect((await fails(imr.meterList(page))).fault).toBe(fault)
    expect((await fails(imr.readMeter(page))).fault).toBe('stopped')
    expect(server.of(LATEST)).toHaveLength(0)
  })

  it('keeps password and token out of log and errors (C-05, F-37)', async () => {
    const { server, imr, fails, log } = await bench()
    const echo = (request: { body: string }) => ({ status: 400, body: `rejected: ${request.body}` })
    server.script(LOGIN, (request) => ({ status: 502, body: `<html>${request.body}</html>` }))
    server.script(METERS, echo)
    const error = await fails(imr.meterList(page))
    const told = JSON.stringify([error.message, (error as { data?: unknown }).data, log.lines])
    for (const secret of [server.password, ...server.tokens]) {
      expect(told).not.toContain(secret)
      expect(told).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''))
    }
    expect(told).toContain('[redacted]')
  })
})
