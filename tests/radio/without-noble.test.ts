import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startHost } from '../fixtures/host-process.ts'

const root = join(import.meta.dirname, '../..')
const HIDE = join(root, 'tests/fixtures/no-noble.cjs')
const INSTALLER = { name: 'installer', pin: '864209', roles: ['installer'] }

/** The browser host, straight from the sources, on a folder of its own, where noble was never installed. */
async function consoleWithoutNoble(adapter: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-no-noble-'))
  const config = join(folder, 'site.json')
  writeFileSync(config, JSON.stringify({ bluetooth: { adapter }, operators: [INSTALLER] }), { mode: 0o600 })
  const host = startHost(
    ['--no-open', '--port', '0', '--data-dir', join(folder, 'data'), '--config', config],
    {
      NODE_OPTIONS: `--require ${JSON.stringify(HIDE)}`,
    },
  )
  onTestFinished(async () => {
    host.child.kill()
    await host.ended
    rmSync(folder, { recursive: true, force: true })
  })
  const ready = await host.ready
  let session: string | undefined
  const call = async (operation: string, input: object) => {
    const response = await fetch(`${ready.console}/api/${operation.replace('.', '/')}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${ready.token}`,
        'Content-Type': 'application/json',
        ...(session && { 'X-Sitedesk-Session': session }),
      },
      body: JSON.stringify(input),
    })
    return (await response.json()) as Record<string, unknown>
  }
  const signedIn = await call('operators.signIn', { name: INSTALLER.name, pin: INSTALLER.pin })
  session = String(signedIn['session'])
  return { host, call }
}

describe('where noble could not be compiled', { timeout: 60_000 }, () => {
  it.each(['system', 'tcp://127.0.0.1:9'])(
    'the console starts, and says why there is no radio: %s',
    async (adapter) => {
      const { call } = await consoleWithoutNoble(adapter)
      // nothing is loaded, so nothing is known, before somebody asks
      expect(await call('chargers.radio', {})).toMatchObject({ state: 'unknown', reason: null })
      expect(await call('chargers.radio', { retry: true })).toMatchObject({
        state: 'unavailable',
        reason: 'notInstalled',
        detail: expect.stringContaining('Cannot find module') as string,
      })
      expect(await call('chargers.scan', { seconds: 1 })).toMatchObject({ code: 'RADIO_UNAVAILABLE' })
      expect(await call('system.status', {})).toMatchObject({
        bluetooth: { state: 'unavailable', reason: 'notInstalled' },
      })
    },
  )

  it('nothing but noble itself was asked of the package manager as a must', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    expect(Object.keys(optionalDependencies ?? {})).toEqual(['@abandonware/noble'])
    expect(Object.keys(dependencies ?? {})).toEqual(['better-sqlite3'])
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optional?: boolean; hasInstallScript?: boolean }>
    }
    // whatever is compiled for it may fail without failing the installation
    for (const name of ['@abandonware/noble', '@abandonware/bluetooth-hci-socket', 'usb'])
      expect(packages[`node_modules/${name}`], name).toMatchObject({ optional: true })
  })
})
