import type { BackupFacts } from '#shared/contract/backups.ts'
import { DAY } from '#shared/time.ts'
import type { Clock } from '../../ports.ts'
import type { AlarmSource } from '../types.ts'

const MEBIBYTE = 1024 * 1024
/** A stick may lie in a drawer over night. */
const MAY_BE_AWAY = DAY

/** A copy that could not be made, and a second place that takes none. */
export const backupFailed = (clock: Clock, backups: () => BackupFacts): AlarmSource => ({
  rule: 'backupFailed',
  wakes: ['system', 'settings'],
  pace: 'quick',
  facts() {
    const { lastFailure, second } = backups()
    return [
      ...(lastFailure ? [{ subject: lastFailure.file, name: () => lastFailure.file, value: 1 }] : []),
      ...(isMissed(clock, second) ? [{ subject: 'second', name: () => second.folder ?? '', value: 1 }] : []),
    ]
  },
})

function isMissed(clock: Clock, { state, since }: BackupFacts['second']): boolean {
  if (state === 'absent') return since !== null && clock.now() - since >= MAY_BE_AWAY
  return state === 'failing' || state === 'full' || state === 'needsPassphrase'
}

/** Free space where the data folder lies. */
export const diskFull = (directory: string, backups: () => BackupFacts): AlarmSource => ({
  rule: 'diskFull',
  wakes: [],
  pace: 'quick',
  facts: () => [
    { subject: 'data', name: () => directory, value: Math.floor(backups().freeBytes / MEBIBYTE) },
  ],
})
