import { readFileSync, statSync } from 'node:fs'
import { siteProfile, type SiteProfile } from '#shared/contract/profile.ts'
import type { z } from '#shared/z.ts'
import { parseJson } from './json-text.ts'
import { LaunchRefusal } from './refusal.ts'

export interface LoadedProfile {
  readonly profile: SiteProfile
  /** other users of this machine can read the file, and with it the passwords in it */
  readonly readable: boolean
}

type Issue = z.core.$ZodIssue
/** Wrong keys told at once; more would not fit a line. */
const ISSUES_TOLD = 4

/** Reads and checks the site profile (interfaces §2); throws LaunchRefusal naming each wrong key by its path. */
export function readProfile(file: string): LoadedProfile {
  const { text, readable } = readText(file)
  return { profile: checkProfile(parseJson(text, file), file), readable }
}

function readText(file: string): { text: string; readable: boolean } {
  try {
    const { mode } = statSync(file)
    return {
      text: readFileSync(file, 'utf8'),
      readable: process.platform !== 'win32' && (mode & 0o044) !== 0,
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new LaunchRefusal(2, `--config: ${file} cannot be read (${code})`)
  }
}

export function checkProfile(value: unknown, file: string): SiteProfile {
  const result = siteProfile.safeParse(value)
  if (!result.success) throw wrong(file, result.error.issues.flatMap(explain))
  const profile = result.data
  if (profile.lan?.wechat?.kind === 'simulator')
    throw wrong(file, ['lan.wechat.kind: simulator is only for --demo'])
  return profile
}

function wrong(file: string, lines: readonly string[]): LaunchRefusal {
  const more = lines.length > ISSUES_TOLD ? `; and ${lines.length - ISSUES_TOLD} more` : ''
  return new LaunchRefusal(2, `${file}: ${lines.slice(0, ISSUES_TOLD).join('; ')}${more}`)
}

const dotted = (path: readonly PropertyKey[]) => (path.length === 0 ? 'the file' : path.map(String).join('.'))

/** What was expected, never what stood there: it may be a secret under the wrong key. */
function explain(issue: Issue): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${dotted([...issue.path, key])}: unknown key`)
  return [`${dotted(issue.path)}: ${expected(issue)}`]
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `expected ${issue.values.map(String).join(' | ')}`
  if (issue.code === 'too_small') return `expected at least ${issue.minimum}${measure(issue.origin)}`
  if (issue.code === 'too_big') return `expected at most ${issue.maximum}${measure(issue.origin)}`
  if (issue.code === 'invalid_union') {
    const first = issue.errors[0]?.[0]
    if (first) return expected(first)
    const kinds = /^Invalid discriminator value\. Expected (.+)$/.exec(issue.message)?.[1]
    return `expected ${kinds?.replaceAll("'", '') ?? 'one of the documented kinds'}`
  }
  return `expected ${issue.message.replace(/^Invalid input: expected /, '')}`
}

const TYPE_NAMES: Readonly<Record<string, string>> = { int: 'whole number' }

function measure(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}
