import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { ProviderFailure, type WxAuthProvider } from '#core/charging/providers.ts'
import type { Side } from '../endpoint.ts'

/** Stands in for WeChat on the demo's laptop only: anybody who can reach it is whoever they say. */
export const simulatedWechat: WxAuthProvider = {
  kind: 'simulator',
  appId: (side) => appIdOf(side),
  login(side, jsCode) {
    const person = /^sim-([0-9A-Za-z]{1,40})-[0-9a-f]{8}$/.exec(jsCode)?.[1]
    if (person === undefined)
      return Promise.reject(new ProviderFailure('refused', 'the simulated WeChat knows no such code'))
    return Promise.resolve({ openId: openIdOf(side, person), sessionKey: keyOf(side, jsCode) })
  },
}

/** What `wx.login` gives a simulated phone; another one every time. */
export const simulatedCode = (person: string): string => `sim-${person}-${randomBytes(4).toString('hex')}`

const appIdOf = (side: Side): string => `wxsim-${side}`

/** 28 characters, as WeChat's are. */
export const openIdOf = (side: Side, person: string): string =>
  `o${createHash('sha256').update(`${side} ${person}`).digest('base64url').slice(0, 27)}`

const keyOf = (side: Side, jsCode: string): string =>
  createHash('sha256').update(`${side} ${jsCode}`).digest().subarray(0, 16).toString('base64')

/** What the `getPhoneNumber` button gives a simulated phone after that log-in (U-01). */
export function simulatedPhone(
  side: Side,
  { jsCode, phone, now }: { jsCode: string; phone: string; now: number },
): { encryptData: string; iv: string } {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(keyOf(side, jsCode), 'base64'), iv)
  const plain = JSON.stringify({
    phoneNumber: phone,
    purePhoneNumber: phone,
    countryCode: '86',
    watermark: { timestamp: Math.floor(now / 1000), appid: appIdOf(side) },
  })
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { encryptData: sealed.toString('base64'), iv: iv.toString('base64') }
}
