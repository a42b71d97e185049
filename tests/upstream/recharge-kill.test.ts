import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClock } from '#main/adapters/clock.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { PlatformModel, type SaleFault } from '../fixtures/recharge-platform.ts'

const SALES = 40
/** a stalled answer is given up by the platform itself: the real timeout is half a minute */
const STALL_MS = 200
const FAULTS: readonly SaleFault[] = [
  'ok',
  'ok',
  'ok',
  'answerLost',
  'droppedAfterBytes',
  'error500Applied',
  'error500',
  'htmlApplied',
  'cutApplied',
  'stallApplied',
  'code1010Applied',
  'code1001',
]

const model = new PlatformModel(createClock())
const server = createServer((request, response) => void serve(request, response))
let root: string
let child: ChildProcess | null = null

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sitedesk-recharge-kill-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  child?.kill('SIGKILL')
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  rmSync(root, { recursive: true, force: true, maxRetries: 3 })
})

/** The model behind a real socket: where it has no answer, the line is dropped. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  try {
    const answer = await model.http().send({
      method: 'POST',
      url: request.url ?? '',
      headers: {},
      body: Buffer.concat(chunks).toString(),
      connectTimeoutMs: STALL_MS,
      totalTimeoutMs: STALL_MS,
      maxBytes: 1_000_000,
    })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  } catch {
    request.socket.destroy()
  }
}

function start(): ChildProcess {
  const script = join(import.meta.dirname, '../fixtures/recharge-child.ts')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return spawn(process.execPath, [script, root, url, String(SALES)], { stdio: ['ignore', 'ignore', 'pipe'] })
}

interface Stored {
  readonly id: string
  readonly out_trade_no: string
  readonly state: string
  readonly amount_fen: number
}

function stored(): Stored[] {
  const db = createSqlDriver().open(join(root, 'site.db'), { durable: false, readonly: true })
  const rows = db.statement<Stored>('SELECT id, out_trade_no, state, amount_fen FROM recharge_intent').all()
  db.close()
  return rows
}

it('forty sales over real HTTP, the program killed again and again: every fen once (F-27)', async () => {
  let arrivals = 0
  let fault = 0
  let kills = 0
  /** dies when so many more requests have come, be they sales or questions */
  let left = 3
  const arrived = () => {
    arrivals++
    if (--left !== 0) return
    left = 3 + ((kills * 7) % 11)
    if (kills < 14 && child?.kill('SIGKILL')) kills++
  }
  model.saleFault = () => {
    arrived()
    return FAULTS[fault++ % FAULTS.length] ?? 'ok'
  }
  model.readFault = (path) => {
    if (path === 'hasRefundOrder' || path === 'roomBuyRecord') arrived()
    return 'ok'
  }
  let code: number | null = null
  for (let life = 0; life < 40 && code !== 0; life++) {
    child = start()
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [exit, signal] = (await once(child, 'exit')) as [number | null, string | null]
    if (signal !== 'SIGKILL') expect(exit, said).toBe(0)
    code = exit
  }
  expect(code).toBe(0)
  expect(kills).toBe(14)
  expect(arrivals).toBeGreaterThan(SALES)
  const rows = stored()
  expect(rows).toHaveLength(SALES)
  for (const row of rows) {
    const times = model.timesPosted(row.out_trade_no)
    expect(`${row.id} ${row.state} ${times}`).toBe(
      `${row.id} ${times === 1 ? 'APPLIED' : 'NOT_APPLIED'} ${times}`,
    )
  }
  const applied = rows.filter((row) => row.state === 'APPLIED')
  expect(applied.length).toBeGreaterThan(10)
  expect(applied.reduce((sum, row) => sum + row.amount_fen, 0)).toBe(model.sumFen)
}, 120_000)
