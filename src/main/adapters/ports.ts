import type { KeyWrap, Ports } from '#core/ports.ts'
import { createClock } from './clock.ts'
import { createFiles } from './files.ts'
import { createHttp } from './http.ts'
import { createKeyFile } from './key-file.ts'
import { createLog, type LogOptions } from './log.ts'
import { createRandom } from './random.ts'
import { createSqlDriver } from './sqlite.ts'
import { createWorkers } from './workers.ts'

export interface PortsOptions {
  /** the data folder */
  readonly directory: string
  /** `workerBeside(import.meta.url)` of the entry */
  readonly workerUrl: URL
  /** tried before the key file: the desktop's OS key store */
  readonly extraKeyWraps?: readonly KeyWrap[]
  readonly log?: Omit<LogOptions, 'directory'>
}

/** The real world behind the core: everything that is not simulated (design §1). */
export function createPorts({ directory, workerUrl, extraKeyWraps = [], log }: PortsOptions): Ports {
  return {
    clock: createClock(),
    random: createRandom(),
    log: createLog({ ...log, directory }),
    http: createHttp(),
    sql: createSqlDriver(),
    files: createFiles(),
    workers: createWorkers(workerUrl),
    keyWraps: [...extraKeyWraps, createKeyFile(directory)],
  }
}
