import type { IntegrityCheck, PartName } from '#shared/contract/health.ts'
import type { CoreContext } from '../context.ts'

/** What the desk remembers of its own health beyond a run. */
export interface HealthMemory {
  readonly lastGood: Readonly<Partial<Record<PartName, number>>>
  readonly checks: readonly IntegrityCheck[]
  /** crashes until then were shown to somebody who said so */
  readonly crashesSeenAt: number
}

const NOTHING: HealthMemory = { lastGood: {}, checks: [], crashesSeenAt: 0 }

const fileOf = ({ ports, options }: CoreContext) => ports.files.join(options.directory, 'health.json')

/** A file of its own: a note a minute in site.db would make each backup differ from the one before. */
export async function recall(ctx: CoreContext): Promise<HealthMemory> {
  const path = fileOf(ctx)
  if (!ctx.ports.files.exists(path)) return NOTHING
  try {
    const found = JSON.parse(
      new TextDecoder().decode(await ctx.ports.files.read(path)),
    ) as Partial<HealthMemory>
    return { ...NOTHING, ...found }
  } catch (error) {
    ctx.ports.log.warn('what was known of the desk’s health cannot be read', { error: String(error) })
    return NOTHING
  }
}

export async function remember(ctx: CoreContext, memory: HealthMemory): Promise<void> {
  try {
    await ctx.ports.files.write(fileOf(ctx), new TextEncoder().encode(JSON.stringify(memory)))
  } catch (error) {
    // a full disk must not stop the desk; the part `disk` says so
    ctx.ports.log.warn('the desk’s health was not stored', { error: String(error) })
  }
}
