import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nobleInstalled } from '../../radio/air/index.ts'

const root = join(import.meta.dirname, '../../..')
const script = join(root, 'scripts/ble-linux.ts')

/** A PATH with nothing on it but these commands. */
function onlyWith(commands: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-path-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const command of commands) {
    writeFileSync(join(bin, command), '#!/bin/sh\nexit 1\n')
    chmodSync(join(bin, command), 0o755)
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { PATH: bin },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe.skipIf(process.platform !== 'linux' || !nobleInstalled())('npm run ble:linux', () => {
  it.each([
    [[], 'python3, make, g++'],
    [['python3', 'c++'], 'make'],
    [['make', 'clang++'], 'python3'],
  ])('with %j names what is missing, and how to get it', (commands, missing) => {
    const { status, stdout, stderr } = onlyWith(commands)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toBe(
      `Missing: ${missing}. On Debian: sudo apt-get install ${missing.replaceAll(',', '')}; then again.\n`,
    )
  })
})

it('is no part of an installation: nothing of it can fail npm install', async () => {
  const { default: pkg } = (await import('../../../package.json', { with: { type: 'json' } })) as {
    default: { scripts: Record<string, string> }
  }
  expect(pkg.scripts['ble:linux']).toBe('node scripts/ble-linux.ts')
  const { prepare, install, preinstall, postinstall } = pkg.scripts
  expect([prepare, install, preinstall, postinstall].join(' ')).not.toContain('ble')
})
