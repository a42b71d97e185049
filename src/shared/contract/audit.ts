import { z } from '../z.ts'
import { id, instant, page, paging, read, write } from './define.ts'

const filter = {
  from: instant.optional(),
  to: instant.optional(),
  operation: z.string().max(60).optional(),
  operator: z.string().max(40).optional(),
  target: z.string().max(200).optional(),
  /** `ok`, `refused` for all that was refused, or one code */
  outcome: z.string().max(60).optional(),
  /** words that stand anywhere in a row */
  query: z.string().max(100).optional(),
}

const file = z.object({ name: z.string(), type: z.string(), base64: z.string(), rows: z.int() })
const rowNumber = z.int().min(1)

export const audit = {
  'audit.list': read({
    access: ['supervisor'],
    summary: 'Who did what, newest first; every row carries the hash of the one before it.',
    input: z.strictObject({ ...paging, ...filter }),
    output: page(
      z.object({
        id,
        at: instant,
        operator: z.string().nullable(),
        door: z.string(),
        /** the machine, and which screen or script of it; null: rows from before it was kept */
        place: z.string().nullable(),
        operation: z.string(),
        target: z.string().nullable(),
        outcome: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        hash: z.string(),
      }),
    ),
  }),
  'audit.verify': read({
    access: ['supervisor'],
    summary:
      'Walks the chain from the row after `after`, some thousand rows a call: ask again with `checked` until `done`.',
    input: z.strictObject({ after: z.int().min(0).optional() }),
    output: z.object({
      /** the last row that was looked at */
      checked: z.int(),
      total: z.int(),
      done: z.boolean(),
      /** the first row that was changed, does not follow the one before it, or is missing */
      broken: z.object({ id: z.int(), how: z.enum(['changed', 'link', 'missing']) }).nullable(),
      /** the newest row: its hash, kept elsewhere, proves later that nothing up to here was touched */
      head: z.object({ id: z.int(), hash: z.string() }).nullable(),
    }),
  }),
  'audit.export': write({
    access: ['supervisor'],
    summary: 'What a filter finds, oldest first, as a file of JSON lines; no proof, see audit.chain.',
    input: z.strictObject(filter),
    output: file,
  }),
  'audit.chain': write({
    access: ['supervisor'],
    summary:
      'All rows of a time or between two numbers as a file that proves itself: `npm run verify-audit -- FILE`.',
    input: z.strictObject({
      from: instant.optional(),
      to: instant.optional(),
      first: rowNumber.optional(),
      last: rowNumber.optional(),
    }),
    output: file.extend({ first: z.int(), last: z.int(), lastHash: z.string() }),
  }),
}
