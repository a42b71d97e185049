import { btNameOf, deviceCodeOf } from '#shared/chargers.ts'
import type { Output } from '#shared/contract/index.ts'

export type Judged = Output<'provisioning.expected'>['rows'][number]

/** One line of the list as it was given, scanned or typed; empty: not known yet. */
export interface DraftRow {
  readonly key: number
  /** the line that was pasted, when it says neither a code nor a name */
  readonly text: string
  readonly deviceCode: string
  readonly name: string
  readonly alias: string
}

export type DraftState = Judged['state'] | 'noCode' | 'checking'

/** A line with what the registry knows of it, and what the core says of it. */
export interface JudgedRow extends DraftRow {
  readonly state: DraftState
  readonly registered: boolean
  readonly manager: string | null
}

/** Most chargers of one run (contract). */
export const MOST = 500

/** What the core is asked about a line: its code and its name, without the alias, whose words it would read. */
export const lineOf = ({ text, deviceCode, name }: DraftRow): string =>
  deviceCode === '' && name === '' ? text : `${deviceCode} ${name}`.trim()

const RUNNABLE: readonly DraftState[] = ['ready', 'missing']
export const canRun = ({ state }: JudgedRow): boolean => RUNNABLE.includes(state)

/** The core's verdict stands for a row only while the row still reads as it did when it was asked. */
export function judgeRows(rows: readonly DraftRow[], verdicts: readonly Judged[]): JudgedRow[] {
  const byLine = new Map(verdicts.map((verdict) => [verdict.line, verdict]))
  return rows.map((row, i) => {
    const verdict = byLine.get(i + 1)
    if (verdict?.text !== lineOf(row)) return { ...row, state: 'checking', registered: false, manager: null }
    const deviceCode = row.deviceCode || (verdict.deviceCode ?? '')
    return {
      ...row,
      deviceCode,
      name: row.name || (verdict.name ?? ''),
      alias: row.alias || verdict.alias,
      state: verdict.state === 'badCode' && deviceCode === '' && row.name !== '' ? 'noCode' : verdict.state,
      registered: verdict.registered,
      manager: verdict.manager,
    }
  })
}

/** Lines as the core read them, as rows of the list; one that was there before is not added again. */
export function rowsFrom(read: readonly Judged[], before: readonly DraftRow[]): DraftRow[] {
  let key = nextKey(before)
  const known = new Set(before.flatMap(({ deviceCode, name }) => [deviceCode, name]).filter(Boolean))
  return read.flatMap(({ text, deviceCode, name, alias }) => {
    if ((name !== null && known.has(name)) || (deviceCode !== null && known.has(deviceCode))) return []
    for (const one of [deviceCode, name]) if (one !== null) known.add(one)
    return [{ key: key++, text, deviceCode: deviceCode ?? '', name: name ?? '', alias }]
  })
}

export const rowOfName = (name: string, before: readonly DraftRow[]): DraftRow => ({
  key: nextKey(before),
  text: name,
  deviceCode: '',
  name,
  alias: '',
})

const nextKey = (rows: readonly DraftRow[]) => rows.reduce((most, { key }) => Math.max(most, key), 0) + 1

/** A scanner types the whole address of a label where a code is asked for. */
export const typedCode = (text: string): string =>
  text.includes('/') || text.includes(':') ? (deviceCodeOf(text) ?? text) : text.trim()

/** `names=A,B` of the address; what is no name is left out. */
export const namesOf = (text: string | null): string[] => [
  ...new Set((text ?? '').split(',').flatMap((part) => btNameOf(part) ?? [])),
]

/** The code after the highest of plain digits, as long as it; '' when there is none or it would be too long. */
export function nextCode(codes: readonly string[]): string {
  const numbers = codes.filter((code) => /^\d{1,8}$/.test(code))
  const last = numbers.toSorted((a, b) => b.length - a.length || b.localeCompare(a))[0]
  if (last === undefined) return '00000001'
  const next = String(Number(last) + 1).padStart(last.length, '0')
  return next.length > 8 ? '' : next
}

/** Fills codes into the rows that have none, from `first` on, leaving out those in use. */
export function numberRows(
  rows: readonly JudgedRow[],
  first: string,
  used: readonly string[],
): ReadonlyMap<number, string> {
  const taken = new Set([...used, ...rows.map(({ deviceCode }) => deviceCode)])
  const given = new Map<number, string>()
  let code = first
  for (const row of rows) {
    if (row.deviceCode !== '' || row.name === '') continue
    while (code !== '' && taken.has(code)) code = nextCode([code])
    if (code === '') break
    given.set(row.key, code)
    taken.add(code)
  }
  return given
}
