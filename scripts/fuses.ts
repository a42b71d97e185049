/** What Electron's binary carries before its fuses, then the version of the wire, its length, and one byte a fuse. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** In the order of the wire; `resetAdHocDarwinSignature` is no fuse. */
export const FUSE_NAMES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const
export type FuseName = (typeof FUSE_NAMES)[number]

/** The fuses of a packed binary; null: it carries none, so it is no Electron. */
export function readFuses(binary: Buffer): Readonly<Record<FuseName, boolean>> | null {
  const found = binary.indexOf(FUSE_SENTINEL, 0, 'latin1')
  if (found === -1) return null
  const wire = binary.subarray(found + FUSE_SENTINEL.length + 2)
  const states = FUSE_NAMES.map((name, at) => [name, wire[at] === 0x31] as const)
  return Object.fromEntries(states) as Record<FuseName, boolean>
}

/** Fuses that stand otherwise than decided. */
export function judgeFuses(
  binary: Buffer,
  decided: Readonly<Partial<Record<FuseName, boolean | null>>>,
): string[] {
  const fuses = readFuses(binary)
  if (!fuses) return ['the binary carries no fuses']
  return FUSE_NAMES.filter((name) => fuses[name] !== decided[name]).map(
    (name) => `the fuse ${name} is ${fuses[name] ? 'on' : 'off'}`,
  )
}
