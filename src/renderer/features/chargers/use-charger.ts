import { useCallback, useState } from 'react'
import type { Command } from '#shared/chargers.ts'
import type { Exchange, PortState } from '#shared/contract/chargers.ts'
import type { Input, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import { useClient } from '../../api/client.ts'
import { useSite } from '../../app/site.tsx'
import { useIdentified, useKept } from './kept.ts'
import { COMMAND_TIMEOUT_MS } from './timeouts.ts'

/** What a charger last said, as of when by the host's clock. */
export interface Seen {
  readonly ports: { readonly states: readonly PortState[]; readonly at: number } | null
  readonly clock: { readonly text: string | null; readonly skewS: number | null; readonly at: number } | null
}
const UNSEEN: Seen = { ports: null, clock: null }

/** `READ` is QTIME and STA in one go; `RAW` a frame as somebody typed it. */
export type Asked = Command | 'READ' | 'RAW'

export interface Ending {
  readonly asked: Asked
  readonly port?: number
  readonly minutes?: number
  /** host's clock */
  readonly at: number
  readonly tookMs: number
  readonly status: number | null
  readonly reply: string
  readonly warnings: readonly string[]
  readonly exchange: readonly Exchange[]
  readonly error: unknown
}

export type Wish = Omit<Input<'chargers.command'>, 'name'>

type Answer = Partial<Pick<Ending, 'status' | 'reply'>> & {
  readonly warnings?: readonly string[] | undefined
  readonly exchange: readonly Exchange[]
  readonly ports?: readonly PortState[] | undefined
}

/** One charger and what is being done with it: one thing at a time. */
export function useCharger(name: string) {
  const client = useClient()
  const site = useSite()
  const { add } = useIdentified()
  const [seen, see] = useKept<Seen>(`chargers.seen.${name}`, UNSEEN)
  const [busy, setBusy] = useState<Pick<Ending, 'asked' | 'port'> | null>(null)
  const [last, setLast] = useState<Ending | null>(null)

  const run = useCallback(
    async (head: Pick<Ending, 'asked' | 'port' | 'minutes'>, work: () => Promise<Answer>) => {
      const from = performance.now()
      setBusy(head)
      const end = (rest: Pick<Ending, 'status' | 'reply' | 'warnings' | 'exchange' | 'error'>): Ending => {
        const ending = { ...head, ...rest, at: site.now(), tookMs: performance.now() - from }
        setLast(ending)
        return ending
      }
      try {
        const { status = 0, reply = '', warnings = [], exchange, ports } = await work()
        if (ports) see((before) => ({ ...before, ports: { states: ports, at: site.now() } }))
        return end({ status, reply, warnings, exchange, error: null })
      } catch (error) {
        return end({ status: null, reply: '', warnings: [], exchange: [], error })
      } finally {
        setBusy(null)
      }
    },
    [see, site],
  )

  const ask = useCallback(async () => {
    const answer = await client.call('chargers.read', { name }, { timeoutMs: COMMAND_TIMEOUT_MS })
    const { clock: text, clockSkewS: skewS } = answer
    see((before) => ({ ...before, clock: { text, skewS, at: site.now() } }))
    return answer
  }, [client, name, see, site])

  const read = useCallback(() => run({ asked: 'READ' }, ask), [run, ask])

  const command = useCallback(
    async (wish: Wish) => {
      const { command: asked, port, minutes } = wish
      const head = { asked, ...(port ? { port } : {}), ...(minutes ? { minutes } : {}) }
      const send = () => client.call('chargers.command', { name, ...wish }, { timeoutMs: COMMAND_TIMEOUT_MS })
      const ending = await run(head, asked === 'STIME' ? () => verified(send, ask) : send)
      if (asked === 'LEDBLINK' && ending.status === 0) add([name])
      return ending
    },
    [run, client, name, ask, add],
  )

  const raw = useCallback(
    (frame: string) =>
      run({ asked: 'RAW' }, () =>
        client.call('chargers.send', { name, frame }, { timeoutMs: COMMAND_TIMEOUT_MS }),
      ),
    [run, client, name],
  )
  return { name, seen, busy, last, read, command, raw }
}
export type ChargerDoing = ReturnType<typeof useCharger>

/** s that a clock may be off after it was set (features §4) */
const SET_WITHIN_S = 2

/** STIME that says done is not believed: the clock is read back. */
async function verified(
  send: () => Promise<Output<'chargers.command'>>,
  ask: () => Promise<Output<'chargers.read'>>,
): Promise<Answer> {
  const set = await send()
  if (set.status !== 0) return set
  const { clockSkewS, ports, warnings, exchange } = await ask()
  if (clockSkewS === null || Math.abs(clockSkewS) > SET_WITHIN_S)
    throw new SitedeskError('CHARGER_REFUSED', 'The clock stays wrong.', {
      reason: 'clockOff',
      skewS: clockSkewS,
    })
  return { ...set, ports, warnings, exchange: [...set.exchange, ...exchange] }
}
