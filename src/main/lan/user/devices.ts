import { chargerOf } from '#core/charging/orders.ts'
import { reportPorts } from '#core/charging/ports.ts'
import { formatDateTime } from '#shared/time.ts'
import { yuanOf } from '../data.ts'
import { endpoint } from '../endpoint.ts'
import { deviceCode, portState } from '../params.ts'

const side = 'user'

/** UE-9: a disabled charger is told as such; nobody's phone is asked for here (U-16) */
const getDeviceInfo = endpoint({
  side,
  name: 'getDeviceInfo',
  shape: 'list',
  mutating: false,
  parse: (fields) => ({ code: deviceCode(fields, 'deviceCode') }),
  answer({ code }, { charging: { books } }) {
    const { deviceName, state, btName, jamCode, maxUnit, chargeFlag, unitPrice } = chargerOf(books, code)
    return [{ deviceName, state, btName, jamCode, maxUnit, chargeFlag, unitPrice: yuanOf(unitPrice) }]
  },
})

/** UE-10 */
const reportDevicePort = endpoint({
  side,
  name: 'reportDevicePort',
  shape: 'result',
  mutating: true,
  changes: ['devices'],
  parse: (fields) => ({ code: deviceCode(fields, 'deviceCode'), packed: portState(fields, 'portState') }),
  answer({ code, packed }, { charging: { books }, now }) {
    reportPorts(books, code, packed, now)
  },
})

/** UE-11: `yyyyMMddHHmmss`, or with the day before the month, as the document's letters say (U-18) */
const getSystemTime = endpoint({
  side,
  name: 'getSystemTime',
  shape: 'list',
  mutating: false,
  parse: () => null,
  answer: (_none, { charging: { books }, now, forms }) => {
    const ymd = formatDateTime(now, books.zone()).replaceAll(/\D/g, '')
    const time = forms.systemTimeFormat === 'ydm' ? ymd.replace(/^(....)(..)(..)/, '$1$3$2') : ymd
    return [{ time }]
  },
})

export const devices = [getDeviceInfo, reportDevicePort, getSystemTime]
