import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useClient } from '../api/client.ts'
import { readKey, useWrite } from '../api/queries.ts'

/** Asks the core who is signed in; the entrance follows its answer. */
function useAskWho(): () => void {
  const queries = useQueryClient()
  return useCallback(
    () => void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) }),
    [queries],
  )
}

export function useLock(): () => void {
  const askWho = useAskWho()
  const { mutate } = useWrite('operators.lock')
  return useCallback(() => mutate({}, { onSettled: askWho }), [mutate, askWho])
}

/** Nothing of this operator stays in the page's memory. */
export function useSignOut(): () => void {
  const queries = useQueryClient()
  const { mutate } = useWrite('operators.signOut')
  return useCallback(
    () =>
      mutate(
        {},
        {
          onSettled: () => {
            queries.removeQueries({ predicate: (query) => query.queryKey[1] !== 'system.hello' })
            void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
          },
        },
      ),
    [mutate, queries],
  )
}

/** At most one touch in this time; the core locks after minutes. */
const TOUCH_EVERY_MS = 20_000

/** Tells the core that a person is at the screen, so that it does not lock itself while somebody works. */
export function useTouch(active: boolean): void {
  const client = useClient()
  useEffect(() => {
    if (!active) return undefined
    let last = 0
    const touch = () => {
      const now = Date.now()
      if (now - last < TOUCH_EVERY_MS || client.state() !== 'open') return
      last = now
      // a refusal means locked or signed out: the session event says so
      client.call('operators.touch', {}).catch(() => undefined)
    }
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch)
    }
  }, [active, client])
}
