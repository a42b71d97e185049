import { z } from '#shared/z.ts'
import type { Ports } from '../ports.ts'
import { GROUPS } from './figures.ts'
import { REASONS } from './names.ts'

export const figure = z.object({
  group: z.enum(GROUPS),
  table: z.string(),
  rows: z.int(),
  sums: z.record(z.string(), z.number()),
  newest: z.union([z.number(), z.string()]).nullable(),
})

/** What is found in a copy when it is opened whole. */
export const inspection = z.object({
  /** empty: sound; a copy with one is not used */
  problems: z.array(z.string()),
  /** what does not hold in it although it is whole: the file itself is so, and an older copy may not be */
  warnings: z.array(z.string()),
  bytes: z.int(),
  sha256: z.string(),
  /** number of the newest migration that ran */
  schema: z.int(),
  /** rows of the audit until its end, or until the chain breaks */
  auditRows: z.int(),
  figures: z.array(figure),
})
export type Inspection = z.infer<typeof inspection>

/** Stands beside a copy before that has its name: a copy without one, or that is not as it says, is not offered. */
const manifest = inspection.omit({ problems: true }).extend({
  format: z.literal(1),
  file: z.enum(['site.db', 'history.db']),
  madeAt: z.int(),
  reason: z.enum(REASONS),
})
export type Manifest = z.infer<typeof manifest>

export type Standing =
  /** as long as its manifest says; its bytes were checked when that was written */
  | { readonly state: 'good'; readonly manifest: Manifest }
  /** cut off or exchanged */
  | { readonly state: 'bad' }
  /** from before a migration, or of an older version: nobody has opened it yet */
  | { readonly state: 'unchecked' }

export const manifestPath = (copy: string) => `${copy}.json`

export function writeManifest(
  files: Pick<Ports['files'], 'write'>,
  copy: string,
  values: Omit<Manifest, 'format'>,
): Promise<void> {
  const written = manifest.parse({ ...values, format: 1 })
  return files.write(manifestPath(copy), new TextEncoder().encode(JSON.stringify(written)))
}

export async function standingOf(files: Ports['files'], copy: string): Promise<Standing> {
  if (!files.exists(manifestPath(copy))) return { state: 'unchecked' }
  const read = parse(await files.read(manifestPath(copy)).catch(() => new Uint8Array()))
  if (!read || !files.exists(copy) || files.size(copy) !== read.bytes) return { state: 'bad' }
  return { state: 'good', manifest: read }
}

export function parse(bytes: Uint8Array): Manifest | null {
  try {
    return manifest.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}
