import { z } from '../z.ts'
import { id, instant, page, paging, read } from './define.ts'

export const audit = {
  'audit.list': read({
    access: ['supervisor'],
    summary: 'Who did what, newest first; every row carries the hash of the one before it.',
    input: z.strictObject({
      ...paging,
      from: instant.optional(),
      to: instant.optional(),
      operation: z.string().max(60).optional(),
      operator: z.string().max(40).optional(),
    }),
    output: page(
      z.object({
        id,
        at: instant,
        operator: z.string().nullable(),
        door: z.string(),
        operation: z.string(),
        target: z.string().nullable(),
        outcome: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        hash: z.string(),
      }),
    ),
  }),
}
