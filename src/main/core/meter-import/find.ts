import type { Located } from '../meters/index.ts'
import type { ImportMeters } from './index.ts'

export type FindFault = 'meterMissing' | 'meterUnknown' | 'meterAmbiguous'

/** What the returned file says where no meter, or more than one, is meant. */
export const FIND_REASONS: Readonly<Record<FindFault, string>> = {
  meterMissing: '没有填写表号',
  meterUnknown: '本地没有这个表号；表号前面的 0 不能丢',
  meterAmbiguous: '不止一只在用的表有这个表号；请写成 来源:设备编号，如 imr:00000001',
}

export const METER_NAMES = ['表号', '电表号', '水表号', '表计编号', '表计号', 'tableno', 'meterid', 'meter']

/** The meter of a cell: by its number, or by its id where several have the number. A file names each often. */
export function createFind({ locate, ofNumber }: Pick<ImportMeters, 'locate' | 'ofNumber'>) {
  const known = new Map<string, Located | FindFault>()
  const find = (text: string): Located | FindFault => {
    if (text === '') return 'meterMissing'
    const [first, second] = ofNumber(text)
    if (!first) {
      const named = locate(text)
      return named && named.source !== 'campus' ? named : 'meterUnknown'
    }
    return second && first.active === second.active ? 'meterAmbiguous' : first
  }
  return (text: string): Located | FindFault => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = find(text)
    known.set(text, found)
    return found
  }
}
