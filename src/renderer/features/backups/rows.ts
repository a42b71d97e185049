import type { Input } from '#shared/contract/index.ts'
import type { RowOf } from '../../ui/column.ts'
import type { Tone } from '../../ui/figures.tsx'

export type CopyRow = RowOf<'backups.list'>
export type From = Input<'backups.preview'>['from']

/** A large file on a slow share takes its time. */
export const LONG_MS = 900_000

export const TONES: Readonly<Record<CopyRow['state'], Tone>> = {
  good: 'neutral',
  bad: 'bad',
  unchecked: 'attention',
}

export const fromOf = ({ place, name }: Pick<CopyRow, 'place' | 'name'>): From => ({ place, name })

/** Asked of every passphrase. */
export const SHORTEST = 10

/** Explorer copies a path with quotation marks around it. */
export const pathOf = (typed: string): string =>
  typed
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
