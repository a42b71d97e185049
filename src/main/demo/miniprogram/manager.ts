import type { Params, Calls } from './calls.ts'
import { logIn } from './login.ts'

type Row = Readonly<Record<string, unknown>>

const FIRST_PAGE = { startIndex: 0, pageSize: 20 }
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as Row[]) : [])

/** The mini-program of somebody who runs chargers. */
export class ManagerPhone {
  readonly #calls: Calls
  readonly #now: () => number
  phone = ''
  devices: readonly Row[] = []
  blacklist: readonly Row[] = []
  cashOuts: readonly Row[] = []
  income: Row = {}
  #session = ''

  constructor(calls: Calls, now: () => number) {
    this.#calls = calls
    this.#now = now
  }

  get signedIn(): boolean {
    return this.#session !== ''
  }

  async login(phone: string): Promise<void> {
    const told = await logIn(this.#calls, 'manager', { phone, now: this.#now() })
    this.phone = told.phone
    this.#session = told.session
    await this.refresh()
  }

  logout(): void {
    this.#session = ''
  }

  async refresh(): Promise<void> {
    this.devices = rowsOf((await this.#one('getDeviceList', FIRST_PAGE)).abstractList)
    this.blacklist = rowsOf((await this.#one('getBlackUser', FIRST_PAGE)).abstractList)
    this.income = await this.#one('getOrderCash', {})
    this.cashOuts = rowsOf((await this.#one('getCashOutList', FIRST_PAGE)).CashOutList)
  }

  bind(deviceCode: string): Promise<void> {
    return this.#change('addDevice', { deviceCode })
  }

  unbind(deviceCode: string): Promise<void> {
    return this.#change('deleteDevice', { deviceCodeList: deviceCode })
  }

  price(deviceCode: string, unitPrice: number): Promise<void> {
    return this.#change('setDeviceValue', { deviceCode, unitPrice, chargeFlag: unitPrice === 0 ? 0 : 1 })
  }

  enable(deviceCode: string, enabled: boolean): Promise<void> {
    return this.#change('setDeviceValue', { deviceCode, state: enabled ? 0 : 1 })
  }

  block(user: string): Promise<void> {
    return this.#change('addBlackUser', { user })
  }

  unblock(user: string): Promise<void> {
    return this.#change('deleteBlackUser', { userList: user })
  }

  withdraw(bank: { bankName: string; bankUser: string; bankCode: string }): Promise<void> {
    return this.#change('CashOut', bank)
  }

  async #change(name: string, params: Params): Promise<void> {
    await this.#one(name, params)
    await this.refresh()
  }

  #one(name: string, params: Params) {
    return this.#calls.one('manager', name, { manager: this.phone, ...params, session: this.#session })
  }
}
