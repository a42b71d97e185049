import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkerTaskName } from '#core/ports.ts'
import { keepLogShort } from '#core/store/checkpoint.ts'
import { tasks } from '#main/worker/tasks.ts'
import { openTestStore, type TestStore } from '../../fixtures/store.ts'

const MIB = 1024 * 1024

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

/** Writes about so many bytes into the log. */
async function write(bytes: number): Promise<void> {
  const { history } = test.store
  const insert = history.statement(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  await history.write(() => insert.run('much', 'x'.repeat(bytes)))
}

describe('the log of history.db', () => {
  it('is moved by a worker when it has grown, one at a time, and begins anew', async () => {
    const asked: WorkerTaskName[] = []
    const moved: Promise<unknown>[] = []
    const workers = {
      run: (task: WorkerTaskName, input: unknown) => {
        asked.push(task)
        const done = Promise.resolve(tasks.checkpoint(input as { path: string }))
        moved.push(done)
        return done as Promise<never>
      },
      close: () => Promise.resolve(),
    }
    keepLogShort({ ...test.ports, workers }, test.store.history)
    await write(30 * MIB)
    expect(asked).toEqual([])
    await write(3 * MIB)
    await Promise.all(moved)
    expect(asked).toEqual(['checkpoint'])
    const log = `${test.store.history.sql.path}-wal`
    const before = test.ports.files.size(log)
    await write(1000)
    expect(test.ports.files.size(log)).toBeLessThanOrEqual(before)
    expect(test.ports.files.size(test.store.history.sql.path)).toBeGreaterThan(3 * MIB)
    await write(1000)
    expect(asked).toEqual(['checkpoint'])
  })

  it('holds writes back while a very long one is moved, and not longer', async () => {
    let release = () => {}
    const workers = {
      run: () => new Promise<never>((_, reject) => (release = () => reject(new Error('gone')))),
      close: () => Promise.resolve(),
    }
    keepLogShort({ ...test.ports, workers }, test.store.history)
    await write(201 * MIB)
    let written = false
    const write2 = write(1).then(() => (written = true))
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    expect(written).toBe(false)
    release()
    await write2
    expect(written).toBe(true)
  })

  it('lets who stores page after page wait for the worker, and nobody else', async () => {
    let release = () => {}
    const workers = {
      run: () => new Promise<never>((_, reject) => (release = () => reject(new Error('gone')))),
      close: () => Promise.resolve(),
    }
    const { history } = test.store
    keepLogShort({ ...test.ports, workers }, history)
    await history.logIsMoved()
    await write(33 * MIB)
    let moved = false
    const waiting = history.logIsMoved().then(() => (moved = true))
    await write(1)
    expect(moved).toBe(false)
    release()
    await waiting
    expect(moved).toBe(true)
  })
})
