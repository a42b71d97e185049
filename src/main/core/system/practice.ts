import type { Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Call, CoreContext } from '../context.ts'
import type { Operators } from '../operators/index.ts'

/** Nothing of this desk is read or written for it; whoever may stand at this desk may practise. */
export async function practice(
  { options: { practice: control }, ports }: CoreContext,
  operators: Pick<Operators, 'sessions' | 'count'>,
  call: Call,
  run: boolean | undefined,
): Promise<Output<'system.practice'>> {
  if (!control) return { state: 'unavailable', url: null }
  if (run === undefined) return { state: control.state(), url: null }
  if (operators.count() > 0 && operators.sessions.of(call.caller).state !== 'active')
    throw new SitedeskError('SESSION_REQUIRED', 'Sign in first.')
  if (!run) {
    await control.close()
    return { state: control.state(), url: null }
  }
  try {
    const url = await control.open()
    return { state: control.state(), url }
  } catch (error) {
    ports.log.error('the practice console did not start', { error: String(error) })
    throw new SitedeskError('NOT_ALLOWED_NOW', 'The practice console did not start; the log says why.', {
      reason: 'practice',
    })
  }
}
