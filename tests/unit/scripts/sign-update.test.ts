import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { compareVersions } from '../../../src/main/core/updates/version.ts'
import { publicKeyOf } from '../../../src/main/hosts/launch/update-host.ts'
import { kindOf } from '../../../scripts/sign-update.ts'
import { root } from '../../../scripts/sources.ts'
import { updateTools } from '../../../src/main/adapters/updates.ts'

it('makes a key that only its owner reads, and signs what lies in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-sign-'))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts/sign-update.ts'), ...args], { encoding: 'utf8' })
  try {
    const key = join(folder, 'publisher.pem')
    const publicKey = run('--new-key', key).stdout.trim()
    expect(publicKeyOf(publicKey)).toBe(publicKey)
    if (process.platform !== 'win32') expect(statSync(key).mode & 0o077).toBe(0)
    // never over an older key
    expect(run('--new-key', key).status).not.toBe(0)
    const notes = join(folder, 'notes.json')
    writeFileSync(notes, JSON.stringify({ zh: '新', en: 'new' }))
    const sign = () => run('--key', key, '--notes', notes, '--version', '1.2.3', folder)
    expect(sign().stderr).toContain('holds no installer of version 1.2.3')
    writeFileSync(join(folder, 'SiteDesk-1.2.3-win-x64-setup.exe'), 'installer')
    writeFileSync(join(folder, 'SiteDesk-1.2.2-win-x64-setup.exe'), 'of before')
    expect(sign().stdout).toContain(`signed by ${publicKey}`)
    const { manifest, signature } = JSON.parse(readFileSync(join(folder, 'update.json'), 'utf8')) as {
      manifest: string
      signature: string
    }
    expect(JSON.parse(manifest)).toMatchObject({ version: '1.2.3', files: [{ kind: 'nsis', size: 9 }] })
    const proves = (text: string) =>
      updateTools.verify(
        publicKey,
        Buffer.from(`sitedesk-update-1\n${text}`),
        Buffer.from(signature, 'base64'),
      )
    expect([proves(manifest), proves(manifest.replace('1.2.3', '1.2.4'))]).toEqual([true, false])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it.each([
  ['SiteDesk-1.0.0-win-x64-setup.exe', 'win32', 'x64', 'nsis'],
  ['SiteDesk-1.0.0-win-arm64.zip', 'win32', 'arm64', 'zip'],
  ['SiteDesk-1.0.0-mac-arm64.dmg', 'darwin', 'arm64', 'dmg'],
  ['SiteDesk-1.0.0-linux-x86_64.AppImage', 'linux', 'x64', 'AppImage'],
  ['SiteDesk-1.0.0-linux-amd64.deb', 'linux', 'x64', 'deb'],
  ['sitedesk-headless-1.0.0-linux-x64.tar.gz', 'linux', 'x64', 'headless'],
])('knows %s by its name', (name, platform, arch, kind) => {
  expect(kindOf(name)).toEqual({ platform, arch, kind })
})

it('knows no other files', () => expect(['update.json', 'notes.txt'].map(kindOf)).toEqual([null, null]))

it('orders versions, pre-releases before their release', () => {
  const sorted = ['1.10.0', '1.2.0', '1.2.0-rc2', '1.2.0-rc1', '0.9.9'].toSorted(compareVersions)
  expect(sorted).toEqual(['0.9.9', '1.2.0-rc1', '1.2.0-rc2', '1.2.0', '1.10.0'])
})

it('takes no key that is none', () => {
  expect(publicKeyOf('')).toBeNull()
  expect(() => publicKeyOf('c2hvcnQ=')).toThrow(/32 bytes/)
})
