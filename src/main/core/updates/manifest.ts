import { INSTALLER_KINDS, type UpdateProblem } from '#shared/contract/updates.ts'
import { z } from '#shared/z.ts'
import type { UpdateHost } from './host.ts'
import { compareVersions, isVersion } from './version.ts'

/** Of a document with its notes; more is nobody's release. */
export const MANIFEST_BYTES = 256 * 1024
/** A signature for updates is good for nothing else. */
export const SIGNED_AS = 'sitedesk-update-1\n'
/** Of an installer. */
const MOST_BYTES = 1_500_000_000

const version = z.string().refine(isVersion)

const offer = z.strictObject({
  platform: z.enum(['win32', 'darwin', 'linux']),
  arch: z.enum(['x64', 'arm64']),
  kind: z.enum(INSTALLER_KINDS),
  /** a plain name beside the document: no folder, nothing hidden */
  name: z.string().regex(/^[\w][\w.+ -]{0,150}$/),
  size: z.int().min(1).max(MOST_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Offer = z.infer<typeof offer>

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  version,
  /** the oldest version that may go to this one directly */
  minVersion: version.optional(),
  notes: z.strictObject({ zh: z.string().max(50_000), en: z.string().max(50_000) }),
  files: z.array(offer).max(50),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The signature is over the very bytes of the text, so nothing is parsed before it is trusted. */
const document = z.strictObject({ manifest: z.string(), signature: z.string().max(200) })

/** A document that cannot be used, and why. */
export class UpdateRefusal extends Error {
  readonly problem: UpdateProblem

  constructor(problem: UpdateProblem) {
    super(problem)
    this.name = 'UpdateRefusal'
    this.problem = problem
  }
}

/** Reads a signed document; throws UpdateRefusal for one that our key did not sign. */
export function readManifest(bytes: Uint8Array, host: UpdateHost): Manifest {
  if (bytes.length > MANIFEST_BYTES) throw new UpdateRefusal('tooLarge')
  const { manifest, signature } = parsed(document, new TextDecoder().decode(bytes))
  const message = new TextEncoder().encode(SIGNED_AS + manifest)
  const key = host.publicKey
  if (key === null || !host.verify(key, message, fromBase64(signature))) throw new UpdateRefusal('notSigned')
  return parsed(manifestSchema, manifest)
}

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UpdateRefusal('malformed')
  }
  const result = schema.safeParse(value)
  if (!result.success) throw new UpdateRefusal('malformed')
  return result.data
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (c) => c.codePointAt(0) ?? 0)
  } catch {
    return new Uint8Array()
  }
}

/** The file for this copy; null: this version runs already. Never an older one, whoever signed it. */
export function choose(manifest: Manifest, running: string, host: UpdateHost): Offer | null {
  const by = compareVersions(manifest.version, running)
  if (by === 0) return null
  if (by < 0) throw new UpdateRefusal('older')
  if (manifest.minVersion !== undefined && compareVersions(running, manifest.minVersion) < 0)
    throw new UpdateRefusal('tooOld')
  const found = manifest.files.find(
    ({ platform, arch, kind }) => platform === host.platform && arch === host.arch && kind === host.kind,
  )
  if (!found) throw new UpdateRefusal('wrongPlatform')
  return found
}
