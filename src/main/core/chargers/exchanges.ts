import type { Exchange } from '#shared/contract/chargers.ts'
import type { Log } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'

/** Whose exchange it is. */
export interface Origin {
  readonly name: string
  readonly runId: string | null
  readonly step: string | null
  readonly operator: string | null
}

/** Keeps what went over the radio; nobody waits for the disk but who asks for it. */
export interface ExchangeLog {
  add(origin: Origin, exchange: Exchange): void
  /** resolves when everything so far is stored, or could not be */
  stored(): Promise<void>
}

/** About a year of a busy site. */
export const MOST_EXCHANGES = 200_000
/** Old lines are taken out each time so many new ones came. */
const TRIM_EVERY = 1000

const INSERT = `INSERT INTO charger_exchange (at, name, run_id, step, operator, direction, text)
  VALUES (?, ?, ?, ?, ?, ?, ?)`
const TRIM = 'DELETE FROM charger_exchange WHERE id <= (SELECT max(id) FROM charger_exchange) - ?'

export function createExchangeLog(
  parts: { readonly site: SiteDatabase; readonly log: Log },
  added: () => void,
  most: number = MOST_EXCHANGES,
): ExchangeLog {
  const { site, log } = parts
  let waiting: { origin: Origin; exchange: Exchange }[] = []
  let flushing: Promise<void> | null = null
  let sinceTrim = TRIM_EVERY

  const flush = async () => {
    while (waiting.length > 0) {
      const rows = waiting
      waiting = []
      sinceTrim += rows.length
      const trim = sinceTrim >= Math.min(TRIM_EVERY, most)
      try {
        await site.write(() => {
          const insert = site.statement(INSERT)
          for (const { origin, exchange } of rows)
            insert.run(
              exchange.at,
              origin.name,
              origin.runId,
              origin.step,
              origin.operator,
              exchange.direction,
              exchange.text,
            )
          if (trim) site.statement(TRIM).run(most)
        })
        if (trim) sinceTrim = 0
        added()
      } catch (error) {
        // a full disk must not leave a port switched on: the radio's work goes on without its log
        log.error('exchanges with a charger could not be stored', {
          lines: rows.length,
          error: String(error),
        })
      }
    }
    flushing = null
  }
  return {
    add(origin, exchange) {
      waiting.push({ origin, exchange })
      flushing ??= flush()
    },
    async stored() {
      // what is added while it flushes goes with it
      await flushing
    },
  }
}
