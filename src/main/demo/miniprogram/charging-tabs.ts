import type { Radio } from '#core/chargers/radio.ts'
import { MANAGERS, USERS } from '../charging/index.ts'
import { trainingChargers, type DemoAir } from '../chargers/index.ts'
import { Calls } from './calls.ts'
import { ManagerPhone } from './manager.ts'
import { managerScreen } from './manager-view.ts'
import { PhoneRadio } from './phone-radio.ts'
import { asked, number, type Action, type Tab, type TabParts } from './tab.ts'
import { UserPhone } from './user.ts'
import { userScreen } from './user-view.ts'
import type { Words } from './words.ts'

export interface ChargingParts extends TabParts {
  readonly air: Pick<DemoAir, 'chargers'>
  readonly openRadio: () => Radio
  /** labels that hang somewhere: chargers in the demo's registry */
  readonly labels: readonly { deviceCode: string; alias: string }[]
}

const PEOPLE = USERS.slice(0, 6).map((one) => ({ phone: one.user, name: one.userName }))
const BOSSES = MANAGERS.map((one) => ({ phone: one.manager, name: one.managerName }))

/** What has no news of its own until somebody presses something. */
const nothingNew = () => Promise.resolve()

export function userTab({ air, openRadio, clock, lanUrl, labels }: ChargingParts): Tab {
  const now = () => clock.now()
  const calls = new Calls(lanUrl, now)
  const styleOf = (btName: string) =>
    air.chargers.find(({ name }) => name === btName)?.firmware.variant ?? null
  const phone = new UserPhone({ calls, radio: new PhoneRadio(openRadio(), clock), styleOf, now })
  const near = new Set(trainingChargers().map(({ deviceCode }) => deviceCode))
  const labelsIn = ({ scan }: Words) =>
    labels.map(({ deviceCode, alias }) => ({
      code: deviceCode,
      name: near.has(deviceCode) ? alias : scan.away(alias),
    }))
  return {
    calls,
    actions: userActions(phone),
    refresh: nothingNew,
    screen: (words) => userScreen(words, phone, { people: PEOPLE, labels: labelsIn(words) }),
    air: () => phone.air,
  }
}

export function managerTab({ clock, lanUrl }: TabParts): Tab {
  const now = () => clock.now()
  const calls = new Calls(lanUrl, now)
  const phone = new ManagerPhone(calls, now)
  return {
    calls,
    actions: managerActions(phone),
    refresh: nothingNew,
    screen: (words) => managerScreen(words, phone, { people: BOSSES }),
    air: () => [],
  }
}

const userActions = (phone: UserPhone): Record<string, Action> => ({
  login: (fields) => phone.login(asked(fields, 'phone')),
  logout: () => phone.logout(),
  rename: (fields) => phone.rename(asked(fields, 'userName')),
  scan: (fields) => phone.scan(asked(fields, 'deviceCode')),
  ports: () => phone.readPorts(),
  order: (fields) => phone.order(number(fields, 'port'), number(fields, 'unit')),
  power: () => phone.power(),
  cancel: () => phone.cancel(),
  pay: (fields) => phone.pay(number(fields, 'coins')),
  ask: () => phone.ask(),
  coins: (fields) => phone.buyCoins(number(fields, 'pmoney')),
})

const managerActions = (phone: ManagerPhone): Record<string, Action> => ({
  login: (fields) => phone.login(asked(fields, 'phone')),
  logout: () => phone.logout(),
  bind: (fields) => phone.bind(asked(fields, 'deviceCode')),
  unbind: (fields) => phone.unbind(asked(fields, 'deviceCode')),
  price: (fields) => phone.price(asked(fields, 'deviceCode'), number(fields, 'unitPrice')),
  enable: (fields) => phone.enable(asked(fields, 'deviceCode'), asked(fields, 'on') === '1'),
  block: (fields) => phone.block(asked(fields, 'user')),
  unblock: (fields) => phone.unblock(asked(fields, 'user')),
  withdraw: (fields) =>
    phone.withdraw({
      bankName: asked(fields, 'bankName'),
      bankUser: asked(fields, 'bankUser'),
      bankCode: asked(fields, 'bankCode'),
    }),
})
