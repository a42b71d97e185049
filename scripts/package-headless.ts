/**
 * `npm run package:headless`: the console without a screen for this computer's system, as a folder and an archive in
 * `dist`: the built host, the page and the native modules. Installed as docs/headless.md says, with a Node of the
 * computer's own; making it needs no network.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { buildIfStale } from './build-if-stale.ts'
import type { TargetPlatform } from './native-target.ts'
import { EVERYWHERE, nativeFiles, type ModuleFiles } from './package-modules.ts'
import { root } from './sources.ts'

const BUILT = ['out/main', 'out/renderer', 'out/licences.txt']

/** Lays the host out in `folder`, which is emptied first. */
export function layOutHeadless(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const path of BUILT) cpSync(join(root, path), join(folder, path), { recursive: true })
  const { name, version, type } = manifest
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, type, private: true }))
  const natives = nativeFiles(process.platform as TargetPlatform, process.arch)
  for (const one of [...EVERYWHERE, ...natives]) copyModule(one, join(folder, 'node_modules'))
  copyFileSync(join(root, 'resources/systemd/sitedesk.service'), join(folder, 'sitedesk.service'))
}

/** A package that could not be installed here (noble is optional) is left out, and the self-test says so. */
function copyModule({ name, filter }: ModuleFiles, modules: string): void {
  const from = join(root, 'node_modules', name)
  if (!existsSync(from)) return
  for (const path of globSync([...filter], { cwd: from })) {
    if (!statSync(join(from, path)).isFile()) continue
    const target = join(modules, name, path)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(from, path), target)
  }
}

async function main(): Promise<number> {
  if (!(await buildIfStale())) return 1
  const name = `sitedesk-headless-${manifest.version}-${process.platform}-${process.arch}`
  const dist = join(root, 'dist')
  layOutHeadless(join(dist, name))
  const { status } = spawnSync('tar', ['-czf', `${name}.tar.gz`, name], { cwd: dist, stdio: 'inherit' })
  process.stdout.write(`${join(dist, name)}${status === 0 ? '.tar.gz' : ''}\n`)
  return status ?? 1
}

if (import.meta.main) process.exitCode = await main()
