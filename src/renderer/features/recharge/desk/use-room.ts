import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Output } from '#shared/contract/index.ts'
import { useClient } from '../../../api/client.ts'
import { readKey, useRead } from '../../../api/queries.ts'

export type RoomDetail = Output<'rooms.get'>

export type Renewal = 'asking' | 'done' | 'failed'

/** The room card at once from the local files, and anew from the platform in the background; one mount is one room. */
export function useRoom(roomId: string) {
  const client = useClient()
  const queries = useQueryClient()
  const room = useRead('rooms.get', { roomId }, { keepPrevious: false })
  const [renewal, setRenewal] = useState<Renewal>('asking')
  useEffect(() => {
    let left = false
    const end = (renewal: Renewal) => {
      if (!left) setRenewal(renewal)
    }
    const renew = async () => {
      try {
        const fresh = await client.call('rooms.refresh', { roomId })
        queries.setQueryData(readKey('rooms.get', { roomId }), fresh)
        end('done')
      } catch {
        end('failed')
      }
    }
    void renew()
    return () => {
      left = true
    }
  }, [client, queries, roomId])
  return { room, renewal }
}
