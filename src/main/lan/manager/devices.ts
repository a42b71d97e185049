import {
  addDevice,
  checkDeviceValues,
  deleteDevices,
  renameDevice,
  setDeviceValues,
  transferDevices,
} from '#core/charging/binding.ts'
import { requireManager } from '#core/charging/books.ts'
import { managedDevices } from '#core/charging/pages.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { timeText, yuanOf } from '../data.ts'
import { endpoint } from '../endpoint.ts'
import { deviceCode, list, nameText, optionalInteger, optionalYuan, paging, phone } from '../params.ts'

const side = 'manager'
const actor = 'manager'

/** ME-5 */
const addDeviceEndpoint = endpoint({
  side,
  actor,
  name: 'addDevice',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  parse: (fields) => ({ manager: phone(fields, 'manager'), code: deviceCode(fields, 'deviceCode') }),
  answer({ manager, code }, { charging: { books }, now }) {
    addDevice(books, manager, code, now)
  },
})

/** ME-6 */
const reportDeviceName = endpoint({
  side,
  actor,
  name: 'reportDeviceName',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  parse: (fields) => ({
    manager: phone(fields, 'manager'),
    deviceCode: deviceCode(fields, 'deviceCode'),
    name: nameText(fields, 'deviceName'),
  }),
  answer(wish, { charging: { books }, now }) {
    renameDevice(books, wish, now)
  },
})

/** ME-7; documented with `Result` (M-04) */
const deleteDevice = endpoint({
  side,
  actor,
  name: 'deleteDevice',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  alsoResultAs: 'Result',
  parse: (fields) => ({
    manager: phone(fields, 'manager'),
    codes: list(fields, 'deviceCodeList', 'deviceCode'),
  }),
  answer({ manager, codes }, { charging: { books }, now }) {
    deleteDevices(books, manager, codes, now)
  },
})

/** ME-8 */
const getDeviceList = endpoint({
  side,
  actor,
  name: 'getDeviceList',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager'), slice: paging(fields) }),
  answer({ manager, slice }, { charging: { books }, forms }) {
    requireManager(books, manager)
    const { total, rows } = managedDevices(books, manager, slice)
    return {
      totalCount: total,
      abstractList: rows.map((device) => ({
        ...device,
        unitPrice: yuanOf(device.unitPrice),
        addTime: timeText(device.addTime, forms),
      })),
    }
  },
})

/** ME-9 */
const setDeviceValue = endpoint({
  side,
  actor,
  name: 'setDeviceValue',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  parse(fields) {
    const values = {
      state: optionalInteger(fields, 'state'),
      maxUnit: optionalInteger(fields, 'maxUnit'),
      chargeFlag: optionalInteger(fields, 'chargeFlag'),
      unitPriceFen: optionalYuan(fields, 'unitPrice'),
    }
    checkDeviceValues(values)
    return { manager: phone(fields, 'manager'), deviceCode: deviceCode(fields, 'deviceCode'), values }
  },
  answer(wish, { charging: { books }, now }) {
    setDeviceValues(books, wish, now)
  },
})

/** ME-10 */
const transferDevice = endpoint({
  side,
  actor,
  name: 'transferDevice',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  parse(fields) {
    const wish = {
      manager: phone(fields, 'manager'),
      to: phone(fields, 'transfer'),
      codes: list(fields, 'deviceCodeList', 'deviceCode'),
    }
    if (wish.manager === wish.to) throw new Refusal(CODE.parameter, '不能移交给自己')
    return wish
  },
  answer(wish, { charging: { books }, now }) {
    transferDevices(books, wish, now)
  },
})

export const devices = [
  addDeviceEndpoint,
  reportDeviceName,
  deleteDevice,
  getDeviceList,
  setDeviceValue,
  transferDevice,
]
