import { ADDRESS_LIST, ADDRESSES, CAMPUS } from './campus.ts'
import type { Trial } from './connection-test.ts'
import { integerOf, rowsOf } from './decode.ts'
import { IMR, METER_LIST } from './imr.ts'
import { pageFields } from './rows.ts'
import { REGION, WATER } from './water.ts'
import { hungRegions } from './water-rows.ts'

export const IMR_TRIAL: Trial = {
  vendor: IMR,
  encodingPath: 'upstreams.imr.bodyEncoding',
  list: METER_LIST,
  fields: pageFields({ page: 1, pageSize: 1 }),
  listed: (answer) => ({
    code: 'listed',
    data: { meters: integerOf(answer['totalCount']) ?? rowsOf(answer['data'])?.length ?? 0 },
  }),
}

export const CAMPUS_TRIAL: Trial = {
  vendor: CAMPUS,
  // C-01: JSON, and nothing else
  encodingPath: null,
  list: ADDRESSES,
  fields: {},
  listed: (answer) => ({
    code: 'listedAddresses',
    data: { addresses: rowsOf(answer[ADDRESS_LIST])?.length ?? 0 },
  }),
}

export const WATER_TRIAL: Trial = {
  vendor: WATER,
  encodingPath: null,
  list: REGION,
  fields: {},
  listed: (answer) => ({
    code: 'listedRegions',
    data: { regions: hungRegions(answer['data']).length },
  }),
}
