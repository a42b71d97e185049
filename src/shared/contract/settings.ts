import { z } from '../z.ts'
import { instant, nothing, read, write } from './define.ts'
import { campusProfile, imrProfile, siteSettings, waterProfile } from './profile.ts'

export const connectionStep = z.object({
  step: z.enum(['address', 'connect', 'http', 'login', 'list']),
  ok: z.boolean(),
  /** i18n key `connection.<code>` with its values: what happened and what to do */
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

export const settings = {
  'settings.get': read({
    access: 'operator',
    summary: 'All settings; secrets are named, never shown.',
    input: nothing,
    output: z.object({
      values: siteSettings,
      /** paths that the config file decides: read-only here */
      fixed: z.array(z.string()),
      /** secret paths that have a value */
      secretsSet: z.array(z.string()),
      /** how the data key is protected */
      keyProtection: z.array(z.enum(['osKeyStore', 'keyFile', 'passphrase'])),
      changedAt: instant.nullable(),
    }),
  }),
  'settings.update': write({
    access: ['admin'],
    summary: 'Changes the given settings; null takes a value away; secrets are stored encrypted.',
    input: z.strictObject({
      /** path → value, such as `upstreams.imr.baseUrl`; checked against the site profile */
      changes: z.record(z.string().max(80), z.unknown()),
    }),
    output: z.object({ changed: z.array(z.string()) }),
  }),
  'settings.testConnection': read({
    access: ['admin', 'supervisor'],
    summary: 'Tries a vendor address step by step and says what is wrong; values not given are those stored.',
    input: z.strictObject({
      source: z.enum(['imr', 'campus', 'water']),
      imr: imrProfile.optional(),
      campus: campusProfile.optional(),
      water: waterProfile.optional(),
    }),
    output: z.object({
      ok: z.boolean(),
      steps: z.array(connectionStep),
      /** a change that would make it work (I-01) */
      suggestion: z.object({ path: z.string(), value: z.string() }).nullable(),
    }),
  }),
}
