import type { Crash } from '#shared/contract/health.ts'
import type { CoreContext } from '../context.ts'

/** Beside the databases; hosts write there, whatever state the program is in. */
export const CRASH_FOLDER = 'crashes'

export type CrashRecord = Omit<Crash, 'seen'>

/** What hosts wrote down when something broke, newest first. */
export async function readCrashes({ ports, options }: CoreContext): Promise<CrashRecord[]> {
  const folder = ports.files.join(options.directory, CRASH_FOLDER)
  if (!ports.files.exists(folder)) return []
  const names = ports.files.list(folder).filter((name) => name.endsWith('.json'))
  const records = await Promise.all(names.map((name) => readOne(ports.files, ports.files.join(folder, name))))
  return records.filter((record) => record !== null).toSorted((a, b) => b.at - a.at)
}

/** Cut off while it was written, or not ours: left out. */
async function readOne(files: CoreContext['ports']['files'], path: string): Promise<CrashRecord | null> {
  try {
    const found = JSON.parse(new TextDecoder().decode(await files.read(path))) as Partial<CrashRecord>
    const { at, kind, version = '', message = '', stack = '' } = found
    if (typeof at !== 'number' || (kind !== 'main' && kind !== 'page')) return null
    return { at, kind, version, message, stack }
  } catch {
    return null
  }
}
