import { UPDATE_PROBLEMS, updateSource, type UpdateStatus } from '#shared/contract/updates.ts'
import { z } from '#shared/z.ts'
import type { CoreContext } from '../context.ts'

/** What is remembered of updates beyond a run. */
export type UpdateMemory = Pick<
  UpdateStatus,
  'source' | 'problem' | 'checkedAt' | 'deferredUntil' | 'last'
> & {
  /** an installer was started; the next start says what became of it */
  readonly installing: { readonly from: string; readonly to: string } | null
}

const memory = z.object({
  source: updateSource.nullable(),
  problem: z.enum(UPDATE_PROBLEMS).nullable(),
  checkedAt: z.int().nullable(),
  deferredUntil: z.int().nullable(),
  last: z
    .object({ from: z.string(), to: z.string(), at: z.int(), result: z.enum(['succeeded', 'notInstalled']) })
    .nullable(),
  installing: z.object({ from: z.string(), to: z.string() }).nullable(),
})

const NOTHING: UpdateMemory = {
  source: null,
  problem: null,
  checkedAt: null,
  deferredUntil: null,
  last: null,
  installing: null,
}

/** Beside the databases: an older or newer version must be able to read it, whatever became of them. */
const fileOf = ({ ports, options }: CoreContext) => ports.files.join(options.directory, 'updates.json')

export async function recall(ctx: CoreContext): Promise<UpdateMemory> {
  const { files, log } = ctx.ports
  const path = fileOf(ctx)
  if (!files.exists(path)) return NOTHING
  try {
    return memory.parse(JSON.parse(new TextDecoder().decode(await files.read(path))))
  } catch (error) {
    log.warn('what was known of updates cannot be read', { error: String(error) })
    return NOTHING
  }
}

export async function remember(ctx: CoreContext, known: UpdateMemory): Promise<void> {
  try {
    await ctx.ports.files.write(fileOf(ctx), new TextEncoder().encode(JSON.stringify(known)))
  } catch (error) {
    // a full disk loses where it stood, never the desk
    ctx.ports.log.warn('what is known of updates was not stored', { error: String(error) })
  }
}
