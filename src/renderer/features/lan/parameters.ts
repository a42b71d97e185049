export interface Parameter {
  readonly name: string
  readonly value: string
}

/** What the service adds by itself, and what it computes. */
const OWN = new Set(['appId', 'appKey', 'signature'])

/** Lines `name=value`, a query or flat JSON (numbers as they are written); null: JSON that is none. */
export function parseParameters(text: string): Parameter[] | null {
  const plain = text.trim()
  if (plain === '') return []
  const all = plain.startsWith('{') ? fromJson(plain) : fromLines(plain)
  return all && all.filter(({ name }) => name !== '' && !OWN.has(name))
}

type Revive = (this: unknown, name: string, value: unknown, context: { source?: string }) => unknown

function fromJson(text: string): Parameter[] | null {
  const written = new Map<string, string>()
  const revive: Revive = (name, value, { source }) => {
    if (typeof value === 'number' && source !== undefined) written.set(name, source)
    return value
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text, revive as (name: string, value: unknown) => unknown)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  const entries = Object.entries(parsed) as [string, unknown][]
  if (entries.some(([, value]) => typeof value === 'object' && value !== null)) return null
  return entries
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, value: written.get(name) ?? String(value) }))
}

function fromLines(text: string): Parameter[] {
  const isQuery = !text.includes('\n') && /^[^=&]+=[^&]*(&[^=&]+=[^&]*)+$/.test(text)
  if (isQuery) return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }))
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{ name, value }]
  })
}

/** The parameters of a request as the calculator takes them. */
export const asLines = (parameters: readonly Parameter[]): string =>
  parameters
    .filter(({ name }) => !OWN.has(name))
    .map(({ name, value }) => `${name}=${value}`)
    .join('\n')

/** Puts the time of now in, in place of another. */
export function withTime(text: string, seconds: number): string {
  const line = `timestamp=${seconds}`
  if (/^timestamp=/m.test(text)) return text.replace(/^timestamp=.*$/m, line)
  if (/"timestamp"\s*:/.test(text)) return text.replace(/("timestamp"\s*:\s*)"?\d*"?/, `$1${seconds}`)
  return text.trim() === '' ? line : `${text.trimEnd()}\n${line}`
}

/** Values that the inspector hid: a signature over them is of no use. */
export const hiddenNames = (parameters: readonly Parameter[]): string[] =>
  parameters.filter(({ value }) => value.includes('●') || value.includes('****')).map(({ name }) => name)
