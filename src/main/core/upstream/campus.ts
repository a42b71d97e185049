import { SitedeskError } from '#shared/errors.ts'
import { toYuanNumber, type Fen } from '#shared/money.ts'
import { formatDateTime, MINUTE, SECOND, type ZoneOffset } from '#shared/time.ts'
import { addressOf, costRow, existsOf, flattened, lowRoomOf, rechargeRow, roomOf } from './campus-rows.ts'
import type { VendorClient } from './client.ts'
import { rowsOf, type Envelope } from './decode.ts'
import { decodeRows, listOf, pageFields, pageOf, Unusable, type RowDecoder } from './rows.ts'
import type { CampusClient, RechargeAnswer, RecordsRequest, WholeList } from './types-campus.ts'
import { UpstreamError, type CallOptions, type Page, type UpstreamFault } from './types.ts'
import type { Endpoint, Fields, Vendor } from './vendor.ts'

export const CAMPUS: Vendor = {
  source: 'campus',
  login: {
    path: 'login',
    accountField: 'admin_user_name',
    passwordField: 'api_password',
    tokenField: 'token',
    tokenIn: ['token', 'data'],
  },
  accountInEveryCall: true,
}

/** C-02: the documented path is added unless the base has it already. */
export function campusBase(baseUrl: string): string {
  const base = baseUrl.trim().replace(/\/+$/, '')
  return /\/api\/user$/i.test(base) ? base : `${base}/api/user`
}

const read = (path: string): Endpoint => ({ path, kind: 'read' })

export const ADDRESSES = read('addrQuery')
const BUILD_TREE = read('buildTree')
const USER_INFO = read('userInfo')
const HAS_ORDER = read('hasRefundOrder')
const BUY_RECORD = read('roomBuyRecord')
const COST_RECORD = read('roomCostRecord')
/** one answer for all rooms (C-44) */
const LOW_ROOMS: Endpoint = { ...read('noMoreMoneyRoom'), totalTimeoutMs: MINUTE }
/** C-20: named like a question, moves money */
const RECHARGE: Endpoint = { path: 'userBalanceQuery', kind: 'mutate', watchedKeys: ['code'] }

export const ADDRESS_LIST = 'addrObj'

export interface CampusOptions {
  readonly zone: () => ZoneOffset
  /** 1 微信, 2 一卡通 (C-22) */
  readonly rechargeType: number
}

/** The campus system on the shared client: what is sent, exactly, and how the answers are read. */
export function createCampusClient(client: VendorClient, options: CampusOptions): CampusClient {
  const { zone } = options
  const whole = async <R>(
    endpoint: Endpoint,
    [field, decode]: readonly [string, RowDecoder<R>],
    fields: Fields,
    call?: CallOptions,
  ): Promise<WholeList<R>> => {
    const { rows, bad } = listOf(endpoint.path, await client.read(endpoint, fields, call), decode, field)
    return { rows, bad }
  }
  const records = async <R>(
    endpoint: Endpoint,
    [field, decode]: readonly [string, RowDecoder<R>],
    request: RecordsRequest,
    call?: CallOptions,
  ): Promise<Page<R>> => {
    const envelope = await client.read(endpoint, recordFields(request, zone()), call)
    return pageOf(endpoint.path, envelope, decode, field)
  }
  return {
    login: (call) => client.login(call),
    addrQuery: (call) => whole(ADDRESSES, [ADDRESS_LIST, addressOf], {}, call),
    buildTree: async (call) => treeOf(await client.read(BUILD_TREE, {}, call)),
    userInfo: async (roomId, call) => {
      const { fields } = await client.read(USER_INFO, { roomId }, call)
      return usable(USER_INFO, () => roomOf(fields['userInfoObj']))
    },
    recharge: (request, call) => recharge(client, { ...request, type: options.rechargeType }, call),
    hasRefundOrder: async (outTradeNo, call) => {
      const { fields } = await client.read(HAS_ORDER, { out_trade_no: outTradeNo }, call)
      const exists = existsOf(fields['result'])
      if (exists === null) throw malformed(HAS_ORDER, 'a result that is neither 1 nor 0 (C-28)')
      return exists
    },
    roomBuyRecord: (request, call) => records(BUY_RECORD, ['buyObj', rechargeRow(zone())], request, call),
    roomCostRecord: (request, call) => records(COST_RECORD, ['costObj', costRow(zone())], request, call),
    // C-43: always sent, as a number
    noMoreMoneyRoom: (belowFen, call) =>
      whole(LOW_ROOMS, ['roomListObj', lowRoomOf], { money: toYuanNumber(belowFen) }, call),
  }
}

function treeOf({ fields }: Envelope): WholeList<ReturnType<typeof addressOf>> {
  const raw = rowsOf(fields['buildingObj'])
  if (!raw) throw malformed(BUILD_TREE, 'buildingObj that is no list')
  const { rows, bad } = decodeRows(flattened(raw), addressOf)
  return { rows, bad }
}

/** C-30, C-31: closed at both ends on the wire, to the second; our end is exclusive. */
function recordFields(request: RecordsRequest, zone: ZoneOffset): Fields {
  return {
    roomId: request.roomId,
    beginTime: formatDateTime(request.from, zone),
    endTime: formatDateTime(request.to - SECOND, zone),
    ...pageFields(request),
  }
}

const malformed = (endpoint: Endpoint, what: string) =>
  new UpstreamError('malformed', `${endpoint.path} answered with ${what}.`, { endpoint: endpoint.path })

function usable<T>(endpoint: Endpoint, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    throw error instanceof Unusable ? malformed(endpoint, error.message) : error
  }
}

interface RechargeRequest {
  readonly roomId: string
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly type: number
}

/** Sends money once (C-20) and says what that proved (§7.1); never rejects. */
async function recharge(
  client: VendorClient,
  { roomId, outTradeNo, amountFen, type }: RechargeRequest,
  call?: CallOptions,
): Promise<RechargeAnswer> {
  try {
    // C-21: checked where it leaves, whoever asks
    if (!Number.isSafeInteger(amountFen) || amountFen <= 0)
      throw new SitedeskError('INVALID_INPUT', 'amountFen: fen above zero.', { amountFen })
    const fields = { roomId, type, out_trade_no: outTradeNo, total_fee: toYuanNumber(amountFen) }
    const end = await client.mutate(RECHARGE, fields, call)
    if (end.outcome === 'unknown') return doubtful(end.error)
    return end.envelope.warnings.length === 0
      ? { kind: 'accepted' }
      : { kind: 'unknown', error: malformed(RECHARGE, end.envelope.warnings.join(', ')) }
  } catch (error) {
    return refused(error instanceof Error ? error : new Error(String(error)))
  }
}

const doubtful = (error: UpstreamError): RechargeAnswer =>
  error.fault === 'duplicate' ? { kind: 'duplicate' } : { kind: 'unknown', error }

/** The vendor's definite noes: 1002, 1005, 1008, the second 1009, the second 1006 or 1007 (§7.1). */
const REJECTING: ReadonlySet<UpstreamFault> = new Set([
  'noAccount',
  'wrongPassword',
  'missingField',
  'denied',
  'tokenRefused',
])

/** What `mutate` throws was not posted, but for a 429 in front of the vendor, which says nothing (F-12). */
function refused(error: Error): RechargeAnswer {
  if (!(error instanceof UpstreamError)) return { kind: 'notSent', error }
  if (REJECTING.has(error.fault)) return { kind: 'rejected', error }
  const isRecharge = (error.data as { endpoint?: string }).endpoint === RECHARGE.path
  if (error.fault !== 'tooFast' || !isRecharge) return { kind: 'notSent', error }
  return error.vendorCode === null ? { kind: 'unknown', error } : { kind: 'tooFast' }
}
