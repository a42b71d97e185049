import { Worker } from 'node:worker_threads'
import type { WorkerTaskName, WorkerTasks, Workers } from '#core/ports.ts'
import type { WorkerAnswer, WorkerRequest } from '../worker/protocol.ts'

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (reason: unknown) => void
}

interface Lane {
  run(task: WorkerTaskName, input: unknown): Promise<unknown>
  close(): Promise<void>
}

/** The worker's file beside an entry: `worker.ts` in the source tree, `worker.js` in `out/main`. */
export const workerBeside = (entryUrl: string): URL =>
  new URL(entryUrl.endsWith('.ts') ? './worker.ts' : './worker.js', entryUrl)

/** Done in a moment, and somebody waits: a person at the sign-in screen, a log that grows. */
const SHORT: ReadonlySet<WorkerTaskName> = new Set(['hashPin', 'checkpoint'])

/** What touches a folder elsewhere: a share that does not answer holds nothing but the others of its kind. */
const ELSEWHERE: ReadonlySet<WorkerTaskName> = new Set([
  'lookAtPlace',
  'tryPlace',
  'preparePlace',
  'sealFiles',
  'unsealFile',
  'removeFiles',
  'writeText',
])

/**
 * Threads of the same file: what is short does not wait behind the check or the copy of a whole database.
 * Each starts at its first task and anew after a crash, and keeps the process alive only while it works.
 */
export function createWorkers(url: URL): Workers {
  const short = createLane(url)
  const long = createLane(url)
  const elsewhere = createLane(url)
  const laneOf = (task: WorkerTaskName) => (SHORT.has(task) ? short : ELSEWHERE.has(task) ? elsewhere : long)
  return {
    run<T extends WorkerTaskName>(task: T, input: WorkerTasks[T]['input']) {
      return laneOf(task).run(task, input) as Promise<WorkerTasks[T]['output']>
    },
    async close() {
      await Promise.all([short.close(), long.close(), elsewhere.close()])
    },
  }
}

function createLane(url: URL): Lane {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let lastId = 0
  let closed = false

  const fail = (from: Worker, reason: Error) => {
    if (worker !== from) return
    worker = null
    for (const one of waiting.values()) one.reject(reason)
    waiting.clear()
  }
  const start = (): Worker => {
    const started = new Worker(url)
    started.on('message', (answer: WorkerAnswer) => {
      settle(waiting, answer)
      // A thread that is being closed keeps the process alive, for what comes after it.
      if (waiting.size === 0 && !closed) started.unref()
    })
    started.on('error', (error) => fail(started, error instanceof Error ? error : new Error(String(error))))
    started.on('exit', (code) => fail(started, new Error(`the worker stopped (${code})`)))
    started.unref()
    return started
  }
  return {
    run(task, input) {
      if (closed) return Promise.reject(new Error('the workers are closed'))
      worker ??= start()
      const request: WorkerRequest = { id: ++lastId, task, input }
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject })
        worker?.ref()
        worker?.postMessage(request, [])
      })
    },
    async close() {
      closed = true
      await worker?.terminate()
    },
  }
}

function settle(waiting: Map<number, Waiting>, answer: WorkerAnswer): void {
  const one = waiting.get(answer.id)
  waiting.delete(answer.id)
  if (answer.ok) one?.resolve(answer.output as never)
  else one?.reject(new Error(answer.message))
}
