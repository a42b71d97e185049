import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CRASH_FOLDER, type CrashRecord } from '#core/health/index.ts'
import { redactor } from '#core/redact.ts'
import { VERSION } from './version.ts'

/** Newest records kept. */
const KEPT = 20

/**
 * Writes down what broke, for the next start to tell. At once and without the core, which may be what broke; a disk
 * that does not take it must not make things worse.
 */
export function recordCrash(directory: string, kind: CrashRecord['kind'], reason: unknown): void {
  const folder = join(directory, CRASH_FOLDER)
  const at = Date.now()
  const record: CrashRecord = {
    at,
    kind,
    version: VERSION,
    message: redactor.text(reason instanceof Error ? reason.message : String(reason)),
    stack: redactor.text(reason instanceof Error ? (reason.stack ?? '') : ''),
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, `${at}-${kind}.json`), JSON.stringify(record), { mode: 0o600 })
    const names = readdirSync(folder).toSorted().toReversed()
    for (const name of names.slice(KEPT)) rmSync(join(folder, name), { force: true })
  } catch {
    // said in the log by who calls
  }
}
