/**
 * `npm run ble:linux`: noble's socket to the adapter, built for the Node that the scripts run on. npm compiles it for
 * the Node that npm itself runs on, and that one file serves a single version. Never part of `npm install`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from './sources.ts'

const ADDON = '@abandonware/bluetooth-hci-socket'
const TOOLS: readonly (readonly [name: string, commands: readonly string[]])[] = [
  ['python3', ['python3']],
  ['make', ['make']],
  ['g++', ['g++', 'c++', 'clang++']],
]
const { version } = process

class Stop extends Error {}

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function build(): void {
  if (process.platform !== 'linux')
    return say('Only Linux needs this: elsewhere noble serves every version of Node.')
  const folder = addonFolder()
  const missing = TOOLS.filter(([, commands]) => !commands.some(onPath)).map(([name]) => name)
  if (missing.length > 0)
    throw new Stop(
      `Missing: ${missing.join(', ')}. On Debian: sudo apt-get install ${missing.join(' ')}; then again.`,
    )
  const aside = mkdtempSync(join(tmpdir(), 'sitedesk-ble-'))
  try {
    compile(folder, headersHere() ?? headersFrom(aside))
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  const told = load()
  if (told !== null) throw new Stop(`It was built and does not load: ${told}`)
  say(`Built for Node ${version}, and it loads. ${RIGHTS}\n${ELECTRON}`)
}

const RIGHTS =
  'To use the adapter without being root, once:\n' +
  `  sudo setcap cap_net_raw+eip ${realpathSync(process.execPath)}`

/** The same file serves Node or Electron, not both. */
const ELECTRON =
  'For the desktop console run from source, Electron needs a build of its own in the same place:\n' +
  `  npx electron-rebuild --force --only ${ADDON}\n` +
  'It fetches the headers of the installed Electron. `npm run ble:linux` puts the build for Node back.'

function addonFolder(): string {
  const folder = join(root, 'node_modules', ADDON)
  if (existsSync(join(folder, 'binding.gyp'))) return folder
  throw new Stop(
    `${ADDON} is not installed: it could not be compiled. Install python3, make and g++, then npm install, then again.`,
  )
}

const onPath = (command: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))

const isFor = (nodedir: string): boolean => {
  const file = join(nodedir, 'include/node/node_version.h')
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  const part = (name: string) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1]
  return `v${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === version
}

/** A Node from an archive or a version manager has its headers beside it. */
function headersHere(): string | null {
  const nodedir = dirname(dirname(realpathSync(process.execPath)))
  return isFor(nodedir) ? nodedir : null
}

/** The package that the pinned Node comes from has them, and npm knows where to get it. */
function headersFrom(aside: string): string | null {
  const name = `node-linux-${process.arch === 'arm' ? 'armv7l' : process.arch}@${version.slice(1)}`
  say(`Fetching the headers of Node ${version} (${name})…`)
  const packed = spawnSync('npm', ['pack', '--silent', '--ignore-scripts', name], {
    cwd: aside,
    encoding: 'utf8',
  })
  const archive = readdirSync(aside).find((file) => file.endsWith('.tgz'))
  if (packed.status !== 0 || archive === undefined) return null
  const nodedir = join(aside, 'node')
  mkdirSync(nodedir)
  const only = ['-xzf', archive, '-C', nodedir, '--strip-components=1', 'package/include']
  return spawnSync('tar', only, { cwd: aside, stdio: 'ignore' }).status === 0 && isFor(nodedir)
    ? nodedir
    : null
}

/** Without headers from here, node-gyp fetches them itself. */
function compile(folder: string, nodedir: string | null): void {
  const gyp = createRequire(join(folder, 'package.json')).resolve('node-gyp/bin/node-gyp.js')
  // what npm was told of its own Node must not count for this one
  const { npm_config_nodedir: _, ...rest } = process.env
  const env = { ...rest, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` }
  const from = nodedir === null ? [`--target=${version}`] : [`--nodedir=${nodedir}`]
  // its build file asks for both, as its own install script would say them
  const names = ['--module_name=bluetooth_hci_socket', `--module_path=${join(folder, 'lib/binding')}`]
  const { status } = spawnSync(process.execPath, [gyp, 'rebuild', '--loglevel=error', ...names, ...from], {
    cwd: folder,
    env,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0)
    throw new Stop('It could not be compiled; what stands above says why. The console works without.')
}

/** In a process of its own: one that failed here would stay failed. null: it loads. */
function load(): string | null {
  const { status, stderr } = spawnSync(process.execPath, ['-e', `require('${ADDON}')`], {
    cwd: root,
    encoding: 'utf8',
  })
  return status === 0 ? null : (/^\w*Error: .*/m.exec(stderr)?.[0] ?? stderr.trim())
}

try {
  build()
} catch (error) {
  if (!(error instanceof Stop)) throw error
  say(error.message)
  process.exitCode = 1
}
