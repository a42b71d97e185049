import { ProviderFailure } from '#core/charging/providers.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { endpoint, type Endpoint, type LanCall, type Side } from './endpoint.ts'
import { base64, code, id } from './params.ts'
import { decryptPhone } from './wechat/decrypt.ts'

/** Log-in is the same on both sides but for its names (UE-1, UE-2, ME-1, ME-2). */
export const loginEndpoints = (side: Side, names: { login: string; phone: string }): Endpoint[] => [
  endpoint({
    side,
    name: names.login,
    shape: 'list',
    mutating: true,
    waits: true,
    session: 'never',
    parse: (fields) => ({ jsCode: code(fields, 'jsCode') }),
    answer: async ({ jsCode }, call) => [{ session: await login(side, jsCode, call) }],
  }),
  endpoint({
    side,
    name: names.phone,
    shape: 'list',
    mutating: true,
    session: 'never',
    changes: ['users'],
    parse: (fields) => ({
      encrypted: base64(fields, fields.has('encryptData') ? 'encryptData' : 'encryptedData'),
      iv: base64(fields, 'iv'),
      session: id(fields, 'session'),
    }),
    answer: (given, call) => [{ phone: bindPhone(side, given, call) }],
  }),
]

async function login(side: Side, jsCode: string, { charging, wx, now }: LanCall): Promise<string> {
  const { openId, sessionKey } = await ask(wx, side, jsCode)
  return charging.books.db.write(() => charging.sessions.open(side, openId, sessionKey, now))
}

async function ask(wx: LanCall['wx'], side: Side, jsCode: string) {
  try {
    return await wx.login(side, jsCode)
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    if (error.kind === 'refused') throw new Refusal(CODE.unknownCaller, '微信登录未通过')
    throw new Refusal(
      CODE.unknown,
      error.kind === 'notConfigured' ? '服务尚未设置微信登录' : '微信服务暂时无法连接',
    )
  }
}

/** Inside the write of its call; from now on this person is in the books (U-04). */
function bindPhone(
  side: Side,
  { encrypted, iv, session }: { encrypted: string; iv: string; session: string },
  { charging: { sessions }, wx, now }: LanCall,
): string {
  const sessionKey = sessions.keyOf(side, session, now)
  const phone = decryptPhone({ encrypted, iv, sessionKey }, wx.appId(side))
  if (phone === null) throw new Refusal(CODE.unknownCaller, '手机号解密失败，请重新登录')
  if (!/^1\d{10}$/.test(phone)) throw new Refusal(CODE.unknownCaller, '仅支持中国大陆手机号')
  sessions.bindPhone(side, session, phone, now)
  return phone
}
