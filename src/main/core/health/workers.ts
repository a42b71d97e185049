import type { Clock, WorkerTaskName, WorkerTasks, Workers } from '../ports.ts'

export interface WorkerFacts {
  readonly doneAt: number | null
  readonly failed: { readonly at: number; readonly message: string } | null
}

export interface WatchedWorkers extends Workers {
  /** when a worker last did what it was asked, and when it last failed */
  facts(): WorkerFacts
  /** calls back with the faults of each database file that anybody had checked */
  onCheck(listener: (path: string, faults: readonly string[]) => void): void
}

/** The same workers, and what became of what they were asked. */
export function watchWorkers(workers: Workers, clock: Pick<Clock, 'now'>): WatchedWorkers {
  let facts: WorkerFacts = { doneAt: null, failed: null }
  let listener: (path: string, faults: readonly string[]) => void = () => {}
  let closing = false
  return {
    async run<T extends WorkerTaskName>(task: T, input: WorkerTasks[T]['input']) {
      try {
        const output = await workers.run(task, input)
        facts = { ...facts, doneAt: clock.now() }
        if (task === 'checkDatabase')
          listener((input as WorkerTasks['checkDatabase']['input']).path, output as string[])
        return output
      } catch (error) {
        // what is cut off by the end of the program says nothing about the workers
        if (!closing) facts = { ...facts, failed: { at: clock.now(), message: String(error) } }
        throw error
      }
    },
    close() {
      closing = true
      return workers.close()
    },
    facts: () => facts,
    onCheck: (fn) => void (listener = fn),
  }
}
