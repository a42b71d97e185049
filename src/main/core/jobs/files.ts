import { SitedeskError } from '#shared/errors.ts'

export interface Written {
  readonly operatorId: string
  readonly file: { readonly name: string; readonly type: string; readonly base64: string }
}

/** Files that wait to be fetched: in memory, since they name people and their hours. */
const MOST_FILES = 6

export class WrittenFiles {
  readonly #files = new Map<string, Written>()

  keep(jobId: string, written: Written): void {
    this.#files.delete(jobId)
    this.#files.set(jobId, written)
    for (const oldest of [...this.#files.keys()].slice(0, -MOST_FILES)) this.#files.delete(oldest)
  }

  get(jobId: string): Written | undefined {
    return this.#files.get(jobId)
  }
}

/** A worker ends what it is at; nobody waits for it any more. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(new SitedeskError('CANCELLED', 'The export was stopped.'))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}
