import type { Radio } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import { MANAGERS, USERS } from '../charging/index.ts'
import type { DemoAir } from '../chargers/index.ts'
import { trainingChargers } from '../chargers/index.ts'
import { Calls, Refused } from './calls.ts'
import { ManagerPhone } from './manager.ts'
import { managerScreen } from './manager-view.ts'
import { page, STYLE, type PageParts } from './page.ts'
import { PhoneRadio } from './phone-radio.ts'
import { servePages, type Page, type PageServer } from './server.ts'
import { because, Trouble } from './trouble.ts'
import { UserPhone } from './user.ts'
import { userScreen, type UserChoices } from './user-view.ts'
import { WORDS, type Words } from './words.ts'

export interface MiniProgramParts {
  readonly air: Pick<DemoAir, 'chargers'>
  readonly openRadio: () => Radio
  readonly clock: Clock
  readonly lanUrl: () => string | null
  /** labels that hang somewhere: chargers in the demo's registry */
  readonly labels: readonly { deviceCode: string; alias: string }[]
}

type Action = (fields: URLSearchParams) => Promise<void> | void

/** The page that plays both mini-programs against the LAN service of this demo, with a phone's Bluetooth. */
export function startMiniProgram(parts: MiniProgramParts): Promise<PageServer> {
  const phones = createPhones(parts)
  const actions = { ...userActions(phones.user), ...managerActions(phones.manager) }
  let notice: PageParts['notice'] = null
  /** one step after the other, as on one phone */
  let turn: Promise<unknown> = Promise.resolve()
  const run = async (words: Words, path: string, fields: URLSearchParams): Promise<Page> => {
    const action = actions[path]
    if (!action) return MISSING
    notice = await outcomeOf(words, () => action(fields))
    const location = path.startsWith('manager/') ? `${words.base}manager` : words.base
    return { status: 303, type: 'text/plain', text: '', location }
  }
  return servePages((method, url, fields) => {
    const next = turn.then(async (): Promise<Page> => {
      const { words, path } = placeOf(url)
      if (method === 'POST') return run(words, path, fields)
      if (url === '/style.css') return { status: 200, type: 'text/css', text: STYLE }
      if (path !== '' && path !== 'manager') return MISSING
      const text = show(parts, phones, { words, side: path === '' ? 'user' : 'manager', notice })
      notice = null
      return { status: 200, type: 'text/html', text }
    })
    turn = next.catch(() => undefined)
    return next
  })
}

const MISSING: Page = { status: 404, type: 'text/plain', text: '' }

/** The English pages stand below `/en/`, so that a language needs neither cookie nor script. */
function placeOf(url: string): { words: Words; path: string } {
  const { en } = WORDS
  if (url.startsWith(en.base)) return { words: en, path: url.slice(en.base.length) }
  return { words: WORDS['zh-CN'], path: url.slice(1) }
}

interface Phones {
  readonly calls: Calls
  readonly user: UserPhone
  readonly manager: ManagerPhone
}

function createPhones({ air, openRadio, clock, lanUrl }: MiniProgramParts): Phones {
  const now = () => clock.now()
  const calls = new Calls(lanUrl, now)
  const styleOf = (btName: string) =>
    air.chargers.find(({ name }) => name === btName)?.firmware.variant ?? null
  const user = new UserPhone({ calls, radio: new PhoneRadio(openRadio(), clock), styleOf, now })
  return { calls, user, manager: new ManagerPhone(calls, now) }
}

function show(
  { lanUrl, labels }: MiniProgramParts,
  { calls, user, manager }: Phones,
  { words, side, notice }: Pick<PageParts, 'words' | 'side' | 'notice'>,
): string {
  const near = new Set(trainingChargers().map(({ deviceCode }) => deviceCode))
  const choices: UserChoices = {
    people: USERS.slice(0, 6).map((one) => ({ phone: one.user, name: one.userName })),
    labels: labels.map(({ deviceCode, alias }) => ({
      code: deviceCode,
      name: near.has(deviceCode) ? alias : words.scan.away(alias),
    })),
  }
  const people = MANAGERS.map((one) => ({ phone: one.manager, name: one.managerName }))
  return page({
    words,
    side,
    screen: side === 'user' ? userScreen(words, user, choices) : managerScreen(words, manager, { people }),
    said: calls.said.filter((said) => said.side === side),
    air: side === 'user' ? user.air : [],
    lanUrl: lanUrl(),
    notice,
  })
}

async function outcomeOf(words: Words, work: () => Promise<void> | void): Promise<PageParts['notice']> {
  try {
    await work()
    return { good: true, text: words.done }
  } catch (error) {
    if (error instanceof Refused) return { good: false, text: words.refused(error.code, error.message) }
    if (error instanceof Trouble) return { good: false, text: words.trouble[error.code](error.detail) }
    return { good: false, text: words.failed(because(error)) }
  }
}

const asked = (fields: URLSearchParams, name: string) => (fields.get(name) ?? '').trim()
const number = (fields: URLSearchParams, name: string) => Number(asked(fields, name))

const userActions = (phone: UserPhone): Record<string, Action> => ({
  'user/login': (fields) => phone.login(asked(fields, 'phone')),
  'user/logout': () => phone.logout(),
  'user/rename': (fields) => phone.rename(asked(fields, 'userName')),
  'user/scan': (fields) => phone.scan(asked(fields, 'deviceCode')),
  'user/ports': () => phone.readPorts(),
  'user/order': (fields) => phone.order(number(fields, 'port'), number(fields, 'unit')),
  'user/power': () => phone.power(),
  'user/cancel': () => phone.cancel(),
  'user/pay': (fields) => phone.pay(number(fields, 'coins')),
  'user/ask': () => phone.ask(),
  'user/coins': (fields) => phone.buyCoins(number(fields, 'pmoney')),
})

const managerActions = (phone: ManagerPhone): Record<string, Action> => ({
  'manager/login': (fields) => phone.login(asked(fields, 'phone')),
  'manager/logout': () => phone.logout(),
  'manager/bind': (fields) => phone.bind(asked(fields, 'deviceCode')),
  'manager/unbind': (fields) => phone.unbind(asked(fields, 'deviceCode')),
  'manager/price': (fields) => phone.price(asked(fields, 'deviceCode'), number(fields, 'unitPrice')),
  'manager/enable': (fields) => phone.enable(asked(fields, 'deviceCode'), asked(fields, 'on') === '1'),
  'manager/block': (fields) => phone.block(asked(fields, 'user')),
  'manager/unblock': (fields) => phone.unblock(asked(fields, 'user')),
  'manager/withdraw': (fields) =>
    phone.withdraw({
      bankName: asked(fields, 'bankName'),
      bankUser: asked(fields, 'bankUser'),
      bankCode: asked(fields, 'bankCode'),
    }),
})
