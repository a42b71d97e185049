import type { Checked } from '#shared/contract/index.ts'
import type { ProviderStep } from '#shared/contract/lan.ts'
import { ProviderFailure } from '#core/charging/providers.ts'
import { redactor } from '#core/redact.ts'
import type { Side } from '../endpoint.ts'
import {
  addressOf,
  answered,
  ask,
  BUSY,
  CODE_REFUSED,
  jsonOf,
  type WechatApp,
} from '../wechat/code-session.ts'
import type { ProviderTestParts } from './index.ts'
import { attention, bad, good, networkCode, storedSecret } from './steps.ts'

/** No log-in gives this: WeChat, once it believes app and secret, says that it is no code. */
const NO_CODE = 'sitedesk-test'

const APP_ID_WRONG = [40013]
const SECRET_WRONG = [40001, 40125]
const ADDRESS_REFUSED = [40164]

/** Both mini-programs, each by what WeChat says of a code that nobody has. */
export async function testWechat(
  { ctx, settings }: ProviderTestParts,
  { ask: asks, wechat: given = {} }: Checked<'lan.testProvider'>,
): Promise<ProviderStep[]> {
  const { wechat } = settings.values().lan
  const stored = wechat?.kind === 'wechat' ? wechat : undefined
  const baseUrl = given.baseUrl ?? stored?.baseUrl
  const steps: ProviderStep[] = []
  for (const side of ['user', 'manager'] as const) {
    const appId = given[side]?.appId ?? stored?.[side]?.appId ?? ''
    const secret = given[side]?.secret ?? storedSecret(settings, `lan.wechat.${side}.secret`)
    const app = { appId: appId.trim(), secret: secret ?? '' }
    const wrong = formOf(side, app)
    if (wrong || !asks) steps.push(wrong ?? good(side, 'appSet'))
    else steps.push(await asked(side, app, (url) => ask(ctx.ports.http, url), baseUrl))
  }
  // one side may do without: a site of chargers that nobody manages by phone
  if (steps.every(({ code }) => code === 'appMissing'))
    return steps.map((step) => ({ ...step, state: 'bad' }))
  return steps
}

/** What can be said without asking. */
function formOf(side: Side, { appId, secret }: WechatApp): ProviderStep | null {
  if (appId === '') return attention(side, 'appMissing')
  if (secret === '') return bad(side, 'secretMissing')
  if (/\s/.test(secret)) return bad(side, 'secretSpaces')
  return null
}

async function asked(
  side: Side,
  app: WechatApp,
  send: (url: string) => ReturnType<typeof ask>,
  baseUrl: string | undefined,
): Promise<ProviderStep> {
  redactor.learn(app.secret)
  try {
    const { status, body } = await send(addressOf(baseUrl, app, NO_CODE))
    const parsed = answered.safeParse(jsonOf(body))
    if (status !== 200 || !parsed.success) return bad(side, 'notWechat', { status })
    const { errcode = 0, errmsg = '' } = parsed.data
    if (CODE_REFUSED.includes(errcode)) return good(side, 'appAccepted')
    return bad(side, codeOf(errcode), { errcode, message: errmsg })
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return bad(side, networkCode(error) ?? 'notWechat')
  }
}

function codeOf(errcode: number): string {
  if (APP_ID_WRONG.includes(errcode)) return 'appIdWrong'
  if (SECRET_WRONG.includes(errcode)) return 'secretWrong'
  if (ADDRESS_REFUSED.includes(errcode)) return 'addressNotAllowed'
  return BUSY.includes(errcode) ? 'busy' : 'wechatRefused'
}
