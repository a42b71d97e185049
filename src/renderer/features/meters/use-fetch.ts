import { useCallback, useEffect, useState } from 'react'
import type { Output } from '#shared/contract/index.ts'
import { useClient } from '../../api/client.ts'
import type { Span } from './spans.ts'

type Reason = Output<'meters.fetch'>['reason']

/**
 * When to ask again whether what was started is held by now, ms after the answer before. Asking also starts anew
 * what failed, so it is done a few times and ever more seldom; after that the page says nothing more.
 */
export const ASK_AGAIN_MS = [1500, 3000, 6000, 12_000, 24_000] as const

export interface Fetching {
  readonly reason: Reason | null
  /** the vendor is being asked for this meter now */
  readonly busy: boolean
  again(): void
}

interface Answer {
  readonly reason: Reason
  readonly asked: number
}

/**
 * Asks for the history of the opened meter before everything else. The call answers at once; what comes is shown
 * by `changed` events. Not a cached read: those ask again at every such event, which would fetch for ever.
 */
export function useFetch(meterId: string, span: Span): Fetching {
  const client = useClient()
  const { from, to } = span
  const [answer, setAnswer] = useState<Answer | null>(null)
  const ask = useCallback(
    (asked: number) => {
      client.call('meters.fetch', { meterId, from, to }).then(
        ({ reason }) => setAnswer({ reason, asked }),
        () => setAnswer(null),
      )
    },
    [client, meterId, from, to],
  )
  useEffect(() => ask(0), [ask])
  const wait = answer?.reason === 'started' ? ASK_AGAIN_MS[answer.asked] : undefined
  useEffect(() => {
    if (answer === null || wait === undefined) return undefined
    const timer = setTimeout(() => ask(answer.asked + 1), wait)
    return () => clearTimeout(timer)
  }, [answer, wait, ask])
  return { reason: answer?.reason ?? null, busy: wait !== undefined, again: () => ask(0) }
}
