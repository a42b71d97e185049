import { simulatedCode, simulatedPhone } from '#main/lan/wechat/simulator.ts'
import type { Side } from '#main/lan/endpoint.ts'
import type { Calls } from './calls.ts'

const LOGIN = {
  user: ['userLogin', 'getUserPhone'],
  manager: ['managerLogin', 'getManagerPhone'],
} as const satisfies Record<Side, readonly [string, string]>

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** As a mini-program logs in: the code of `wx.login`, then the number that WeChat gives away (U-01, M-01). */
export async function logIn(
  calls: Calls,
  side: Side,
  { phone, now }: { phone: string; now: number },
): Promise<{ phone: string; session: string }> {
  const [login, getPhone] = LOGIN[side]
  const jsCode = simulatedCode(phone)
  const session = text((await calls.one(side, login, { jsCode })).session)
  const { encryptData, iv } = simulatedPhone(side, { jsCode, phone, now })
  const told = await calls.one(side, getPhone, { encryptData, iv, session })
  return { phone: text(told.phone), session }
}
