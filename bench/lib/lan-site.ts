import { sign } from '#main/lan/request/signature.ts'
import type { Keys } from '#main/lan/request/verify.ts'
import type { FieldValue } from '#main/lan/endpoint.ts'

/** Invented credentials of the benchmarks. */
export const APP = { appId: 'bench-app', appKey: 'bench-key' }
export const JAM = 'bench-jam-of-thirty-two-letters!'
export const KEYS: Keys = { user: [APP], manager: [APP], jam: JAM }

export const MANAGER = '13900005678'
export const DEVICES = 4096
export const USERS = 256

export const deviceCode = (i: number): string => `D${String(i % DEVICES).padStart(6, '0')}`
export const btName = (i: number): string => `BUC_${String(i).padStart(12, '0')}`
export const userOf = (i: number): string => `138${String(i % USERS).padStart(8, '0')}`

export const PATH = '/oapi/bluepower_user/1_0/'
const MANAGER_PATH = '/oapi/bluepower_manager/1_0/'

export interface Prepared {
  readonly path: string
  readonly body: string
}

/** A request signed as a mini-program does; made before anything is timed. */
function prepared(endpoint: string, parameters: Record<string, FieldValue>, base = PATH): Prepared {
  const fields = new Map<string, FieldValue>([
    ['appId', APP.appId],
    ['appKey', APP.appKey],
    ['timestamp', Math.floor(Date.now() / 1000)],
    ...Object.entries(parameters),
  ])
  const signature = sign({ fields, lexemes: () => new Map() }, JAM)
  return { path: `${base}${endpoint}`, body: JSON.stringify({ ...Object.fromEntries(fields), signature }) }
}

export const signedRead = (i: number): Prepared => prepared('getDeviceInfo', { deviceCode: deviceCode(i) })

/** Every one another port of another charger: free of charge, so that nobody owes anything. */
export const signedWrite = (i: number): Prepared =>
  prepared('newPowerOrder', {
    user: userOf(i),
    deviceCode: deviceCode(Math.floor(i / 4)),
    port: (i % 4) + 1,
    unitPrice: 0,
    unit: 2,
    money: 0,
  })

/** Every order of the manager at once: no size of a page means all of them. */
export const signedAll = (): Prepared => prepared('getOrderAll', { manager: MANAGER }, MANAGER_PATH)
