import type { Client } from '../../api/client.ts'
import { MOST_FILE_BYTES } from '#shared/uploads.ts'
import { base64Of } from '../batch/read-file.ts'

/** Judging a long sheet takes longer than a call usually may. */
const READ_TIMEOUT_MS = 120_000

export class TooBig extends Error {}

/** The lines of a file: a text as it stands; a sheet as the registry's import reads it, changing nothing. */
export async function linesOfFile(client: Client, file: File): Promise<string[]> {
  if (file.size > MOST_FILE_BYTES) throw new TooBig('the file is too big')
  if (/\.txt$/i.test(file.name)) return (await file.text()).split(/\r?\n/)
  const base64 = await base64Of(file)
  const sheet = await client.call(
    'devices.import',
    { fileName: file.name.slice(0, 200), base64, dryRun: true },
    { timeoutMs: READ_TIMEOUT_MS },
  )
  return sheet.rows.map(({ deviceCode, btName, alias }) => [deviceCode, btName, alias].join(' ').trim())
}
