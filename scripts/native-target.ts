export type TargetPlatform = 'linux' | 'darwin' | 'win32'

/** What a compiled file is for, read from its own head. */
export interface NativeTarget {
  readonly platform: TargetPlatform
  readonly arch: string
}

const ELF: Readonly<Record<number, string>> = { 0x3e: 'x64', 0xb7: 'arm64', 0x28: 'armv7l', 0x03: 'ia32' }
const MACH_O: Readonly<Record<number, string>> = { 0x01000007: 'x64', 0x0100000c: 'arm64' }
const PE: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64', 0x014c: 'ia32' }

/** null: no executable that we know. A file for several processors of a Mac answers `universal`. */
export function nativeTarget(bytes: Buffer): NativeTarget | null {
  if (bytes.length < 64) return null
  if (bytes.readUInt32BE(0) === 0x7f454c46)
    return { platform: 'linux', arch: ELF[bytes.readUInt16LE(18)] ?? 'unknown' }
  if (bytes.readUInt32LE(0) === 0xfeedfacf)
    return { platform: 'darwin', arch: MACH_O[bytes.readUInt32LE(4)] ?? 'unknown' }
  if (bytes.readUInt32BE(0) === 0xcafebabe) return { platform: 'darwin', arch: 'universal' }
  return bytes.toString('latin1', 0, 2) === 'MZ' ? windows(bytes) : null
}

function windows(bytes: Buffer): NativeTarget | null {
  const at = bytes.readUInt32LE(0x3c)
  if (at + 6 > bytes.length || bytes.toString('latin1', at, at + 4) !== 'PE\0\0') return null
  return { platform: 'win32', arch: PE[bytes.readUInt16LE(at + 4)] ?? 'unknown' }
}
