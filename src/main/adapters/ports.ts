import type { Radio } from '#core/chargers/radio.ts'
import type { KeyWrap, Ports } from '#core/ports.ts'
import { createClock } from './clock.ts'
import { createFiles } from './files.ts'
import { createHttp } from './http.ts'
import { createKeyFile } from './key-file.ts'
import { createLog, type LogOptions } from './log.ts'
import { createOpenRadio } from './radio/index.ts'
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
  /** the simulated chargers of `bluetooth.adapter: demo`; loaded when they are asked for */
  readonly demoRadio?: () => Promise<Radio>
}

/** The real world behind the core: everything that is not simulated (design §1). */
export function createPorts(options: PortsOptions): Ports {
  const { directory, workerUrl, extraKeyWraps = [], demoRadio } = options
  const clock = createClock()
  // before the first file is opened: what SQLite sets aside is as large as a file, and belongs on its disk
  process.env['SQLITE_TMPDIR'] ??= directory
  const log = createLog({ ...options.log, directory })
  return {
    clock,
    random: createRandom(),
    log,
    http: createHttp(),
    sql: createSqlDriver(),
    files: createFiles(),
    workers: createWorkers(workerUrl),
    keyWraps: [...extraKeyWraps, createKeyFile(directory)],
    openRadio: createOpenRadio({ clock, log, ...(demoRadio && { demo: demoRadio }) }),
  }
}
