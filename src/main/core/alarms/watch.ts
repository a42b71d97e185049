import type { AlarmRule } from '#shared/alarms.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import type { CoreContext } from '../context.ts'
import { throttle } from '../jobs/index.ts'
import type { Settings } from '../settings/index.ts'
import { AlarmChanges } from './changes.ts'
import { createFlood, look, type Pending } from './round.ts'
import type { AlarmStore, Holding } from './store.ts'
import type { AlarmSource, StoredAlarm } from './types.ts'

/** Looks at the facts, by the clock and when something changed. */
export interface Watch {
  /** the first look, then by the clock and after changes */
  start(): void
  /** what is cheap to look at is as it is now */
  fresh(): Promise<void>
  /** resolves when no look goes on */
  settled(): Promise<void>
  /** wall clock, epoch ms */
  lookedAt(rule: AlarmRule): number | null
  close(): Promise<void>
}

/** How often it is asked what is due. */
const TICK_MS = 15 * SECOND
/** After a change, at most this often. */
const POKE_MS = SECOND
/** Rows read at a time when the program starts. */
const PAGE = 500

interface Look {
  readonly source: AlarmSource
  readonly holding: Map<string, Holding>
  readonly pending: Pending
  /** digests that a sudden end left with nothing behind them were looked for */
  whole: boolean
  changed: boolean
  /** monotonic; null: never, or it must look again in any case */
  at: number | null
  wallAt: number | null
}

interface Parts {
  readonly settings: Settings
  readonly sources: readonly AlarmSource[]
  readonly store: AlarmStore
  /** puts down the messages of alarms; only inside `site.write` */
  queue(alarms: readonly StoredAlarm[]): void
  /** new alarms, and old ones that became worse */
  tell(alarms: readonly StoredAlarm[]): void
}

export function createWatch(ctx: CoreContext, parts: Parts): Watch {
  const { clock, log } = ctx.ports
  const rounds = new Rounds(ctx, parts)
  const quick = rounds.looks.filter(({ source }) => source.pace === 'quick')
  const slow = rounds.looks.filter(({ source }) => source.pace !== 'quick')
  const quickly = chain(log)
  const slowly = chain(log)
  const due = () => {
    const now = clock.monotonic()
    quickly.add(() => rounds.run(quick.filter((at) => isDue(at, now))))
    slowly.add(() => rounds.run(slow.filter((at) => isDue(at, now))))
  }
  const poke = throttle(clock, POKE_MS, due)
  const stops = listen(ctx, parts.settings, rounds.looks, poke.poke)
  const settled = async () => void (await Promise.all([quickly.settled(), slowly.settled()]))
  const tick = () => {
    due()
    quickly.add(() => rounds.wake())
  }
  return {
    start() {
      stops.push(clock.every(TICK_MS, tick))
      due()
    },
    async fresh() {
      const stale = quick.filter(({ changed, at }) => changed || at === null)
      if (stale.length > 0) quickly.add(() => rounds.run(stale))
      await quickly.settled()
    },
    settled,
    lookedAt: (rule) => rounds.looks.find(({ source }) => source.rule === rule)?.wallAt ?? null,
    async close() {
      rounds.close()
      poke.stop()
      for (const stop of stops) stop()
      await settled()
    },
  }
}

class Rounds {
  readonly looks: readonly Look[]
  readonly #ctx: CoreContext
  readonly #parts: Parts
  readonly #changes: AlarmChanges
  #loaded: Promise<void> | null = null
  #closed = false

  constructor(ctx: CoreContext, parts: Parts) {
    this.#ctx = ctx
    this.#parts = parts
    this.#changes = new AlarmChanges(ctx, { ...parts, flood: createFlood(ctx.ports.clock) })
    this.looks = parts.sources.map((source): Look => ({
      source,
      holding: new Map(),
      pending: new Map(),
      whole: false,
      changed: false,
      at: null,
      wallAt: null,
    }))
  }

  close(): void {
    this.#closed = true
  }

  async run(which: readonly Look[]): Promise<void> {
    await (this.#loaded ??= load(this.#ctx, this.#parts.store, this.looks))
    for (const at of which) {
      if (this.#closed) return
      await this.#one(at).catch((error: unknown) => {
        // what could not be stored or read is looked at again with the next round
        at.at = null
        if (this.#closed) return
        this.#ctx.ports.log.error('a rule of alarms failed', { rule: at.source.rule, error: String(error) })
      })
    }
  }

  /** Snoozes that are over. */
  async wake(): Promise<void> {
    const { store, queue } = this.#parts
    const now = this.#ctx.ports.clock.now()
    const due = store.toWake(now)
    if (due.length === 0 || this.#closed) return
    const told = await this.#ctx.store.site.write(() => {
      const alarms = due.flatMap((id) => {
        const before = store.find(id)
        const { tell, after } = store.apply(id, { type: 'woke' }, now)
        return tell && !this.#isSpokenFor(before, now) ? after : []
      })
      queue(alarms)
      return alarms
    })
    this.#tell(told)
  }

  /** Its digest wakes with it, or did so: that one is told of. */
  #isSpokenFor({ digest_id: digestId, snoozed_until: until }: StoredAlarm, now: number): boolean {
    if (digestId === null || until === null) return false
    const digest = this.#parts.store.find(digestId)
    const isAwake = digest.snoozed_until === null ? digest.changed_at >= until : digest.snoozed_until <= now
    return digest.state === 'raised' && isAwake
  }

  async #one(at: Look): Promise<void> {
    const { clock } = this.#ctx.ports
    const { source, holding, pending } = at
    const rule = this.#parts.settings.values().alarms.rules[source.rule]
    at.changed = false
    at.at = clock.monotonic()
    at.wallAt = rule.enabled ? clock.now() : null
    if (!rule.enabled) return this.#switchOff(at)
    const found = await look({ ...at, clock, rule })
    if (found === null) return
    const here = { source, rule, holding, pending }
    await this.#changes.wait(here, found)
    if (found.raise.length + found.move.length + found.end.length > 0)
      this.#tell(await this.#changes.apply(here, found))
    if (!at.whole) await this.#changes.closeEmpty(source.rule, 'condition')
    at.whole = true
  }

  async #switchOff({ source, holding, pending }: Look): Promise<void> {
    const here = { source, rule: this.#parts.settings.values().alarms.rules[source.rule], holding, pending }
    await this.#changes.wait(here, { wait: [], waitNoMore: [...pending.keys()] })
    if (holding.size === 0) return
    await this.#changes.end(here, [...holding.values()], 'ruleOff')
    this.#tell([])
  }

  #tell(alarms: readonly StoredAlarm[]): void {
    this.#ctx.events.emit({ type: 'changed', area: 'alarms' })
    if (alarms.length > 0) this.#parts.tell(alarms)
  }
}

function isDue({ source: { pace }, changed, at }: Look, now: number): boolean {
  if (at === null) return true
  if (pace === 'quick') return changed || now - at >= MINUTE
  if (changed) return now - at >= pace.gapMs
  return pace.againMs !== null && now - at >= pace.againMs
}

function listen(ctx: CoreContext, settings: Settings, looks: readonly Look[], poke: () => void) {
  return [
    ctx.events.on((event) => {
      if (event.type !== 'changed') return
      const woken = looks.filter(({ source }) => source.wakes.includes(event.area))
      for (const at of woken) at.changed = true
      if (woken.length > 0) poke()
    }),
    settings.onChange((paths) => {
      if (!paths.some((path) => path.startsWith('alarms.rules'))) return
      for (const at of looks) at.at = null
      poke()
    }),
  ]
}

/** Work one after the other; nothing it does stops what comes after it. */
function chain(log: CoreContext['ports']['log']) {
  let last = Promise.resolve()
  return {
    add(work: () => Promise<void>) {
      last = last.then(work).catch((error: unknown) => {
        log.error('a look for alarms failed', { error: String(error) })
      })
    },
    settled: () => last,
  }
}

async function load(ctx: CoreContext, store: AlarmStore, looks: readonly Look[]): Promise<void> {
  const { clock } = ctx.ports
  const byRule = new Map(looks.map((at) => [at.source.rule, at]))
  for (let page = store.holding(null, PAGE); page.length > 0;) {
    for (const held of page) byRule.get(held.rule)?.holding.set(held.subject, held)
    await clock.yield()
    page = store.holding(page.at(-1) ?? null, PAGE)
  }
  // what held before and holds after is taken to have held in between
  const began = (since: number) => clock.monotonic() - Math.max(0, clock.now() - since)
  for (let page = store.waiting(null, PAGE); page.length > 0;) {
    for (const { rule, subject, since } of page) byRule.get(rule)?.pending.set(subject, began(since))
    await clock.yield()
    page = store.waiting(page.at(-1) ?? null, PAGE)
  }
}
