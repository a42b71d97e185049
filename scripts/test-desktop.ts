/**
 * `npm run test:desktop`: the desktop specs on the Electron binary found here, or on the one named by
 * ELECTRON_OVERRIDE_DIST_PATH. A double of Electron is called so: what it shows is no result of Electron's.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'
import { electronHere } from './find-electron.ts'
import { root } from './sources.ts'

const found = electronHere()
if ('reason' in found) {
  console.error(`no Electron to run the desktop specs on: ${found.reason}`)
  process.exit(1)
}
if (!(await buildIfStale())) process.exit(1)

const folder = dirname(found.binary)
const isStandIn = ['host.mjs', 'cdp.cjs'].some((file) => existsSync(join(folder, file)))
const kind = isStandIn ? 'a stand-in for Electron' : 'Electron'
console.log(`desktop specs on ${kind}`)

const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const args = [vitest, 'run', '--project', 'desktop', ...process.argv.slice(2)]
const result = spawnSync(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    SITEDESK_ELECTRON: found.binary,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  },
})
console.log(`ran on ${kind}`)
process.exit(result.status ?? 1)
