import type { FieldValue, Fields } from '../endpoint.ts'

/** A body that was understood. */
export interface Body {
  readonly encoding: 'json' | 'form'
  readonly fields: Fields
  /** the numbers as they were written, `2.0`, `1e3` (H-07); read only where the plain form does not verify */
  lexemes(): ReadonlyMap<string, string>
}

export type BodyProblem = 'contentType' | 'notText' | 'notJson' | 'notFlat'

/**
 * Reads JSON, a form, or a bare body that begins with `{` (H-08). Only flat objects; of a name given twice the last
 * one counts.
 */
export function readBody(contentType: string | undefined, bytes: Uint8Array): Body | BodyProblem {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const text = utf8(bytes)
  if (text === null) return 'notText'
  if (type === 'application/x-www-form-urlencoded') return readForm(text)
  if (type === 'application/json') return readJson(text)
  if (type === '')
    return text.trim() === '' ? readForm('') : text.trimStart().startsWith('{') ? readJson(text) : 'notJson'
  return 'contentType'
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function utf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function readForm(text: string): Body {
  const fields = new Map<string, FieldValue>(new URLSearchParams(text))
  // a base64 plus is a blank in a form (H-10)
  const signature = fields.get('signature')
  if (typeof signature === 'string') fields.set('signature', signature.replaceAll(' ', '+'))
  return { encoding: 'form', fields, lexemes: () => new Map() }
}

function readJson(text: string): Body | BodyProblem {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return 'notJson'
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'notFlat'
  const fields = new Map<string, FieldValue>()
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'object' && value !== null) return 'notFlat'
    fields.set(name, value as FieldValue)
  }
  return { encoding: 'json', fields, lexemes: () => lexemesOf(text) }
}

/** JSON.parse tells a reviver the source text of a number; of a name given twice it tells the last. */
function lexemesOf(text: string): Map<string, string> {
  const lexemes = new Map<string, string>()
  type Revive = (this: unknown, name: string, value: unknown, context: { source?: string }) => unknown
  const revive: Revive = (name, value, context) => {
    if (typeof value === 'number' && context.source !== undefined) lexemes.set(name, context.source)
    return value
  }
  JSON.parse(text, revive as (name: string, value: unknown) => unknown)
  return lexemes
}
