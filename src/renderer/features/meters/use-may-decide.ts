import { useWhyNot } from '../../app/why-not.tsx'

/** Who may decide about readings, and why somebody may not. */
export function useMayDecide(): { may: boolean; reason: string | null } {
  const reason = useWhyNot('meters.decide')
  return { may: reason === null, reason }
}
