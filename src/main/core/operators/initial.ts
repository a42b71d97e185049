import { ROLES } from '#shared/contract/define.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import type { Audit } from '../audit/index.ts'
import type { CoreContext } from '../context.ts'
import type { Pins } from './pins.ts'
import type { OperatorDraft, Register } from './register.ts'

type Given = NonNullable<SiteProfile['operators']>[number]

/** Published on purpose: the demo's folder is thrown away (interfaces §1). */
const DEMO: Given = { name: 'demo', pin: '135790', roles: [...ROLES] }

/** Operators of the config file, or the demo's, where there are none at all. */
export async function createInitial(
  ctx: CoreContext,
  { register, pins, audit }: { register: Register; pins: Pins; audit: Audit },
): Promise<void> {
  if (register.count() > 0) return
  const drafts: OperatorDraft[] = []
  for (const { name, roles, phone = '', pin } of given(ctx))
    drafts.push({ name, roles, phone, pin: await pins.hash(pin) })
  if (drafts.length === 0) return
  await ctx.store.site.write(() => {
    for (const draft of drafts) {
      const { name, roles } = register.add(draft)
      audit.append({
        operator: null,
        door: 'start',
        operation: 'operators.create',
        target: name,
        outcome: 'ok',
        after: { name, roles },
      })
    }
  })
}

function given({ options }: CoreContext): readonly Given[] {
  const operators = options.profile?.operators ?? []
  return operators.length === 0 && options.demo ? [DEMO] : operators
}
