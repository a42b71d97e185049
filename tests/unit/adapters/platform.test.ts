import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redactor } from '#core/redact.ts'
import { createClock } from '#main/adapters/clock.ts'
import { createKeyFile } from '#main/adapters/key-file.ts'
import { openLogFile } from '#main/adapters/log-file.ts'
import { createLog } from '#main/adapters/log.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-platform-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('the clock', () => {
  it('ends a sleep at once when it is aborted, before or during', async () => {
    const clock = createClock()
    const stop = new AbortController()
    const during = clock.sleep(3_600_000, stop.signal)
    stop.abort(new Error('enough'))
    await expect(during).rejects.toThrow('enough')
    await expect(clock.sleep(3_600_000, stop.signal)).rejects.toThrow('enough')
  })

  it('repeats until it is told to stop, and lets the loop turn', async () => {
    const clock = createClock()
    let times = 0
    await new Promise<void>((resolve) => {
      const stop = clock.every(1, () => {
        if (++times < 3) return
        stop()
        resolve()
      })
    })
    await clock.sleep(5)
    expect(times).toBe(3)
    let turned = false
    setImmediate(() => (turned = true))
    await clock.yield()
    expect(turned).toBe(true)
    expect(clock.monotonic()).toBeGreaterThan(0)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
  })
})

describe('the key file', () => {
  const key = new Uint8Array(32).fill(9)

  it('opens what it wrapped, in a later process too', async () => {
    const blob = await createKeyFile(directory).wrap(key)
    expect(blob).not.toBeNull()
    expect(Buffer.from(blob ?? []).includes(Buffer.from(key))).toBe(false)
    expect(await createKeyFile(directory).unwrap(blob ?? new Uint8Array())).toEqual(key)
  })

  it('is for its owner only', async () => {
    await createKeyFile(directory).wrap(key)
    if (process.platform !== 'win32') expect(statSync(join(directory, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(statSync(join(directory, 'secret.key')).size).toBe(32)
  })

  it('never writes over a file that is there, and opens nothing without its own', async () => {
    const blob = await createKeyFile(directory).wrap(key)
    writeFileSync(join(directory, 'secret.key'), 'somebody else’s')
    expect(await createKeyFile(directory).wrap(key)).toBeNull()
    expect(readFileSync(join(directory, 'secret.key'), 'utf8')).toBe('somebody else’s')
    expect(await createKeyFile(directory).unwrap(blob ?? new Uint8Array())).toBeNull()
    rmSync(join(directory, 'secret.key'))
    expect(await createKeyFile(directory).unwrap(blob ?? new Uint8Array())).toBeNull()
    expect(readdirSync(directory)).toEqual([])
  })

  it('refuses a blob that was changed', async () => {
    const wrap = createKeyFile(directory)
    const blob = (await wrap.wrap(key)) ?? new Uint8Array()
    for (const i of [0, 24, blob.length - 1]) {
      const changed = blob.slice()
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(await wrap.unwrap(changed)).toBeNull()
    }
    expect(await wrap.unwrap(blob.subarray(0, 10))).toBeNull()
  })
})

describe('the log', () => {
  it('writes redacted lines to its file, keeps the newest, and repeats warnings in short', () => {
    const mirrored: string[] = []
    const log = createLog({ directory, mirror: (line) => void mirrored.push(line) })
    redactor.learn('very-secret-value')
    log.info('started', { version: '1' })
    log.debug('not written')
    log.warn('refused for very-secret-value', { password: 'hunter22', stack: 'at a\n at b' })
    const lines = readFileSync(join(directory, 'logs', 'sitedesk.log'), 'utf8')
      .trim()
      .split('\n')
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'started', version: '1' })
    expect(lines.join()).not.toMatch(/very-secret-value|hunter22/)
    expect(log.recent()).toEqual(lines)
    expect(mirrored).toHaveLength(1)
    expect(mirrored[0]).toMatch(/^sitedesk warn: refused for /)
    expect(mirrored[0]).not.toMatch(/hunter22|very-secret-value|\n|at a/)
  })

  it('turns its file over and keeps two older ones', () => {
    const path = join(directory, 'a.log')
    const file = openLogFile(path, 100)
    for (let i = 0; i < 40; i++) file.write(`line ${String(i).padStart(3, '0')} ${'x'.repeat(20)}\n`)
    expect(readdirSync(directory).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'a.log',
      'a.log.1',
      'a.log.2',
    ])
    expect(readFileSync(path, 'utf8')).toContain('line 039')
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).size).toBeLessThan(160)
  })

  it('goes on when it cannot write', () => {
    const file = openLogFile(join(directory, 'no', 'such', 'folder', 'a.log'))
    expect(() => file.write('lost\n')).not.toThrow()
  })
})
