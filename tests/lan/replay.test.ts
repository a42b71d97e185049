import { afterEach, describe, expect, it } from 'vitest'
import { HOUR, SECOND } from '#shared/time.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { openLan, signed, type LanSite, type Params } from '../fixtures/lan.ts'
import { callOf } from '../fixtures/ledger-rows.ts'

/** A request that was overheard, sent again long after (H-12). */

const GIVER = '13800001234'
const TAKER = '13800005555'

let site: LanSite
afterEach(async () => {
  expect(contradictions(site.test.store.site)).toEqual([])
  await site.close()
})

async function open(timestampToleranceS?: number): Promise<void> {
  site = await openLan({ lan: timestampToleranceS === undefined ? {} : { timestampToleranceS } })
  await site.add.user(GIVER, { coins: 10 })
  await site.add.user(TAKER)
}

const gift = (more: Params = {}) =>
  signed('user', { userFrom: GIVER, userTo: TAKER, pmoney: 3, ...more }, site.clock.now())
const send = (body: string) => site.phone.send('newPmoneyGift', body)
const moved = () => [
  site.count('SELECT pmoney FROM user_info WHERE user = ?', GIVER),
  site.count('SELECT count(*) FROM pmoney_gift_info'),
]
const kept = () => site.count('SELECT count(*) FROM lan_replay')
const seconds = () => Math.floor(site.clock.now() / SECOND)
const DONE = { status: 200, code: 0 }

describe('the same signed request after more than a day', () => {
  it.each([
    ['the time is not looked at', 0, 0],
    ['it was signed a day ahead', 86_400, 86_000],
  ])('is answered what the first was where %s', async (_, tolerance, ahead) => {
    await open(tolerance)
    const body = gift({ timestamp: seconds() + ahead })
    const first = await send(body)
    expect(first).toMatchObject(DONE)
    await site.clock.advance(26 * HOUR)
    expect(await send(body)).toEqual(first)
    expect(moved()).toEqual([7, 1])
  })

  it('is answered so for as long as the time is not looked at', async () => {
    await open(0)
    const body = gift({ timestamp: 86_400 })
    await send(body)
    await site.clock.advance(100 * HOUR)
    await send(body)
    expect([moved(), kept()]).toEqual([[7, 1], 1])
  })

  it('is kept no longer than it could be accepted', async () => {
    await open()
    const body = gift()
    await send(body)
    await site.clock.advance(50 * HOUR)
    expect(kept()).toBe(0)
    expect(await send(body)).toMatchObject({ code: 1 })
  })

  it('is refused where its answer was forgotten, and others are not, once the time is not looked at', async () => {
    await open()
    const body = gift()
    await send(body)
    await site.clock.advance(50 * HOUR)
    await site.settings.handlers['settings.update'](callOf(site.test, 'Ada', ['admin']), {
      changes: { 'lan.timestampToleranceS': 0 },
    })
    expect(await send(body)).toMatchObject({ status: 200, code: 1 })
    expect(moved()).toEqual([7, 1])
    expect(await send(gift({ pmoney: 1 }))).toMatchObject(DONE)
    expect(await send(gift({ pmoney: 1, timestamp: 86_400 }))).toMatchObject(DONE)
    expect(moved()).toEqual([5, 3])
  })
})
