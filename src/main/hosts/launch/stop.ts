/** A stop must end within 5 s (interfaces §1); what is not closed by then is left to the next start's checks. */
export const STOP_WITHIN_MS = 4500

export interface Stopping {
  /** begins the stop, once; resolves with the exit code */
  stop(reason: string): Promise<number>
}

/**
 * Closes everything, in order, but never waits longer than the limit. 0 is a clean end; 1 says that something
 * did not close.
 */
export function createStop(
  close: () => Promise<void>,
  report: (line: string) => void,
  limitMs = STOP_WITHIN_MS,
): Stopping {
  let ending: Promise<number> | null = null
  const run = async (): Promise<number> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'late')
    })
    try {
      if ((await Promise.race([close(), late])) !== 'late') return 0
      report(`not everything closed within ${limitMs} ms`)
    } catch (error) {
      report(`closing failed: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      clearTimeout(timer)
    }
    return 1
  }
  return { stop: () => (ending ??= run()) }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ctrl-C, SIGTERM and a closed terminal end the process cleanly. */
export function stopOnSignals(stopping: Stopping, exit: (code: number) => void): void {
  for (const signal of SIGNALS)
    process.on(signal, () => {
      void stopping.stop(signal).then(exit)
    })
}
