/** What went wrong on the phone itself, before or beside the service; `words.ts` has the words. */
export type TroubleCode =
  | 'lanOff'
  | 'unreachable'
  | 'nothingDue'
  | 'scanFirst'
  | 'orderFirst'
  | 'notNear'
  | 'connectFailed'
  | 'portsUnreadable'
  | 'chargerRefused'
  | 'noAnswer'
  | 'badReply'
  | 'writeFailed'
  | 'noProject'
  | 'notShown'

/** Said to whoever holds the phone. */
export class Trouble extends Error {
  readonly code: TroubleCode
  readonly detail: string

  constructor(code: TroubleCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`)
    this.name = 'Trouble'
    this.code = code
    this.detail = detail
  }
}

export const because = (error: unknown): string => (error instanceof Error ? error.message : String(error))
