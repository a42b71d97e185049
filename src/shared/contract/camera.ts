import { z } from '../z.ts'
import { done, id, instant, nothing, page, paging, read, write } from './define.ts'
import { decimal } from './values.ts'

/** Why a person has to look at an image. */
export const imageReason = z.enum(['status', 'negative', 'aboveLimit', 'unchanged', 'imageMissing'])
export type ImageReason = z.infer<typeof imageReason>

/** `waiting`: needs eyes and nobody decided · `fine`: nothing wrong, nobody looked · else what somebody decided. */
export const imageState = z.enum(['waiting', 'fine', 'accepted', 'corrected', 'rejected', 'skipped'])
export type ImageState = z.infer<typeof imageState>

/** Where the picture itself is: `none` was sent, `wanted` is still to be fetched, `dropped` for room or age. */
export const imageFile = z.enum(['held', 'wanted', 'none', 'failed', 'refused', 'dropped'])
export type ImageFile = z.infer<typeof imageFile>

/** Why a picture was not fetched (I-29). */
export const imageProblem = z.enum([
  'address',
  'host',
  'redirect',
  'tooLarge',
  'notAnImage',
  'status',
  'unreachable',
])

export const imageDecision = z.enum(['accept', 'correct', 'reject', 'skip'])
export type ImageDecision = z.infer<typeof imageDecision>

const imageRow = z.object({
  id,
  meterId: id,
  tableNo: z.string(),
  name: z.string(),
  place: z.string(),
  house: z.string(),
  at: instant,
  /** the vendor's own word (I-28) */
  status: z.string(),
  /** exactly 解析正常 */
  ok: z.boolean(),
  /** what the vendor read off the image; null: it could not */
  value: decimal.nullable(),
  /** the reading of this meter's camera that counts and comes before */
  previous: z.object({ at: instant, value: decimal }).nullable(),
  /** to the previous one, of the value that counts by now, else of what the vendor read */
  difference: decimal.nullable(),
  /** since the previous one */
  days: z.number().nullable(),
  reasons: z.array(imageReason),
  file: imageFile,
  fileProblem: imageProblem.nullable(),
  state: imageState,
  review: z
    .object({
      id,
      /** of a correction */
      value: decimal.nullable(),
      /** what the vendor had read when somebody decided */
      original: decimal.nullable(),
      by: z.string().nullable(),
      at: instant,
      reason: z.string(),
    })
    .nullable(),
})
export type ImageRow = z.infer<typeof imageRow>

const imageCount = z.object({
  /** needs eyes */
  waiting: z.int(),
  skipped: z.int(),
  reasons: z.record(imageReason, z.int()),
})

export const camera = {
  'meters.images': read({
    access: 'operator',
    summary: 'Camera readings with their review state, beside what the camera read before.',
    input: z.strictObject({
      ...paging,
      meterId: id.optional(),
      state: imageState.optional(),
      reason: imageReason.optional(),
      from: instant.optional(),
      /** exclusive */
      to: instant.optional(),
      /** `meter`: by place and number, each meter's in order of time */
      sort: z.enum(['at', 'meter']).optional(),
      order: z.enum(['ascending', 'descending']).optional(),
    }),
    output: page(imageRow).extend({ asOf: instant.nullable() }),
  }),
  'camera.image': read({
    access: 'operator',
    summary: 'The picture of a camera reading from the cache on disk; it is never fetched for this call.',
    input: z.strictObject({ imageId: id }),
    output: z.object({ imageId: id, type: z.string(), base64: z.string() }),
  }),
  'camera.summary': read({
    access: 'operator',
    summary: 'How many images wait for eyes, and how many pictures are held.',
    input: nothing,
    output: imageCount.extend({
      /** false: this deployment of the vendor has no cameras (I-44) */
      supported: z.boolean(),
      pictures: z.object({ held: z.int(), wanted: z.int(), missing: z.int(), bytes: z.int() }),
      asOf: instant.nullable(),
    }),
  }),
  'camera.review': write({
    access: ['supervisor', 'meters'],
    summary: 'Decides on a camera reading; what the vendor sent stays beside it, usage follows the decision.',
    input: z.strictObject({
      imageId: id,
      decision: imageDecision,
      /** of a correction */
      value: decimal.optional(),
      reason: z.string().trim().max(200).optional(),
    }),
    output: z.object({ reviewId: id, state: imageState }),
  }),
  'camera.undo': write({
    access: ['supervisor', 'meters'],
    summary: 'Takes back what was decided on a camera reading; it is as if nobody had looked.',
    input: z.strictObject({ imageId: id }),
    output: done,
  }),
}
