import { useCallback, useState } from 'react'
import { useNavigate } from 'react-router'
import { btNameOf, deviceCodeOf } from '#shared/chargers.ts'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import { useClient } from '../../api/client.ts'
import { codeOf } from '../../app/i18n/dynamic.ts'
import { useIdentified } from './kept.ts'
import { chargerPath } from './paths.ts'

/** Why a label led nowhere. */
export type Lost =
  | { readonly why: 'unreadable'; readonly text: string }
  | { readonly why: 'unknown'; readonly code: string }
  | { readonly why: 'failed'; readonly error: unknown }

/** From a label, a code or a name to its charger: on the air, else in the registry. */
export function useJump(found: readonly FoundCharger[]) {
  const client = useClient()
  const navigate = useNavigate()
  const { add } = useIdentified()
  const [lost, setLost] = useState<Lost | null>(null)

  const nameOf = useCallback(
    async (text: string): Promise<string | Lost> => {
      const name = btNameOf(text)
      if (name !== null) return name
      const code = deviceCodeOf(text)
      if (code === null) return { why: 'unreadable', text }
      const heard = found.find(({ deviceCode }) => deviceCode === code)
      if (heard) return heard.name
      return client.call('devices.get', { deviceCode: code }).then(
        ({ btName }) => btName,
        (error: unknown): Lost =>
          codeOf(error) === 'NOT_FOUND' ? { why: 'unknown', code } : { why: 'failed', error },
      )
    },
    [client, found],
  )

  const jump = useCallback(
    async (text: string, { scanned }: { scanned: boolean }): Promise<Lost | null> => {
      const name = await nameOf(text.trim())
      if (typeof name !== 'string') return name
      if (scanned) add([name])
      await navigate(chargerPath(name))
      return null
    },
    [nameOf, add, navigate],
  )
  return { jump, lost, setLost }
}
