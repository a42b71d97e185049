import { strToU8, zipSync } from 'fflate'
import type { WorkerTasks } from '#core/ports.ts'

export function zipTexts({ files }: WorkerTasks['zipTexts']['input']): string {
  const entries = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]))
  return Buffer.from(zipSync(entries)).toString('base64')
}
