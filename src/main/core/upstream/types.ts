import { SitedeskError, type ErrorCode } from '#shared/errors.ts'
import type { Decimal } from '#shared/decimal.ts'

/** A row a vendor sent that could not be decoded: kept as it came, with the reason (F-23). */
export interface BadRow {
  readonly reason: string
  readonly raw: string
}

/** One page of a list endpoint, decoded. */
export interface Page<R> {
  readonly rows: readonly R[]
  readonly bad: readonly BadRow[]
  /** rows the vendor sent on this page, good and bad */
  readonly received: number
  /** the vendor's totalCount: a hint only (I-13) */
  readonly total: number | null
  /** equal for pages with equal rows: finds a vendor that ignores pageNo (F-19) */
  readonly fingerprint: string
  /** codes of oddities that were read all the same, such as `trailingComma` (I-03) */
  readonly warnings: readonly string[]
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** a person waits: goes before everything that no person waits for (F-29) */
  readonly urgent?: boolean
}

export interface PageRequest {
  /** 1-based */
  readonly page: number
  /** 1–1000 */
  readonly pageSize: number
}

export interface WindowRequest extends PageRequest {
  /** none = all meters; at most 50 (I-19) */
  readonly tableNos?: readonly string[]
  /** epoch ms */
  readonly from: number
  /** epoch ms, exclusive */
  readonly to: number
}

export interface ImrMeter {
  /** tableNo where the vendor sent no deviceId */
  readonly deviceId: string
  readonly tableNo: string
  readonly name: string
  readonly project: string
  readonly typeCode: string
  readonly place: string
  readonly house: string
  readonly userCode: string
  readonly userName: string
  readonly onlineRaw: string
  /** epoch ms; null for empty and 0000-00-00 (I-36) */
  readonly onlineAt: number | null
  readonly gateRaw: string
}

export interface ImrReading {
  readonly deviceId: string
  readonly tableNo: string
  /** epoch ms */
  readonly at: number
  readonly value: Decimal
  /** the value as sent */
  readonly text: string
  readonly gateRaw?: string
}

/** IE-5: a consumption record; amounts and dosages are decimal strings or null. */
export interface ImrConsumption extends ImrReading {
  readonly project: string
  readonly dosage: string | null
  readonly amount: string | null
  readonly meterType: string
}

/** IE-7: registers of 尖 峰 平 谷 with phase values, decimal strings as reported (I-23, I-25). */
export interface ImrBands {
  readonly project: string
  readonly deviceId: string
  readonly tableNo: string
  /** day freeze time, else report time (I-26), epoch ms */
  readonly at: number
  readonly reportedAt: number | null
  readonly total: string | null
  readonly sharp: string | null
  readonly peak: string | null
  readonly flat: string | null
  readonly valley: string | null
  /** total = sum of bands within 1 % (I-24) */
  readonly sumOk: boolean
  /** voltA … reactivePowerC, by the vendor's names */
  readonly phases: Readonly<Record<string, string | null>>
}

/** IE-8 */
export interface ImrCameraReading {
  readonly project: string
  readonly tableNo: string
  readonly at: number
  readonly status: string
  /** exactly 解析正常 (I-28) */
  readonly ok: boolean
  readonly imageUrl: string
  readonly value: string | null
}

/** IE-6: 1 trip / shut, 2 close / open, 3 read now */
export type ImrInstruction = 'close' | 'open' | 'read'

/** The eight IMR endpoints (spec §2.1). Every method rejects with UpstreamError or CANCELLED. */
export interface ImrClient {
  login(options?: CallOptions): Promise<void>
  meterList(request: PageRequest, options?: CallOptions): Promise<Page<ImrMeter>>
  readMeter(request: PageRequest & { tableNo?: string }, options?: CallOptions): Promise<Page<ImrReading>>
  readMeterList(request: WindowRequest, options?: CallOptions): Promise<Page<ImrReading>>
  readMeterDataList(
    request: WindowRequest & { type: string },
    options?: CallOptions,
  ): Promise<Page<ImrConsumption>>
  /** never repeated by the client (I-31); a doubtful end is `outcome: 'unknown'` */
  meterInstruct(
    request: { deviceId: string; action: ImrInstruction },
    options?: CallOptions,
  ): Promise<{ outcome: 'accepted' } | { outcome: 'unknown'; error: UpstreamError }>
  peaksValleysRead(request: WindowRequest, options?: CallOptions): Promise<Page<ImrBands>>
  cameraRead(request: WindowRequest, options?: CallOptions): Promise<Page<ImrCameraReading>>
}

/** What went wrong with a vendor, in the words of spec §7.2. */
export type UpstreamFault =
  | 'offline'
  | 'timeout'
  | 'http'
  | 'notFound'
  | 'redirect'
  | 'html'
  | 'malformed'
  | 'tooLarge'
  | 'tooFast'
  | 'wrongPassword'
  | 'noAccount'
  | 'missingField'
  | 'denied'
  | 'tokenRefused'
  | 'accountElsewhere'
  | 'duplicate'
  | 'failed'
  | 'unknownCode'
  | 'stopped'

const CODE_OF: Partial<Record<UpstreamFault, ErrorCode>> = {
  offline: 'UPSTREAM_OFFLINE',
  timeout: 'UPSTREAM_OFFLINE',
  wrongPassword: 'UPSTREAM_REFUSED',
  noAccount: 'UPSTREAM_REFUSED',
  missingField: 'UPSTREAM_REFUSED',
  denied: 'UPSTREAM_REFUSED',
  stopped: 'UPSTREAM_REFUSED',
}

/** A vendor did not do what was asked. `fault` decides what follows; the message is redacted. */
export class UpstreamError extends SitedeskError {
  readonly fault: UpstreamFault
  /** the vendor's own code (1001 …), where it sent one */
  readonly vendorCode: number | null

  constructor(
    fault: UpstreamFault,
    message: string,
    data: { endpoint: string; vendorCode?: number; status?: number; message?: string },
    options?: ErrorOptions,
  ) {
    super(CODE_OF[fault] ?? 'UPSTREAM_FAULT', message, { fault, ...data }, options)
    this.name = 'UpstreamError'
    this.fault = fault
    this.vendorCode = data.vendorCode ?? null
  }
}

/** How a paged read ended (§7.3). `short` and `notHonoured` leave the window partial. */
export interface PagingEnd {
  readonly outcome: 'complete' | 'short' | 'notHonoured'
  readonly pages: number
  readonly rows: number
  readonly flags: readonly ('countMismatch' | 'unstable')[]
}

/**
 * The one paging loop (§7.3, rules a–e). `store` is awaited before the next page is asked for, and commits the
 * page together with the cursor `next`.
 */
export interface PagingRequest<R> {
  /** 1, or where an interrupted run goes on */
  readonly firstPage: number
  readonly pageSize: number
  /** rows received before `firstPage` */
  readonly rowsBefore: number
  /** the vendor's total when the interrupted run stopped: another one now means the rows moved (F-18) */
  readonly totalBefore?: number | null
  /** the server may cut pages without saying so (W-14): the size follows what comes, and a count that was passed is none */
  readonly mayCap?: boolean
  fetch(request: PageRequest): Promise<Page<R>>
  store(page: Page<R>, cursor: PageCursor): Promise<void>
}

/** Where a window goes on after an interruption (§7.3): counted in pages of `pageSize`. */
export interface PageCursor {
  readonly next: number
  /** not always the size asked for: halved when an answer was too large (F-31) */
  readonly pageSize: number
  readonly rows: number
  readonly total: number | null
}
