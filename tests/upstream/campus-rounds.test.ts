import { afterEach, describe, expect, it } from 'vitest'
import { createJobs } from '#core/jobs/index.ts'
import { createMeters } from '#core/meters/index.ts'
import type { Http } from '#core/ports.ts'
import { createRooms } from '#core/rooms/index.ts'
import { createSync } from '#core/sync/index.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#shared/time.ts'
import { openCampusSlice, type CampusProfile, type CampusSlice } from '../fixtures/campus-site.ts'
import { FAKE_START } from '../fixtures/fake-clock.ts'
import { operatorCall } from '../fixtures/sync-site.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

/** Keeps what was asked for; with a certain call the process dies: nothing it waits for ever comes. */
class Wire {
  readonly asked: { readonly endpoint: string; readonly roomId: string }[] = []
  #death: { endpoint: string; left: number; met: () => void } | null = null

  through = (http: Http): Http => {
    let dead = false
    return {
      send: (request) => {
        const endpoint = request.url.slice(request.url.lastIndexOf('/') + 1)
        const { roomId = '' } = JSON.parse(request.body ?? '{}') as { roomId?: string }
        if (!dead) this.asked.push({ endpoint, roomId })
        if (this.#death?.endpoint === endpoint && --this.#death.left === 0) {
          dead = true
          this.#death.met()
        }
        return dead ? new Promise<never>(() => undefined) : http.send(request)
      },
    }
  }

  dieAt(endpoint: string, nth: number): Promise<void> {
    return new Promise((met) => {
      this.#death = { endpoint, left: nth, met }
    })
  }

  rooms = () => this.asked.flatMap((one) => (one.endpoint === 'roomBuyRecord' ? [one.roomId] : []))
}

async function areasOf(slice: CampusSlice) {
  const { ctx, settings, upstreams, test } = slice
  const meters = createMeters(ctx, { settings })
  const jobs = await createJobs(ctx)
  const sync = createSync(ctx, { settings, upstreams, meters, jobs })
  const rooms = createRooms(ctx, { settings, upstreams, jobs, meters })
  const get = (id: string) => jobs.handlers['jobs.get'](operatorCall, { id }) as JobRow
  const ended = (id: string) =>
    slice.until(
      new Promise<JobRow>((resolve) => {
        const look = () => {
          const row = get(id)
          if (row.endedAt !== null) resolve(row)
        }
        ctx.events.on(look)
        look()
      }),
    )
  const start = async (input: object = {}) =>
    (await sync.handlers['sync.start'](operatorCall, { source: 'campus', ...input })).jobId
  const close = async () => {
    await sync.stopSchedule()
    await slice.until(jobs.close())
    await slice.until(rooms.close())
    meters.close()
  }
  const all = (sql: string) => test.store.history.statement<Record<string, unknown>>(sql).all()
  return { slice, jobs, rooms, sync, get, ended, start, close, all, clock: slice.clock }
}

async function openSite(campus: CampusProfile = {}) {
  const wire = new Wire()
  const slice = await openCampusSlice({ inMemory: true, wire: wire.through, campus })
  open.push(() => slice.close())
  return { wire, ...(await areasOf(slice)) }
}

type Areas = Awaited<ReturnType<typeof areasOf>>

/** All that a sync brings, less when it was brought; records until the end that every run reaches. */
const contents = ({ all }: Areas) => ({
  rooms: all('SELECT id, parent_id, name, level, active FROM room ORDER BY id'),
  balances: all('SELECT room_id, balance_fen, balance_raw FROM room_balance ORDER BY room_id'),
  recharges: all(
    `SELECT * FROM room_recharge WHERE at < ${FAKE_START} ORDER BY room_id, at, out_trade_no, ordinal`,
  ),
  costs: all(`SELECT * FROM room_cost WHERE at < ${FAKE_START} ORDER BY room_id, at, digest, ordinal`),
  held: all('SELECT room_id, kind FROM room_records ORDER BY room_id, kind'),
})

describe('sync of the campus system, killed and started again', () => {
  it.each([
    ['addrQuery', 1],
    ['noMoreMoneyRoom', 1],
    ['roomBuyRecord', 1],
    ['roomCostRecord', 4],
    ['roomBuyRecord', 9],
  ])('at %s number %i ends with what an uninterrupted run brings', async (endpoint, nth) => {
    const clean = await openSite()
    await clean.clock.advance(HOUR)
    expect(await clean.ended(await clean.start())).toMatchObject({ state: 'done' })
    const first = await openSite()
    await first.clock.advance(HOUR)
    const death = first.wire.dieAt(endpoint, nth)
    const id = await first.start()
    await first.slice.until(death)
    const fetched = first.wire.rooms().length
    const again = await areasOf(await first.slice.reopen())
    open.push(again.close)
    expect(again.get(id)).toMatchObject({ resumable: true, error: { code: 'INTERRUPTED' } })
    expect(await again.start()).toBe(id)
    expect(await again.ended(id)).toMatchObject({ state: 'done' })
    expect(contents(again)).toEqual(contents(clean))
    expect(contents(again).recharges.length).toBeGreaterThan(0)
    // only the room it died in is asked for again
    expect(first.wire.rooms().length).toBeLessThanOrEqual(clean.wire.rooms().length + 1)
    expect(fetched).toBeLessThan(clean.wire.rooms().length)
    expect(again.sync.status('campus').lastCompleteAt).not.toBeNull()
    await clean.close()
  })
})

describe('the nightly round', () => {
  const withRooms = async (campus: CampusProfile = {}) => {
    const site = await openSite(campus)
    await site.ended(await site.start({ dataset: 'addresses' }))
    return site
  }
  const night = (site: Areas) =>
    site.jobs.handlers['jobs.list'](operatorCall, { kind: 'sync.campusNight' }) as { rows: JobRow[] }
  /** second by second: in longer steps time would run away from the work between two calls */
  const at = async ({ clock }: Areas, time: number) => {
    while (clock.now() < FAKE_START + time)
      await clock.advance(Math.min(SECOND, FAKE_START + time - clock.now()))
  }
  const endOf = async (site: Areas, id = '') => {
    while (site.get(id).endedAt === null) await site.clock.advance(SECOND)
    return site.get(id)
  }

  it('begins after one o’clock, leaves the platform two seconds between rooms, and comes once a night', async () => {
    const site = await withRooms()
    open.push(site.close)
    const count = site.rooms.allRooms().length
    site.rooms.startNight()
    await at(site, 59 * MINUTE)
    expect(night(site).rows).toEqual([])
    await at(site, 70 * MINUTE)
    const [job] = night(site).rows
    const ended = await endOf(site, job?.id)
    expect(ended).toMatchObject({ state: 'done', done: count })
    expect((ended.endedAt ?? 0) - ended.createdAt).toBeGreaterThanOrEqual(count * 2 * SECOND)
    expect(site.wire.rooms().toSorted()).toEqual(site.rooms.allRooms().toSorted())
    await at(site, 12 * HOUR)
    expect(night(site).rows).toHaveLength(1)
    await at(site, DAY + 2 * HOUR)
    expect(night(site).rows).toHaveLength(2)
  })

  it('asks first for what was not fetched for longest, and not for what is fresh', async () => {
    const site = await withRooms()
    open.push(site.close)
    const [fresh = '', old = '', older = '', ...never] = site.rooms.allRooms()
    const { history } = site.slice.test.store
    await history.write(() => {
      for (const [room, age] of [
        [fresh, HOUR],
        [old, 2 * DAY],
        [older, 3 * DAY],
      ] as const)
        for (const kind of ['recharge', 'cost'])
          history
            .statement(
              'INSERT INTO room_records (room_id, kind, complete_to, fetched_at) VALUES (?, ?, ?, ?)',
            )
            .run(room, kind, FAKE_START - age, FAKE_START - age)
    })
    site.rooms.startNight()
    await at(site, 70 * MINUTE)
    await endOf(site, night(site).rows[0]?.id)
    expect(site.wire.rooms()).toEqual([...never, older, old])
  })

  it('ends at six o’clock; the next night goes on with the rest', async () => {
    const site = await withRooms({ minIntervalMs: 60_000 })
    open.push(site.close)
    const count = site.rooms.allRooms().length
    await at(site, 5 * HOUR + 38 * MINUTE)
    site.rooms.startNight()
    await at(site, 5 * HOUR + 49 * MINUTE)
    const first = await endOf(site, night(site).rows[0]?.id)
    expect(first.state).toBe('done')
    expect((first.endedAt ?? 0) - FAKE_START).toBeLessThan(6 * HOUR + 5 * MINUTE)
    const asked = site.wire.rooms()
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.length).toBeLessThan(count)
    await at(site, DAY + HOUR + 10 * MINUTE)
    await endOf(site, night(site).rows.find((job) => job.id !== first.id)?.id)
    expect(new Set(site.wire.rooms()).size).toBe(count)
    expect(site.wire.rooms().slice(asked.length, count)).not.toEqual(expect.arrayContaining([asked[0]]))
  })

  it('stops with the program, and nothing goes on waiting', async () => {
    const site = await withRooms()
    site.rooms.startNight()
    await at(site, 60 * MINUTE + 9 * SECOND)
    const asked = site.wire.rooms().length
    expect(asked).toBeGreaterThan(0)
    await site.close()
    expect(night(site).rows[0]).toMatchObject({ state: 'failed', resumable: true })
    await at(site, 3 * HOUR)
    expect(site.wire.rooms()).toHaveLength(asked)
    expect(site.clock.pending).toBe(0)
  })
})

describe('what a person decides of a room', () => {
  it('a marked room is kept up to date by day, until the mark is gone', async () => {
    const site = await openSite()
    open.push(site.close)
    await site.ended(await site.start({ dataset: 'addresses' }))
    const [roomId = ''] = site.rooms.allRooms()
    const mark = (marked: boolean) => site.rooms.handlers['rooms.mark'](operatorCall, { roomId, marked })
    const card = () => site.rooms.handlers['rooms.get'](operatorCall, { roomId })
    await mark(true)
    await mark(true)
    const kept = await site.jobs.start(
      'sync.campus',
      { source: 'campus', rooms: 'kept' },
      { startedBy: null },
    )
    await site.ended(kept.id)
    expect(site.wire.rooms()).toEqual([roomId])
    expect(await card()).toMatchObject({ marked: true })
    await mark(false)
    expect(await card()).toMatchObject({ marked: false })
    await expect(
      site.rooms.handlers['rooms.mark'](operatorCall, { roomId: 'none', marked: true }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('low rooms are sorted by balance, path and who was told last', async () => {
    const site = await openSite()
    open.push(site.close)
    await site.ended(await site.start({ dataset: 'addresses' }))
    await site.ended(await site.start({ dataset: 'balances' }))
    const { handlers } = site.rooms
    const low = (input: object) =>
      handlers['rooms.lowBalance'](operatorCall, { belowFen: 1_000_000, ...input })
    const ascending = await low({})
    const money = ascending.rows.map((row) => row.balanceFen ?? 0)
    expect(money.length).toBeGreaterThan(3)
    expect(money).toEqual(money.toSorted((a, b) => a - b))
    const descending = await low({ order: 'descending' })
    expect(descending.rows.map((row) => row.balanceFen)).toEqual(money.toReversed())
    const paths = (await low({ sort: 'path' })).rows.map((row) => row.path.join('\t'))
    expect(paths).toEqual(paths.toSorted())
    const [first = '', second = ''] = ascending.rows.map((row) => row.id)
    for (const [roomId, how] of [
      [first, 'phone'],
      [second, 'sms'],
      [first, 'visit'],
    ] as const) {
      await site.clock.advance(MINUTE)
      await handlers['rooms.tell'](operatorCall, { roomId, how })
    }
    const told = await low({ sort: 'toldAt', order: 'descending', limit: 3 })
    expect(told.rows.slice(0, 2)).toMatchObject([
      { id: first, lastTold: { how: 'visit' } },
      { id: second, lastTold: { how: 'sms' } },
    ])
    expect(told.rows[2]?.lastTold).toBeNull()
    expect(await handlers['rooms.told'](operatorCall, { roomId: first })).toMatchObject({
      total: 2,
      rows: [{ how: 'visit' }, { how: 'phone' }],
    })
    expect(await handlers['rooms.told'](operatorCall, { limit: 1, offset: 1 })).toMatchObject({
      total: 3,
      rows: [{ how: 'sms' }],
    })
  })
})
