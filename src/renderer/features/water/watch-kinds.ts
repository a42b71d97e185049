import type { WatchKind } from '#shared/contract/water.ts'

export type { WatchKind } from '#shared/contract/water.ts'

export const WATCH_KINDS: readonly WatchKind[] = ['silent', 'battery', 'night', 'continuous', 'zero']

/** What the URL asks for; the first of them where it says nothing we know. */
export const watchKind = (value: string | undefined): WatchKind =>
  WATCH_KINDS.find((kind) => kind === value) ?? 'silent'
