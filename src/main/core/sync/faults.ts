import { SitedeskError } from '#shared/errors.ts'
import { UpstreamError, type PagingEnd, type UpstreamFault } from '../upstream/index.ts'

/** How far a failure reaches: one window, all of one endpoint, or everything of this account (§7.2). */
export type Reach = 'window' | 'dataset' | 'account'

const REACH: Partial<Record<UpstreamFault, Reach>> = {
  offline: 'account',
  stopped: 'account',
  wrongPassword: 'account',
  noAccount: 'account',
  missingField: 'account',
  tokenRefused: 'account',
  accountElsewhere: 'account',
  tooFast: 'account',
  denied: 'dataset',
  notFound: 'dataset',
  redirect: 'dataset',
}

/** Null: not the vendor's doing (a full disk, a bug, a stop), so the run ends with this error (F-36). */
export function reachOf(error: unknown): Reach | null {
  if (error instanceof WindowFailed) return 'window'
  if (error instanceof UpstreamError) return REACH[error.fault] ?? 'window'
  return null
}

/** A window that cannot be trusted although the vendor answered. */
export class WindowFailed extends SitedeskError {
  readonly reason: 'tooManyBadRows' | 'pagingNotHonoured' | 'short' | 'clockBehind'

  constructor(reason: WindowFailed['reason'], message: string, data: Record<string, unknown>) {
    super('UPSTREAM_FAULT', message, { reason, ...data })
    this.name = 'WindowFailed'
    this.reason = reason
  }
}

/** What a report line says of a failure: the vendor's own code beside our word for it. */
export function describe(error: unknown): Record<string, string | number | null> {
  if (error instanceof UpstreamError)
    return { reason: error.fault, vendorCode: error.vendorCode, message: error.message }
  if (error instanceof WindowFailed) return { reason: error.reason, vendorCode: null, message: error.message }
  return {
    reason: 'internal',
    vendorCode: null,
    message: error instanceof Error ? error.message : String(error),
  }
}

export function refuseUnfinished({ outcome, pages, rows }: PagingEnd): void {
  if (outcome === 'notHonoured')
    throw new WindowFailed('pagingNotHonoured', 'The vendor sent the same page twice.', { pages, rows })
  if (outcome === 'short')
    throw new WindowFailed('short', 'The vendor sent fewer rows than it counted.', { pages, rows })
}

export const tooManyBad = (bad: number, received: number) =>
  new WindowFailed('tooManyBadRows', `${bad} of ${received} rows could not be understood.`, { bad, received })
