import type * as Table from '#shared/contract/index.ts'

type Operations = typeof Table

let loaded: Operations | null = null

/**
 * The table of operations. Its thousands of schemas are built for the first call, or right after the ready line:
 * nothing needs them to listen.
 */
export async function loadOperations(): Promise<Operations> {
  return (loaded ??= await import('#shared/contract/index.ts'))
}

/** The same where a call is being answered already, which has loaded it. */
export function operations(): Operations {
  if (loaded === null) throw new Error('the table of operations is asked for outside of a call')
  return loaded
}
