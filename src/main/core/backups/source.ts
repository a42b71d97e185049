import { hexToBytes } from '@noble/hashes/utils.js'
import type { Checked } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import type { SealedFault } from '../ports.ts'
import { backupsFolder, type StoreFile } from './copies.ts'
import type { Keeper } from './keeper.ts'
import { manifestPath, parse, type Inspection } from './manifest.ts'
import { parseName } from './names.ts'
import type { SecondPlace } from './second.ts'

export type From = Checked<'backups.preview'>['from']

/** A copy that was opened: plain files on this disk. */
export interface Source {
  readonly file: StoreFile
  readonly path: string
  /** history.db of the same sealed file */
  readonly history: string | null
  readonly madeAt: number
  /** for people and the audit */
  readonly name: string
  readonly found: Inspection
  readonly problems: readonly string[]
  /** what opens the secrets in it, where it came along under the seal */
  readonly dataKey: Uint8Array | null
  /** removes what was opened */
  dispose(): Promise<void>
}

export interface SourceParts {
  readonly keeper: Keeper
  readonly second: SecondPlace
}

const OPENED = '.opened'

/** Finds a copy, opens it where it is sealed, and looks at all of it. */
export async function openSource(ctx: CoreContext, parts: SourceParts, from: From): Promise<Source> {
  if (from.place === 'first') {
    await parts.keeper.refresh()
    const copy = parts.keeper
      .copies()
      .find(({ path }) => path.endsWith(from.name) && nameOf(path) === from.name)
    if (!copy) throw notFound('backup', from.name)
    const source = await plain(ctx, copy.path, copy.manifest?.sha256 ?? null)
    const bad = copy.state === 'bad' ? [copy.problem ?? 'it is not as long as when it was written'] : []
    return { ...source, problems: [...bad, ...source.problems] }
  }
  if (from.place === 'second') {
    const copy = parts.second.copies().find(({ name }) => name === from.name)
    if (!copy) throw notFound('backup', from.name)
    return sealed(ctx, copy.path, withOf(from.passphrase, parts.second))
  }
  if (!ctx.ports.files.exists(from.path)) throw unusable('missing')
  if (from.passphrase !== undefined) return sealed(ctx, from.path, { passphrase: from.passphrase })
  return from.path.endsWith('.sealed')
    ? sealed(ctx, from.path, withOf(undefined, parts.second))
    : plain(ctx, from.path, await besideOf(ctx, from.path))
}

/** What was written beside a copy when it was made, if that came along. */
async function besideOf({ ports: { files } }: CoreContext, path: string): Promise<string | null> {
  const beside = manifestPath(path)
  if (!files.exists(beside)) return null
  return parse(await files.read(beside))?.sha256 ?? null
}

function withOf(passphrase: string | undefined, second: SecondPlace) {
  if (passphrase !== undefined) return { passphrase }
  const key = second.key()
  if (key === null) throw unusable('wrongKey')
  return { key: key.key }
}

async function plain({ ports }: CoreContext, path: string, sha256: string | null): Promise<Source> {
  const name = parseName(path)
  const file = name?.file ?? (nameOf(path).startsWith('history') ? 'history.db' : 'site.db')
  const found = await ports.workers.run('inspectCopy', { path, file }).catch((error: unknown) => {
    throw unusable('unreadable', error)
  })
  const exchanged = sha256 !== null && sha256 !== found.sha256
  return {
    file,
    path,
    history: null,
    madeAt: name?.at ?? newestAudit(found) ?? 0,
    name: nameOf(path),
    found,
    problems: exchanged ? ['its bytes are not those that were written', ...found.problems] : found.problems,
    dataKey: null,
    dispose: () => Promise.resolve(),
  }
}

/** A file without a name of ours was made when the last thing in it was done. */
function newestAudit({ figures }: Inspection): number | null {
  const newest = figures.find(({ table }) => table === 'audit')?.newest
  return typeof newest === 'number' ? newest : null
}

type With = { key: Uint8Array } | { passphrase: string }

async function sealed({ ports, options }: CoreContext, path: string, key: With): Promise<Source> {
  const { files, workers } = ports
  const directory = files.join(backupsFolder(ports, options.directory), OPENED)
  files.makeDirectory(directory)
  const paths = (['site.db', 'history.db'] as const).map((name) => files.join(directory, name))
  const dispose = async () => void (await workers.run('removeFiles', { paths }))
  await dispose()
  const opened = await workers.run('unsealFile', { path, with: key, directory })
  if ('fault' in opened) {
    await dispose()
    throw unusable(opened.fault)
  }
  const { entries, about } = opened.index
  const entry = entries[0]
  if (!entry) throw unusable('damaged')
  const file: StoreFile = entry.name === 'history.db' ? 'history.db' : 'site.db'
  const at = files.join(directory, file)
  const found = await workers.run('inspectCopy', { path: at, file })
  const manifest = parse(new TextEncoder().encode(JSON.stringify(about['manifest'] ?? null)))
  const dataKey = typeof about['dataKey'] === 'string' ? hexToBytes(about['dataKey']) : null
  return {
    file,
    path: at,
    history:
      entries.some(({ name }) => name === 'history.db') && file === 'site.db'
        ? files.join(directory, 'history.db')
        : null,
    madeAt: manifest?.madeAt ?? parseName(path)?.at ?? newestAudit(found) ?? 0,
    name: nameOf(path),
    found,
    problems: found.problems,
    dataKey,
    dispose,
  }
}

type Fault = SealedFault | 'missing'

const FAULTS: Readonly<Record<Fault, string>> = {
  missing: 'There is no such file.',
  unreadable: 'The file cannot be read.',
  notSealed: 'This is no sealed file of sitedesk.',
  wrongKey: 'The passphrase does not open this file.',
  damaged: 'Parts of this file are missing, moved or changed; it cannot be used.',
}

export const unusable = (reason: Fault, cause?: unknown) =>
  new SitedeskError('BACKUP_UNUSABLE', FAULTS[reason], { reason }, { cause })

export const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? ''
