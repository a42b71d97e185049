import { readText, writePreference } from '../../app/preferences.ts'

/** What was typed and not sent yet, so that a closed window loses nothing; secrets are never among it. */
type Draft = Readonly<Record<string, string>>

const NAME = 'setup.draft'
const SECRETS: readonly string[] = ['pin', 'again', 'password']

function readAll(): Record<string, Draft> {
  try {
    const value: unknown = JSON.parse(readText(NAME) ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, Draft>) : {}
  } catch {
    return {}
  }
}

/** `part`: one form of the wizard. */
export const readDraft = (part: string): Draft => readAll()[part] ?? {}

export function keepDraft(part: string, values: object): void {
  const kept = Object.entries(values).filter(
    ([key, value]) => typeof value === 'string' && value !== '' && !SECRETS.includes(key),
  )
  writePreference(NAME, JSON.stringify({ ...readAll(), [part]: Object.fromEntries(kept) }))
}

/** It stands in the settings now. */
export function dropDraft(part: string): void {
  keepDraft(part, {})
}
