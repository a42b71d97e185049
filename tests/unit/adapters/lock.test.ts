import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderInUse, lockFolder } from '#main/adapters/lock.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const lockFile = fileURLToPath(new URL('../../../src/main/adapters/lock.ts', import.meta.url))

/** Another process that holds the folder until it is killed. */
async function holder(): Promise<{ pid: number; kill(): Promise<void> }> {
  const script = `const { lockFolder } = await import(${JSON.stringify(`file://${lockFile}`)})
    globalThis.held = lockFolder(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('the holder ended')))
  })
  return {
    pid: child.pid ?? 0,
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

describe('the data folder’s lock', () => {
  it('is taken, refused a second time with the holder’s pid, and taken again after release', () => {
    const first = lockFolder(directory)
    expect(() => lockFolder(directory)).toThrow(FolderInUse)
    expect(() => lockFolder(directory)).toThrow(String(process.pid))
    first.release()
    first.release()
    expect(existsSync(join(directory, 'desk.pid'))).toBe(false)
    lockFolder(directory).release()
  })

  it('names another process, and is free as soon as that one is killed', async () => {
    const other = await holder()
    expect(() => lockFolder(directory)).toThrow(`in use by process ${other.pid}`)
    await other.kill()
    lockFolder(directory).release()
  })
})
