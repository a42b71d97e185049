import type { Fen } from '#shared/money.ts'
import type { BadRow, CallOptions, Page, PageRequest, UpstreamError } from './types.ts'

/** CE-2, CE-3: one node of the address list. */
export interface CampusAddress {
  readonly id: string
  /** null for a root: 0, "0", "", null and absent (C-09) */
  readonly parentId: string | null
  readonly name: string
  /** 101 area, 102 building or floor, 103 room; others kept (C-10) */
  readonly level: number
}

export interface CampusMeter {
  readonly tableNo: string
  readonly typeCode: string
  /** decimal string, null when it is none */
  readonly reading: string | null
}

/** CE-4: balances are three numbers, never added (C-16). */
export interface CampusRoom {
  readonly balance: CampusAmount
  readonly electricityBalance: CampusAmount
  readonly waterBalance: CampusAmount
  readonly meters: readonly CampusMeter[]
}

/** Fen and the text as sent; null where the text is no amount. */
export interface CampusAmount {
  readonly fen: Fen | null
  readonly raw: string
  /** false: more than two decimals, rounded (spec §6.1) */
  readonly exact: boolean
}

/** CE-7 */
export interface CampusRecharge {
  readonly outTradeNo: string
  readonly name: string
  readonly amount: CampusAmount
  /** 微信充值 → 1, 一卡通充值 → 2, else null (C-37) */
  readonly type: 1 | 2 | null
  readonly tradeType: string
  /** epoch ms */
  readonly at: number
}

/** CE-9 */
export interface CampusCost {
  readonly name: string
  readonly at: number
  readonly electricityDosage: string
  readonly electricity: CampusAmount
  readonly waterDosage: string
  readonly water: CampusAmount
  readonly share: CampusAmount
  readonly total: CampusAmount
  /** total = electricity + water + share (C-41) */
  readonly sumOk: boolean
}

/** CE-8 */
export interface CampusLowRoom {
  readonly roomId: string
  readonly name: string
  readonly balance: CampusAmount
}

/**
 * What one request to CE-5 proved (§7.1). The client re-sends only what was refused at the door for its token, once,
 * with the same number; everything else is for the recharge machine to decide.
 */
export type RechargeAnswer =
  /** 200 */
  | { readonly kind: 'accepted' }
  /** 1002, 1005, 1008, second 1009: definite, nothing posted */
  | { readonly kind: 'rejected'; readonly error: UpstreamError }
  /** 1011: refused at the door for speed */
  | { readonly kind: 'tooFast' }
  /** 1010: such a number is known (C-24) */
  | { readonly kind: 'duplicate' }
  /** no byte can have reached the platform */
  | { readonly kind: 'notSent'; readonly error: Error }
  /** everything else: it may or may not have been applied */
  | { readonly kind: 'unknown'; readonly error: Error }

export interface RecordsRequest extends PageRequest {
  readonly roomId: string
  /** epoch ms */
  readonly from: number
  /** epoch ms, exclusive */
  readonly to: number
}

/** A list without pages. */
export interface WholeList<R> {
  readonly rows: readonly R[]
  readonly bad: readonly BadRow[]
}

/** The nine campus endpoints (spec §1.1). Reads reject with UpstreamError or CANCELLED. */
export interface CampusClient {
  login(options?: CallOptions): Promise<void>
  addrQuery(options?: CallOptions): Promise<WholeList<CampusAddress>>
  /** the same nodes, flattened from the tree */
  buildTree(options?: CallOptions): Promise<WholeList<CampusAddress>>
  userInfo(roomId: string, options?: CallOptions): Promise<CampusRoom>
  /** CE-5 `userBalanceQuery`: moves money; never repeated but for its token; never rejects */
  recharge(
    request: { readonly roomId: string; readonly outTradeNo: string; readonly amountFen: Fen },
    options?: CallOptions,
  ): Promise<RechargeAnswer>
  /** CE-6: whether the platform has a recharge of this number (C-27) */
  hasRefundOrder(outTradeNo: string, options?: CallOptions): Promise<boolean>
  roomBuyRecord(request: RecordsRequest, options?: CallOptions): Promise<Page<CampusRecharge>>
  roomCostRecord(request: RecordsRequest, options?: CallOptions): Promise<Page<CampusCost>>
  /** CE-8: one request, no pages (C-44) */
  noMoreMoneyRoom(belowFen: Fen, options?: CallOptions): Promise<WholeList<CampusLowRoom>>
}
