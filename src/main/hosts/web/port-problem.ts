export type PortProblem = 'portInUse' | 'portRefused'

/** What stands after `port 8086`. */
export const PORT_PROBLEMS: Readonly<Record<PortProblem, string>> = {
  portInUse: 'is in use by another program',
  portRefused: 'may not be used by this account',
}

/** What keeps a host from listening, where a person can put it right; null for everything else. */
export function portProblem(error: unknown): PortProblem | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'portInUse'
  return code === 'EACCES' ? 'portRefused' : null
}
