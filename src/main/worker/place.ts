import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { WorkerTasks } from '#core/ports.ts'
import type { PlaceTried } from '#shared/contract/backups.ts'

/** Says that this folder is the second place of this desk: an empty mount point has none. */
const MARK = 'sitedesk-place.txt'

/** Looks at a second place; never on the main thread, since a share that is gone may hold a call for minutes. */
export function lookAtPlace({
  folder,
}: WorkerTasks['lookAtPlace']['input']): WorkerTasks['lookAtPlace']['output'] {
  try {
    if (!existsSync(join(folder, MARK))) return { state: 'absent', message: `${MARK} is not there` }
    accessSync(folder, constants.W_OK)
    const disk = statfsSync(folder)
    return {
      state: 'ready',
      freeBytes: disk.bavail * disk.bsize,
      copies: readdirSync(folder)
        .filter((name) => name.endsWith('.sealed'))
        .map((name) => ({
          name,
          bytes: statSync(join(folder, name)).size,
          manifest: manifestOf(join(folder, name)),
        })),
    }
  } catch (error) {
    return { state: 'absent', message: messageOf(error) }
  }
}

const manifestOf = (copy: string): string | null => {
  try {
    return readFileSync(`${copy}.json`, 'utf8')
  } catch {
    return null
  }
}

/** Whether a folder can be a second place: what is written into it is read back, and stays not. */
export function tryPlace({ folder, beside }: WorkerTasks['tryPlace']['input']): PlaceTried {
  const file = join(folder, `.sitedesk-try-${process.pid}`)
  const text = `written and read back by sitedesk at ${performance.now()}\n`
  try {
    if (isWithin(folder, beside)) return unusable('inData', IN_DATA)
    const { dev } = statSync(folder)
    writeFileSync(file, text, { flush: true })
    if (readFileSync(file, 'utf8') !== text) return unusable('failing', 'other bytes were read back')
    const disk = statfsSync(folder)
    return {
      problem: null,
      message: null,
      freeBytes: disk.bavail * disk.bsize,
      sameDisk: dev === statSync(beside).dev,
    }
  } catch (error) {
    return unusable(whyOf(error), messageOf(error))
  } finally {
    takeAway(file)
  }
}

/** Whoever takes the data folder away takes what lies in it. */
const IN_DATA = 'it lies in the data folder itself'

/** However it is written, and through links; the data folder is in itself. Throws where one is not there. */
function isWithin(folder: string, data: string): boolean {
  const way = relative(realpathSync.native(data), realpathSync.native(folder))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

type Problem = NonNullable<PlaceTried['problem']>

const unusable = (problem: Problem, message: string): PlaceTried => ({
  problem,
  message,
  freeBytes: null,
  sameDisk: false,
})

const WHY: Readonly<Record<string, Problem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'notFolder',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
}

const whyOf = (error: unknown): Problem =>
  (error instanceof Error && 'code' in error ? WHY[String(error.code)] : undefined) ?? 'failing'

function takeAway(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // a folder that may not be looked into holds nothing of ours either
  }
}

/** Makes a place in a folder that is there: a stick that is not plugged in is never made up. */
export function preparePlace(input: WorkerTasks['preparePlace']['input']): string | null {
  const { parent, folder, text, beside } = input
  try {
    if (!existsSync(parent)) return `there is no folder ${parent}`
    if (isWithin(parent, beside)) return IN_DATA
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, MARK), text)
    return null
  } catch (error) {
    return messageOf(error)
  }
}

export function removeFiles({ paths }: WorkerTasks['removeFiles']['input']): null {
  for (const path of paths) rmSync(path, { force: true })
  return null
}

export function writeText({ path, text }: WorkerTasks['writeText']['input']): null {
  writeFileSync(path, text, { mode: 0o600, flush: true })
  return null
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
