import { parentPort } from 'node:worker_threads'
import type { WorkerAnswer, WorkerRequest } from './worker/protocol.ts'
import { tasks } from './worker/tasks.ts'

/** The worker thread's entry: one task after the other, each answered by its id. */
async function answer({ id, task, input }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    return { id, ok: true, output: await tasks[task](input as never) }
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function handle(request: WorkerRequest): Promise<void> {
  const result = await answer(request)
  const output = result.ok ? result.output : null
  const transfer = output instanceof Uint8Array ? [output.buffer as ArrayBuffer] : []
  parentPort?.postMessage(result, transfer)
}

parentPort?.on('message', (request: WorkerRequest) => void handle(request))
