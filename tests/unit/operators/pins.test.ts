import { argon2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPins } from '#core/operators/pins.ts'
import type { Workers } from '#core/ports.ts'
import { tasks } from '#main/worker/tasks.ts'

const asked: { pin: string; salt: Uint8Array }[] = []
const workers = {
  run: (_task: 'hashPin', input: { pin: string; salt: Uint8Array }) => {
    asked.push(input)
    return Promise.resolve(tasks.hashPin(input))
  },
  close: () => Promise.resolve(),
} as Workers
let drawn = 0
const random = {
  uuid: () => '',
  bytes: (length: number) => new Uint8Array(length).fill(++drawn),
  fraction: () => 0,
}

describe('PINs', () => {
  it('are argon2id with 19 MiB, two passes and one lane, salted anew each time', async () => {
    const pins = createPins({ workers, random })
    const [a, b] = [await pins.hash('482913'), await pins.hash('482913')]
    const expected = argon2Sync('argon2id', {
      message: Buffer.from('482913'),
      nonce: a.salt,
      memory: 19 * 1024,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    })
    expect(Buffer.from(a.hash).equals(expected)).toBe(true)
    expect(a.salt).toHaveLength(16)
    expect(b.salt).not.toEqual(a.salt)
    expect(b.hash).not.toEqual(a.hash)
  })

  it('verify, and do the same work for a name that nobody has', async () => {
    const pins = createPins({ workers, random })
    const stored = await pins.hash('482913')
    expect(await pins.verify('482913', stored)).toBe(true)
    expect(await pins.verify('482914', stored)).toBe(false)
    asked.length = 0
    expect(await pins.verify('482913', null)).toBe(false)
    expect(asked.map(({ pin, salt }) => [pin, salt.length])).toEqual([['482913', 16]])
  })

  it('do not take a cut hash for a match', async () => {
    const pins = createPins({ workers, random })
    const { salt, hash } = await pins.hash('1234')
    expect(await pins.verify('1234', { salt, hash: hash.subarray(0, 31) })).toBe(false)
    expect(await pins.verify('1234', { salt, hash: new Uint8Array() })).toBe(false)
  })
})
