import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alone } from '../../../scripts/build-lock.ts'

const QUICK = { lookEveryMs: 5 }
const program = join(import.meta.dirname, '../../fixtures/build-lock-child.ts')

let folder: string
let file: string
let children: ChildProcessWithoutNullStreams[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-lock-'))
  file = join(folder, 'out', '.building')
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Another process that takes the lock; what it says comes line by line. */
function start(name: string) {
  const child = spawn(process.execPath, [program, file, name])
  children.push(child)
  let text = ''
  const heard = (line: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (text.split('\n').includes(line)) resolve()
      }
      child.stdout.on('data', look)
      look()
    })
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  return { child, heard, text: () => text }
}

const processThatEnded = async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid
}

describe('the lock of the build', () => {
  it('lets one process in at a time; the other waits and is told for whom', async () => {
    const first = start('first')
    await first.heard('first in')
    const second = start('second')
    await second.heard(`second waits for ${first.child.pid}`)
    expect(second.text()).not.toContain('second in')
    first.child.stdin.write('go\n')
    await second.heard('second in')
    expect(first.text()).toContain('first out')
    expect(readFileSync(file, 'utf8')).toBe(`${second.child.pid}\n`)
    second.child.stdin.write('go\n')
    await once(second.child, 'exit')
    expect(existsSync(file)).toBe(false)
  })

  it('of a process that was killed is taken over', async () => {
    const first = start('first')
    await first.heard('first in')
    const second = start('second')
    await second.heard(`second waits for ${first.child.pid}`)
    first.child.kill('SIGKILL')
    await second.heard('second in')
    expect(readFileSync(file, 'utf8')).toBe(`${second.child.pid}\n`)
  })

  it('that is dead falls to one of many', async () => {
    await alone(file, () => Promise.resolve())
    writeFileSync(file, `${await processThatEnded()}\n`)
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise(setImmediate)
      inside--
    }
    await Promise.all(Array.from({ length: 20 }, () => alone(file, work, QUICK)))
    expect(most).toBe(1)
    expect(readdirSync(join(folder, 'out'))).toEqual([])
  })

  it('that is older than any build is taken over, whoever has its number now', async () => {
    await alone(file, () => Promise.resolve())
    writeFileSync(file, `${process.pid}\n`)
    const long = Date.now() / 1000 - 3600
    utimesSync(file, long, long)
    expect(await alone(file, () => Promise.resolve('built'), QUICK)).toBe('built')
  })

  it('is given back when the work fails', async () => {
    await expect(alone(file, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')
    expect(existsSync(file)).toBe(false)
    expect(await alone(file, () => Promise.resolve(1))).toBe(1)
  })
})
