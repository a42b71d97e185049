import { expect, it, vi } from 'vitest'
import { Listener } from '#main/lan/service/listener.ts'
import { ownAddresses } from '#main/lan/service/cards.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'

const nothing = () => undefined
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, recent: () => [] }
const parts = {
  handle: () => Promise.reject(new Error('nobody asks')),
  perAddressPerSecond: () => 0,
  admits: () => true,
  seen: nothing,
  monotonic: () => 0,
}

it('listens anew where its address went, and only then', async () => {
  const clock = new FakeClock()
  const card = { there: true }
  const wanted = { enabled: true, host: '127.0.0.1', port: 0 }
  const addresses = { mayGo: () => true, has: () => card.there }
  const options = { wanted: () => wanted, changed: nothing, log, clock, addresses }
  const listener = new Listener(parts, options)
  await listener.settle()
  const { url } = listener.standing
  await clock.advance(60_000)
  await listener.settled
  expect(listener.standing.url).toBe(url)
  card.there = false
  await clock.advance(15_000)
  await vi.waitFor(() =>
    expect(listener.standing).toMatchObject({ state: 'on', url: expect.not.stringMatching(url ?? '') }),
  )
  await listener.close()
  expect(clock.pending).toBe(0)
})

it('an address of a card may go; all of them, this computer and a name may not', () => {
  expect(['192.168.1.9', 'fe80::1'].map(ownAddresses.mayGo)).toEqual([true, true])
  expect(['0.0.0.0', '::', '::1', '127.0.0.1', 'desk.local'].map(ownAddresses.mayGo)).toEqual(
    Array.from({ length: 5 }, () => false),
  )
  expect(ownAddresses.has('127.0.0.1')).toBe(true)
  expect(ownAddresses.has('192.0.2.1')).toBe(false)
})
