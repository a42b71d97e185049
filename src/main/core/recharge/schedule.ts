/** When the platform is asked again, and how many noes are enough (interfaces §2 `recovery`). */
export interface RecoveryPolicy {
  /** offsets from the moment the outcome became unknown, ascending */
  readonly pollMs: readonly number[]
  readonly notAppliedAfter: { readonly polls: number; readonly spanMs: number }
}

const MINUTE = 60_000
/** No gap between two questions is longer. */
export const LONGEST_GAP_MS = 10 * MINUTE
/** After that a person is asked instead (§7.1: for 24 h). */
export const ASKED_FOR_MS = 24 * 60 * MINUTE
/** The last step is repeated this often before it grows towards the longest gap. */
const REPEATS = 3

/** 3, 10, 30, 120 s, then every 10 minutes (§7.1). */
export const DEFAULT_RECOVERY: RecoveryPolicy = {
  pollMs: [3000, 10_000, 30_000, 120_000, 120_000 + LONGEST_GAP_MS],
  notAppliedAfter: { polls: 3, spanMs: 120_000 },
}

export function recoveryPolicy(given: {
  pollMs?: readonly number[] | undefined
  notAppliedAfter?: { polls: number; spanMs: number } | undefined
}): RecoveryPolicy {
  return {
    pollMs: given.pollMs?.toSorted((a, b) => a - b) ?? DEFAULT_RECOVERY.pollMs,
    notAppliedAfter: given.notAppliedAfter ?? DEFAULT_RECOVERY.notAppliedAfter,
  }
}

/** The first offset after `elapsedMs`; null when the platform has been asked for long enough. */
export function nextOffset({ pollMs }: RecoveryPolicy, elapsedMs: number): number | null {
  const planned = pollMs.find((offset) => offset > elapsedMs)
  if (planned !== undefined) return planned
  const last = pollMs.at(-1) ?? LONGEST_GAP_MS
  let gap = Math.min(LONGEST_GAP_MS, Math.max(1, last - (pollMs.at(-2) ?? 0)))
  let offset = last
  for (let repeat = 1; offset <= elapsedMs; repeat++) {
    if (repeat > REPEATS) gap = Math.min(LONGEST_GAP_MS, gap * 2)
    offset += gap
    if (gap === LONGEST_GAP_MS && offset <= elapsedMs)
      offset += Math.ceil((elapsedMs - offset + 1) / gap - 1) * gap
  }
  return offset > ASKED_FOR_MS ? null : offset
}
