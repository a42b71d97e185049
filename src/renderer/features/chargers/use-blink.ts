import { useCallback, useState } from 'react'
import type { Command } from '#shared/chargers.ts'
import { useClient } from '../../api/client.ts'
import { COMMAND_TIMEOUT_MS } from './timeouts.ts'
import { useIdentified } from './kept.ts'

export type Blink =
  | { readonly state: 'running'; readonly slow: boolean }
  | { readonly state: 'done'; readonly tookMs: number }
  | { readonly state: 'refused'; readonly status: number }
  | { readonly state: 'failed'; readonly error: unknown }

/** features §4: an answer within this time, or the row says why not */
const SLOW_MS = 3000
const COMMAND: Command = 'LEDBLINK'

/** 闪灯: nothing is written before; several at once wait for each other in the core. */
export function useBlink() {
  const client = useClient()
  const { add } = useIdentified()
  const [blinks, setBlinks] = useState<ReadonlyMap<string, Blink>>(new Map())
  const blink = useCallback(
    async (name: string) => {
      const show = (next: Blink) => setBlinks((all) => new Map(all).set(name, next))
      const from = performance.now()
      show({ state: 'running', slow: false })
      const slow = setTimeout(() => show({ state: 'running', slow: true }), SLOW_MS)
      try {
        const options = { timeoutMs: COMMAND_TIMEOUT_MS }
        const { status } = await client.call('chargers.command', { name, command: COMMAND }, options)
        if (status === 0) add([name])
        show(
          status === 0 ? { state: 'done', tookMs: performance.now() - from } : { state: 'refused', status },
        )
      } catch (error) {
        show({ state: 'failed', error })
      } finally {
        clearTimeout(slow)
      }
    },
    [client, add],
  )
  return { blink: (name: string) => void blink(name), of: (name: string) => blinks.get(name) }
}
