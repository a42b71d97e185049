import type { Output } from '#shared/contract/index.ts'
import { MINUTE } from '#shared/time.ts'

export type GangRow = Output<'attendance.gang'>['rows'][number]
export type Standing = GangRow['standing']
export type GangAct = 'confirm' | 'reject' | 'end'

export const STANDINGS: readonly Standing[] = ['pending', 'working', 'idle', 'done']

/** What can be done with a row at all. */
export const canAct = ({ standing, recordId }: GangRow): boolean =>
  recordId !== null && (standing === 'pending' || standing === 'working')

const FITS: Readonly<Record<GangAct, Standing>> = { confirm: 'pending', reject: 'pending', end: 'working' }

/** Whom an act is for among the marked, and how many others stay as they are. */
export function chosen(
  marked: readonly GangRow[],
  act: GangAct,
): { rows: readonly GangRow[]; others: number } {
  const rows = marked.filter((row) => canAct(row) && row.standing === FITS[act])
  return { rows, others: marked.length - rows.length }
}

/** What Enter does: requests first, then ends. */
export function mainAct(marked: readonly GangRow[]): GangAct | null {
  if (chosen(marked, 'confirm').rows.length > 0) return 'confirm'
  return chosen(marked, 'end').rows.length > 0 ? 'end' : null
}

export const countOf = (rows: readonly GangRow[], standing: Standing): number =>
  rows.filter((row) => row.standing === standing).length

export interface Ends {
  /** who can be ended at that time */
  readonly rows: readonly (GangRow & { readonly minutes: number })[]
  /** who had not started by then */
  readonly tooEarly: readonly GangRow[]
}

/** What it makes of a gang to end it all at one time; the core counts the same. */
export function endsAt(rows: readonly GangRow[], at: number): Ends {
  const timed = rows.map((row) => ({ ...row, minutes: Math.floor((at - (row.checkInAt ?? at)) / MINUTE) }))
  const ended = timed.filter(({ checkInAt }) => checkInAt !== null && at > checkInAt)
  return {
    rows: ended,
    tooEarly: timed.filter((row) => !ended.includes(row)),
  }
}
