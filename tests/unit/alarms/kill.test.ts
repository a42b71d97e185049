import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOUR, MINUTE } from '#shared/time.ts'

interface Standing {
  readonly alarms: readonly { readonly id: string }[]
  readonly sent: readonly { readonly id: string; readonly state: string }[]
}

let directory: string
let child: ChildProcess | undefined
const got: { readonly key: unknown; readonly answer: ServerResponse }[] = []
const arrived: (() => void)[] = []
const receiver = createServer((request, answer) => {
  request.resume().on('end', () => {
    got.push({ key: request.headers['idempotency-key'], answer })
    for (const heard of arrived.splice(0)) heard()
  })
})
const nextRequest = () => new Promise<void>((resolve) => arrived.push(resolve))

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-alarm-kill-'))
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
})
afterEach(async () => {
  await kill()
  receiver.closeAllConnections()
  receiver.close()
  rmSync(directory, { recursive: true, force: true })
})

async function kill(): Promise<void> {
  if (child?.kill('SIGKILL')) await once(child, 'exit')
  child = undefined
}

/** Starts the program with its clock so far ahead; resolves when what it says of its file is as wanted. */
async function start(ahead: number, wanted: (standing: Standing) => boolean): Promise<Standing> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const script = join(import.meta.dirname, '../../fixtures/alarm-child.ts')
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'] as const
  child = fork(script, [directory, url, String(ahead)], { stdio: [...stdio] })
  if (!child.stdout) throw new Error('the program says nothing')
  for await (const line of createInterface(child.stdout)) {
    const standing = JSON.parse(line) as Standing
    if (wanted(standing)) return standing
  }
  throw new Error('the program ended')
}

it('killed after an alarm and killed while it is told of, the program tells it once it can, by one key', async () => {
  const raised = await start(0, ({ alarms }) => alarms.length > 0)
  await kill()
  expect(raised).toMatchObject({ sent: [{ state: 'waiting' }] })
  expect(got).toEqual([])

  const first = nextRequest()
  await start(MINUTE, ({ alarms }) => alarms.length > 0)
  await first
  await kill()

  const second = nextRequest()
  const told = start(10 * MINUTE, ({ sent }) => sent.every(({ state }) => state === 'sent'))
  await second
  got[1]?.answer.writeHead(204).end()
  expect(await told).toEqual({ alarms: raised.alarms, sent: [{ id: raised.sent[0]?.id, state: 'sent' }] })
  await kill()

  await start(5 * HOUR, ({ sent }) => sent.length > 0)
  expect(got.map(({ key }) => key)).toEqual([raised.sent[0]?.id, raised.sent[0]?.id])
})
