import { jsonOf, LongList } from '../json.ts'
import type { Envelope } from './envelope.ts'
import { Turns } from './turns.ts'

/** Long answers that are made or on their way at once: each may hold megabytes. */
const MOST = 2

export interface LongAnswer {
  readonly bytes: Buffer
  /** has to be called when they were sent, or will never be */
  readonly sent: () => void
}

/** Who asks, and whether he still waits for the answer. */
export interface Asker {
  readonly address: string
  readonly gone: () => boolean
}
interface Waiting extends Asker {
  /** without a turn where he has gone */
  readonly begin: (hasTurn: boolean) => void
}

class Gone extends Error {}

/** Answers with a list of several parts: one at a time of each address, a few of all. Others wait for their turn. */
export class LongAnswers {
  readonly #turns: Turns
  readonly #under = new Set<string>()
  #waiting: Waiting[] = []

  constructor(turns: Turns) {
    this.#turns = turns
  }

  /** Makes text of it in many turns; `again` is asked where it had to wait, for what holds by then. Null: he has gone. */
  async make(answered: Envelope, again: () => Promise<Envelope>, asker: Asker): Promise<LongAnswer | null> {
    const free = this.#mayBegin(asker)
    if (free) this.#under.add(asker.address)
    else if (!(await this.#turn(asker))) return null
    const sent = () => {
      this.#under.delete(asker.address)
      this.#next()
    }
    const breathe = () =>
      this.#turns.run(() => {
        if (asker.gone()) throw new Gone()
      })
    try {
      return { bytes: Buffer.from(await jsonOf(free ? answered : await again(), breathe)), sent }
    } catch (error) {
      sent()
      if (error instanceof Gone) return null
      throw error
    }
  }

  #mayBegin = ({ address }: Asker): boolean => this.#under.size < MOST && !this.#under.has(address)

  #turn(asker: Asker): Promise<boolean> {
    return new Promise((begin) => this.#waiting.push({ ...asker, begin }))
  }

  #next(): void {
    const waiting = this.#waiting
    this.#waiting = waiting.filter((one) => {
      const gone = one.gone()
      if (!gone && !this.#mayBegin(one)) return true
      if (!gone) this.#under.add(one.address)
      one.begin(!gone)
      return false
    })
  }
}

/** Bytes that are kept of a long answer: more than the inspector shows. */
const KEPT = 80_000

/** Text of what only reads: many answers at once in many turns, long ones one after the other. */
export class Reads {
  readonly #turns = new Turns()
  readonly #longAnswers = new LongAnswers(this.#turns)

  /** `json` is the beginning of a long one. Null: who asked has gone. */
  async text(
    read: () => Promise<Envelope>,
    asker: Asker,
  ): Promise<{ json: string; long: LongAnswer | null } | null> {
    const answered = await this.#turns.run(read)
    if (!isLong(answered)) return { json: JSON.stringify(answered), long: null }
    const long = await this.#longAnswers.make(answered, read, asker)
    return long && { json: long.bytes.toString('utf8', 0, KEPT), long }
  }
}

/** Whether some list of it comes in several parts. */
const isLong = ({ data }: Envelope): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).some((value) => value instanceof LongList)
