import { useRead, useWrite } from '../../../api/queries.ts'

export interface CampusAway {
  /** why no sale can leave now; null: one can, as far as known */
  readonly away: 'offline' | 'stopped' | null
  readonly looking: boolean
  /** being offline ends with a read that succeeds: asks for the balance of the room */
  lookAgain(): void
}

/** Whether the platform can be reached, as the core knows it; the core refuses in any case. */
export function useCampusAway(roomId: string): CampusAway {
  const status = useRead('system.status', {})
  const look = useWrite('rooms.refresh', { onSuccess: () => void status.refetch() })
  const state = status.data?.sources.find(({ source }) => source === 'campus')?.state
  return {
    away: state === 'offline' || state === 'stopped' ? state : null,
    looking: look.isPending,
    lookAgain: () => {
      if (!look.isPending) look.mutate({ roomId })
    },
  }
}
