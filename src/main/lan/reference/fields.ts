/** How a parameter or a field of an answer is called everywhere, and what it is (spec §3.4, §3.5). */
export interface FieldKind {
  readonly type: 'string' | 'integer' | 'number'
  readonly note: string
  readonly example: string | number
}

const text = (note: string, example: string): FieldKind => ({ type: 'string', note, example })
const whole = (note: string, example: number): FieldKind => ({ type: 'integer', note, example })
const yuan = (note: string, example: number): FieldKind => ({
  type: 'number',
  note: `${note}, yuan`,
  example,
})

const TIME = 'yyyy-MM-dd HH:mm:ss'

export const FIELDS = {
  jsCode: text('what wx.login gives', '0a1b2c3d4e'),
  encryptData: text('encryptedData of getPhoneNumber, base64', 'QUJDREVGR0hJSktMTU5PUA=='),
  iv: text('iv of getPhoneNumber, base64 of 16 bytes', 'AAAAAAAAAAAAAAAAAAAAAA=='),
  session: text('14 characters, good for 24 hours', '0a1b2c3d000000'),
  phone: text('mainland mobile number', '13800001234'),
  user: text('phone of the user', '13800001234'),
  manager: text('phone of the manager', '13900005678'),
  transfer: text('phone of the manager who gets the chargers', '13700009999'),
  userFrom: text('phone of the giver', '13800001234'),
  userTo: text('phone of who is given to', '13800005555'),
  userName: text('1 to 60 characters; empty while not given', '张三'),
  managerName: text('1 to 60 characters; empty while not given', '李经理'),
  name: text('name of the other user', '李四'),
  professionId: whole('1 to 99', 1),
  professionName: text('empty while none is chosen', '学生'),
  deviceCode: text('on the label of the charger, up to 8 letters and digits', '00000001'),
  deviceCodeList: text(
    'device codes between commas, 100 at most; a JSON array as text will do',
    '00000001,00000002',
  ),
  userList: text(
    'phones between commas, 100 at most; a JSON array as text will do',
    '13800001234,13800005555',
  ),
  deviceName: text('up to 60 characters', '东门 1 号'),
  btName: text('as the charger advertises itself', 'BUC_1A2B3C4D5E6F'),
  jamCode: text('signs frames to the charger; 6 characters', 'ABCDEF'),
  state: whole('0 in use, 1 switched off', 0),
  maxUnit: whole('units of 30 minutes at most, 1 to 12', 12),
  chargeFlag: whole('0 free, 1 charged for', 1),
  unitPrice: yuan('price of 30 minutes', 0.5),
  addTime: text(TIME, '2026-03-02 10:00:00'),
  portState: text('port and minutes left, four digits a port; 999 is broken', '1020201030004999'),
  time: text('yyyyMMddHHmmss', '20260302100000'),
  port: whole('1 to 4', 1),
  unit: whole('units of 30 minutes', 2),
  money: yuan('unitPrice × unit', 1),
  orderId: text('14 digits', '91234700000000'),
  orderTime: text(TIME, '2026-03-02 10:00:00'),
  payTime: text(`${TIME}; empty while unpaid`, '2026-03-02 11:00:00'),
  pmoney: whole('coins', 1),
  cash: yuan('what is paid in money', 0),
  order: whole('1: there is an unpaid order', 0),
  package: text('for wx.requestPayment; empty where staff take the money', 'prepay_id=wx1'),
  timeStamp: text('WeChat Pay only, for wx.requestPayment', '1700000000'),
  nonceStr: text('WeChat Pay only', '5K8264ILTKCH16CQ'),
  signType: text('WeChat Pay only', 'RSA'),
  paySign: text('WeChat Pay only', 'c2lnbmVk'),
  payId: text('11 characters', 'P1234000000'),
  giftId: text('11 characters', 'G1234000000'),
  giftTime: text(TIME, '2026-03-02 10:00:00'),
  fromTo: whole('0 given, 1 received', 0),
  setupTime: text(TIME, '2026-03-02 10:00:00'),
  startDate: text('yyyyMMddHHmmss, yyyyMMdd or yyyy-MM-dd[ HH:mm:ss]; from then on', '20260301000000'),
  endDate: text('the same forms; up to and with that second or day', '20260302235959'),
  startIndex: whole('rows to leave out', 0),
  pageSize: whole('rows at most, up to 1000', 10),
  totalCount: whole('rows there are', 1),
  totalUnit: whole('sum over all rows', 2),
  totalMoney: yuan('sum over all rows', 1),
  totalCash: yuan('sum of what was paid out', 1),
  count: whole('orders', 1),
  service: yuan('fee of the withdrawal', 0),
  bankName: text('1 to 60 characters', '某某银行'),
  bankUser: text('whose account it is', '李经理'),
  bankCode: text('12 to 19 digits; spaces do not count', '6200000000000000001'),
  cashOutId: text('11 characters', 'C5678000000'),
  cashOutState: whole('0 paid, 1 failed, 2 waiting', 2),
  cashOutTime: text(TIME, '2026-03-02 10:00:00'),
  processTime: text(`${TIME}; empty while it waits`, ''),
  result: whole('0 done, 1 refused', 0),
  reason: text('why it was refused', ''),
  cause: text('the same as reason', ''),
  Result: whole('the same as result', 0),
  paymentState: whole('0 pending, 1 paid, 2 failed', 1),
} as const satisfies Record<string, FieldKind>

export type FieldName = keyof typeof FIELDS
