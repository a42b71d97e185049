import type { Ports } from '#core/ports.ts'
import { createPorts } from '#main/adapters/ports.ts'

/** Real adapters; a benchmark asks no worker for anything. */
export const benchPorts = (directory: string): Ports =>
  createPorts({
    directory,
    workerUrl: new URL('../../src/main/worker.ts', import.meta.url),
    log: { level: 'error' },
  })
