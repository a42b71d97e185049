import { SitedeskError } from '#shared/errors.ts'
import { formatDateTime, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { VendorClient } from './client.ts'
import { imrRows } from './imr-rows.ts'
import { pageFields, pageOf, type RowDecoder } from './rows.ts'
import type { CallOptions, ImrClient, ImrInstruction, Page, WindowRequest } from './types.ts'
import type { Endpoint, Fields, Vendor } from './vendor.ts'

export const IMR: Vendor = {
  source: 'imr',
  login: {
    path: 'user/login',
    accountField: 'admin_user_name',
    passwordField: 'api_password',
    tokenField: 'token',
    tokenIn: ['token', 'data'],
  },
  accountInEveryCall: true,
}

const read = (path: string): Endpoint => ({ path, kind: 'read' })
/** I-44 */
const optional = (path: string): Endpoint => ({ ...read(path), optional: true })

export const METER_LIST = read('meter/meterList')
const READ_METER = read('meter/readMeter')
const READ_METER_LIST = read('meter/readMeterList')
const READ_METER_DATA_LIST = optional('meter/readMeterDataList')
// I-05: the documented sample holds tableNo twice
const PEAKS_VALLEYS_READ: Endpoint = { ...optional('meter/peaksValleysRead'), watchedKeys: ['tableNo'] }
const CAMERA_READ = optional('meter/cameraRead')
const METER_INSTRUCT: Endpoint = { path: 'meter/meterInstruct', kind: 'mutate' }

const INSTRUCTIONS: Readonly<Record<ImrInstruction, string>> = { close: '1', open: '2', read: '3' }

/** Numbers in one request (I-19). */
const MOST_NUMBERS = 50
/** IE-5: all readings of a day; the code of the daily kind is not documented (I-16) */
export const REAL_TIME = '1'

export interface ImrOptions {
  readonly zone: () => ZoneOffset
  readonly dailyTypeCode: string | null
}

/** The IMR system on the shared client: what is sent, exactly, and how the rows are read. */
export function createImrClient(client: VendorClient, { zone, dailyTypeCode }: ImrOptions): ImrClient {
  const list = async <R>(
    endpoint: Endpoint,
    fields: Fields,
    decode: RowDecoder<R>,
    options?: CallOptions,
  ): Promise<Page<R>> => pageOf(endpoint.path, await client.read(endpoint, fields, options), decode)
  const window = (request: WindowRequest, most: number) => windowFields(request, most, zone())

  return {
    login: (options) => client.login(options),
    meterList: (request, options) => list(METER_LIST, pageFields(request), imrRows(zone()).meter, options),
    readMeter: async (request, options) =>
      list(
        READ_METER,
        { tableNo: numbers(request.tableNo ? [request.tableNo] : [], 1), ...pageFields(request) },
        imrRows(zone()).reading,
        options,
      ),
    readMeterList: async (request, options) =>
      list(READ_METER_LIST, window(request, MOST_NUMBERS), imrRows(zone()).reading, options),
    readMeterDataList: async (request, options) => {
      const type = dataType(request.type, dailyTypeCode)
      const fields = { type, ...window(request, 1) }
      return list(READ_METER_DATA_LIST, fields, imrRows(zone()).consumption, options)
    },
    async meterInstruct({ deviceId, action }, options) {
      const fields = { deviceId, type: INSTRUCTIONS[action] }
      const end = await client.mutate(METER_INSTRUCT, fields, options)
      return end.outcome === 'accepted' ? { outcome: 'accepted' } : end
    },
    peaksValleysRead: async (request, options) =>
      list(PEAKS_VALLEYS_READ, window(request, MOST_NUMBERS), imrRows(zone()).bands, options),
    cameraRead: async (request, options) =>
      list(CAMERA_READ, window(request, MOST_NUMBERS), imrRows(zone()).camera, options),
  }
}

/** I-15: exact names, 19 characters; our exclusive end is their last second. */
function windowFields(request: WindowRequest, mostNumbers: number, zone: ZoneOffset): Fields {
  return {
    tableNo: numbers(request.tableNos ?? [], mostNumbers),
    BeginDate: formatDateTime(request.from, zone),
    EndDate: formatDateTime(request.to - SECOND, zone),
    ...pageFields(request),
  }
}

/** I-19: an ASCII comma, no blanks, and only as many as documented; none means all meters. */
function numbers(tableNos: readonly string[], most: number): string {
  if (tableNos.length > most || tableNos.some((no) => no === '' || /[,\s]/.test(no)))
    throw new SitedeskError('INVALID_INPUT', `At most ${most} meter numbers, without commas or blanks.`, {
      tableNos: tableNos.length,
    })
  return tableNos.join(',')
}

/** I-16: the daily kind leaves only with a code that somebody configured. */
function dataType(type: string, dailyTypeCode: string | null): string {
  if (type === REAL_TIME || type === dailyTypeCode) return type
  throw new SitedeskError('NOT_CONFIGURED', 'The code of daily records is not configured.', { type })
}
