/**
 * For the publisher. `npm run sign-update -- --new-key FILE` makes a key pair: the private key into FILE (0600, keep it off
 * every build machine), the public one on stdout, for SITEDESK_UPDATE_PUBLIC_KEY at build time.
 * `npm run sign-update -- --key FILE --notes NOTES.json --version 1.2.3 [--min-version 1.0.0] FOLDER` describes and signs the
 * installers of that version in FOLDER: it writes FOLDER/update.json, which goes to the feed or the shared folder with them.
 * NOTES.json is {"zh": "…", "en": "…"}.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { manifestSchema, SIGNED_AS, type Manifest, type Offer } from '../src/main/core/updates/index.ts'

/** Raw bytes of an Ed25519 key at the end of its DER form (RFC 8410). */
const RAW = 32

export function newKey(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync('ed25519')
  const der = pair.publicKey.export({ type: 'spki', format: 'der' })
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: der.subarray(-RAW).toString('base64'),
  }
}

/** The text of `update.json`. */
export function signManifest(manifest: Manifest, privateKey: string): string {
  const text = JSON.stringify(manifestSchema.parse(manifest))
  const signature = sign(null, Buffer.from(SIGNED_AS + text), createPrivateKey(privateKey))
  return JSON.stringify({ manifest: text, signature: signature.toString('base64') })
}

const ARCH: Readonly<Record<string, Offer['arch']>> = {
  x64: 'x64',
  amd64: 'x64',
  x86_64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
}
const ENDINGS: readonly (readonly [RegExp, Offer['platform'], Offer['kind']])[] = [
  [/-win-([a-z0-9_]+)-setup\.exe$/, 'win32', 'nsis'],
  [/-win-([a-z0-9_]+)\.zip$/, 'win32', 'zip'],
  [/-mac-([a-z0-9_]+)\.dmg$/, 'darwin', 'dmg'],
  [/-linux-([a-z0-9_]+)\.AppImage$/, 'linux', 'AppImage'],
  [/-linux-([a-z0-9_]+)\.deb$/, 'linux', 'deb'],
  [/^sitedesk-headless-.*-linux-([a-z0-9_]+)\.tar\.gz$/, 'linux', 'headless'],
]

/** What an installer is for, by the name that the packager gave it; null: none of ours. */
export function kindOf(name: string): Pick<Offer, 'platform' | 'arch' | 'kind'> | null {
  for (const [ending, platform, kind] of ENDINGS) {
    const arch = ARCH[ending.exec(name)?.[1] ?? '']
    if (arch) return { platform, arch, kind }
  }
  return null
}

export async function describeFiles(folder: string, version: string): Promise<Offer[]> {
  const ours = readdirSync(folder)
    .filter((name) => name.includes(`-${version}-`))
    .flatMap((name) => {
      const kind = kindOf(name)
      return kind ? [{ name, ...kind }] : []
    })
  return await Promise.all(
    ours.map(async (one) => {
      const path = join(folder, one.name)
      const hash = createHash('sha256')
      await pipeline(createReadStream(path), hash)
      return { ...one, size: statSync(path).size, sha256: hash.digest('hex') }
    }),
  )
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'new-key': { type: 'string' },
      key: { type: 'string' },
      notes: { type: 'string' },
      version: { type: 'string' },
      'min-version': { type: 'string' },
    },
  })
  if (values['new-key'] !== undefined) {
    const { privateKey, publicKey } = newKey()
    writeFileSync(values['new-key'], privateKey, { mode: 0o600, flag: 'wx' })
    console.log(publicKey)
    return 0
  }
  const { key, notes, version, 'min-version': minVersion } = values
  const [folder] = positionals
  if (!key || !notes || !version || !folder) {
    console.error(
      'usage: sign-update --key FILE --notes NOTES.json --version 1.2.3 [--min-version 1.0.0] FOLDER',
    )
    return 2
  }
  const files = await describeFiles(folder, version)
  if (files.length === 0) {
    console.error(`${folder} holds no installer of version ${version}`)
    return 1
  }
  const privateKey = readFileSync(key, 'utf8')
  const words = JSON.parse(readFileSync(notes, 'utf8')) as Manifest['notes']
  const manifest = { format: 1 as const, version, ...(minVersion && { minVersion }), notes: words, files }
  writeFileSync(join(folder, 'update.json'), signManifest(manifest, privateKey))
  const raw = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-RAW)
  for (const { name, platform, arch, kind } of files) console.log(`${platform} ${arch} ${kind}  ${name}`)
  console.log(`signed by ${raw.toString('base64')}`)
  return 0
}

if (import.meta.main) process.exitCode = await main()
