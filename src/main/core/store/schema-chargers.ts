import type { Generated } from 'kysely'

/**
 * The charger document's 12 tables in site.db, names kept (spec §3.6). Money in fen, times as text
 * `yyyy-MM-dd HH:mm:ss` in the zone of the site.
 */
export interface ChargingTables {
  wx_info: {
    id: Generated<number>
    side: 'user' | 'manager'
    openId: string
    sessionKey: string | null
    session: string | null
    phone: string | null
    insertTime: string
    updateTime: string
  }
  user_info: {
    id: Generated<number>
    user: string
    userName: Generated<string>
    pmoney: Generated<number>
    setupTime: string
    professionId: number | null
  }
  manager_info: { id: Generated<number>; manager: string; managerName: Generated<string>; setupTime: string }
  profession_info: { id: Generated<number>; professionId: number; professionName: string }
  black_user_info: { id: Generated<number>; user: string; manager: string; setupTime: string }
  device_info: {
    id: Generated<number>
    deviceCode: string
    deviceName: Generated<string>
    state: Generated<number>
    version: Generated<number>
    btName: string
    jamCode: string
    maxUnit: Generated<number>
    chargeFlag: Generated<number>
    unitPrice: Generated<number>
    portState: string | null
    manager: string | null
    setupTime: string
    updateTime: string
    addTime: string | null
    portStateTime: string | null
    /** JSON: time of each port, where the newest report named some of them only */
    portTimes: string | null
    bleProfile: string | null
    stateReason: string | null
  }
  pmoney_charge_info: { id: Generated<number>; payId: string; user: string; pmoney: number; payTime: string }
  pmoney_charge_pay: {
    id: Generated<number>
    payId: string
    user: string
    pmoney: number
    payTime: string | null
    state: Generated<number>
    wxPayid: string | null
    createTime: string
    prepayId: string | null
    /** fen, when it was begun; null: before it was kept */
    price: number | null
    openThere: Generated<number>
    provider: Generated<'offline' | 'wechatpay'>
    /** null: staff, or begun before it was kept */
    mchId: string | null
  }
  pmoney_gift_info: {
    id: Generated<number>
    giftId: string
    fromUser: string
    toUser: string
    pmoney: number
    giftTime: string
  }
  order_info: {
    id: Generated<number>
    orderId: string
    user: string
    deviceCode: string
    port: number
    unitPrice: number
    unit: number
    money: number
    orderTime: string
    pmoney: Generated<number>
    cash: Generated<number>
    payTime: string | null
    cashOutFlag: Generated<number>
    cashOutId: string | null
    manager: string
    cancelTime: string | null
  }
  order_pay_info: {
    id: Generated<number>
    orderId: string
    user: string
    deviceCode: string
    port: number
    unitPrice: number
    unit: number
    money: number
    orderTime: string
    pmoney: number
    cash: number
    state: Generated<number>
    wxPayid: string | null
    payTime: string | null
    createTime: string
    prepayId: string | null
    /** 1: ended here, and still to be paid at the provider as far as is known */
    openThere: Generated<number>
    provider: Generated<'offline' | 'wechatpay'>
    /** null: staff, or begun before it was kept */
    mchId: string | null
  }
  cashout_info: {
    id: Generated<number>
    cashOutId: string
    manager: string
    state: Generated<number>
    bankName: string
    bankUser: string
    bankCode: string
    money: number
    service: number
    cash: number
    reason: Generated<string>
    cashOutTime: string
    processTime: string | null
  }
}

/** Provisioning and what went over the radio, in site.db. Times in epoch ms; JSON where the comment says so. */
export interface ProvisioningTables {
  provisioning_run: {
    id: string
    state: string
    site: string
    installer: string
    adapter: string
    /** JSON */
    options: string
    created_by: string
    created_at: number
    ended_at: number | null
  }
  provisioning_device: {
    run_id: string
    name: string
    position: number
    device_code: string
    alias: string
    state: string
    /** JSON {code, data} */
    reason: string | null
    /** JSON */
    steps: string
    /** JSON array of dBm */
    signal: Generated<string>
    clock_skew_s: number | null
    attempts: Generated<number>
    label_printed_at: number | null
    updated_at: number
  }
  charger_exchange: {
    id: Generated<number>
    at: number
    name: string
    run_id: string | null
    step: string | null
    operator: string | null
    direction: 'sent' | 'received' | 'event'
    text: string
  }
}

/** What the service for mini-programs keeps beside the 12 tables. Times in epoch ms, money in fen. */
export interface LanTables {
  lan_replay: { path: string; signature: string; timestamp: string; answer: string; at: number }
  order_refund_task: {
    id: string
    orderId: string
    wxPayid: string
    amountFen: number
    reason: string
    raisedAt: number
    doneBy: string | null
    doneAt: number | null
    note: string | null
  }
  /** how a merchant is reached that payments were begun with; JSON, no secrets */
  payment_merchant: { mchId: string; settings: string; usedAt: number }
  cashout_approval: { cashOutId: string; operator: string; at: number }
}
