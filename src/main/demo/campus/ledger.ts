import type { Fen } from '#shared/money.ts'

/** A recharge that this vendor accepted in this run. */
export interface LedgerRow {
  readonly outTradeNo: string
  readonly roomId: string
  readonly amountFen: Fen
  readonly type: number
  /** epoch ms at which it is applied; may still lie ahead */
  readonly at: number
  /** what roomBuyRecord says was paid */
  readonly listedFen: Fen
}

/** The recharges really received. A number is taken once, for ever. */
export class CampusLedger {
  readonly #rows = new Map<string, LedgerRow>()
  readonly #ofRoom = new Map<string, LedgerRow[]>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  knows(outTradeNo: string): boolean {
    return this.#rows.has(outTradeNo)
  }

  add(row: LedgerRow): void {
    if (this.knows(row.outTradeNo)) throw new Error(`${row.outTradeNo} was received before`)
    this.#rows.set(row.outTradeNo, row)
    const rows = this.#ofRoom.get(row.roomId)
    if (rows) rows.push(row)
    else this.#ofRoom.set(row.roomId, [row])
  }

  isApplied(outTradeNo: string): boolean {
    const row = this.#rows.get(outTradeNo)
    return row !== undefined && row.at <= this.#now()
  }

  /** what was applied by now, in the order it was received */
  applied(): LedgerRow[] {
    return [...this.#rows.values()].filter((row) => row.at <= this.#now())
  }

  appliedOf(roomId: string): LedgerRow[] {
    return (this.#ofRoom.get(roomId) ?? []).filter((row) => row.at <= this.#now())
  }
}

export const sumFen = (rows: readonly LedgerRow[]): Fen => rows.reduce((sum, row) => sum + row.amountFen, 0)
