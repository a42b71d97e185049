import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import type { ConsoleHost } from './console.ts'

const POLL = { timeout: 30_000, interval: 100 }
const CASH = { tender: 'cash', amountFen: 1000 } as const

/** Pages of one thing each: the demo has some of it, or it is made here. */
export async function detailRoutes(host: ConsoleHost): Promise<string[]> {
  const [room, sale] = await aSale(host)
  const { rows: batches } = await host.api('recharge.batchList', { limit: 1 })
  const [{ id: shift } = { id: '' }] = (await host.api('shifts.list', { limit: 1 })).rows
  const [device] = (await host.api('devices.list', { limit: 1 })).rows
  const [user] = (await host.api('users.list', { limit: 1 })).rows
  const [water] = await vi.waitUntil(async () => {
    const { rows } = await host.api('water.flows', { limit: 1 })
    return rows.length > 0 ? rows : null
  }, POLL)
  const run = await aRun(host)
  return [
    `/rooms/${room}`,
    `/recharge/records/${sale}`,
    `/recharge/batch/${batches[0]?.id ?? ''}`,
    `/shifts/${shift}`,
    `/chargers/${device?.btName ?? ''}`,
    `/chargers/registry/${device?.deviceCode ?? ''}`,
    `/chargers/runs/${run}`,
    `/charging/users/${user?.user ?? ''}`,
    `/lan/requests/${await aRequest(host)}`,
    `/water/devices/${water?.device_code ?? ''}`,
  ]
}

async function aSale(host: ConsoleHost): Promise<[room: string, sale: string]> {
  const [room] = await vi.waitUntil(async () => {
    const { rows } = await host.api('rooms.lowBalance', { belowFen: 100_000_000, limit: 1 })
    return rows.length > 0 ? rows : null
  }, POLL)
  const roomId = room?.id ?? ''
  await host.api('shifts.open', { cashFloatFen: 0 })
  const intentId = randomUUID()
  await host.api('recharge.create', { intentId, roomId, ...CASH })
  const sheet = `\uFEFF房间,金额（元）,备注\r\n${room?.path.join('/') ?? ''},1,\r\n`
  const base64 = Buffer.from(sheet).toString('base64')
  await host.api('recharge.batchCheck', { fileName: '补贴.csv', base64 })
  return [roomId, intentId]
}

async function aRun(host: ConsoleHost): Promise<string> {
  const { rows } = await host.api('devices.list', { limit: 1, offset: 1 })
  const { id } = await host.api('provisioning.start', {
    devices: rows.map(({ btName, deviceCode }) => ({ name: btName, deviceCode })),
    testPorts: [],
  })
  return id
}

async function aRequest(host: ConsoleHost): Promise<string> {
  const { url } = await host.api('lan.status', {})
  await fetch(`${url ?? ''}/oapi/bluepower_user/1_0/getSystemTime`, { method: 'POST', body: '{}' })
  const { rows } = await host.api('lan.requests', { limit: 1 })
  return rows[0]?.id ?? ''
}
