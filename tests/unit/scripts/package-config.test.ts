import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Configuration } from 'electron-builder'
import manifest from '../../../package.json' with { type: 'json' }
import { nativeTarget, type TargetPlatform } from '../../../scripts/native-target.ts'
import { nativeFiles } from '../../../scripts/package-modules.ts'
import { kindOf } from '../../../scripts/sign-update.ts'
import { root } from '../../../scripts/sources.ts'

type Validate = (config: Configuration, log: { add(): void; readonly isEnabled: boolean }) => Promise<void>
/** The check that electron-builder itself makes before it packs anything. */
const { validateConfiguration } = createRequire(createRequire(import.meta.url).resolve('electron-builder'))(
  'app-builder-lib/out/util/config/config.js',
) as { validateConfiguration: Validate }

const SIGNING = ['CSC_LINK', 'CSC_NAME', 'APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'] as const

/** The configuration as it is with these variables. */
async function configWith(env: Partial<Record<(typeof SIGNING)[number], string>>): Promise<Configuration> {
  for (const name of SIGNING) vi.stubEnv(name, env[name] ?? '')
  vi.resetModules()
  const { default: config } = await import('../../../electron-builder.ts')
  return config
}
afterEach(() => vi.unstubAllEnvs())

const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

describe.each([
  ['unsigned', {}],
  ['signed and notarised', { CSC_LINK: 'certificate.p12', APPLE_API_KEY: 'key.p8' }],
] as const)('the configuration of packages, %s', (_, env) => {
  it('is what electron-builder takes', async () => {
    const config = await configWith(env)
    const log = { add: () => undefined, isEnabled: false }
    await expect(validateConfiguration(config, log)).resolves.toBeUndefined()
    const wrong = { ...config, nsis: { ...config.nsis, perUser: true } } as Configuration
    await expect(validateConfiguration(wrong, log)).rejects.toThrow('configuration.nsis')
  })

  it('signs where a certificate is named, and nowhere else', async () => {
    const { mac, electronFuses } = await configWith(env)
    const signs = 'CSC_LINK' in env
    expect(mac).toMatchObject({ hardenedRuntime: signs, notarize: signs })
    expect(mac?.identity === null).toBe(!signs)
    expect(electronFuses?.resetAdHocDarwinSignature).toBe(!signs)
  })
})

describe('what is made', () => {
  it('for Windows: an installer for one user that asks nothing of an administrator, and a portable folder', async () => {
    const { win, nsis } = await configWith({})
    expect(win?.target).toEqual(['nsis', 'zip'])
    expect(nsis).toMatchObject({ oneClick: true, perMachine: false, deleteAppDataOnUninstall: false })
    expect(nsis?.installerLanguages).toEqual(['zh_CN', 'en_US'])
  })

  it('for macOS: an image whose program says in both languages why it wants Bluetooth', async () => {
    const { mac } = await configWith({})
    expect(mac?.target).toEqual(['dmg'])
    const info = mac?.extendInfo as Record<string, string>
    const reasons = ['NSBluetoothAlwaysUsageDescription', 'NSLocalNetworkUsageDescription']
    for (const name of reasons) {
      expect(info[name]).toMatch(/[\u4e00-\u9fff]/)
      for (const language of ['zh_CN', 'en'])
        expect(textOf(`resources/macos/${language}.lproj/InfoPlist.strings`)).toMatch(
          new RegExp(`"?${name}"? = ".{8,}";`),
        )
    }
    expect(mac?.extraResources).toEqual([{ from: 'resources/macos', to: '.' }])
    for (const path of [mac?.entitlements, mac?.entitlementsInherit])
      expect(textOf(String(path))).toMatch(/<key>com\.apple\.security\.device\.bluetooth<\/key>\s*<true\/>/)
  })

  it('for Linux: an AppImage, and a deb that names what it likes to have', async () => {
    const { linux, deb } = await configWith({})
    expect(linux?.target).toEqual(['AppImage', 'deb'])
    expect(deb?.recommends).toContain('bluetooth')
  })

  it('has its icons, and names by which an update knows what it is for', async () => {
    const config = await configWith({})
    for (const icon of [config.win?.icon, config.mac?.icon, config.linux?.icon])
      expect(existsSync(join(root, String(icon)))).toBe(true)
    const named = (pattern: string | null | undefined, os: string, arch: string, ext: string) =>
      kindOf(
        String(pattern)
          .replace('${productName}', String(config.productName))
          .replace('${version}', manifest.version)
          .replace('${os}', os)
          .replace('${arch}', arch)
          .replace('${ext}', ext),
      )
    const { artifactName, nsis } = config
    expect(named(nsis?.artifactName, 'win', 'x64', 'exe')).toEqual({
      platform: 'win32',
      arch: 'x64',
      kind: 'nsis',
    })
    expect(named(artifactName, 'win', 'arm64', 'zip')).toMatchObject({ platform: 'win32', kind: 'zip' })
    expect(named(artifactName, 'mac', 'arm64', 'dmg')).toMatchObject({ platform: 'darwin', kind: 'dmg' })
    expect(named(artifactName, 'linux', 'x86_64', 'AppImage')).toMatchObject({
      arch: 'x64',
      kind: 'AppImage',
    })
    expect(named(artifactName, 'linux', 'amd64', 'deb')).toMatchObject({ arch: 'x64', kind: 'deb' })
  })
})

describe.each<[TargetPlatform, 'win' | 'mac' | 'linux']>([
  ['win32', 'win'],
  ['darwin', 'mac'],
  ['linux', 'linux'],
])('native modules for %s', (platform, key) => {
  it.each(['x64', 'arm64'])('%s: its own driver and no other, outside the archive', async (arch) => {
    const config = await configWith({})
    expect([config.asar, config.asarUnpack, config.npmRebuild]).toEqual([true, ['**/*.node'], false])
    const sets = config[key]?.files as { from: string; to: string; filter: string[] }[]
    expect(sets.map(({ from, to }) => from === to)).toEqual(sets.map(() => true))
    const drivers = sets.flatMap(({ from, filter }) =>
      filter
        .map((one) => one.replace('${arch}', arch))
        .flatMap((one) => globSync(`${from}/${one}`, { cwd: root }))
        .filter((path) => path.endsWith('.node') && path.includes('better-sqlite3')),
    )
    expect(drivers.map((path) => nativeTarget(readFileSync(join(root, path))))).toEqual([{ platform, arch }])
    // on Linux noble is JavaScript over its socket, elsewhere it has a native part of its own
    const radio = nativeFiles(platform, arch).map(({ name }) => name)
    expect(radio).toEqual([
      'better-sqlite3',
      platform === 'linux' ? '@abandonware/bluetooth-hci-socket' : '@abandonware/noble',
    ])
  })
})
