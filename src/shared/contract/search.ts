import { z } from '../z.ts'
import { id, read } from './define.ts'

/** What the search of the shell (Ctrl+K) finds; each kind opens its own screen. */
export const searchKind = z.enum(['meter', 'room', 'charger'])
export const MOST_SEARCH_ROWS = 50
export const DEFAULT_SEARCH_ROWS = 20

export const search = {
  'search.find': read({
    access: 'operator',
    summary:
      'Finds things of the site by any part of their number, name, place or user; all words must match.',
    input: z.strictObject({
      query: z.string().max(200),
      limit: z.int().min(1).max(MOST_SEARCH_ROWS).optional(),
    }),
    output: z.object({
      rows: z.array(z.object({ kind: searchKind, id, title: z.string(), subtitle: z.string() })),
    }),
  }),
}
