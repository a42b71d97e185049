import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { buildIfStale } from '../../../scripts/build-if-stale.ts'
import { FUSE_NAMES, judgeFuses, readFuses } from '../../../scripts/fuses.ts'
import { nativeTarget } from '../../../scripts/native-target.ts'
import { checkUnpacked, type PackageReport } from '../../../scripts/package-check.ts'
import { layOutHeadless } from '../../../scripts/package-headless.ts'
import { judgePackage, type PackedFile } from '../../../scripts/package-rules.ts'
import { root } from '../../../scripts/sources.ts'
import { writeDummyElectron } from '../../fixtures/dummy-electron.ts'

const folder = mkdtempSync(join(tmpdir(), 'sitedesk-pack-test-'))
const unpacked = join(
  folder,
  'out',
  process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
)

/** Lays the program out for Linux around a dummy: electron-builder's own part, without Electron and network. */
function pack(): { status: number | null; said: string } {
  writeDummyElectron(join(folder, 'electron'), manifest.devDependencies.electron)
  const cli = join(root, 'node_modules/electron-builder/cli.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      cli,
      '--linux',
      'dir',
      `--${process.arch}`,
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'out')}`,
    ],
    { cwd: root, encoding: 'utf8', timeout: 90_000 },
  )
  return { status, said: stdout + stderr }
}

describe.skipIf(process.platform === 'win32')(
  'the package for Linux, laid out around a dummy Electron',
  () => {
    let report: PackageReport
    beforeAll(async () => {
      expect(await buildIfStale()).toBe(true)
      const { status, said } = pack()
      expect(status, said).toBe(0)
      report = checkUnpacked(unpacked)
    }, 120_000)
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it('holds what it needs and nothing else, natives of this target only, fuses as decided', () => {
      expect(report.wrong).toEqual([])
      expect(readFuses(readFileSync(join(unpacked, 'sitedesk')))).toEqual({
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
      })
      expect(existsSync(join(unpacked, 'locales/zh-CN.pak'))).toBe(true)
      expect(existsSync(join(unpacked, 'locales/de.pak'))).toBe(false)
      expect(existsSync(join(unpacked, 'resources/licences.txt'))).toBe(true)
    })

    it('works from its own files alone, which under this Node says nothing of Electron', () => {
      expect(report.ranUnder).toBe('Node')
      expect(report.works, report.selfTest).toBe(true)
      const said = JSON.parse(report.selfTest) as {
        electron: unknown
        checks: { name: string; ok: boolean }[]
      }
      expect(said.electron).toBeNull()
      expect(said.checks.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
        'store true',
        'worker true',
        'bluetooth true',
        'loopback true',
      ])
    })
  },
)

describe('the console without a screen, laid out', () => {
  it('works from its own files alone', async () => {
    expect(await buildIfStale()).toBe(true)
    const target = mkdtempSync(join(tmpdir(), 'sitedesk-headless-test-'))
    try {
      layOutHeadless(join(target, 'sitedesk'))
      const entry = join(target, 'sitedesk/out/main/headless.js')
      const ran = spawnSync(process.execPath, [entry, '--self-test'], { cwd: target, encoding: 'utf8' })
      expect(JSON.parse(ran.stdout)).toMatchObject({ event: 'selfTest', ok: true, host: 'headless' })
      expect(ran.status).toBe(0)
      expect(existsSync(join(target, 'sitedesk/sitedesk.service'))).toBe(true)
    } finally {
      rmSync(target, { recursive: true, force: true })
    }
  }, 60_000)
})

describe('what a package may hold', () => {
  const target = { platform: 'linux', arch: 'x64' } as const
  const native = (path: string, over: Partial<PackedFile> = {}): PackedFile => ({
    path,
    unpacked: true,
    native: target,
    ...over,
  })
  const driver = 'node_modules/better-sqlite3/prebuilds/linux-x64.node'
  const sound: PackedFile[] = [
    'package.json',
    'out/main/electron.js',
    'out/main/headless.js',
    'out/main/worker.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/licences.json',
    'node_modules/better-sqlite3/package.json',
  ].map((path) => ({ path, unpacked: false }))

  it('is nothing wrong when sound', () => {
    expect(judgePackage([...sound, native(driver)], target)).toEqual([])
  })

  it.each([
    'src/main/electron.ts',
    'tests/a.test.ts',
    'out/main/a.js.map',
    '.npmrc',
    'node_modules/vite/a.js',
  ])('refuses %s', (path) => {
    const wrong = judgePackage([...sound, native(driver), { path, unpacked: false }], target)
    expect(wrong).toEqual([`${path} does not belong into the package`])
  })

  it('refuses a driver for another system, one in the archive, and two', () => {
    const other = native(driver, { native: { platform: 'win32', arch: 'x64' } })
    expect(judgePackage([...sound, other], target)).toEqual([`${driver} is for win32 x64, not for linux x64`])
    expect(judgePackage([...sound, native(driver, { unpacked: false })], target)).toEqual([
      `${driver} cannot be loaded from inside the archive`,
    ])
    const second = native('node_modules/better-sqlite3/prebuilds/linux-arm64.node')
    expect(judgePackage([...sound, native(driver), second], target)).toContain(
      '2 builds of the database driver instead of one',
    )
  })

  it('misses what it cannot do without', () => {
    expect(judgePackage([...sound.slice(1), native(driver)], target)).toEqual(['package.json is missing'])
  })

  it('knows what the eight prebuilt drivers are for', () => {
    const at = (name: string) =>
      nativeTarget(readFileSync(join(root, `node_modules/better-sqlite3/prebuilds/${name}.node`)))
    expect(at('linux-x64')).toEqual({ platform: 'linux', arch: 'x64' })
    expect(at('linux-arm64')).toEqual({ platform: 'linux', arch: 'arm64' })
    expect(at('darwin-x64')).toEqual({ platform: 'darwin', arch: 'x64' })
    expect(at('darwin-arm64')).toEqual({ platform: 'darwin', arch: 'arm64' })
    expect(at('win32-x64')).toEqual({ platform: 'win32', arch: 'x64' })
    expect(at('win32-arm64')).toEqual({ platform: 'win32', arch: 'arm64' })
    expect(nativeTarget(Buffer.alloc(100))).toBeNull()
  })

  it('reads fuses, and says which stands wrong', () => {
    const binary = Buffer.concat([
      Buffer.from('xx dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
      Buffer.from([1, 8]),
      Buffer.from('10000000', 'latin1'),
    ])
    const decided = Object.fromEntries(FUSE_NAMES.map((name) => [name, false]))
    expect(judgeFuses(binary, decided)).toEqual(['the fuse runAsNode is on'])
    expect(judgeFuses(Buffer.from('#!/bin/sh'), decided)).toEqual(['the binary carries no fuses'])
  })
})
