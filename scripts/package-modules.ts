import type { TargetPlatform } from './native-target.ts'

/** Files of one package that lie beside the bundles; what is not named (sources, tests, other systems) stays out. */
export interface ModuleFiles {
  readonly name: string
  readonly filter: readonly string[]
}

const files = (name: string, ...filter: string[]): ModuleFiles => ({
  name,
  filter: ['package.json', 'LICENSE*', 'license*', ...filter],
})

/** The same on every system. */
export const EVERYWHERE: readonly ModuleFiles[] = [
  files('@abandonware/noble', 'index.js', 'with-*.js', 'lib/**/*.{js,json}'),
  files('debug', 'src/**'),
  files('ms', 'index.js'),
  files('node-gyp-build', '*.js'),
]

/** Native parts: of eight prebuilt drivers the one of the target; noble's own part, on Linux its socket. */
export function nativeFiles(platform: TargetPlatform, arch: string): readonly ModuleFiles[] {
  const driver = files('better-sqlite3', 'lib/**/*.js', `prebuilds/${platform}-${arch}.node`)
  const radio =
    platform === 'linux'
      ? files(
          '@abandonware/bluetooth-hci-socket',
          'index.js',
          'lib/*.js',
          'build/Release/bluetooth_hci_socket.node',
        )
      : files('@abandonware/noble', 'build/Release/noble.node', 'prebuilds/**/*.node')
  return [driver, radio]
}
