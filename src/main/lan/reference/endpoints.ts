import { attendance } from './attendance.ts'
import { table, type Described } from './describe.ts'

export type { Described, Field } from './describe.ts'

const ORDER = 'orderId deviceCode deviceName port unitPrice unit money orderTime'
const PAID_ORDER = `${ORDER} pmoney cash payTime`
const MANAGED_ORDER = `${PAID_ORDER} user userName`
const PAGE = 'startIndex pageSize'
const OPTIONAL_PAGE = 'startIndex? pageSize?'
const ORDER_TOTALS = 'totalCount totalUnit totalMoney'
const FOR_PAYMENT = 'package timeStamp? nonceStr? signType? paySign?'
const NOT_OWNER = '5 not the manager of the charger'

const users: Described[] = [
  ...table('user', 'list', {
    userLogin: {
      summary: 'Logs in with what wx.login gives; the session replaces the one before.',
      params: 'jsCode',
      data: 'session',
      refusals: '4 WeChat refused the code; 999 WeChat is not set or does not answer',
    },
    getUserPhone: {
      summary: 'The phone of a session; from now on this user is known.',
      params: 'encryptData iv session',
      data: 'phone',
      refusals: '4 session unknown or over, or nothing that its key opens',
    },
    getUserInfo: {
      summary: 'Name, profession, coins, and whether an order is unpaid.',
      params: 'user',
      data: 'userName professionName pmoney order',
    },
    getOrderPay: {
      summary: 'The unpaid order of a user; empty when there is none.',
      params: 'user',
      data: ORDER,
    },
    getProfessionList: { summary: 'The professions to choose from.', data: 'professionId professionName' },
    getDeviceInfo: {
      summary: 'A charger by the code on its label.',
      params: 'deviceCode',
      data: 'deviceName state btName jamCode maxUnit chargeFlag unitPrice',
    },
    getSystemTime: { summary: 'The clock of the service.', data: 'time' },
    newPowerOrder: {
      summary:
        'Orders power before the port is switched on. unitPrice and money must be what the service computes; of a free charger they do not matter.',
      params: 'user deviceCode port unitPrice unit money',
      data: 'orderId',
      refusals:
        '5 an order is unpaid, the charger is of nobody or off, or its manager blocks the user; 6 the port is in use',
    },
    payPowerOrder: {
      summary:
        'Pays an order with coins, money or both: pmoney × value of a coin + cash = money, to the fen.',
      params: 'user orderId money pmoney cash',
      data: FOR_PAYMENT,
      refusals:
        '3 the sums do not fit, it is paid, or too few coins; 5 the order of somebody else, or the payment provider does not take it now',
    },
    newPmoneyCharge: {
      summary: 'Buys coins.',
      params: 'user pmoney',
      data: `payId ${FOR_PAYMENT}`,
      refusals: '999 the payment provider did not take it',
    },
  }),
  ...table('user', 'result', {
    reportUserName: {
      summary: 'Sets the name of a user.',
      params: 'user userName',
      data: 'result reason cause',
    },
    reportUserProfession: { summary: 'Sets the profession of a user.', params: 'user professionId' },
    reportDevicePort: {
      summary: 'What the phone read from the ports of a charger over Bluetooth.',
      params: 'deviceCode portState',
    },
    cancelPowerOrder: {
      summary:
        'Gives up an order whose port could not be switched on: unpaid, within 3 minutes, port not running.',
      params: 'orderId',
      refusals: 'code 0 with result 1: it cannot be cancelled',
    },
    queryOrderPay: {
      summary: 'What became of the payment of an order. Pending is result 1 with the reason 待支付.',
      params: 'orderId',
      data: 'result reason state=paymentState',
    },
    queryPmoneyPay: {
      summary: 'What became of a purchase of coins.',
      params: 'payId',
      data: 'result reason state=paymentState',
    },
    newPmoneyGift: {
      summary: 'Gives coins to another user.',
      params: 'userFrom userTo pmoney',
      refusals: 'code 0 with result 1: too few coins',
    },
  }),
  ...table('user', 'page', {
    getUserOrder: {
      summary:
        'Orders of a user, newest first; totals over all that fit. With an orderId the paging is not looked at.',
      params: `user startDate? endDate? orderId? ${OPTIONAL_PAGE}`,
      totals: ORDER_TOTALS,
      data: PAID_ORDER,
    },
    getPmoneyCharge: {
      summary: 'Coins bought, newest first.',
      params: `user ${PAGE}`,
      data: 'payId pmoney payTime',
    },
    getPmoneyGift: {
      summary: 'Coins given and received; user and name are the other person.',
      params: `user ${PAGE}`,
      data: 'giftId pmoney fromTo user name giftTime',
    },
  }),
]

const managers: Described[] = [
  ...table('manager', 'list', {
    managerLogin: {
      summary: 'Logs in with what wx.login gives; the session replaces the one before.',
      params: 'jsCode',
      data: 'session',
      refusals: '4 WeChat refused the code; 999 WeChat is not set or does not answer',
    },
    getManagerPhone: {
      summary: 'The phone of a session; from now on this manager is known.',
      params: 'encryptData iv session',
      data: 'phone',
      refusals: '4 session unknown or over, or nothing that its key opens',
    },
    getManagerInfo: { summary: 'The name of a manager.', params: 'manager', data: 'managerName' },
    getOrderCash: {
      summary: 'What can be withdrawn now, with its fee.',
      params: 'manager',
      data: 'count money service cash',
    },
  }),
  ...table('manager', 'result', {
    reportManagerName: { summary: 'Sets the name of a manager.', params: 'manager managerName' },
    addDevice: {
      summary: 'Binds a charger; the same again changes nothing.',
      params: 'manager deviceCode',
      refusals: '6 it is of another manager',
    },
    reportDeviceName: {
      summary: 'Names a charger.',
      params: 'manager deviceCode deviceName',
      refusals: NOT_OWNER,
    },
    deleteDevice: {
      summary: 'Unbinds chargers, all or none; their orders and income stay.',
      params: 'manager deviceCodeList',
      data: 'result reason Result',
      refusals: NOT_OWNER,
    },
    setDeviceValue: {
      summary: 'Sets at least one of: in use, longest time, free or not, price. For new orders only.',
      params: 'manager deviceCode state? maxUnit? chargeFlag? unitPrice?',
      refusals: NOT_OWNER,
    },
    transferDevice: {
      summary: 'Hands chargers to another manager, all or none; past orders and income stay.',
      params: 'manager transfer deviceCodeList',
      refusals: NOT_OWNER,
    },
    addBlackUser: {
      summary: 'Blocks a user from all chargers of this manager.',
      params: 'manager user',
      refusals: 'code 0 with result 1: the user never used one of them',
    },
    deleteBlackUser: { summary: 'Unblocks users.', params: 'manager userList' },
    CashOut: {
      summary: 'Withdraws all that can be withdrawn, in one batch.',
      params: 'manager bankName bankUser bankCode',
      refusals: 'code 0 with result 1: there is nothing to withdraw',
    },
  }),
  ...table('manager', 'page', {
    getDeviceList: {
      summary: 'Chargers of a manager.',
      params: `manager ${PAGE}`,
      data: 'deviceCode deviceName state maxUnit chargeFlag unitPrice addTime',
    },
    getBlackUser: {
      summary: 'Users whom a manager blocks.',
      params: `manager ${PAGE}`,
      data: 'user userName setupTime',
    },
    getOrderAll: {
      summary:
        'Orders on the chargers of a manager, newest first. With an orderId the paging is not looked at.',
      params: `manager startDate? endDate? user? deviceCode? orderId? ${OPTIONAL_PAGE}`,
      totals: ORDER_TOTALS,
      data: MANAGED_ORDER,
    },
    getOrderCashList: {
      summary: 'The orders that can be withdrawn now.',
      params: `manager ${OPTIONAL_PAGE}`,
      data: MANAGED_ORDER,
    },
    getCashOutList: {
      summary: 'Withdrawals; the totals count those that were paid.',
      params: `manager ${OPTIONAL_PAGE}`,
      totals: 'totalCount totalCash',
      rowsAs: 'CashOutList',
      data: 'cashOutId bankCode money service cash state=cashOutState reason cashOutTime processTime',
    },
  }),
]

/** All of them: the documents' 20 of users and 18 of managers, and attendance, which is ours. */
export const CHAPTERS = { user: users, manager: managers, attendance } as const
export const DESCRIBED: readonly Described[] = Object.values(CHAPTERS).flat()
