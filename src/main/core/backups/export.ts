import type { Checked, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Call, CoreContext } from '../context.ts'
import { backupsFolder } from './copies.ts'
import type { RestoreParts } from './restore.ts'
import { PASSPHRASE_KDF, SALT_BYTES } from './sealed.ts'

/** The whole site in one sealed file, for another computer. The passphrase is forgotten when it is written. */
export async function exportSite(
  ctx: CoreContext,
  { keeper, second }: RestoreParts,
  call: Call,
  { folder, passphrase, history = false }: Checked<'backups.export'>,
): Promise<Output<'backups.export'>> {
  const { ports, options, store } = ctx
  const { files, workers } = ports
  const copy = await keeper.copyNow('manual')
  const salt = ports.random.bytes(SALT_BYTES)
  const key = await workers.run('derivePassphrase', { passphrase, salt, kdf: PASSPHRASE_KDF })
  const stamp = new Date(copy.madeAt).toISOString().replace(/[-:]|\.\d+/g, '')
  const target = files.join(folder, `sitedesk-move.${stamp}.sealed`)
  const passing = files.join(backupsFolder(ports, options.directory), 'history.moving')
  try {
    if (history) await workers.run('copyDatabase', { path: store.history.sql.path, target: passing })
    const sealed = await workers.run('sealFiles', {
      key: { key, salt, kdf: PASSPHRASE_KDF },
      target,
      files: [
        { name: 'site.db', path: copy.path },
        ...(history ? [{ name: 'history.db', path: passing }] : []),
      ],
      about: second.about(copy.manifest),
    })
    call.note({ target, after: { history, bytes: sealed.bytes } })
    return { path: target, bytes: sealed.bytes }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new SitedeskError(
      'PLACE_UNUSABLE',
      `The folder cannot be used: ${problem}`,
      { folder, problem },
      { cause: error },
    )
  } finally {
    files.remove(passing)
  }
}
