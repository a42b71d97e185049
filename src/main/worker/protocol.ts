import type { WorkerTaskName } from '#core/ports.ts'

export interface WorkerRequest {
  readonly id: number
  readonly task: WorkerTaskName
  /** WorkerTasks[task]['input'] */
  readonly input: unknown
}

export type WorkerAnswer =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string }
