import type { FirmwareVariant } from '../chargers/variant.ts'
import type { Calls, Params } from './calls.ts'
import { logIn } from './login.ts'
import type { AirLine, PhoneRadio, Target } from './phone-radio.ts'
import { Trouble } from './trouble.ts'

/** What a label's code leads to, and what its ports say. */
export interface Scanned {
  readonly deviceCode: string
  readonly deviceName: string
  readonly btName: string
  readonly jamCode: string
  readonly maxUnit: number
  readonly charged: boolean
  readonly unitPrice: number
  /** minutes of the ports 1–4; null: not read */
  readonly ports: readonly number[] | null
}

export interface Ordered {
  readonly orderId: string
  readonly port: number
  readonly unit: number
  readonly money: number
  /** its port was powered */
  readonly powered: boolean
}

export interface OpenOrder {
  readonly orderId: string
  readonly deviceName: string
  readonly port: number
  readonly unit: number
  readonly money: number
  readonly orderTime: string
}

export interface PhoneParts {
  readonly calls: Calls
  readonly radio: PhoneRadio
  /** how the firmware of a charger wants its frames; null: it is not on the air */
  readonly styleOf: (btName: string) => Pick<FirmwareVariant, 'sigCase' | 'tsFormat'> | null
  readonly now: () => number
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : 0)

/** `1020201030004999` → 20, 10, 0, 999 */
function minutesOf(packed: string): number[] {
  const groups = packed.match(/\d{4}/g) ?? []
  return [1, 2, 3, 4].map((port) =>
    Number(groups.find((group) => group.startsWith(String(port)))?.slice(1) ?? 0),
  )
}

/** The mini-program of somebody who charges; every step is a documented call or a frame over the radio. */
export class UserPhone {
  readonly #parts: PhoneParts
  phone = ''
  name = ''
  coins = 0
  scanned: Scanned | null = null
  ordered: Ordered | null = null
  open: OpenOrder | null = null
  air: readonly AirLine[] = []
  #session = ''

  constructor(parts: PhoneParts) {
    this.#parts = parts
  }

  get signedIn(): boolean {
    return this.#session !== ''
  }

  async login(phone: string): Promise<void> {
    const { calls, now } = this.#parts
    const told = await logIn(calls, 'user', { phone, now: now() })
    this.phone = told.phone
    this.#session = told.session
    await this.refresh()
  }

  logout(): void {
    this.#session = ''
    this.scanned = null
    this.ordered = null
    this.open = null
    this.air = []
  }

  async rename(userName: string): Promise<void> {
    await this.#one('reportUserName', { user: this.phone, userName })
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const info = await this.#one('getUserInfo', { user: this.phone })
    this.name = text(info.userName)
    this.coins = number(info.pmoney)
    const order = info.order === 1 ? await this.#one('getOrderPay', { user: this.phone }) : null
    this.open = order && {
      orderId: text(order.orderId),
      deviceName: text(order.deviceName),
      port: number(order.port),
      unit: number(order.unit),
      money: number(order.money),
      orderTime: text(order.orderTime),
    }
  }

  /** The label is scanned: who it is, then its ports over Bluetooth, which the desk is told. */
  async scan(deviceCode: string): Promise<void> {
    this.ordered = null
    const info = await this.#one('getDeviceInfo', { deviceCode })
    this.scanned = {
      deviceCode,
      deviceName: text(info.deviceName),
      btName: text(info.btName),
      jamCode: text(info.jamCode),
      maxUnit: number(info.maxUnit),
      charged: info.chargeFlag === 1,
      unitPrice: number(info.unitPrice),
      ports: null,
    }
    await this.readPorts()
  }

  async readPorts(): Promise<void> {
    await this.#overTheAir((target) => this.#parts.radio.ports(target))
  }

  async order(port: number, unit: number): Promise<void> {
    const { deviceCode, unitPrice, charged } = this.#target()
    const price = charged ? unitPrice : 0
    const money = Math.round(price * 100 * unit) / 100
    const wanted = { user: this.phone, deviceCode, port, unitPrice: price, unit, money }
    const orderId = text((await this.#one('newPowerOrder', wanted)).orderId)
    this.ordered = { orderId, port, unit, money, powered: false }
    await this.refresh()
  }

  /** B-25: after the order, over Bluetooth; the phone itself signs. */
  async power(): Promise<void> {
    const order = this.#order()
    await this.#overTheAir((target) => this.#parts.radio.powerOn(target, order.port, order.unit * 30))
    this.ordered = { ...order, powered: true }
  }

  async cancel(): Promise<void> {
    await this.#one('cancelPowerOrder', { orderId: this.#order().orderId })
    this.ordered = null
    await this.refresh()
  }

  async pay(coins: number): Promise<void> {
    const order = this.open
    if (!order) throw new Trouble('nothingDue')
    const { orderId, money } = order
    const cash = Math.round(money * 100 - coins * 100) / 100
    await this.#one('payPowerOrder', { user: this.phone, orderId, money, pmoney: coins, cash })
    if (cash === 0) this.ordered = null
    await this.refresh()
  }

  /** Did the staff say yes? */
  async ask(): Promise<void> {
    const order = this.open
    if (!order) throw new Trouble('nothingDue')
    try {
      await this.#one('queryOrderPay', { orderId: order.orderId })
      this.ordered = null
    } finally {
      await this.refresh()
    }
  }

  async buyCoins(pmoney: number): Promise<void> {
    const { payId } = await this.#one('newPmoneyCharge', { user: this.phone, pmoney })
    await this.#one('queryPmoneyPay', { payId: text(payId) })
    await this.refresh()
  }

  async #overTheAir(work: (target: Target) => Promise<{ packed: string; lines: AirLine[] }>): Promise<void> {
    const scanned = this.#target()
    const style = this.#parts.styleOf(scanned.btName)
    if (style === null) throw new Trouble('notNear')
    const { packed, lines } = await work({ btName: scanned.btName, jamCode: scanned.jamCode, style })
    this.air = lines
    this.scanned = { ...scanned, ports: minutesOf(packed) }
    await this.#one('reportDevicePort', { deviceCode: scanned.deviceCode, portState: packed })
  }

  #target(): Scanned {
    if (this.scanned) return this.scanned
    throw new Trouble('scanFirst')
  }

  #order(): Ordered {
    if (this.ordered) return this.ordered
    throw new Trouble('orderFirst')
  }

  #one(name: string, params: Params) {
    return this.#parts.calls.one('user', name, { ...params, session: this.#session })
  }
}
