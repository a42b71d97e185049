import type { Output } from '../../../src/shared/contract/index.ts'
import type { Detail } from '../../../src/renderer/features/lan/Why.tsx'

/** The site's clock of `HELLO`. */
export const NOW = Date.UTC(2026, 2, 1, 4, 0)

export const STATUS: Output<'lan.status'> = {
  state: 'on',
  url: 'http://192.168.1.8:8085',
  problem: null,
  otherPort: null,
  host: '0.0.0.0',
  port: 8085,
  lastMinute: { requests: 12, refused: 3, addresses: ['192.168.1.20', '192.168.1.21'] },
  wechat: 'wechat',
  payment: 'offline',
  mdnsName: 'front-desk.local',
  miniProgramUrl: null,
  missing: [],
  publishedKeys: [],
  rotating: [],
  cards: [
    { name: 'eth0', address: '192.168.1.8', loopback: false },
    { name: 'lo', address: '127.0.0.1', loopback: true },
  ],
}
export const OFF: Output<'lan.status'> = { ...STATUS, state: 'off', url: null }

export const settings = (fixed: string[] = []): Output<'settings.get'> => ({
  values: { lan: { host: '0.0.0.0', port: 8085, user: { appId: 'the-user-app' } } },
  fixed,
  secretsSet: [],
  keyProtection: ['keyFile'],
  changedAt: null,
})

const expectedText = 'appIdaappKeyk●●ytimestamp1userName张三●'
export const WRONG: Detail = {
  id: '7',
  at: NOW - 1234,
  side: 'user',
  endpoint: 'getUserInfo',
  address: '192.168.1.20',
  status: 200,
  code: 2,
  ms: 1.25,
  replayed: false,
  encoding: 'json',
  parameters: [
    { name: 'appId', value: 'a' },
    { name: 'appKey', value: 'k●●y' },
    { name: 'timestamp', value: '1' },
    { name: 'userName', value: '张三' },
    { name: 'signature', value: 'R0lWRU4=' },
  ],
  signature: {
    given: 'R0lWRU4=',
    variant: null,
    expected: [
      { variant: 'sorted plain signed', text: expectedText, value: 'RVhQRUNURUQ=', raw: 'UkFX' },
      { variant: 'timestampLast plain signed', text: 'late●', value: 'TEFURQ==', raw: null },
    ],
    signed: 'appId=a&appKey=k●●y&timestamp=1&userName=张三●',
    hints: [{ code: 'separators' }],
  },
  timestampSkewS: -400,
  answer: '{"code":2,"message":"签名错误","data":[]}',
}
