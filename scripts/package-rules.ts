import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listAsar, readAsar, type AsarFile } from './asar.ts'
import { nativeTarget, type NativeTarget } from './native-target.ts'

/** One file of the packed program. */
export interface PackedFile extends Pick<AsarFile, 'path' | 'unpacked'> {
  /** of a `.node` file: what it was compiled for; null: nothing we know */
  readonly native?: NativeTarget | null
}

/** Without one of these the program does not start. */
const NEEDED = [
  'package.json',
  'out/main/electron.js',
  'out/main/headless.js',
  'out/main/worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/renderer/licences.json',
  'node_modules/better-sqlite3/package.json',
]

/** Nothing else may be in the archive: no sources, no tests, no tools. */
const ALLOWED =
  /^(package\.json|out\/(main|preload|renderer)\/.+\.(js|cjs|json|html|css|svg|wasm|png|woff2)|node_modules\/(better-sqlite3|@abandonware\/(noble|bluetooth-hci-socket)|debug|ms|node-gyp-build)\/.+\.(js|json|node)|node_modules\/[^:]+\/(LICENSE|license)[^/]*)$/
const SOURCES = /(^|\/)(?<!node_modules\/debug\/)(src|tests?|examples|bench|obj\.target)\//

/** Everything that is wrong with a packed program; empty: nothing. */
export function judgePackage(files: readonly PackedFile[], target: NativeTarget): string[] {
  const paths = new Set(files.map(({ path }) => path))
  return [
    ...NEEDED.filter((path) => !paths.has(path)).map((path) => `${path} is missing`),
    ...files
      .filter(({ path }) => !ALLOWED.test(path) || SOURCES.test(path))
      .map(({ path }) => `${path} does not belong into the package`),
    ...judgeNatives(
      files.filter(({ path }) => path.endsWith('.node')),
      target,
    ),
  ]
}

function judgeNatives(natives: readonly PackedFile[], target: NativeTarget): string[] {
  const drivers = natives.filter(({ path }) => path.startsWith('node_modules/better-sqlite3/'))
  const counted =
    drivers.length === 1 ? [] : [`${drivers.length} builds of the database driver instead of one`]
  return [...counted, ...natives.flatMap((native) => judgeNative(native, target))]
}

function judgeNative({ path, unpacked, native }: PackedFile, target: NativeTarget): string[] {
  const packed = unpacked ? [] : [`${path} cannot be loaded from inside the archive`]
  const fits =
    native?.platform === target.platform && (native.arch === target.arch || native.arch === 'universal')
  if (fits) return packed
  const found = native ? `${native.platform} ${native.arch}` : 'no program'
  return [...packed, `${path} is for ${found}, not for ${target.platform} ${target.arch}`]
}

/** Where the resources of an unpacked program lie. */
export function resourcesOf(appOutDir: string, platform: string, productFilename: string): string {
  if (platform !== 'darwin' && platform !== 'mas') return join(appOutDir, 'resources')
  return join(appOutDir, `${productFilename}.app`, 'Contents', 'Resources')
}

/** The files of an archive, native ones with what they are for. */
export function packedFiles(archive: string): PackedFile[] {
  return listAsar(archive).map((file) =>
    file.path.endsWith('.node')
      ? { path: file.path, unpacked: file.unpacked, native: nativeTarget(readAsar(archive, file)) }
      : { path: file.path, unpacked: file.unpacked },
  )
}

/** electron-builder's numbers of processors. */
const ARCHES = ['ia32', 'x64', 'armv7l', 'arm64', 'universal']

interface Packed {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly arch: number
  readonly packager: { readonly appInfo: { readonly productFilename: string } }
}

/** electron-builder's hook after it laid the program out: a wrong package is never signed or wrapped. */
export function checkPacked({ appOutDir, electronPlatformName, arch, packager }: Packed): void {
  const resources = resourcesOf(appOutDir, electronPlatformName, packager.appInfo.productFilename)
  const archive = join(resources, 'app.asar')
  if (!existsSync(archive)) throw new Error(`${archive} was not made`)
  const platform = electronPlatformName as NativeTarget['platform']
  const wrong = judgePackage(packedFiles(archive), { platform, arch: ARCHES[arch] ?? 'unknown' })
  if (wrong.length > 0) throw new Error(`the package is wrong:\n  ${wrong.join('\n  ')}`)
}
